/** Why a table cannot be read; each is a sentence for the caller. */
export type TableErrorReason =
  | 'not-a-table'
  | 'old-excel'
  | 'merged-cells'
  | 'no-sheet'
  | 'too-large'
  | 'too-many-rows'
  | 'too-many-columns'
  | 'unknown-encoding'
  | 'damaged'
  | 'empty';

/** A table that cannot be read as a whole, with the row where that is known. */
export class TableError extends Error {
  readonly reason: TableErrorReason;

  readonly zh: string;

  constructor(reason: TableErrorReason, { en, zh }: { readonly en: string; readonly zh: string }, cause?: unknown) {
    super(en, { cause });
    this.name = 'TableError';
    this.reason = reason;
    this.zh = zh;
  }
}

/** The refusal of a file with too many bytes. */
export function tooLargeFile(bytes: number): TableError {
  const most = String(bytes / 1_048_576);
  return new TableError('too-large', {
    en: `The file is larger than ${most} MB; split it.`,
    zh: `文件超过 ${most} MB，请拆分后分别导入。`,
  });
}

/** The refusal of a workbook that is not whole, or not as any program writes it. */
export function damagedBook(cause?: unknown): TableError {
  return new TableError(
    'damaged',
    {
      en: 'The file is not a whole workbook; open it in Excel, and save it again as .xlsx.',
      zh: '文件不是完整的工作簿，请用 Excel 打开后重新另存为 .xlsx。',
    },
    cause,
  );
}
