import type { ImportCounts, ImportState, MendedCell, OtherSheet } from '../contract.ts';
import type { MatchedColumn } from '../columns/columns.ts';

/** Counts as they are kept: those of before have no hidden rows. */
type KeptCounts = Omit<ImportCounts, 'hidden'> & Partial<Pick<ImportCounts, 'hidden'>>;

/** What is kept of an import beside its file and its rows. */
export interface KeptImport {
  readonly id: string;
  readonly company: string;
  readonly file: string;
  /** Absent: it was uploaded. */
  readonly origin?: 'people';
  readonly template: string | null;
  readonly state: ImportState;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly columns: readonly MatchedColumn[];
  readonly examples: readonly string[];
  readonly clearsEmpty: boolean;
  /** Absent in imports from before hidden rows could be left out. */
  readonly skipsHidden?: boolean;
  /** The sheet that is read, and others with text; absent where there are none, and in imports from before they could be chosen. */
  readonly sheet?: string;
  readonly otherSheets?: readonly OtherSheet[];
  /** Present where the workbook counts days from 1904. */
  readonly is1904?: true;
  /** Present where a CSV file was read in an encoding that was guessed. */
  readonly guessedEncoding?: 'GB18030';
  /** Cells that are read otherwise than the file has them; absent in imports from before that was possible. */
  readonly mended?: readonly MendedCell[];
  readonly platforms: readonly string[];
  readonly counts: KeptCounts | null;
  /** People in the company when it was checked. */
  readonly present: number;
  /** The number of the newest change when it was checked. */
  readonly change: number;
  /** Positions of rows that are through; while it is undone, chunks that are still to be. */
  readonly done: number;
  readonly applied: number;
  readonly failed: number;
  readonly kept: number;
  readonly error: { readonly en: string; readonly zh: string } | null;
}
