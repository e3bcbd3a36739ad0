import type { Bilingual, ErrorClass } from '../catalogue/entry.ts';
import type { MemberResult } from '../journal/contract.ts';

/** `error`: wrong data, or it fails on the real platform. */
export type Severity = 'error' | 'warning' | 'note';

/** One call as findings look at it. */
export interface SeenCall {
  readonly id: string;
  readonly at: number;
  /** When it was answered. */
  readonly until: number;
  readonly platform: string;
  readonly operation: string | null;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The body as it was sent, without its secrets. */
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly body: unknown;
  readonly answer: unknown;
  readonly answerHeaders: Readonly<Record<string, string | undefined>>;
  readonly status: number;
  readonly code: string | null;
  readonly isSuccess: boolean;
  /** What kind of refusal the code is; null for a success and for codes that are not known. */
  readonly kind: ErrorClass | null;
  /** The entry of the catalogue that the refusal is; null for a success and where none is known. */
  readonly problem: string | null;
  /** When it came by the company's own clock; null where that is the system's. */
  readonly companyAt: number | null;
  readonly isTokenCall: boolean;
  /** The digest of the token; null where none was sent. */
  readonly token: string | null;
  readonly employee: string | null;
  readonly fields: readonly MemberResult[];
}

/** How a platform's calls name things. */
export interface IdFacts {
  /** Entries of the catalogue that say that an id is not known, each with what it is an id of. */
  readonly unknown: Readonly<Record<string, string>>;
  /** Those that say that an id is another app's. */
  readonly otherApp: readonly string[];
  /** By what it is an id of: the parameters that say which kind is sent and answered, and the kind without them. */
  readonly declared: Readonly<Record<string, { readonly by: readonly string[]; readonly usual: string }>>;
  /** Kinds that are another one under another name. */
  readonly same: Readonly<Record<string, string>>;
  /** Members that have ids of the kind that they are named after. */
  readonly named: readonly string[];
}

/** What findings know of a platform. */
export interface PlatformFacts {
  /** How long a token lives that this call returned, in ms; null where it returned none. */
  readonly lifetimeOf: (call: SeenCall) => number | null;
  /** The parameter of the query in which a token is sent. */
  readonly tokenParameter: string | null;
  /** The operation that does for many what an operation does for one. */
  readonly bulk: Readonly<Record<string, string>>;
  readonly ids: IdFacts;
  /** The unit of times that are numbers, in ms. */
  readonly timeUnit: 1 | 1_000;
  /** The digests of texts that are no token, such as `undefined`. */
  readonly noTokens: readonly string[];
}

/** One time that a finding was seen: the calls that show it, and what of them, e.g. a member. */
export interface Occurrence {
  readonly calls: readonly SeenCall[];
  /** Names of members, operations or codes; never a value. */
  readonly about: string;
}

/** Looks for one mistake in the calls of one client, oldest first. */
export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  readonly message: Bilingual;
  readonly remedy: Bilingual;
  readonly look: (calls: readonly SeenCall[], facts: PlatformFacts) => readonly Occurrence[];
}
