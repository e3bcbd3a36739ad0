import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Department } from '../../../../src/directory/departments/department.ts';
import { openTestDirectory, type TestDirectory } from '../../../support/test-directory.ts';
import { userTokenOf } from '../auth/oauth-client.ts';
import { bigCompany, everyoneOf, listsOf, listsWith, type Lists } from '../list-client.ts';

/* 批量获取部门信息, 批量获取部门列表, 搜索部门, 获取子部门列表 */

const small = `
mingce: 1
key: inn
name: Inn
feishu:
  apps:
    - { app_id: cli_inn, app_secret: inn }
    - { app_id: cli_part, app_secret: part, contact_scope: { departments: [kitchen] } }
    - { app_id: cli_some, app_secret: some, scopes: [directory:department:read, directory:department.name:read] }
departments:
  - { id: top, name: Inn }
  - { id: house, name: { value: House, i18n: { zh-CN: 房子 } }, parent: top, order: 2, leaders: [{ employee: ann }, { employee: bob, deputy: true }] }
  - { id: yard, name: Yard, parent: top, order: 1, enabled: false }
  - { id: kitchen, name: Kitchen, parent: house }
  - { id: larder, name: Larder of the house, parent: kitchen }
employees:
  - { id: ann, name: Ann, departments: [house] }
  - { id: bob, name: Bob, departments: [kitchen, house] }
  - { id: eve, name: Eve, departments: [larder] }
  - { id: old, name: Old, status: resigned, left_on: 2025-12-31, departments: [house] }
`;

const manyBranches = `
mingce: 1
key: many
name: Many
feishu: { founder: ann, apps: [{ app_id: cli_many, app_secret: many }] }
departments:
  - { id: top, name: Many }
${Array.from({ length: 120 }, (_, n) => `  - { id: b${String(n)}, name: Branch ${String(n)}, parent: top }`).join('\n')}
employees: [{ id: ann, name: Ann }]
`;

let directory: TestDirectory;
let inn: Lists;
let big: Lists;
let departments: readonly Department[];
beforeAll(async () => {
  directory = await openTestDirectory({ companies: [small, manyBranches, bigCompany()] });
  inn = await listsOf(directory, 'cli_inn', 'inn');
  big = await listsOf(directory, 'cli_big', 'big');
  departments = (await directory.store.tenantByKey('big'))?.departments.all ?? [];
});
// Comparing what is remembered with what is kept, as directory.close() does, takes a minute with so many people.
afterAll(() => directory.store.close());

const below = (parent: string, page_request: object | undefined = {}): object => ({
  filter: { conditions: [{ field: 'parent_department_id', operator: 'eq', value: JSON.stringify(parent) }] },
  required_fields: [],
  page_request,
});

test('mget tells what is asked for, as far as it may be told', async () => {
  const mget = async (by: Lists, ...required_fields: string[]): Promise<unknown> =>
    (await by.post('departments/mget', { department_ids: ['house', 'nowhere'], required_fields })).json.data;
  const unknown = { id: 'nowhere', row_error: 0, field_errors: { department_id: 2002 } };
  expect(await mget(inn)).toEqual({ departments: [{ department_id: 'house' }], abnormals: [unknown] });
  expect(await mget(inn, 'leaders', 'department_count', 'name.x')).toEqual({
    departments: [
      {
        department_id: 'house',
        leaders: [
          { leader_type: 1, leader_id: 'ann' },
          { leader_type: 2, leader_id: 'bob' },
        ],
        department_count: {
          recursive_members_count: '3',
          direct_members_count: '2',
          recursive_members_count_exclude_leaders: '1',
          recursive_departments_count: '2',
          direct_departments_count: '1',
        },
      },
    ],
    abnormals: [unknown, { id: 'house', row_error: 0, field_errors: { 'name.x': 2003 } }],
  });
  const some = await listsOf(directory, 'cli_some', 'some');
  const answer = await some.post(
    'departments/mget',
    { department_ids: ['house'], required_fields: ['name', 'leaders'] },
    'department_id_type=department_id',
  );
  expect(answer.json.data).toEqual({
    departments: [{ department_id: 'house', name: { default_value: 'House', i18n_value: { zh_cn: '房子' } } }],
    abnormals: [{ id: 'house', row_error: 0, field_errors: { leaders: 1000 } }],
  });
});

