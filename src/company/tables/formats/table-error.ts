/** Why a table cannot be read; each is a sentence for the caller. */
export type TableErrorReason =
  | 'not-a-table'
  | 'old-excel'
  | 'merged-cells'
  | 'too-large'
  | 'too-many-rows'
  | 'too-many-columns'
  | 'unknown-encoding'
  | 'damaged'
  | 'empty';

/** A table that cannot be read as a whole, with the row where that is known. */
export class TableError extends Error {
  readonly reason: TableErrorReason;

  constructor(reason: TableErrorReason, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'TableError';
    this.reason = reason;
  }
}
