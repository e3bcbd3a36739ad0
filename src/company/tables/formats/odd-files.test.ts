import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { workbookOf, workbookOfXml } from '../../../../test/support/workbook-of.ts';
import { zipped } from '../../../../test/support/zipped.ts';
import { isShortened, NO_RESULT } from './cell-text.ts';
import { csvBytes } from './csv-out.ts';
import { TABLE_LIMITS } from './limits.ts';
import { readTable, bookOf } from './read-table.ts';
import { TableError } from './table-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'mingce-odd-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
let files = 0;

function file(bytes: Uint8Array | string): string {
  const path = join(folder, `table-${String(files++)}`);
  writeFileSync(path, bytes);
  return path;
}

async function cellsOf(bytes: Uint8Array | string): Promise<readonly (readonly string[])[]> {
  const path = file(bytes);
  await bookOf(path, TABLE_LIMITS);
  const rows: (readonly string[])[] = [];
  for await (const { cells } of readTable(path, TABLE_LIMITS)) rows.push(cells);
  return rows;
}

/** What to do, in Chinese, where a file is refused. */
async function refusalOf(bytes: Uint8Array | string): Promise<string> {
  return await cellsOf(bytes).then(
    () => 'read',
    (error: unknown) => (error instanceof TableError ? error.zh : String(error)),
  );
}

test('the first line of a CSV file that names the delimiter is no row, and no blank or quoted line hides the delimiter', async () => {
  const expected = [
    ['姓名', '备注'],
    ['王强', 'a,b;c'],
  ];
  expect(await cellsOf('sep=;\r\n姓名;备注\r\n王强;"a,b;c"\r\n')).toEqual(expected);
  expect(await cellsOf('"sep=|"\n姓名|备注\n王强|a,b;c\n')).toEqual(expected);
  expect(await cellsOf('\r\n\r\n姓名\t备注\r\n王强\ta,b;c\r\n')).toEqual(expected);
  expect(await cellsOf('"姓\n名,";"备\n注"\n王强;"a,b;c"\n')).toEqual([['姓\n名,', '备\n注'], expected[1]]);
});

test('UTF-16 is read in both orders of bytes', async () => {
  const text = Buffer.from('\uFEFF姓名\t工号\r\n王强\t001\r\n', 'utf16le');
  const expected = [
    ['姓名', '工号'],
    ['王强', '001'],
  ];
  expect(await cellsOf(text)).toEqual(expected);
  expect(await cellsOf(Buffer.from(text).swap16())).toEqual(expected);
});

test('a quote that is not closed is refused with its row, whatever closes it; quotes within cells are read', async () => {
  for (const rows of ['"李芳,1\n赵云,2\n', '"李芳,1\n"赵云",2\n', '"李芳,1\n赵云,2"\n', '李芳,"1\n赵云,"2"\n'])
    expect(await refusalOf(`姓名,备注\n王强,0\n${rows}孙丽,3\n`)).toMatch(/^第 3 行有未闭合的引号.*请改正/);
  expect(await cellsOf('姓名,备注\n王"强,"""好"",他说\n再见"\n')).toEqual([
    ['姓名', '备注'],
    ['王"强', '"好",他说\n再见'],
  ]);
});

test('a note of several lines with commas is read in a row without its empty cells; a line as wide as a row is not', async () => {
  const header = '姓名,备注,部门,职务\n';
  expect(await cellsOf(`${header}王强,"好\n再见,他说"\n李芳,"一,二\r\n三,四",研发\n`)).toEqual([
    ['姓名', '备注', '部门', '职务'],
    ['王强', '好\n再见,他说'],
    ['李芳', '一,二\r\n三,四', '研发'],
  ]);
  for (const rows of ['王强,"好\n李芳,1,研发,工程师\n赵云,2"\n', '王强,1,研发\n李芳,"好\n赵云,2,研发"\n'])
    expect(await refusalOf(header + rows)).toMatch(/未闭合的引号/);
});

test('rows of a CSV file are counted as a spreadsheet does: one of several lines once, a blank line as well', async () => {
  const path = file('sep=;\n姓名;备注\n王强;"一\n二\n三"\n\n李芳;"a"\n;\n赵云;b\n');
  const rows: (readonly [number, string | undefined])[] = [];
  for await (const { row, cells } of readTable(path, TABLE_LIMITS)) rows.push([row, cells[0]]);
  expect(rows).toEqual([
    [1, '姓名'],
    [2, '王强'],
    [4, '李芳'],
    [6, '赵云'],
  ]);
});

test('whatever is in the cells of a file that we write, no quote of it is taken for one that is not closed', async () => {
  const cell = fc.stringMatching(/^["',;\n\ra-]{0,6}$/);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 }), async (rows) => {
      const all = [['a', 'b', 'c'], ...rows];
      const source = async function* (): AsyncGenerator<readonly string[], void, undefined> {
        yield* all;
      };
      const pieces: Uint8Array[] = [];
      for await (const piece of csvBytes(source(), { encoding: 'utf-8', isRaw: false })) pieces.push(piece);
      const read = await cellsOf(Buffer.concat(pieces));
      expect(read).toEqual(all.filter((cells) => cells.some((one) => one.trim() !== '')));
    }),
    { numRuns: 150 },
  );
});

test('a formula without a kept result is no empty cell; one whose result is empty is', async () => {
  const cells =
    '<c r="A1"><f>B1</f></c><c r="B1"><f>C1</f><v></v></c><c r="C1" t="str"><f>D1</f><v></v></c><c r="D1"><v>1</v></c>';
  expect(await cellsOf(workbookOfXml({ rows: `<row r="1">${cells}</row>` }))).toEqual([
    [NO_RESULT, NO_RESULT, '', '1'],
  ]);
});

