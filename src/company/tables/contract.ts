import type { RowVerdicts } from '../../dialects/row-verdict.ts';

/** How far an import is. */
export type ImportState =
  /** The columns are matched, and nothing is checked. */
  | 'uploaded'
  | 'checking'
  | 'checked'
  | 'applying'
  /** It ended before its last row, by request or with the process; it can go on. */
  | 'paused'
  | 'applied'
  | 'undoing'
  | 'undone'
  | 'failed';

/** A column of the table, and the field it fills. */
export interface ImportColumn {
  readonly header: string;
  /** Null: it is passed over. */
  readonly field: string | null;
  readonly did_you_mean: readonly string[];
  /** The field that its header means, where an earlier column has it. */
  readonly repeats?: string;
  /** What the first row with something in it has there, and what it is read as where that is something else. */
  readonly example: string;
  readonly read_as: string | null;
}

/** A field that a column may fill. */
export interface ImportField {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
}

/** One of a few values, as a cell has it, and its words. */
export interface ValueWords {
  readonly value: string;
  readonly zh: string;
  readonly en: string;
}

/** A field that many people can get the same value of, and how that is chosen. */
export interface BulkEditField extends ImportField {
  readonly kind: 'text' | 'day' | 'department' | 'employee' | 'choice';
  /** What can be chosen, as `set` has it; empty where the kind is no choice. */
  readonly choices: readonly ValueWords[];
  /** Whether an empty value takes it away. */
  readonly clears: boolean;
}

/** How many rows do what. */
export interface ImportCounts {
  readonly rows: number;
  readonly add: number;
  readonly change: number;
  readonly same: number;
  /** Rows that cannot be applied: by themselves, or as a platform refuses them. */
  readonly refused: number;
  /** Rows by the platform that refuses them. */
  readonly refused_by: Readonly<Record<string, number>>;
  /** Employees who would leave. */
  readonly removes: number;
  /** Rows that the sheet hides, as a filter does; they are among `rows` unless they are left out. */
  readonly hidden: number;
}

/** A sheet of the workbook that was not read, though it has text. */
export interface OtherSheet {
  readonly name: string;
  /** Whether the workbook hides it. */
  readonly hidden: boolean;
}

/** An import, without its rows. */
export interface ImportView {
  readonly id: string;
  readonly file: string;
  /** A table that was uploaded, or people who were chosen to get the same values. */
  readonly origin: 'file' | 'people';
  /** The platform whose own table it is; null: none of theirs. */
  readonly template: string | null;
  readonly state: ImportState;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The sheet that is read; null where the table is no workbook. */
  readonly sheet: string | null;
  readonly other_sheets: readonly OtherSheet[];
  /** How a CSV file was read that does not say it, and is not UTF-8; null: nothing was guessed. */
  readonly guessed_encoding: 'GB18030' | null;
  readonly columns: readonly ImportColumn[];
  readonly fields: readonly (ImportField & {
    /** The words of its values, where it has one of a few. */
    readonly choices?: readonly ValueWords[];
  })[];
  /** Whether an empty cell takes the value away. */
  readonly clears_empty: boolean;
  /** Whether rows that the sheet hides are left out. */
  readonly skips_hidden: boolean;
  /** The platforms that are asked about each row. */
  readonly platforms: readonly string[];
  /** Null before the check. */
  readonly counts: ImportCounts | null;
  /** More removals than are done without being confirmed. */
  readonly brake: { readonly tripped: boolean; readonly removes: number; readonly present: number } | null;
  readonly progress: { readonly done: number; readonly of: number };
  readonly applied: number;
  readonly failed: number;
  /** What undoing left as it was. */
  readonly kept: number;
  /** Why it failed, in both languages; null where it did not. */
  readonly error: { readonly en: string; readonly zh: string } | null;
}

/** What became of a row. */
export type RowState = 'ready' | 'same' | 'refused' | 'applied' | 'failed';

/** A row with the verdict of each platform. */
export interface ImportRow {
  /** As a spreadsheet counts it. */
  readonly row: number;
  /** Present where the sheet does not show the row. */
  readonly hidden?: true;
  readonly state: RowState;
  readonly action: 'add' | 'change' | 'same' | null;
  /** Own id; null where no employee was found. */
  readonly employee: string | null;
  readonly name: string;
  /** What the row has in each column, with what was mended. */
  readonly cells: readonly string[];
  /** What changes, as a table shows it. */
  readonly fields: Readonly<Record<string, readonly [before: string, after: string]>>;
  readonly problems: readonly {
    readonly field: string | null;
    readonly en: string;
    readonly zh: string;
    readonly did_you_mean?: readonly string[];
  }[];
  readonly verdicts: RowVerdicts;
}

/** A cell that is read otherwise than the file has it: its row as a spreadsheet counts, its column from 0. */
export interface MendedCell {
  readonly row: number;
  readonly column: number;
  readonly value: string;
}

/** Some rows by their position. */
export interface ImportRows {
  readonly rows: readonly ImportRow[];
  readonly total: number;
}

/** Why an import cannot be made, or go on. */
export type ImportErrorReason =
  | 'no-company'
  | 'no-import'
  | 'not-now'
  | 'busy'
  | 'confirm'
  | 'changed'
  | 'columns'
  | 'people';

/** An import that cannot be made, or cannot go on, in one sentence. */
export class ImportError extends Error {
  readonly reason: ImportErrorReason;

  readonly zh: string;

  constructor(reason: ImportErrorReason, { en, zh }: { readonly en: string; readonly zh: string }, cause?: unknown) {
    super(en, { cause });
    this.name = 'ImportError';
    this.reason = reason;
    this.zh = zh;
  }
}
