/** How much of a table is read; what is larger is refused before it takes memory. */
export interface TableLimits {
  /** Bytes of the file as it was sent. */
  readonly bytes: number;
  /** Bytes of one part of a workbook once it is unpacked: a small file can claim any size. */
  readonly unpackedBytes: number;
  /** Rows below the header. */
  readonly rows: number;
  readonly columns: number;
  /** Characters of one cell; a spreadsheet has no longer ones. */
  readonly cell: number;
}

export const TABLE_LIMITS: TableLimits = {
  bytes: 64 * 1024 * 1024,
  unpackedBytes: 768 * 1024 * 1024,
  rows: 100_000,
  columns: 200,
  cell: 32_767,
};
