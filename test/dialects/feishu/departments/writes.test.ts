import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { listsOf, type Lists } from '../list-client.ts';

/* 创建部门, 更新部门, 删除部门 */

const inn = (more: { readonly settings?: string; readonly departments?: string } = {}): string => `
mingce: 1
key: inn
name: Inn
feishu:
  founder: ann
  ${more.settings ?? ''}
  administrators: [{ employee: bob, departments: [attic, house] }]
  apps:
    - { app_id: cli_inn, app_secret: inn }
    - { app_id: cli_part, app_secret: part, contact_scope: { departments: [house, attic] } }
    - { app_id: cli_read, app_secret: read, scopes: [directory:department:read] }
wecom: { corpid: ww_inn, apps: [{ agentid: 1000001, secret: wecom-inn, kind: self_built }, { agentid: 2, secret: contact, kind: contact_sync }] }
departments:
  - { id: top, name: Inn }
  - { id: house, name: { value: House, i18n: { en-US: House, ja-JP: いえ, zh-CN: 房 } }, parent: top, leaders: [{ employee: ann }] }
  - { id: kitchen, name: Kitchen, parent: house }
  - { id: attic, name: Attic, parent: house }
  - { id: cellar, name: Cellar, parent: top, enabled: false }
  - { id: vault, name: Vault, parent: cellar, enabled: false }
${more.departments ?? ''}
custom_fields:
  - { id: motto, name: Motto, type: text, feishu: { field_key: C-1 } }
  - { id: hosts, name: Hosts, type: people, feishu: { field_key: C-2 } }
employees:
  - { id: ann, name: Ann }
  - { id: bob, name: Bob, departments: [kitchen] }
  - { id: old, name: Old, status: resigned, left_on: 2025-12-31, departments: [attic] }
`;

let directory: TestDirectory;
let all: Lists;
let part: Lists;
beforeEach(async () => {
  await open(inn());
});
afterEach(() => directory.close());

async function open(file: string): Promise<void> {
  directory = await openTestDirectory({ companies: [file] });
  all = await listsOf(directory, 'cli_inn', 'inn');
  part = await listsOf(directory, 'cli_part', 'part');
}

async function reopen(file: string): Promise<void> {
  await directory.close();
  await open(file);
}

const DEPARTMENTS = 'directory/v1/departments';
const create = (department: object, by = all): Promise<Answer> => by.send('POST', DEPARTMENTS, { department });
const patch = (id: string, department: object, by = all): Promise<Answer> =>
  by.send('PATCH', `${DEPARTMENTS}/${id}`, { department });
const remove = (id: string, by = all): Promise<Answer> => by.send('DELETE', `${DEPARTMENTS}/${id}`, {});
const named = (default_value: string, i18n_value?: object): object => ({
  default_value,
  ...(i18n_value === undefined ? {} : { i18n_value }),
});

async function shown(id: string): Promise<Record<string, unknown>> {
  const answer = await all.post('departments/mget', { department_ids: [id], required_fields: ['*'] });
  return answer.json.data.departments[0];
}

/** That nothing of the company was written. */
async function unchanged(doing: () => Promise<Answer>): Promise<Answer> {
  const before = (await directory.store.tenantByKey('inn'))?.parts;
  const answer = await doing();
  expect((await directory.store.tenantByKey('inn'))?.parts).toEqual(before);
  return answer;
}

const resultOf = ({ status, json }: Answer): readonly unknown[] => [status, json.code, json.msg];

test.each([[3], ['1'], [0]])('names the value of a leader type that there is not: %j', async (leader_type) => {
  const leaders = [{ leader_type, leader_id: 'ann' }];
  const violation = {
    field: 'department.leaders[*].leader_type',
    value: String(leader_type),
    description: 'options: [1,2]',
  };
  for (const answer of [await create({ name: named('New'), leaders }), await patch('house', { leaders })]) {
    expect(resultOf(answer)).toEqual([400, 99992402, 'field validation failed']);
    expect(answer.json.error.field_violations).toEqual([violation]);
  }
});

