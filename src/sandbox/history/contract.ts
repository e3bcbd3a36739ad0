import type { ChangeKind } from '../../directory/history/change.ts';

/* Types of the published package: what they lead to needs no types of Node. */

/** One line of a history. */
export interface ChangeLine {
  readonly number: number;
  /** ISO 8601, UTC; the time of the company. */
  readonly at: string;
  readonly kind: ChangeKind;
  /** Own id; null where it is no change of an employee. */
  readonly employee: string | null;
  /** Names what was changed where that is no employee: an id, the list and the id of an entry, or the company's key. */
  readonly subject: string | null;
  /** The platform that was called, `company-file`, or `admin`. */
  readonly platform: string;
  readonly operation: string;
  readonly app: string | null;
  readonly request: string;
  /** The number of the change that this one takes back. */
  readonly undoes: number | null;
  /** By the record's names; what is absent is null. */
  readonly fields: Readonly<Record<string, { readonly before: unknown; readonly after: unknown }>>;
  /** These five only where a platform's rule passed the request over, so that nothing was changed. */
  readonly verdict?: 'skipped';
  readonly reason?: string;
  readonly version?: string;
  /** Which one of a batch, from 0; null for a request about one employee. */
  readonly index?: number | null;
  /** The names of what was sent. */
  readonly keys?: readonly string[];
}

/** One change that was taken back, or would be. */
export interface UndoneLine {
  /** The number of the change. */
  readonly change: number;
  readonly kind: ChangeKind;
  /** Own id; null where it is no change of an employee. */
  readonly employee: string | null;
  readonly subject: string | null;
  readonly fields: ChangeLine['fields'];
}

/** What keeps a change from being taken back. */
export interface UndoConflictLine {
  readonly change: number;
  readonly kind: ChangeKind;
  readonly employee: string | null;
  readonly subject: string | null;
  /** By the record's name; null where it is about the whole change. */
  readonly field: string | null;
  readonly reason: string;
  readonly message: string;
  /** The number of the later change. */
  readonly by: number | null;
  /** Own id of the employee who has the value, or refers to this one. */
  readonly holder: string | null;
}

/** What was taken back, or would be. */
export interface UndoAnswer {
  readonly planned: boolean;
  readonly undone: readonly UndoneLine[];
  readonly conflicts: readonly UndoConflictLine[];
  /** What a request may have done that is never taken back. */
  readonly not_taken_back: readonly string[];
}

/** Changes, newest first. */
export interface ChangeList {
  readonly changes: readonly ChangeLine[];
  /** Of a company, the number before which to go on, null where there is no more; of one employee always null. */
  readonly next: number | null;
}

/** Which changes of a company are meant; those of all where a member is absent. */
export interface ChangeQuery {
  readonly kind?: ChangeKind;
  /** What names the thing among those of its kind, which is to be given as well; the newest changes of it. */
  readonly subject?: string;
  readonly platform?: string;
  readonly operation?: string;
  readonly app?: string;
  /** The id of a request. */
  readonly request?: string;
  /** Epoch milliseconds. */
  readonly since?: number;
  /** Only those with a smaller number. */
  readonly before?: number;
  /** Default: 100. */
  readonly limit?: number;
}

/** How much of a change is taken back. */
export interface UndoOptions {
  /** Only these fields, by the names in the history. */
  readonly fields?: readonly string[];
  /** Whether everything that the same request changed is taken back. */
  readonly request?: boolean;
  /** Whether it is only worked out. */
  readonly plan?: boolean;
  /** Takes back what has no conflict, and leaves the rest. */
  readonly only?: 'without-conflicts';
}
