import type { ChangeKind } from './change.ts';

/** Why a field of a change, or a whole change, cannot be taken back. */
export type UndoReason =
  /** The value is not the one that the change wrote. */
  | 'changed-since'
  /** It was removed since, or is there again. */
  | 'gone'
  /** Another one has the value by now: an employee in service, a department, a company or a login. */
  | 'taken'
  /** What the old value refers to is not there any more. */
  | 'unknown'
  /** The employee would come to lead themselves, or the department to be above itself. */
  | 'loop'
  /** Others refer to it. */
  | 'in-use'
  /** The change changed nothing, or not this field. */
  | 'nothing'
  /** Only the whole change can be taken back, as it made or removed what it is of. */
  | 'only-whole';

/** What keeps a change from being taken back. */
export interface UndoConflict {
  readonly change: number;
  readonly kind: ChangeKind;
  /** Own id of the employee, or what names another thing among those of its kind. */
  readonly employee: string;
  /** By the record's name; null where it is about the whole change. */
  readonly field: string | null;
  readonly reason: UndoReason;
  /** The number of the change that came later. */
  readonly by?: number;
  /** Own id of the employee who has the value, or refers to this one. */
  readonly holder?: string;
}