test('makes a department that every platform knows', async () => {
  directory.clock.advance(1_000);
  const answer = await create({
    custom_department_id: 'garden',
    name: named('Garden', { zh_cn: '花园', en_us: 'Garden', fr: 'Jardin' }),
    parent_department_id: 'house',
    leaders: [
      { leader_type: 1, leader_id: 'ann' },
      { leader_type: 2, leader_id: 'bob' },
    ],
    order_weight: '7',
    custom_field_values: [
      { field_key: 'C-1', field_type: '1', text_value: named('Grow') },
      { field_key: 'C-2', field_type: '11', user_values: [{ ids: ['bob'] }] },
    ],
  });
  expect(answer.json).toEqual({ code: 0, msg: 'success', data: { department_id: 'garden' } });
  expect(answer.outcome?.records[0]?.verdicts.map(({ field, verdict }) => `${field} ${verdict}`)).toEqual([
    'department.custom_department_id applied',
    'department.name applied',
    'department.parent_department_id applied',
    'department.leaders applied',
    'department.order_weight applied',
    'department.custom_field_values applied',
  ]);
  expect(await shown('garden')).toEqual({
    department_id: 'garden',
    department_count: {
      recursive_members_count: '0',
      direct_members_count: '0',
      recursive_members_count_exclude_leaders: '0',
      recursive_departments_count: '0',
      direct_departments_count: '0',
    },
    has_child: false,
    leaders: [
      { leader_type: 1, leader_id: 'ann' },
      { leader_type: 2, leader_id: 'bob' },
    ],
    parent_department_id: 'house',
    name: { default_value: 'Garden', i18n_value: { zh_cn: '花园', en_us: 'Garden' } },
    enabled_status: true,
    order_weight: '7',
    custom_field_values: [
      { field_key: 'C-1', field_type: '1', text_value: { default_value: 'Grow', i18n_value: {} } },
      { field_key: 'C-2', field_type: '11', user_values: [{ ids: ['bob'], user_type: '1' }] },
    ],
    department_path_infos: [
      { department_id: 'house', department_name: expect.anything() },
      { department_id: 'garden', department_name: expect.anything() },
    ],
    data_source: 1,
  });
  const tenant = await directory.store.tenantByKey('inn');
  const made = tenant?.departments.by('feishu.department_id', 'garden');
  expect(Object.keys(made?.ids ?? {}).toSorted()).toEqual([
    'feishu.department_id',
    'feishu.open_department_id',
    'hose.id',
    'wecom.id',
  ]);
  expect(made?.ids['feishu.open_department_id']).toMatch(/^od-[0-9a-f]{32}$/);
  expect(made?.createdAt).toBe(directory.clock.now());
});

test('one that says only its name lies below the root and has ids of its own', async () => {
  const answer = await all.send('POST', DEPARTMENTS, { department: { name: named('Garden') } }, '');
  const { department_id } = answer.json.data;
  expect(department_id).toMatch(/^od-[0-9a-f]{32}$/);
  const body = { department_ids: [department_id], required_fields: ['parent_department_id', 'enabled_status', 'name'] };
  expect((await all.post('departments/mget', body, '')).json.data.departments).toEqual([
    { department_id, parent_department_id: '0', enabled_status: true, name: named('Garden', {}) },
  ]);
});

test('changes what is said of a department, and nothing else', async () => {
  expect((await patch('house', { name: named('Haus', { en_us: '', ja_jp: 'ハウス' }) })).json.data).toEqual({});
  expect((await shown('house'))['name']).toEqual(named('Haus', { zh_cn: '房', ja_jp: 'ハウス' }));
  await patch('kitchen', {
    parent_department_id: '0',
    order_weight: '3',
    leaders: [{ leader_type: 2, leader_id: 'bob' }],
  });
  expect(await shown('kitchen')).toMatchObject({
    parent_department_id: '0',
    order_weight: '3',
    leaders: [{ leader_type: 2, leader_id: 'bob' }],
    name: named('Kitchen', {}),
  });
  await patch('kitchen', { leaders: [], custom_department_id: 'kueche' });
  expect(await shown('kueche')).toMatchObject({ leaders: [], department_id: 'kueche' });
  await patch('kueche', { custom_field_values: [{ field_key: 'C-1', text_value: named('Cook') }] });
  await patch('kueche', { enabled_status: true });
  expect(await shown('kueche')).toMatchObject({ custom_field_values: [{ text_value: named('Cook', {}) }] });
  await patch('kueche', { custom_field_values: [{ field_key: 'C-1', text_value: named('') }] });
  expect(await shown('kueche')).toMatchObject({ custom_field_values: [] });
});

