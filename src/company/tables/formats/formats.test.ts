import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterAll, expect, test } from 'vitest';
import { writeXlsx } from 'hucre/xlsx';
import { zipped } from '../../../../test/support/zipped.ts';
import { dayOfSerial, guarded, unguarded, type TableRow } from './cell-text.ts';
import { csvBytes } from './csv-out.ts';
import { TABLE_LIMITS, type TableLimits } from './limits.ts';
import { readTable } from './read-table.ts';
import { TableError } from './table-error.ts';
import { xlsxBytes } from './xlsx-out.ts';

const folder = mkdtempSync(join(tmpdir(), 'mingce-tables-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
let files = 0;

async function read(bytes: Uint8Array | string, limits: Partial<TableLimits> = {}): Promise<readonly TableRow[]> {
  const path = join(folder, `table-${String(files++)}`);
  writeFileSync(path, bytes);
  return await allOf(readTable(path, { ...TABLE_LIMITS, ...limits }));
}

async function allOf<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function cellsOf(bytes: Uint8Array | string): Promise<readonly (readonly string[])[]> {
  return (await read(bytes)).map(({ cells }) => cells);
}

async function* from(rows: readonly (readonly string[])[]): AsyncGenerator<readonly string[], void, undefined> {
  yield* rows;
}

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await allOf(pieces));
}

const HOSTILE = [
  ['工号', '姓名', '手机号', '备注'],
  ['00012', '张三', '+8613800010001', '=HYPERLINK("http://a","b")'],
  ['-1', "'=1+1", '@SUM(A1)', '+1'],
  ['\t=1', 'a"b', 'c,d;e', 'two\nlines'],
  ['=', "''@", '＝１', "it's"],
];

test('a CSV file holds no formula, and is read back as it was, in UTF-8 and in GB18030', async () => {
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    const bytes = await bytesOf(csvBytes(from(HOSTILE), { encoding, isRaw: false }));
    const text = encoding === 'utf-8' ? bytes.toString() : iconv.decode(bytes, 'gb18030');
    expect(text.startsWith('\uFEFF')).toBe(encoding === 'utf-8');
    const cells = text.replace('\uFEFF', '').split(/[,\r\n]+/);
    expect(cells.filter((cell) => /^"?[=+\-@\t]/.test(cell))).toEqual([]);
    expect(await cellsOf(bytes)).toEqual(HOSTILE);
  }
});

test('a workbook holds no formula, and is read back as it was, with signs that XML cannot hold', async () => {
  const rows = [...HOSTILE, ['a\u000Bb', '_x0041_', '😀 𠮷', '<&>"']];
  const bytes = await bytesOf(xlsxBytes(from(rows), '员工'));
  expect(await cellsOf(bytes)).toEqual(rows);
  const { readXlsx } = await import('hucre/xlsx');
  const sheet = (await readXlsx(bytes)).sheets[0];
  expect(sheet?.rows[1]).toEqual(HOSTILE[1]);
  expect([...(sheet?.cells?.values() ?? [])].filter(({ formula }) => formula !== undefined)).toEqual([]);
});

test('any text is guarded against formulas and comes back', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^['=+\-@\t\ra＝]{0,6}$/), (text) => {
      expect(unguarded(guarded(text))).toBe(text);
      expect(guarded(text)).not.toMatch(/^[=+\-@\t\r＝]/);
    }),
  );
});

test('the delimiter, the byte order mark and the lines of a CSV file are found by themselves', async () => {
  expect(await cellsOf('\uFEFF姓名;工号\r\n"李;四";001\r\n\r\n')).toEqual([
    ['姓名', '工号'],
    ['李;四', '001'],
  ]);
  expect(
    await cellsOf(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('姓名\t工号\n李四\t001\n', 'utf16le')])),
  ).toEqual([
    ['姓名', '工号'],
    ['李四', '001'],
  ]);
  const rows = await read('name,note\n"a","x\ny"\n\nb,z\n');
  expect(rows.map(({ row }) => row)).toEqual([1, 2, 4]);
});

test('numbers of a workbook are shown as a person sees them: phones whole, employee numbers with zeros, days as days', async () => {
  const bytes = await writeXlsx({
    sheets: [
      { name: 'hidden', hidden: true, rows: [['no']] },
      {
        name: '员工',
        rows: [
          ['手机', '工号', '入职', '序号', '在职'],
          [13800010001, 12, new Date(Date.UTC(2024, 2, 1)), 45352, true],
        ],
        cells: new Map([['1,1', { value: 12, style: { numFmt: '00000' } }]]),
      },
    ],
  });
  expect(await cellsOf(bytes)).toEqual([
    ['手机', '工号', '入职', '序号', '在职'],
    ['13800010001', '00012', '2024-03-01', '45352', '是'],
  ]);
});

test('a formula of a workbook is never worked out: its kept value is read', async () => {
  expect(await cellsOf(workbook('<c r="A1"><f>1+1</f><v>2</v></c><c r="C1" t="str"><f>CMD()</f><v>x</v></c>'))).toEqual(
    [['2', '', 'x']],
  );
});