test('a number with more digits than a spreadsheet keeps is not written out, one with 15 is', async () => {
  const rows = '<row r="1"><c><v>110101199001011230</v></c><c><v>1.38E10</v></c><c><v>999999999999999</v></c></row>';
  const [cells = []] = await cellsOf(workbookOfXml({ rows }));
  expect(cells.map(isShortened)).toEqual([true, false, false]);
  expect(cells.slice(1)).toEqual(['13800000000', '999999999999999']);
  // No form makes a number whole again whose last digits are lost.
  const styles =
    '<numFmts><numFmt numFmtId="200" formatCode="0000000000000000"/><numFmt numFmtId="201" formatCode="&quot;A&quot;0"/></numFmts>' +
    '<cellXfs><xf numFmtId="200"/><xf numFmtId="201"/></cellXfs>';
  const formed = '<row><c s="0"><v>1000000000000000</v></c><c s="1"><v>1234567890123450</v></c></row>';
  expect((await cellsOf(workbookOfXml({ rows: formed, styles }))).flat().map(isShortened)).toEqual([true, true]);
  expect(['1.38E+10', '1E+05', '1E5', 'E+10', '1.38e+10'].map(isShortened)).toEqual([true, true, false, false, false]);
});

test('an employee number has what its form writes around it', async () => {
  const forms = ['&quot;A&quot;000', '\\H\\D-0000', '&quot;工号&quot;#', '000&quot;号&quot;', '0_ ', 'General'];
  const styles =
    `<numFmts>${forms.map((code, index) => `<numFmt numFmtId="${String(200 + index)}" formatCode="${code}"/>`).join('')}</numFmts>` +
    `<cellXfs>${forms.map((_code, index) => `<xf numFmtId="${String(200 + index)}"/>`).join('')}</cellXfs>`;
  const cells = forms.map((_code, index) => `<c s="${String(index)}"><v>12</v></c>`);
  expect(await cellsOf(workbookOfXml({ rows: `<row r="1">${cells.join('')}</row>`, styles }))).toEqual([
    ['A012', 'HD-0012', '工号12', '012号', '12', '12'],
  ]);
});

test('a number with a unit or a currency beside it is that number, as a field of numbers wants it', async () => {
  const forms = [
    '0&quot;天&quot;',
    '#&quot;元&quot;',
    'General&quot;年&quot;',
    '&quot;¥&quot;0',
    '0\\ ',
    '&quot;+86 &quot;0',
  ];
  const styles =
    `<numFmts>${forms.map((code, index) => `<numFmt numFmtId="${String(200 + index)}" formatCode="${code}"/>`).join('')}</numFmts>` +
    `<cellXfs>${forms.map((_code, index) => `<xf numFmtId="${String(200 + index)}"/>`).join('')}</cellXfs>`;
  const cells = forms.map((_code, index) => `<c s="${String(index)}"><v>12</v></c>`);
  expect(await cellsOf(workbookOfXml({ rows: `<row r="1">${cells.join('')}</row>`, styles }))).toEqual([
    ['12', '12', '12', '12', '12', '+86 12'],
  ]);
});

test('rich text and readings of shared texts, texts in cells, and days of 1904 are read as they are shown', async () => {
  const strings =
    '<si><r><t>王</t></r><r><rPr><b/></rPr><t xml:space="preserve">强 </t></r><rPh sb="0" eb="1"><t>ワン</t></rPh></si><si><t/></si>';
  const rows =
    '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><r><t>李</t></r><r><t>芳</t></r><rPh><t>リ</t></rPh></is></c><c s="0"><v>43890</v></c></row>';
  const book = '<workbookPr date1904="1"/>';
  const styles = '<cellXfs><xf numFmtId="14"/></cellXfs>';
  expect(await cellsOf(workbookOfXml({ rows, strings, styles, book }))).toEqual([['王强 ', '', '李芳', '2024-03-01']]);
});

test('sheets without text are looked into so far only: a small file that unpacks to many costs no more than some', async () => {
  const rows = [Array.from({ length: 500_000 }, () => '')];
  const sheets = Array.from({ length: 12 }, (_none, index) => ({ name: String(index), rows }));
  const book = await bookOf(file(workbookOf(sheets)), TABLE_LIMITS);
  // Of 2 MB each, eight are looked into; those after them may have text.
  expect(book?.sheets.filter(({ hasText }) => !hasText).map(({ name }) => name)).toEqual(
    sheets.slice(0, 8).map(({ name }) => name),
  );
});

test('what is packed like a workbook and is none is refused as what it is', async () => {
  const types = { '[Content_Types].xml': '<Types/>' };
  const rels = (target: string): Record<string, string> => ({
    ...types,
    '_rels/.rels': `<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="${target}"/></Relationships>`,
  });
  const refusals = await Promise.all(
    [
      { mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<a/>' },
      { 'Index/Document.iwa': 'x' },
      { ...rels('xl/workbook.bin'), 'xl/workbook.bin': 'x' },
      { ...rels('word/document.xml'), 'word/document.xml': '<a/>' },
      { 'in/员工.xlsx': 'x' },
      types,
    ].map((parts) => refusalOf(zipped(parts))),
  );
  expect(refusals.map((text) => /\.ods|Numbers|\.xlsb|Word|压缩包|不是完整/.exec(text)?.[0])).toEqual([
    '.ods',
    'Numbers',
    '.xlsb',
    'Word',
    '压缩包',
    '不是完整',
  ]);
  for (const refusal of refusals) expect(refusal).toMatch(/请/);
  expect(await refusalOf('%PDF-1.4\n%âãÏÓ\n1 0 obj\n')).toMatch(/既不是 CSV 也不是 Excel.*请/);
});
