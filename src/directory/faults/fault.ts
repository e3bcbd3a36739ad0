/** Which calls a fault is for; everything that is said must hold. */
export interface FaultMatch {
  readonly platform?: string;
  /** Names of operations; `*` is any text. */
  readonly operation?: string | readonly string[];
  /** The app's key. */
  readonly app?: string;
  /** Any id in the path, the query or the body. */
  readonly employee?: string;
  /** The caller's address, or a range of addresses with a prefix length. */
  readonly address?: string;
  /** Part of the user agent, in any case. */
  readonly client?: string;
  /** The call's token was issued less than so many seconds ago, by the company's clock. */
  readonly token_younger_than?: number;
  /** Which of the calls that match everything else: the n-th, some of them, or each so many from one on. */
  readonly nth?: number | readonly number[] | { readonly every: number; readonly from?: number };
}

/** How long something is held up, in milliseconds. */
export type FaultDelay =
  | number
  | { readonly uniform: readonly [least: number, most: number] }
  | { readonly lognormal: { readonly median: number; readonly sigma: number; readonly max: number } };

/** What happens to a call; exactly one of the members that name an effect, but that `token` may be beside `code`. */
export interface FaultEffect {
  /** A code of the platform, in its own words. */
  readonly code?: string;
  /** What the sentence of the code names, in its order. */
  readonly values?: Readonly<Record<string, string | number>>;
  /** Before the call is carried out or instead of it (absent), or once what it wrote is kept. */
  readonly when?: 'instead' | 'before' | 'after-commit';
  /** An answer that is not the platform's. */
  readonly http?: { readonly status: number; readonly body: string; readonly type?: string };
  readonly delay_ms?: FaultDelay;
  readonly slow?: { readonly bytes_per_second: number };
  readonly cut?: 'before-write' | 'after-commit' | 'mid-body';
  /** How the connection ends; absent: by a reset. */
  readonly how?: 'reset' | 'close';
  readonly body?: 'truncated' | 'malformed' | 'empty' | 'wrong-length';
  readonly token?: 'expire' | 'revoke';
  /** Which tokens: that of the call (absent), or all of the app. */
  readonly of?: 'call' | 'app';
  /** The platform's answer to an address that is not allowed, for so long. */
  readonly block?: { readonly seconds: number };
  /** The platform's answer to too many calls, for so long. */
  readonly limit?: { readonly seconds: number };
}

/** One rule of a company that makes calls fail. */
export interface FaultRule {
  /** Unique in the company. */
  readonly id: string;
  /** The name of the preset that it was made from. */
  readonly preset?: string;
  readonly match?: FaultMatch;
  /** Which part of the calls, drawn from `seed`, the rule's id and the number of the call. */
  readonly share?: number;
  readonly seed?: number;
  /** How often it happens at most. */
  readonly times?: number;
  /** From when until when, ISO 8601, by the company's clock. */
  readonly window?: { readonly from?: string; readonly until?: string };
  readonly effect: FaultEffect;
  /** Whether rules after this one are looked at, too. */
  readonly continue?: boolean;
  /** Absent: yes. */
  readonly enabled?: boolean;
  /** Whether the company file has it: another one there takes its place, and a reset leaves it. */
  readonly from_file?: true;
}
