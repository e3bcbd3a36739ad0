import type { CatalogName } from '../../../directory/catalog.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import type { EmployeePatch } from '../../../directory/employees/employee-update.ts';
import type { ValueWords } from '../contract.ts';
import type { CellProblem } from './cell-problem.ts';
import type { NameIndex } from './name-index.ts';

/** What the cells of one row say, before the people they name are found. */
export interface RowDraft {
  readonly patch: { -readonly [Member in keyof EmployeePatch]: EmployeePatch[Member] };
  /** Ids of the employee, by what kind they are; used to find the record. */
  readonly keys: { id?: string; ids: Record<string, string> };
  /** The leader as named; null takes the leader away. */
  leader?: string | null;
}

/** What reading and writing cells may ask. */
export interface FieldContext {
  readonly names: NameIndex;
  /** Names an employee for a table: the job number, else the own id. */
  readonly personOf: (id: string) => string;
  /** Whether a number in the place of a day is counted from 1904. */
  readonly is1904?: boolean;
}

/** How a value is chosen that many people get at once. */
export type FieldInput =
  | { readonly kind: 'text' | 'day' | 'department' | 'employee' }
  | { readonly kind: 'entry'; readonly catalog: CatalogName }
  | { readonly kind: 'choice'; readonly choices: readonly ValueWords[] };

/** A column that a table may have. */
export interface TableField {
  /** As the company file names it. */
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  /** Other headers that mean it. */
  readonly headers: readonly string[];
  /** Present where a value is read as a keyboard types it: half-width, without unseen signs. */
  readonly isKey?: true;
  /** Null: the value is one person's own, as an id or a mobile, and is never given to many. */
  readonly input: FieldInput | null;
  /** Takes in a cell that is not empty; null where all is well. */
  readonly read: (text: string, draft: RowDraft, context: FieldContext) => CellProblem | null;
  /** Takes the value away, for a table whose empty cells clear; absent: it cannot be. */
  readonly clear?: (draft: RowDraft) => void;
  readonly write: (employee: Employee, context: FieldContext) => string;
}
