import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Employee } from '../../../../src/directory/employees/employee.ts';
import { MAX_SCANNED } from '../../../../src/dialects/feishu/employees/read/scan.ts';
import { openTestDirectory, type TestDirectory } from '../../../support/test-directory.ts';
import { bigCompany, everyoneOf, listsOf, type Lists } from '../list-client.ts';

/* 搜索员工信息 */

const small = `
mingce: 1
key: inn
name: Inn
feishu:
  apps:
    - { app_id: cli_inn, app_secret: inn }
    - { app_id: cli_part, app_secret: part, contact_scope: { employees: [eve] } }
departments: [{ id: top, name: Inn }]
employees:
  - { id: ann, name: { value: 安娜, i18n: { en-US: Anna Bell } }, mobile: "13800000001" }
  - { id: bell, name: Bob, email: Bob@inn.example }
  - { id: eve, name: Eve Bell, mobile: "13800000003", enterprise_email: ring@bell.example }
  - { id: old, name: Old Bell, status: resigned, left_on: 2025-12-31, mobile: "13800000009" }
  - { id: new, name: New Bell, status: pre-hire, activation: not-joined }
`;

let directory: TestDirectory;
let inn: Lists;
let big: Lists;
let everyone: readonly Employee[];
beforeAll(async () => {
  directory = await openTestDirectory({ companies: [small, bigCompany()] });
  inn = await listsOf(directory, 'cli_inn', 'inn');
  big = await listsOf(directory, 'cli_big', 'big');
  everyone = await everyoneOf(directory, 'big');
});
// Comparing what is remembered with what is kept, as directory.close() does, takes a minute with so many people.
afterAll(() => directory.store.close());

const found = async (query: string, filter?: object, size = 1): Promise<readonly string[]> =>
  (await inn.all('employees/search', { query, ...(filter === undefined ? {} : { filter }) }, size)).ids;

test('finds by the whole id or mobile first, then by a part of name or mail', async () => {
  for (const size of [1, 2, 50]) expect(await found('bell', undefined, size)).toEqual(['bell', 'ann', 'eve']);
  expect(await found('BELL')).toEqual(['ann', 'eve']);
  expect(await found('安')).toEqual(['ann']);
  expect(await found('bob@INN')).toEqual(['bell']);
  expect(await found('13800000001')).toEqual(['ann']);
  expect(await found('+8613800000003')).toEqual(['eve']);
  expect(await found('1380000000')).toEqual([]);
  expect(await found('an')).toEqual(['ann']);
  expect(await found('nobody')).toEqual([]);
});

test('those who left only where they are asked for', async () => {
  expect(await found('13800000009')).toEqual([]);
  expect(await found('13800000009', { contain_resigned_employee: true })).toEqual(['old']);
  expect(await found('bell', { contain_resigned_employee: true })).toEqual(['bell', 'ann', 'eve', 'old']);
});

test('an app finds whom it may touch', async () => {
  const part = await listsOf(directory, 'cli_part', 'part');
  expect((await part.all('employees/search', { query: 'bell' }, 5)).ids).toEqual(['eve']);
});

test('in a large company finds everyone, a bounded number of records looked at for each page', async () => {
  const text = 'li';
  const wanted = everyone
    .filter(({ status }) => status !== 'resigned')
    .filter(({ name, email }) =>
      [name.value, ...Object.values(name.i18n), email ?? ''].some((one) => one.toLowerCase().includes(text)),
    )
    .map(({ id }) => id);
  expect(wanted.length).toBeGreaterThan(100);
  for (const size of [9, 100]) expect((await big.all('employees/search', { query: 'Li' }, size)).ids).toEqual(wanted);
  const nobody = await big.all('employees/search', { query: 'no such name' }, 100);
  expect(nobody).toEqual({ ids: [], pages: Math.ceil(everyone.length / MAX_SCANNED) });
});

test('shows 20 where no size is asked for', async () => {
  const body = { query: '@big.example', required_fields: ['base_info.email'], page_request: {} };
  const { employees, page_response } = (await big.post('employees/search', body)).json.data;
  expect(employees).toHaveLength(20);
  expect(page_response).toEqual({ has_more: true, page_token: expect.any(String) });
});

const faults: readonly (readonly [name: string, body: object, code: number])[] = [
  ['no query', { page_request: {} }, 99992402],
  ['an empty query', { query: '', page_request: {} }, 99992402],
  ['no page', { query: 'a' }, 2221005],
  ['a large page', { query: 'a', page_request: { page_size: 101 } }, 2220010],
  ['a negative page', { query: 'a', page_request: { page_size: -1 } }, 2220001],
  ['no token', { query: 'a', page_request: { page_token: 'AAAA' } }, 2221004],
];

test.each(faults)('refuses %s', async (_name, body, code) => {
  const answer = await inn.post('employees/search', body);
  expect([answer.status, answer.json.code]).toEqual([400, code]);
});

test('a token serves its own query', async () => {
  const first = await inn.post('employees/search', { query: 'bell', page_request: { page_size: 1 } });
  const { page_token } = first.json.data.page_response;
  const other = await inn.post('employees/search', { query: 'be', page_request: { page_token } });
  expect(other.json).toMatchObject({ code: 2221004, msg: 'invalid page token' });
});
