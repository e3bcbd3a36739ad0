import { setTimeout } from 'node:timers/promises';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ImportRows, ImportView } from '../../src/company/tables/contract.ts';
import { startMingce, type Mingce } from '../../src/index.ts';
import { workbookOf, workbookOfXml } from '../support/workbook-of.ts';

let mingce: Mingce;
beforeEach(async () => {
  mingce = await startMingce({ listen: false, demo: true });
});
afterEach(async () => {
  await mingce.close();
});

async function send(method: string, path: string, body?: Uint8Array | object): Promise<Response> {
  return await mingce.fetch(`http://mingce.test/mingce/v1/companies/demo/imports${path}`, {
    method,
    headers: { Authorization: `Bearer ${mingce.adminKey ?? ''}` },
    ...(body === undefined ? {} : { body: body instanceof Uint8Array ? body : JSON.stringify(body) }),
  });
}

async function asked<Answer>(method: string, path: string, body?: Uint8Array | object): Promise<Answer> {
  const answer = await send(method, path, body);
  const text = await answer.text();
  expect([200, 201], text).toContain(answer.status);
  return JSON.parse(text) as Answer;
}

async function checked(id: string): Promise<ImportView> {
  await asked('POST', `/${id}/check`);
  for (;;) {
    const view = await asked<ImportView>('GET', `/${id}`);
    if (view.state !== 'checking') return view;
    await setTimeout(5);
  }
}

const HEADER = ['姓名', '手机', '工号'];
const BOOK = workbookOf([
  { name: '封面', rows: [] },
  { name: '在职', rows: [HEADER, ['王强', '13800019991', '00071']] },
  {
    name: '试用',
    rows: [
      ['工号', '姓名', '手机'],
      ['00072', '李芳', '13800019992'],
      ['00073', '赵云', '13800019993'],
    ],
  },
  { name: '空', rows: [['', '']] },
  { name: '字典', state: 'hidden', rows: [['部门'], ['后端组']] },
]);

test('of a workbook the first sheet with text is read, which is named, as are the others that have text', async () => {
  const view = await asked<ImportView>('POST', '?name=x.xlsx', BOOK);
  expect(view).toMatchObject({
    sheet: '在职',
    other_sheets: [
      { name: '试用', hidden: false },
      { name: '字典', hidden: true },
    ],
  });
  expect((await checked(view.id)).counts).toMatchObject({ rows: 1, add: 1 });
  const csv = await asked<ImportView>('POST', '?name=x.csv', Buffer.from('姓名,手机\n王强,13800019991\n'));
  expect([csv.sheet, csv.other_sheets]).toEqual([null, []]);
});

test('another sheet is chosen as the table is sent or later, with columns of its own', async () => {
  const sent = await asked<ImportView>('POST', `?name=x.xlsx&sheet=${encodeURIComponent('试用')}`, BOOK);
  expect([sent.sheet, sent.columns.map(({ header }) => header)]).toEqual(['试用', ['工号', '姓名', '手机']]);
  expect((await checked(sent.id)).counts).toMatchObject({ rows: 2, add: 2 });
  await asked('PATCH', `/${sent.id}`, { mended: [{ row: 2, column: 1, value: '李丽' }] });
  const other = await asked<ImportView>('PATCH', `/${sent.id}`, { sheet: '在职' });
  expect(other).toMatchObject({ sheet: '在职', state: 'uploaded', counts: null });
  expect(other.columns.map(({ field }) => field)).toEqual(['name', 'mobile', 'job_number']);
  await checked(sent.id);
  // A cell that was mended is one of the sheet that it was mended in.
  const { rows } = await asked<ImportRows>('GET', `/${sent.id}/rows`);
  expect(rows.map(({ cells }) => cells)).toEqual([['王强', '13800019991', '00071']]);
  expect((await asked<ImportView>('PATCH', `/${sent.id}`, { sheet: ' 试用 ' })).sheet).toBe('试用');
});

test('a sheet that there is not, one without text, and one of a CSV file are refused with what to do', async () => {
  const { id } = await asked<ImportView>('POST', '?name=x.xlsx', BOOK);
  const refusals: [string, string][] = [];
  for (const answer of [
    await send('POST', `?name=x.xlsx&sheet=${encodeURIComponent('离职')}`, BOOK),
    await send('PATCH', `/${id}`, { sheet: '空' }),
    await send('POST', '?name=x.csv&sheet=a', Buffer.from('姓名\n王强\n')),
    await send('POST', '?name=x.xlsx&sheet=', BOOK),
    await send('PATCH', `/${id}`, { sheet: 'x'.repeat(256) }),
    await send(
      'POST',
      '?name=x.xlsx',
      workbookOf([
        { name: 'a', rows: [] },
        { name: 'b', state: 'hidden', rows: [['x']] },
      ]),
    ),
  ]) {
    const { code = '', detail_zh: zh = '' } = (await answer.json()) as { code?: string; detail_zh?: string };
    refusals.push([`${String(answer.status)} ${code}`, zh]);
  }
  expect(refusals).toEqual([
    ['422 table-no-sheet', '工作簿没有工作表「离职」，请从「封面」「在职」「试用」「空」「字典」中选择。'],
    ['422 table-empty', expect.stringContaining('空')],
    ['422 table-no-sheet', expect.stringContaining('CSV')],
    ['400 ', expect.stringContaining('参数 sheet 是工作表的名称')],
    ['400 ', expect.stringContaining('请求体是 { "sheet"')],
    ['422 table-empty', expect.stringContaining('「a」')],
  ]);
  expect(await asked('GET', `/${id}`)).toMatchObject({ sheet: '在职' });
});