test('what is already so is no change', async () => {
  directory.clock.advance(5_000);
  const answer = await unchanged(() =>
    patch('house', {
      custom_department_id: 'house',
      name: named('House'),
      parent_department_id: '0',
      leaders: [{ leader_type: 1, leader_id: 'ann' }],
      enabled_status: true,
      description: 'not kept',
    }),
  );
  expect(answer.status).toBe(200);
  expect(answer.outcome?.records[0]?.verdicts.map(({ verdict }) => verdict)).toEqual([
    ...Array.from({ length: 5 }, () => 'unchanged'),
    'ignored',
  ]);
});

test('a deleted department is gone for everyone, and nothing names it any more', async () => {
  expect((await remove('attic')).json).toEqual({ code: 0, msg: 'success', data: {} });
  const tenant = await directory.store.tenantByKey('inn');
  expect(tenant?.departments.get('attic')).toBeUndefined();
  expect(tenant?.departments.by('wecom.id', '4')).toBeUndefined();
  expect((await all.post('departments/mget', { department_ids: ['attic'], required_fields: [] })).json.data).toEqual({
    departments: [],
    abnormals: [{ id: 'attic', row_error: 0, field_errors: { department_id: 2002 } }],
  });
  expect(resultOf(await remove('attic'))).toEqual([
    400,
    99992380,
    'The request you send is not a valid {department_id} or not exists. Invalid ids: [attic] .',
  ]);
  // What is exported can be read again.
  const file = (await directory.companies.export('inn')) ?? '';
  expect(file).toMatch(/administrators:\s+- employee: bob\s+departments:\s+- house\n/);
  expect(file).toMatch(/contact_scope:\s+departments:\s+- house\n/);
  const plan = await directory.companies.apply('inn', file, { plan: true, request: 'test' });
  expect(plan.steps).toEqual([]);
  const made = await create({ custom_department_id: 'attic', name: named('Attic'), parent_department_id: 'house' });
  expect(made.status).toBe(200);
});

test('a deleted department is still shown by mget to who names its open_department_id, with its leaders', async () => {
  const kinds = 'employee_id_type=employee_id&department_id_type=open_department_id';
  const open = async (id: string): Promise<string> =>
    (await directory.store.tenantByKey('inn'))?.departments.get(id)?.ids['feishu.open_department_id'] ?? '';
  expect((await patch('attic', { leaders: [{ leader_type: 1, leader_id: 'bob' }] })).status).toBe(200);
  const [attic, vault, context] = [await open('attic'), await open('vault'), await open('house')];
  const mget = async (ids: readonly string[], by = all, query = kinds): Promise<Answer['json']['data']> =>
    (await by.send('POST', `${DEPARTMENTS}/mget`, { department_ids: ids, required_fields: ['*'] }, query)).json.data;
  const [was] = (await mget([attic])).departments;
  expect(was.leaders).toEqual([{ leader_type: 1, leader_id: 'bob' }]);
  expect((await remove('attic')).status).toBe(200);
  expect((await remove('vault')).status).toBe(200);
  expect(await mget([attic])).toEqual({ departments: [was], abnormals: [] });
  // An app sees it as far as it sees what was above it.
  expect((await mget([attic, vault], part)).abnormals).toEqual([{ id: vault, row_error: 1000, field_errors: {} }]);
  expect((await mget([attic], all, 'department_id_type=department_id')).departments).toEqual([]);
  // Its name and id are free, and it is neither listed nor found any more.
  expect(
    (await create({ custom_department_id: 'attic', name: named('Attic'), parent_department_id: 'house' })).status,
  ).toBe(200);
  expect(await mget([attic])).toEqual({ departments: [was], abnormals: [] });
  // A company file removes and keeps them likewise.
  const file = inn()
    .replace(/.*id: kitchen, name.*\n/, '')
    .replace('departments: [kitchen]', 'departments: [house]');
  const kitchen = await open('kitchen');
  await directory.companies.apply('inn', file.replace('[attic, house] }]', '[house] }]'), {
    plan: false,
    request: 'test',
  });
  expect(
    (await mget([attic, kitchen])).departments.map(
      (one: { name: { default_value: string } }) => one.name.default_value,
    ),
  ).toEqual(['Attic', 'Kitchen']);
  // It hangs below what is above it.
  expect((await mget([kitchen])).departments[0].parent_department_id).toBe(context);
});

