import type { CallOutcome, MemberResult } from '../journal/contract.ts';

/* Types of the published package: what they lead to needs no types of Node. */

/** What a call would be answered, and what would become of each member of its body. */
export interface CheckedCall {
  readonly status: number;
  /** The platform's own code; null where the answer has none. */
  readonly code: string | null;
  readonly outcome: Exclude<CallOutcome, 'injected'>;
  /** JSON where it is JSON, else text; null where it is too long to be shown. */
  readonly body: unknown;
  readonly fields: readonly MemberResult[];
}
