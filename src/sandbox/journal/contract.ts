import type { Nearest } from '../nearest/contract.ts';
import type { FieldResult, VerdictKind } from '../../directory/verdict.ts';

/* Types of the published package: what they lead to needs no types of Node. */

/** What became of one member of a request, whether or not its operation gave a result for it. */
export interface MemberResult extends Omit<FieldResult, 'verdict'> {
  readonly verdict:
    | VerdictKind
    /** It addresses or selects, and is no data. */
    | 'used'
    /** The operation has it, and gave no result for it. */
    | 'not-mapped'
    /** Another member refused the whole request. */
    | 'not-applied';
  /** The reason in Chinese, where it is not the platform's own message. */
  readonly reason_zh?: string;
  /** For `unknown`: names that are close, as paths. */
  readonly did_you_mean?: readonly string[];
  /** Set where the answer says success and the member nevertheless did nothing. */
  readonly silent?: true;
}

/** How a call ended; `partly`: accepted, but something in it was refused. */
export type CallOutcome = 'ok' | 'partly' | 'refused' | 'injected';

/** An entry as the admin API answers it (DESIGN 7). */
export interface RequestView {
  readonly id: string;
  readonly at: string;
  /** `out`: it went to a live tenant, by `operation` as the connector calls it. */
  readonly direction: 'in' | 'out';
  /** The host that it went to; absent of what came in. */
  readonly host?: string;
  readonly company: string | null;
  readonly platform: string;
  readonly app: string | null;
  readonly employee: string | null;
  readonly operation: string | null;
  readonly method: string;
  readonly path: string;
  /** Null where nothing was answered. */
  readonly status: number | null;
  readonly code: string | null;
  readonly outcome: CallOutcome;
  readonly duration_ms: number;
  readonly client: { readonly user_agent: string; readonly address: string };
  readonly fields: readonly MemberResult[];
  /** The platform's sentence for a call that was refused as a whole; absent of any other, and where it gave none. */
  readonly reason?: string;
  /** `cut`: the connection ended before the answer did. */
  readonly ended: 'sent' | 'cut';
  /** What a rule of the company made of the call; null where none did. */
  readonly injected: {
    readonly rule: string;
    readonly preset: string | null;
    readonly effect: string;
    readonly n: number;
  } | null;
  /** The id of the call that it repeats; absent where it repeats none. */
  readonly resent_from?: string;
  /** When it came by the company's own time; absent where that is the system's. */
  readonly company_at?: string;
}

/** One side of a call as the admin API answers it. */
export interface PartView {
  readonly headers: Readonly<Record<string, string>>;
  /** How long the body was; what is shown may be shorter. */
  readonly bytes: number;
  /** JSON where the body is JSON, else text; null where none is kept. */
  readonly body: unknown;
}

/** An entry with both sides of the call. */
export interface WholeRequestView extends RequestView {
  readonly request: PartView;
  readonly response: PartView;
  /** For what was refused, as a whole or in part: the nearest request that passes now; absent in exports. */
  readonly nearest?: Nearest;
}