test('hidden rows are counted and marked, imported as they are, and left out where that is wanted', async () => {
  const rows = ['1', '2', '3', '4'].map((last) => [`新人${last}`, `1380001999${last}`, `0007${last}`]);
  const book = workbookOf([{ name: '员工', rows: [HEADER, ...rows], hidden: [3, 5] }]);
  const { id } = await asked<ImportView>('POST', '?name=x.xlsx', book);
  expect(await checked(id)).toMatchObject({ skips_hidden: false, counts: { rows: 4, add: 4, hidden: 2 } });
  const marked = (await asked<ImportRows>('GET', `/${id}/rows`)).rows.map(({ row, hidden }) => [row, hidden ?? false]);
  expect(marked).toEqual([
    [2, false],
    [3, true],
    [4, false],
    [5, true],
  ]);
  await asked('PATCH', `/${id}`, { skips_hidden: true });
  expect(await checked(id)).toMatchObject({ skips_hidden: true, counts: { rows: 2, add: 2, hidden: 2 } });
  const left = (await asked<ImportRows>('GET', `/${id}/rows`)).rows.map(({ row }) => row);
  expect(left).toEqual([2, 4]);
});

test('a workbook with more sheets than one has is refused, and a long sheet beside is not read to its end', async () => {
  const many = Array.from({ length: 201 }, (_none, index) => ({ name: `s${String(index)}`, rows: [] }));
  expect((await send('POST', '?name=x.xlsx', workbookOf(many))).status).toBe(413);
  const blank = Array.from({ length: 300_000 }, () => ['', '', '']);
  const book = workbookOf([
    { name: '员工', rows: [HEADER, ['王强', '13800019991', '00071']] },
    { name: '长', rows: blank },
  ]);
  expect((await asked<ImportView>('POST', '?name=x.xlsx', book)).other_sheets).toEqual([{ name: '长', hidden: false }]);
});

test('a number in a column of days is counted as the workbook counts them, and is shown as it is read', async () => {
  const cells = ['姓名', '手机', '入职'].map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('');
  const rows = `<row r="1">${cells}</row><row r="2"><c t="inlineStr"><is><t>王强</t></is></c><c><v>13800019991</v></c><c><v>43890</v></c></row>`;
  const read: unknown[] = [];
  for (const book of ['<workbookPr date1904="1"/>', '']) {
    const { id, columns } = await asked<ImportView>('POST', '?name=x.xlsx', workbookOfXml({ rows, book }));
    await checked(id);
    const [row] = (await asked<ImportRows>('GET', `/${id}/rows`)).rows;
    read.push([columns[2]?.read_as, row?.fields['join_date']]);
  }
  expect(read).toEqual([
    ['2024-03-01', ['', '2024-03-01']],
    ['2020-02-29', ['', '2020-02-29']],
  ]);
});

test('a second column of one field says so until it is chosen by hand, and rows of nothing but space are blank', async () => {
  const header = ['姓名', '手机', '手机号码', '工号'];
  const book = workbookOf([
    { name: '员工', rows: [header, ['王强', '13800019991', '13800019992', '00071'], [' ', '\u200B', '\u3000', '']] },
  ]);
  const { id, columns } = await asked<ImportView>('POST', '?name=x.xlsx', book);
  expect(columns.map(({ field, repeats }) => [field, repeats])).toEqual([
    ['name', undefined],
    ['mobile', undefined],
    [null, 'mobile'],
    ['job_number', undefined],
  ]);
  const chosen = await asked<ImportView>('PATCH', `/${id}`, { columns: ['name', null, 'mobile', 'job_number'] });
  expect(chosen.columns.map(({ repeats }) => repeats)).toEqual([undefined, undefined, undefined, undefined]);
  expect((await checked(id)).counts).toMatchObject({ rows: 1, add: 1 });
});

test('the encoding of a CSV file is named where it was guessed', async () => {
  const text = '姓名,手机\n王强,13800019991\n';
  const guessed: unknown[] = [];
  for (const bytes of [
    iconv.encode(text, 'gb18030'),
    Buffer.from(text),
    iconv.encode(text, 'utf-16le', { addBOM: true }),
  ])
    guessed.push((await asked<ImportView>('POST', '?name=x.csv', bytes)).guessed_encoding);
  expect(guessed).toEqual(['GB18030', null, null]);
});