test('a department that somebody is still to join is not deleted, over either wire that could', async () => {
  await reopen(
    inn().replace('employees:', 'employees:\n  - { id: new, name: New, status: pre-hire, departments: [attic] }'),
  );
  const refused = [400, 2221332, 'Department has members, can not delete department'];
  expect(resultOf(await remove('attic'))).toEqual(refused);
  const { access_token } = (await directory.send('GET', '/cgi-bin/gettoken?corpid=ww_inn&corpsecret=contact')).json;
  const number = (await directory.store.tenantByKey('inn'))?.departments.get('attic')?.ids['wecom.id'] ?? '';
  const overWecom = async (): Promise<unknown> =>
    (await directory.send('GET', `/cgi-bin/department/delete?access_token=${access_token}&id=${number}`)).json.errcode;
  expect(await overWecom()).toBe(60005);
  // Who cancelled does not keep it.
  const cancelled = inn().replace(
    'employees:',
    'employees:\n  - { id: new, name: New, status: pre-hire-cancelled, departments: [attic] }',
  );
  await directory.companies.apply('inn', cancelled, { plan: false, request: 'test' });
  expect((await remove('attic')).status).toBe(200);
});

const wrong: readonly (readonly [string, object, number, string])[] = [
  ['an id with a space', { custom_department_id: 'a b' }, 2221313, 'ExternalID invalid'],
  ['an id like a generated one', { custom_department_id: 'od-1' }, 2221313, 'ExternalID invalid'],
  ['a long id', { custom_department_id: 'a'.repeat(65) }, 2221313, 'ExternalID invalid'],
  ['an empty id', { custom_department_id: '' }, 2221313, 'ExternalID invalid'],
  ['an id of another', { custom_department_id: 'attic' }, 2221306, 'ExternalID repeat'],
  ['an empty name', { name: named('') }, 2221305, 'Request parameter error'],
  ['a long name', { name: named('a'.repeat(101)) }, 2221305, 'Request parameter error'],
  ['a slash', { name: named('a/b') }, 2221333, "Department name can not contain '/'"],
  ['a slash in a translation', { name: named('a', { ja_jp: '/' }) }, 2221333, "Department name can not contain '/'"],
  ['a word for a weight', { order_weight: 'first' }, 2221305, 'Request parameter error'],
  ['a long description', { description: 'a'.repeat(101) }, 2221328, 'Description invalid'],
  ['no parent', { parent_department_id: 'x' }, 2221309, 'Department does not exist'],
  [
    'no leader',
    { leaders: [{ leader_type: 1, leader_id: 'x' }] },
    99992360,
    'The request you send is not a valid {user_id} or not exists. Invalid ids: [x] .',
  ],
  ['a leader who left', { leaders: [{ leader_type: 1, leader_id: 'old' }] }, 2221305, 'Request parameter error'],
  ['no custom field', { custom_field_values: [{ field_key: 'C-9' }] }, 2221331, 'Custom field value invalid'],
  [
    'a value that does not fit',
    { custom_field_values: [{ field_key: 'C-1', user_values: [] }] },
    2221331,
    'Custom field value invalid',
  ],
  ['a disabled parent', { parent_department_id: 'cellar' }, 2221352, 'Department parent is disabled'],
];

