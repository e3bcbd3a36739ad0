import type { MemberResult, WholeRequestView } from '../journal/contract.ts';

/* Types of the published package: what they lead to needs no types of Node. */

/** A call that was answered, with what became of each member. */
export interface RequestEntry extends WholeRequestView {
  /** Finds what became of a member, by its whole name (`employee.mobile`) or its last one (`mobile`). */
  field(name: string): MemberResult | undefined;
}

/** The calls that this Mingce answered, as a test looks at them; people are shown as they are. */
export interface Requests {
  /** Returns the calls that a search finds, newest first; all without one. Rejects a search that cannot be read. */
  list(search?: string): readonly RequestEntry[];
  /** Returns the newest call that a search finds. Throws where there is none. */
  last(search?: string): RequestEntry;
  /** Forgets all calls. */
  clear(): void;
}