test('a form of a number that was made long is not read, and the workbook is', async () => {
  const forms = (code: string, times: number): string =>
    `<numFmts><numFmt numFmtId="200" formatCode="${code}"/></numFmts><cellXfs>${'<xf numFmtId="200"/>'.repeat(times)}</cellXfs>`;
  const startedAt = performance.now();
  for (const styles of [forms('['.repeat(150_000), 1), forms('a'.repeat(800_000), 2_000)])
    expect(await cellsOf(workbook('<c r="A1" s="0"><v>7</v></c>', '', styles))).toEqual([['7']]);
  expect(performance.now() - startedAt).toBeLessThan(3_000);
  expect(await cellsOf(workbook('<c r="A1" s="0"><v>7</v></c>', '', forms('[Red]000', 1)))).toEqual([['007']]);
});

test('days are counted as spreadsheets count them, with the day that never was, and from 1904', () => {
  expect([1, 59, 60, 61, 45352, 0, -1, 2_958_465, 2_958_466].map((serial) => dayOfSerial(serial))).toEqual([
    '1900-01-01',
    '1900-02-28',
    null,
    '1900-03-01',
    '2024-03-01',
    null,
    null,
    '9999-12-31',
    null,
  ]);
  expect(dayOfSerial(43_890, true)).toBe('2024-03-01');
});

test('a workbook that unpacks to more than it may, or has a cell without end, is refused', async () => {
  const bomb = workbook(`<c r="A1" t="inlineStr"><is><t>${'a'.repeat(40_000_000)}</t></is></c>`);
  expect(bomb.length).toBeLessThan(100_000);
  await expect(read(bomb, { unpackedBytes: 10_000_000 })).rejects.toMatchObject({ reason: 'too-large' });
  const before = process.memoryUsage().arrayBuffers;
  await expect(read(bomb)).rejects.toMatchObject({ reason: 'too-large' });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  await expect(read(workbook(`<c r="A1"><v>1</v></c><c r="ZZZ1"><v>1</v></c>`))).rejects.toMatchObject({
    reason: 'too-many-columns',
  });
});

test('what is no table is refused with a sentence: an old workbook, a picture, nothing, other text, too many rows', async () => {
  const reasonOf = async (bytes: Uint8Array | string, limits: Partial<TableLimits> = {}): Promise<string> =>
    await read(bytes, limits).then(
      () => 'read',
      (error: unknown) => {
        if (!(error instanceof TableError)) return String(error);
        // Each says in both languages what to do next.
        expect(error.message).toMatch(/\b(?:save|split|choose|remove|shorten|correct|unmerge|open)\b/);
        expect(error.zh).toMatch(/请/);
        return error.reason;
      },
    );
  expect(await reasonOf(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]))).toBe('old-excel');
  expect(await reasonOf(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]))).toBe('not-a-table');
  expect(await reasonOf('<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>')).toBe('not-a-table');
  expect(await reasonOf('\ufeff\n<?xml version="1.0"?><Workbook/>')).toBe('not-a-table');
  expect(await reasonOf('<a@test.com>,姓名\n')).toBe('read');
  expect(await reasonOf('')).toBe('empty');
  expect(await reasonOf(Buffer.from('姓名\n\xff\xff\xff', 'latin1'))).toBe('unknown-encoding');
  expect(await reasonOf('a\n1\n2\n3\n', { rows: 2 })).toBe('too-many-rows');
  expect(await reasonOf('a\n1\n', { bytes: 3 })).toBe('too-large');
  expect(await reasonOf(zipped({ 'a.txt': 'abc' }))).toBe('damaged');
  expect(await reasonOf(workbook('<c r="A1"><v>1</v>').subarray(0, 300))).toBe('damaged');
  expect(await reasonOf(workbook('<c r="A1"><v>1</x></c>'))).toBe('damaged');
  expect(await reasonOf(workbook('', '<!DOCTYPE a [<!ENTITY b "cc">]>'))).toBe('damaged');
});

test('a value that is merged over several rows is refused with its place, as the others would be read without it', async () => {
  const cell = (ref: string): string => `<c r="${ref}"><v>1</v></c>`;
  const merged = (...refs: readonly string[]): Uint8Array =>
    workbook(
      `${cell('A1')}${cell('B1')}</row><row r="2">${cell('A2')}${cell('B2')}</row><row r="3">${cell('A3')}`,
      '',
      '',
      `<mergeCells>${refs.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`,
    );
  await expect(cellsOf(merged('A2:B2', 'B2:B3'))).rejects.toThrow(/B2:B3.*unmerge/s);
  await expect(cellsOf(merged('B1:B2'))).rejects.toMatchObject({
    zh: expect.stringMatching(/B1:B2.*取消合并/) as string,
  });
  // Within one row, below the table and beside it nothing is lost.
  expect(await cellsOf(merged('A1:B1', 'A2:B2', 'A4:A5', 'C2:C3'))).toHaveLength(3);
});

/** A workbook of one row, as small as one can be. */
function workbook(cells: string, before = '', styles = '', after = ''): Uint8Array {
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
  return zipped({
    '_rels/.rels': `<Relationships>${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': `<Relationships>${relation('r1', 'worksheet', 'worksheets/sheet1.xml')}${relation('r2', 'styles', 'styles.xml')}</Relationships>`,
    'xl/styles.xml': `<styleSheet>${styles}</styleSheet>`,
    'xl/worksheets/sheet1.xml': `${before}<worksheet><sheetData><row r="1">${cells}</row></sheetData>${after}</worksheet>`,
  });
}