test.each(wrong)('refuses %s, when made and when changed', async (_name, department, code, msg) => {
  const whole = { name: named('New'), parent_department_id: 'house', ...department };
  expect(resultOf(await unchanged(() => create(whole)))).toEqual([400, code, msg]);
  const answer = await unchanged(() => patch('kitchen', department));
  expect(resultOf(answer)).toEqual([400, code, msg]);
  expect(answer.outcome?.records[0]?.problem).toBeDefined();
});

test('names are unique among sisters, each language by itself', async () => {
  const taken = 'Department name duplicate when creating and updating';
  expect(resultOf(await create({ name: named('House') }))).toEqual([400, 2221319, taken]);
  expect(resultOf(await patch('kitchen', { parent_department_id: '0', name: named('House') }))).toEqual([
    400,
    2221319,
    taken,
  ]);
  const translated = 'Internationalized name duplication';
  expect(resultOf(await create({ name: named('Home', { en_us: 'House' }) }))).toEqual([400, 2221311, translated]);
  expect(resultOf(await create({ name: named('Home', { ja_jp: 'いえ' }) }))).toEqual([400, 2221311, translated]);
  expect((await create({ name: named('Home', { zh_cn: '房' }) })).status).toBe(200);
  expect((await create({ name: named('House'), parent_department_id: 'house' })).status).toBe(200);
});

test('a new one needs a name', async () => {
  expect(resultOf(await unchanged(() => create({})))).toEqual([400, 2221305, 'Request parameter error']);
});

test('nothing moves below itself, and the root stays as it is', async () => {
  for (const parent_department_id of ['house', 'attic'])
    expect(resultOf(await patch('house', { parent_department_id }))[1]).toBe(2221305);
  expect(resultOf(await patch('0', { name: named('Hotel') }))[1]).toBe(2221305);
  expect(resultOf(await remove('0'))[1]).toBe(2221305);
});

test('only an empty department is disabled or deleted', async () => {
  expect(resultOf(await patch('kitchen', { enabled_status: false }))).toEqual([
    400,
    2221349,
    'Department has member, can not disable department',
  ]);
  expect(resultOf(await patch('house', { enabled_status: false }))).toEqual([
    400,
    2221350,
    'Department has child, can not disable department',
  ]);
  expect(resultOf(await remove('kitchen'))).toEqual([
    400,
    2221332,
    'Department has members, can not delete department',
  ]);
  expect(resultOf(await remove('house'))).toEqual([400, 2221348, 'Department has child, can not delete department']);
  expect((await patch('attic', { enabled_status: false })).status).toBe(200);
  expect(resultOf(await patch('vault', { enabled_status: true }))).toEqual([
    400,
    2221351,
    'Department parent is disabled, can not enable',
  ]);
  expect((await patch('vault', { parent_department_id: 'house', enabled_status: true })).status).toBe(200);
});

test('an id in the path that names nothing is told in its kind', async () => {
  expect(resultOf(await patch('x', {}))).toEqual([
    400,
    99992380,
    'The request you send is not a valid {department_id} or not exists. Invalid ids: [x] .',
  ]);
  const answer = await all.send('PATCH', `${DEPARTMENTS}/od-x`, { department: {} }, '');
  expect(resultOf(answer)).toEqual([
    400,
    99992357,
    'The request you send is not a valid {open_department_id} or not exists, and the example value is {od-da5****************dfe}. Invalid ids: [od-x]',
  ]);
});

test('the number of departments is limited', async () => {
  await reopen(inn({ settings: 'department_count_limit: 6' }));
  expect((await create({ name: named('Sixth') })).status).toBe(200);
  expect(resultOf(await create({ name: named('Seventh') }))).toEqual([400, 2221307, 'Exceed department limit']);
});

