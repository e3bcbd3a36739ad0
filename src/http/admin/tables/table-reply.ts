import type { Reply } from '../../../dialects/dialect.ts';
import type { TableFormat } from '../../../company/tables/export-table.ts';

const TYPES: Readonly<Record<TableFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  'csv-gb18030': 'text/csv; charset=gb18030',
};

/** A table to be saved: the first piece is made before the answer begins, so that what cannot be made is refused. */
export async function tableReply(bytes: AsyncIterable<Uint8Array>, format: TableFormat, name: string): Promise<Reply> {
  const pieces = bytes[Symbol.asyncIterator]();
  const first = await pieces.next();
  const file = `${name.replaceAll(/[^a-z0-9-]/g, '')}.${format === 'xlsx' ? 'xlsx' : 'csv'}`;
  return {
    status: 200,
    headers: {
      'Content-Type': TYPES[format],
      'Content-Disposition': `attachment; filename="${file}"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
    body: '',
    stream: rest(first, pieces),
  };
}

async function* rest(
  first: IteratorResult<Uint8Array>,
  pieces: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for (let next = first; next.done !== true; next = await pieces.next()) yield next.value;
  } finally {
    await pieces.return?.();
  }
}