test('an app is told of what it may touch', async () => {
  const part = await listsOf(directory, 'cli_part', 'part');
  const answer = await part.post('departments/mget', { department_ids: ['larder', 'house', '0'], required_fields: [] });
  expect(answer.json.data).toEqual({
    departments: [{ department_id: 'larder' }],
    abnormals: [
      { id: 'house', row_error: 1000, field_errors: {} },
      { id: '0', row_error: 1000, field_errors: {} },
    ],
  });
  expect((await part.all('departments/filter', below('house'), 5)).ids).toEqual(['kitchen']);
  expect((await part.all('departments/filter', below('0'), 5)).ids).toEqual([]);
  expect((await part.all('departments/search', { query: 'h' }, 5)).ids).toEqual(['kitchen', 'larder']);
  const children = 'contact/v3/departments/house/children';
  expect((await part.send('GET', children)).json).toMatchObject({ code: 40004, msg: 'no dept authority error' });
});

test('the filter lists children by their weight, the smaller first', async () => {
  for (const size of [1, 50]) {
    expect(await inn.all('departments/filter', below('0'), size)).toEqual({
      ids: ['yard', 'house'],
      pages: size === 1 ? 2 : 1,
    });
  }
  expect((await inn.all('departments/filter', below('yard'), 1)).ids).toEqual([]);
  expect((await inn.all('departments/filter', below('nowhere'), 1)).ids).toEqual([]);
  expect((await inn.all('departments/filter', {}, 2)).ids).toEqual(['yard', 'house', 'kitchen', 'larder']);
});

test('a large tree is walked whole, by filter and by the older list of children', async () => {
  expect(departments.length).toBeGreaterThan(40);
  const parents = new Set(departments.flatMap(({ parent }) => parent ?? []));
  for (const parent of [...parents].slice(0, 5)) {
    const wanted = departments
      .filter((one) => one.parent === parent)
      .toSorted((one, other) => one.order - other.order)
      .map(({ id }) => id);
    const name = parent === 'root' ? '0' : parent;
    expect((await big.all('departments/filter', below(name), 3)).ids).toEqual(wanted);
  }
  const all = departments.filter(({ parent }) => parent !== null).map(({ id }) => id);
  expect((await big.all('departments/filter', {}, 7)).ids.toSorted()).toEqual(all.toSorted());
  const ids: string[] = [];
  for (let token = ''; ;) {
    const query = `department_id_type=department_id&fetch_child=true&page_size=50&page_token=${token}`;
    const { data } = (await big.send('GET', 'contact/v3/departments/0/children', undefined, query)).json;
    for (const { department_id } of data.items) ids.push(department_id);
    if (data.has_more !== true) break;
    token = data.page_token;
  }
  expect(ids.toSorted()).toEqual(all.toSorted());
});

test('counts are those of the people there are', async () => {
  const everyone = await everyoneOf(directory, 'big');
  const here = everyone.filter(({ status }) => ['probation', 'regular', 'pre-resigned'].includes(status));
  const tree = (await directory.store.tenantByKey('big'))?.departments;
  for (const [index, { id }] of departments.entries()) {
    if (index % 17 !== 0) continue;
    const name = id === 'root' ? '0' : id;
    const body = { department_ids: [name], required_fields: ['department_count'] };
    const [{ department_count: count }] = (await big.post('departments/mget', body)).json.data.departments;
    const inside = here.filter((one) =>
      one.departments.some(({ department }) => tree?.isWithin(department, new Set([id])) === true),
    );
    expect(count).toMatchObject({
      recursive_members_count: String(inside.length),
      direct_members_count: String(
        here.filter((one) => one.departments.some(({ department }) => department === id)).length,
      ),
      recursive_departments_count: String(
        departments.filter((one) => tree?.isWithin(one.id, new Set([id])) === true).length - 1,
      ),
    });
  }
});

test('the search finds a part of the name in any language, or the whole name', async () => {
  const found = async (query: string, filter?: object): Promise<readonly string[]> =>
    (await inn.all('departments/search', { query, ...(filter === undefined ? {} : { filter }) }, 1)).ids;
  expect(await found('HOUSE')).toEqual(['house', 'larder']);
  expect(await found('房')).toEqual(['house']);
  expect(await found('House', { exactly_match_by_name: true })).toEqual(['house']);
  expect(await found('房子', { exactly_match_by_name: true })).toEqual(['house']);
  expect(await found('house', { exactly_match_by_name: true })).toEqual([]);
  expect(await found('Inn')).toEqual([]);
});

