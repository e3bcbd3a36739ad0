import type { MemberResult } from '../journal/contract.ts';
import type { Fragment } from './entry.ts';

/* Types of the published package: what they lead to needs no types of Node. */

/** One request of a trial and its answer. */
export interface ExchangeView {
  /** `before`: e.g. for a token. `mended`: with what the remedy says. */
  readonly step: 'before' | 'refused' | 'mended';
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
  readonly response: { readonly status: number; readonly body: unknown };
}

/** `POST /mingce/v1/errors/{platform}/{code}/try`: a code provoked in a throwaway company. */
export interface Trial {
  readonly platform: string;
  readonly id: string;
  /** In what the company or the request is wrong. */
  readonly when: string;
  /** Whether the answer was the documented one. */
  readonly provoked: boolean;
  /** Whether the mended request was accepted; null where the entry has none. */
  readonly mended: boolean | null;
  readonly company: Fragment;
  /** What of the company file makes the state, beside what every trial has; null where the request alone does. */
  readonly state: Fragment | null;
  /** The setting of the company file that mends it; null where another request does, or nothing. */
  readonly mending: Fragment | null;
  readonly exchanges: readonly ExchangeView[];
  readonly verdicts: readonly MemberResult[];
  readonly remedy: string;
}
