import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Employee } from '../../../../src/directory/employees/employee.ts';
import { MAX_SCANNED } from '../../../../src/dialects/feishu/employees/read/scan.ts';
import { openTestDirectory, type TestDirectory } from '../../../support/test-directory.ts';
import { bigCompany, everyoneOf, listsOf, type Lists } from '../list-client.ts';

/* 批量获取员工列表 */

const small = `
mingce: 1
key: inn
name: Inn
feishu:
  apps:
    - { app_id: cli_inn, app_secret: inn }
    - { app_id: cli_part, app_secret: part, contact_scope: { departments: [house], employees: [eve] } }
    - { app_id: cli_blind, app_secret: blind, scopes: [directory:employee:list, directory:employee.base.external_id:read] }
    - { app_id: cli_none, app_secret: none, scopes: [directory:employee:read] }
departments:
  - { id: top, name: Inn }
  - { id: house, name: House, parent: top }
  - { id: kitchen, name: Kitchen, parent: house }
employees:
  - { id: ann, name: Ann, mobile: "13800000001", email: Ann@inn.example, job_number: "1" }
  - { id: bob, name: Bob, departments: [house, kitchen], status: pre-resigned, mobile: "+85261234567", job_number: "2" }
  - { id: eve, name: Eve, job_number: "3" }
  - { id: old, name: Old, status: resigned, left_on: 2025-12-31, departments: [house], mobile: "13800000009", job_number: "1" }
  - { id: new, name: New, status: pre-hire, activation: not-joined, departments: [house], job_number: "5" }
  - { id: cat, name: Cat, departments: [kitchen], job_number: "6" }
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

type Condition = readonly [field: string, operator: string, value: unknown];

const body = (conditions: readonly Condition[], page_request: object | undefined = {}): object => ({
  filter: {
    conditions: conditions.map(([field, operator, value]) => ({ field, operator, value: JSON.stringify(value) })),
  },
  required_fields: [],
  page_request,
});
const STATUS = 'work_info.staff_status';
const DEPARTMENT = 'base_info.departments.department_id';

async function found(...conditions: readonly Condition[]): Promise<readonly string[]> {
  return (await inn.all('employees/filter', body(conditions), 2)).ids;
}

const idsOf = (employees: readonly Employee[]): readonly string[] => employees.map(({ id }) => id);
const isEmployed = ({ status }: Employee): boolean => ['probation', 'regular', 'pre-resigned'].includes(status);

test('without conditions everyone in service is listed, in order of creation, by any page size', async () => {
  const here = idsOf(everyone.filter(isEmployed));
  expect(here.length).toBeLessThan(everyone.length);
  for (const size of [7, 100]) {
    const { ids, pages } = await big.all('employees/filter', body([]), size);
    expect(ids).toEqual(here);
    expect(pages).toBe(Math.ceil(here.length / size));
  }
});

test('a department shows its direct members, several show each person once', async () => {
  const within = (...departments: string[]): readonly string[] =>
    idsOf(
      everyone.filter(
        (one) => isEmployed(one) && one.departments.some(({ department }) => departments.includes(department)),
      ),
    );
  const [first, second, third] = everyone.flatMap(({ departments }) => departments[0]?.department ?? []).slice(3, 6);
  for (const departments of [[first], [second, third, first], ['root']]) {
    const names = departments.map((id) => (id === 'root' ? '0' : id));
    const regular = everyone.filter(({ status }) => status === 'regular' || status === 'probation');
    const wanted = within(...departments.map(String)).filter((id) => regular.some((one) => one.id === id));
    expect(wanted.length).toBeGreaterThan(0);
    const conditions: Condition[] = [
      [DEPARTMENT, 'in', names],
      [STATUS, 'eq', 1],
    ];
    for (const size of [1, 30]) expect((await big.all('employees/filter', body(conditions), size)).ids).toEqual(wanted);
  }
});

test('a page may be shorter than asked: no request looks at more than a bounded number of people', async () => {
  const leaving = everyone.filter(({ status }) => status === 'pre-hire');
  expect(leaving).toEqual([]);
  const departments = [...new Set(everyone.flatMap((one) => one.departments.map(({ department }) => department)))];
  const conditions: Condition[] = [
    [DEPARTMENT, 'in', departments.slice(0, 100)],
    [STATUS, 'eq', 3],
  ];
  const { ids, pages } = await big.all('employees/filter', body(conditions), 100);
  expect(ids).toEqual([]);
  expect(pages).toBe(Math.ceil(everyone.length / MAX_SCANNED));
});

test('mobile, mail and job number are looked up as they are compared', async () => {
  expect(await found(['base_info.mobile', 'eq', '13800000001'])).toEqual(['ann']);
  expect(await found(['base_info.mobile', 'in', ['+85261234567', '+8613800000001', '+8613800000009', 'x']])).toEqual([
    'ann',
    'bob',
  ]);
  expect(await found(['base_info.mobile', 'eq', '85261234567'])).toEqual(['bob']);
  expect(await found(['base_info.mobile', 'in', ['8613800000001', ' 85261234567', '52612345']])).toEqual([
    'ann',
    'bob',
  ]);
  expect(await found(['base_info.mobile', 'in', ['', '+']])).toEqual([]);
  expect(await found(['base_info.email', 'eq', 'ANN@INN.EXAMPLE'])).toEqual(['ann']);
  expect(await found(['work_info.job_number', 'in', ['6', '3', '2', '1', '5', '9']])).toEqual([
    'ann',
    'bob',
    'eve',
    'cat',
  ]);
  expect(await found(['work_info.job_number', 'eq', '1'], ['base_info.mobile', 'eq', '+85261234567'])).toEqual([]);
  expect(await found(['work_info.job_number', 'eq', '2'], ['base_info.mobile', 'eq', '+85261234567'])).toEqual(['bob']);
});

test('status and department stand together', async () => {
  expect(await found([DEPARTMENT, 'eq', 'house'], [STATUS, 'eq', 5])).toEqual(['bob']);
  expect(await found([STATUS, 'eq', 1], [DEPARTMENT, 'eq', 'house'])).toEqual([]);
  expect(await found([STATUS, 'eq', 1], [DEPARTMENT, 'eq', '0'])).toEqual(['ann', 'eve']);
  expect(await found([STATUS, 'eq', 3], [DEPARTMENT, 'eq', 'house'])).toEqual(['new']);
  expect(await found([STATUS, 'eq', 5], [DEPARTMENT, 'eq', 'house'], [DEPARTMENT, 'in', ['kitchen', 'x']])).toEqual([
    'bob',
  ]);
  expect(await found([STATUS, 'eq', 1], [DEPARTMENT, 'in', []])).toEqual([]);
  expect(await found([STATUS, 'eq', 1], [DEPARTMENT, 'eq', 'nowhere'])).toEqual([]);
});

test('an app is shown whom it may touch', async () => {
  const part = await listsOf(directory, 'cli_part', 'part');
  expect((await part.all('employees/filter', body([]), 10)).ids).toEqual(['bob', 'eve', 'cat']);
  const byNumber = body([['work_info.job_number', 'in', ['1', '3']]]);
  expect((await part.all('employees/filter', byNumber, 10)).ids).toEqual(['eve']);
});

test('fields are shown as mget shows them, and faults with each row', async () => {
  const one = { ...body([['work_info.job_number', 'eq', '2']]), required_fields: ['work_info.job_number', 'x.y'] };
  expect((await inn.post('employees/filter', one)).json.data).toEqual({
    employees: [{ base_info: { employee_id: 'bob' }, work_info: { job_number: '2' } }],
    page_response: { has_more: false },
    abnormals: [{ id: 'bob', row_error: 0, field_errors: { 'x.y': 2003 } }],
  });
  const blind = await listsOf(directory, 'cli_blind', 'blind');
  expect((await blind.post('employees/filter', one)).json.data).toEqual({
    employees: [{ base_info: { employee_id: 'bob' } }],
    page_response: { has_more: false },
    abnormals: [{ id: 'bob', row_error: 0, field_errors: { 'work_info.job_number': 1000, 'x.y': 2003 } }],
  });
});

const faults: readonly (readonly [name: string, body: object, code: number, msg: string])[] = [
  ['no page', { filter: { conditions: [] }, required_fields: [] }, 2221005, 'no page request'],
  ['a large page', body([], { page_size: 101 }), 2220010, 'Exceeded the limit size'],
  ['a negative page', body([], { page_size: -1 }), 2220001, 'param is invalid'],
  ['no token', body([], { page_token: 'x' }), 2221004, 'invalid page token'],
  ['no field', body([['base_info.mobil', 'eq', '1']]), 2220009, 'Filter field is invalid'],
  ['a wildcard', body([['base_info.*', 'eq', '1']]), 2220009, 'Filter field is invalid'],
  ['a prototype', body([['__proto__', 'eq', '1']]), 2220009, 'Filter field is invalid'],
  ['a field not filtered', body([['base_info.gender', 'eq', 1]]), 2220012, 'The field is not support filter'],
  ['in of status', body([[STATUS, 'in', [1]]]), 2220013, 'The field does not support the operator'],
  ['no operator', body([['base_info.mobile', 'like', '1']]), 2220013, 'The field does not support the operator'],
  ['a number for a text', body([['base_info.mobile', 'eq', 1]]), 2220014, 'Invalid field value'],
  ['a list for eq', body([['base_info.mobile', 'eq', ['1']]]), 2220014, 'Invalid field value'],
  ['a text for in', body([['base_info.mobile', 'in', '1']]), 2220014, 'Invalid field value'],
  ['a mixed list', body([['base_info.mobile', 'in', ['1', 2]]]), 2220014, 'Invalid field value'],
  [
    'a text for a number',
    body([
      [STATUS, 'eq', '1'],
      [DEPARTMENT, 'eq', '0'],
    ]),
    2220014,
    'Invalid field value',
  ],
  [
    'the resigned',
    body([
      [STATUS, 'eq', 2],
      [DEPARTMENT, 'eq', '0'],
    ]),
    2220014,
    'Invalid field value',
  ],
  ['a status without department', body([[STATUS, 'eq', 1]]), 2220014, 'Invalid field value'],
  ['a department without status', body([[DEPARTMENT, 'eq', '0']]), 2220014, 'Invalid field value'],
];

test.each(faults)('refuses %s', async (_name, sent, code, msg) => {
  const answer = await inn.post('employees/filter', sent);
  expect([answer.status, answer.json.code, answer.json.msg]).toEqual([400, code, msg]);
});

test('a value that is no JSON is no value', async () => {
  const conditions = [{ field: 'base_info.mobile', operator: 'eq', value: '13800000001x' }];
  const answer = await inn.post('employees/filter', { filter: { conditions }, page_request: {} });
  expect(answer.json.code).toBe(2220014);
});

test('a token serves the query that it was given for', async () => {
  const first = await inn.post('employees/filter', body([], { page_size: 1 }));
  const { page_token } = first.json.data.page_response;
  expect(first.json.data.page_response.has_more).toBe(true);
  expect((await inn.post('employees/filter', body([], { page_token }))).status).toBe(200);
  const elsewhere = body([['work_info.job_number', 'eq', '1']], { page_token });
  expect((await inn.post('employees/filter', elsewhere)).json.code).toBe(2221004);
  expect((await big.post('employees/filter', body([], { page_token }))).json.code).toBe(2221004);
  const search = { query: 'a', page_request: { page_token } };
  expect((await inn.post('employees/search', search)).json.code).toBe(2221004);
  expect((await inn.post('employees/filter', body([], { page_token: `${page_token}x` }))).status).toBeLessThan(500);
});

test('whoever was created meanwhile comes on the last page, and who left comes on none', async () => {
  const first = await inn.post('employees/filter', body([], { page_size: 2 }));
  expect(
    first.json.data.employees.map(({ base_info }: { base_info: { employee_id: string } }) => base_info.employee_id),
  ).toEqual(['ann', 'bob']);
  await directory.companies.apply(
    'inn',
    small.replace('  - { id: eve, name: Eve, job_number: "3" }\n', '').replace('employees: [eve]', 'employees: []') +
      '  - { id: dan, name: Dan }\n',
    { plan: false, request: 'test' },
  );
  const { page_token } = first.json.data.page_response;
  const rest = await inn.post('employees/filter', body([], { page_token }));
  expect(
    rest.json.data.employees.map(({ base_info }: { base_info: { employee_id: string } }) => base_info.employee_id),
  ).toEqual(['cat', 'dan']);
  await directory.companies.apply('inn', small, { plan: false, request: 'test' });
});

test('needs the permission to list', async () => {
  const none = await listsOf(directory, 'cli_none', 'none');
  const answer = await none.post('employees/filter', body([]), '');
  expect(answer.json).toMatchObject({ code: 99991672 });
  expect(answer.json.msg).toContain('[directory:employee:list]');
});