test('there are 25 levels, whether one is made there or moves there with what is below it', async () => {
  const chain = Array.from(
    { length: 24 },
    (_, level) =>
      `  - { id: l${String(level + 2)}, name: L, parent: ${level === 0 ? 'house' : `l${String(level + 1)}`} }`,
  );
  await reopen(inn({ departments: chain.join('\n') }));
  const deep = [400, 2221312, 'Exceed department level depth'];
  expect(resultOf(await create({ name: named('N'), parent_department_id: 'l25' }))).toEqual(deep);
  expect((await create({ name: named('N'), parent_department_id: 'l24' })).status).toBe(200);
  expect((await patch('attic', { parent_department_id: 'l24' })).status).toBe(200);
  await create({ custom_department_id: 'pair', name: named('Pair') });
  await create({ name: named('Below'), parent_department_id: 'pair' });
  expect(resultOf(await patch('pair', { parent_department_id: 'l24' }))).toEqual(deep);
  expect((await patch('pair', { parent_department_id: 'l23' })).status).toBe(200);
});

test('a department has a thousand children at most', async () => {
  const many = Array.from({ length: 1_000 }, (_, n) => `  - { id: c${String(n)}, name: C${String(n)}, parent: attic }`);
  await reopen(inn({ departments: many.join('\n') }));
  const full = [400, 2221317, 'Department direct sub departments exceed limits'];
  expect(resultOf(await create({ name: named('N'), parent_department_id: 'attic' }))).toEqual(full);
  expect(resultOf(await patch('kitchen', { parent_department_id: 'attic' }))).toEqual(full);
  expect((await remove('c7')).status).toBe(200);
  expect((await patch('kitchen', { parent_department_id: 'attic' })).status).toBe(200);
});

test('an app changes what it reaches', async () => {
  const record = [400, 2224002, 'No permission to operate record'];
  const dependent = [400, 2224003, 'No permission to operate dependent object'];
  expect(resultOf(await unchanged(() => create({ name: named('N') }, part)))).toEqual(dependent);
  expect((await create({ name: named('N'), parent_department_id: 'attic' }, part)).status).toBe(200);
  expect(resultOf(await patch('vault', { order_weight: '1' }, part))).toEqual(record);
  expect(resultOf(await remove('vault', part))).toEqual(record);
  // What is above the house is not in its reach.
  expect(resultOf(await patch('kitchen', { parent_department_id: '0' }, part))).toEqual(dependent);
  expect(resultOf(await remove('house', part))).toEqual(dependent);
  // Ann is nowhere but in the root.
  expect(resultOf(await patch('kitchen', { leaders: [{ leader_type: 1, leader_id: 'ann' }] }, part))).toEqual(
    dependent,
  );
  expect(resultOf(await patch('house', { leaders: [] }, part))).toEqual(dependent);
  expect((await patch('kitchen', { leaders: [{ leader_type: 1, leader_id: 'bob' }] }, part)).status).toBe(200);
});

test('needs its permission, and an edition that has it', async () => {
  const read = await listsOf(directory, 'cli_read', 'read');
  const without = await read.send('POST', DEPARTMENTS, { department: { name: named('N') } }, '');
  expect(without.json.msg).toContain('[directory:department.create:write, directory:department:write]');
  await reopen(inn({ settings: 'plan: basic' }));
  for (const answer of [await create({ name: named('N') }), await patch('x', {}), await remove('x')])
    expect(resultOf(answer)).toEqual([400, 2224001, 'No permission to operate']);
});

test('what is exported holds values of custom fields, and false ones are told', async () => {
  await patch('kitchen', { custom_field_values: [{ field_key: 'C-1', text_value: named('Cook', { ja_jp: 'り' }) }] });
  const before = await shown('kitchen');
  const file = (await directory.companies.export('inn')) ?? '';
  await directory.companies.apply('inn', file, { plan: false, request: 'test' });
  expect(await shown('kitchen')).toEqual(before);
  const broken = inn({ departments: '  - { id: x, name: X, parent: top, feishu: { custom: { motto: 7 } } }' });
  await expect(directory.companies.apply('inn', broken, { plan: true, request: 'test' })).rejects.toThrow(
    'is no value of a field of type text',
  );
});
