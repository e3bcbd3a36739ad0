import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { listsOf, type Lists } from '../list-client.ts';

/* 创建职级, 更新职级, 删除职级 */

const file = `
mingce: 1
key: inn
name: Inn
feishu:
  apps:
    - { app_id: cli_inn, app_secret: inn }
    - { app_id: cli_read, app_secret: read, scopes: ["contact:job_level:readonly"] }
job_levels:
  - { id: one, name: One, order: 100, feishu: { description: { value: first, i18n: { en-US: First } } } }
  - { id: two, name: Two, order: 300 }
employees: [{ id: ann, name: Ann, job_level: two }]
`;

let directory: TestDirectory;
let lists: Lists;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [file] });
  lists = await listsOf(directory, 'cli_inn', 'inn');
});
afterEach(() => directory.close());

const LEVELS = 'contact/v3/job_levels';
const create = (body: object): Promise<Answer> => lists.send('POST', LEVELS, body);
const update = (id: string, body: object): Promise<Answer> => lists.send('PUT', `${LEVELS}/${id}`, body);
const remove = (id: string): Promise<Answer> => lists.send('DELETE', `${LEVELS}/${id}`, {});
const names = async (): Promise<readonly string[]> =>
  (await lists.send('GET', LEVELS)).json.data.items.map(({ name }: { name: string }) => name);
const resultOf = ({ status, json }: Answer): readonly unknown[] => [status, json.code, json.msg];

test('a level is made, and there for everyone', async () => {
  const made = await create({
    name: 'Three',
    status: true,
    order: 200,
    description: 'third',
    i18n_name: [
      { locale: 'zh_cn', value: '三' },
      { locale: 'fr_fr', value: 'Trois' },
    ],
    i18n_description: [{ locale: 'en_us', value: 'Third' }],
  });
  const level = {
    job_level_id: expect.any(String),
    name: 'Three',
    description: 'third',
    order: 200,
    status: true,
    i18n_name: [{ locale: 'zh_cn', value: '三' }],
    i18n_description: [{ locale: 'en_us', value: 'Third' }],
  };
  expect(made.json).toEqual({ code: 0, msg: 'success', data: { job_level: level } });
  const id = made.json.data.job_level.job_level_id;
  expect((await lists.send('GET', `${LEVELS}/${id}`)).json.data.job_level).toEqual(made.json.data.job_level);
  const given = await lists.send('PATCH', 'directory/v1/employees/ann', { employee: { job_level_id: id } });
  expect(given.json.code).toBe(0);
  // Without an order it gets the smallest that is free.
  expect((await create({ name: 'Four', status: false })).json.data.job_level).toMatchObject({
    order: 101,
    status: false,
  });
});

test('a level is changed; what is not said stays', async () => {
  const changed = await update('one', { name: 'Uno', status: false });
  expect(changed.json.data.job_level).toEqual({
    job_level_id: 'one',
    name: 'Uno',
    description: 'first',
    order: 100,
    status: false,
    i18n_name: [],
    i18n_description: [{ locale: 'en_us', value: 'First' }],
  });
  const cleared = await update('one', { name: 'Uno', status: true, description: '', i18n_description: [], order: 500 });
  expect(cleared.json.data.job_level).toMatchObject({ description: '', i18n_description: [], order: 500 });
});

test('a level that is deleted is gone for all, but told of those who have it', async () => {
  expect((await remove('two')).json).toEqual({ code: 0, msg: 'success', data: {} });
  expect(await names()).toEqual(['One']);
  const unknown = [404, 42301, 'job level not exist'];
  expect(resultOf(await remove('two'))).toEqual(unknown);
  expect(resultOf(await update('two', { name: 'x', status: true }))).toEqual(unknown);
  expect(resultOf(await lists.send('GET', `${LEVELS}/two`))).toEqual(unknown);
  const { json } = await lists.post('employees/mget', {
    employee_ids: ['ann'],
    required_fields: ['work_info.job_level.*'],
  });
  expect(json.data.employees[0].work_info.job_level).toMatchObject({
    job_level_id: 'two',
    is_deleted: true,
    is_enabled: false,
  });
  const given = await lists.send('PATCH', 'directory/v1/employees/ann', { employee: { job_level_id: 'two' } });
  expect(given.json.code).toBe(2220001);
  // Its name and number are free, and what is exported can be read again.
  expect((await create({ name: 'Two', status: true, order: 300 })).json.code).toBe(0);
  const exported = (await directory.companies.export('inn')) ?? '';
  expect(exported).toMatch(/deleted: true/);
  expect((await directory.companies.apply('inn', exported, { plan: true, request: 'test' })).steps).toEqual([]);
});

test.each([
  ['an empty name', { name: '' }, 42303, 'job level name not valid'],
  ['a long name', { name: 'x'.repeat(256) }, 42303, 'job level name not valid'],
  [
    'a long name in a language',
    { i18n_name: [{ locale: 'en_us', value: 'x'.repeat(256) }] },
    42303,
    'job level name not valid',
  ],
  ['a long description', { description: 'x'.repeat(5_001) }, 42304, 'job level description not valid'],
  ['the name of another', { name: 'Two' }, 42305, 'job level name duplicate'],
  ['the order of another', { order: 300 }, 42306, 'job level order duplicate'],
  ['a small order', { order: 99 }, 42308, 'job level invalid order'],
  ['a large order', { order: 100_001 }, 42308, 'job level invalid order'],
])('%s is refused, in both', async (_what, wrong, code, msg) => {
  const body = { name: 'x', status: true, ...wrong };
  expect(resultOf(await create(body))).toEqual([400, code, msg]);
  expect(resultOf(await update('one', body))).toEqual([400, code, msg]);
  expect(await names()).toEqual(['One', 'Two']);
});

test.each([[{ name: 'x' }], [{ status: true }], [{ name: 'x', status: 'true' }], [{ name: 1, status: true }]])(
  'a body without a name or a status is 99992402: %j',
  async (body) => {
    expect((await create(body)).json.code).toBe(99992402);
    expect((await update('one', body)).json.code).toBe(99992402);
  },
);

test('a company has no more than a thousand', async () => {
  const many = Array.from({ length: 998 }, (_none, at) => `  - { id: n${String(at)}, name: N${String(at)} }`).join(
    '\n',
  );
  await directory.companies.apply('inn', file.replace('employees:', `${many}\nemployees:`), {
    plan: false,
    request: 'test',
  });
  expect(resultOf(await create({ name: 'x', status: true }))).toEqual([400, 42300, 'job level reach the upper limit']);
});

test('levels are written only by who holds the scope', async () => {
  const reader = await listsOf(directory, 'cli_read', 'read');
  for (const [method, path] of [
    ['POST', LEVELS],
    ['PUT', `${LEVELS}/one`],
    ['DELETE', `${LEVELS}/one`],
  ] as const)
    expect((await reader.send(method, path, { name: 'x', status: true })).json.code).toBe(99991672);
});