test('with an app’s token the search tells the first hundred matches', async () => {
  const many = await listsOf(directory, 'cli_many', 'many');
  const first = Array.from({ length: 100 }, (_, number) => `b${String(number)}`);
  expect(await many.all('departments/search', { query: 'branch' }, 33)).toEqual({ ids: first, pages: 4 });
  expect((await many.all('departments/search', { query: 'branch 119' }, 33)).ids).toEqual(['b119']);
});

test('with a user’s token the search tells all matches', async () => {
  const app = { id: 'cli_many', secret: 'many' };
  const token = await userTokenOf(
    directory,
    app,
    'ann',
    'directory:department:search directory:employee.base.external_id:read',
  );
  const many = listsWith(directory, token);
  const all = Array.from({ length: 120 }, (_, number) => `b${String(number)}`);
  expect(await many.all('departments/search', { query: 'branch' }, 33)).toEqual({ ids: all, pages: 4 });
});

test('the older list shows departments its own way', async () => {
  const query = 'user_id_type=user_id&department_id_type=department_id&page_size=1';
  const answer = await inn.send('GET', 'contact/v3/departments/0/children', {}, query);
  expect(answer.json.data).toEqual({
    items: [
      {
        name: 'Yard',
        i18n_name: { zh_cn: '', ja_jp: '', en_us: '' },
        parent_department_id: '0',
        department_id: 'yard',
        open_department_id: expect.stringMatching(/^od-[0-9a-f]{32}$/),
        leader_user_id: '',
        order: '1',
        member_count: 0,
        primary_member_count: 0,
        unit_ids: [],
        group_chat_employee_types: [],
        department_hrbps: [],
        status: { is_deleted: false },
        leaders: [],
      },
    ],
    has_more: true,
    page_token: expect.any(String),
  });
  const { page_token } = answer.json.data;
  const next = await inn.send('GET', 'contact/v3/departments/0/children', {}, `${query}&page_token=${page_token}`);
  expect(next.json.data).toMatchObject({
    has_more: false,
    items: [
      {
        name: 'House',
        member_count: 3,
        leader_user_id: 'ann',
        leaders: [
          { leaderType: 1, leaderID: 'ann' },
          { leaderType: 2, leaderID: 'bob' },
        ],
      },
    ],
  });
  expect(next.json.data).not.toHaveProperty('page_token');
});

const wrongPages: readonly (readonly [query: string, code: number])[] = [
  ['page_size=51', 40011],
  ['page_size=-1', 40011],
  ['page_size=x', 99992402],
  ['page_token=x', 40012],
  ['fetch_child=maybe', 99992402],
  ['user_id_type=employee', 99992402],
  ['department_id_type=x', 99992402],
];

test.each(wrongPages)('the older list refuses %s', async (query, code) => {
  const answer = await inn.send('GET', 'contact/v3/departments/0/children', {}, query);
  expect([answer.status, answer.json.code]).toEqual([400, code]);
});

test('the older list tells of a department that there is not', async () => {
  const answer = await inn.send('GET', 'contact/v3/departments/od-x/children', {}, '');
  expect(answer.json).toMatchObject({
    code: 99992357,
    msg: 'The request you send is not a valid {open_department_id} or not exists, and the example value is {od-da5****************dfe}. Invalid ids: [od-x]',
  });
});

const condition = (field: string, operator: string, value: string): object => ({
  filter: { conditions: [{ field, operator, value }] },
  page_request: {},
});
const faults: readonly (readonly [name: string, path: string, body: object, code: number])[] = [
  ['no page', 'filter', { filter: {} }, 2221005],
  ['a large page', 'filter', below('0', { page_size: 101 }), 2220010],
  ['a token of nothing', 'filter', below('0', { page_token: 'x' }), 2221004],
  ['a field there is not', 'filter', condition('parent', 'eq', '"0"'), 2220009],
  ['a field not filtered', 'filter', condition('name', 'eq', '"0"'), 2220012],
  ['in', 'filter', condition('parent_department_id', 'in', '["0"]'), 2220013],
  ['a number', 'filter', condition('parent_department_id', 'eq', '0'), 2220014],
  ['a long query', 'search', { query: 'a'.repeat(101), page_request: {} }, 99992402],
  ['no page of a search', 'search', { query: 'a' }, 2221005],
  ['no ids', 'mget', { department_ids: [], required_fields: [] }, 99992402],
];

test.each(faults)('refuses %s', async (_name, path, body, code) => {
  const answer = await inn.post(`departments/${path}`, body);
  expect([answer.status, answer.json.code]).toEqual([400, code]);
});
