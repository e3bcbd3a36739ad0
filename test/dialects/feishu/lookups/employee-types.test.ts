import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { listsOf, type Lists } from '../list-client.ts';

/* 新增人员类型, 更新人员类型, 删除人员类型 [contract feishu-contact.md 4.3] */

const file = `
mingce: 1
key: inn
name: Inn
feishu:
  apps:
    - { app_id: cli_inn, app_secret: inn }
    - { app_id: cli_read, app_secret: read, scopes: ["contact:contact.base:readonly"] }
employee_types:
  - { id: guest, name: { value: Guest, i18n: { en-US: Visitor } }, feishu: { enum_value: 9 } }
  - { id: temp, name: Temp, enabled: false, feishu: { enum_value: 3 } }
employees: [{ id: ann, name: Ann, mobile: "+8613800000001", employment_type: 9 }]
`;

let directory: TestDirectory;
let lists: Lists;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [file] });
  lists = await listsOf(directory, 'cli_inn', 'inn');
});
afterEach(() => directory.close());

const TYPES = 'contact/v3/employee_type_enums';
const OWN = { enum_type: 2, enum_status: 1 };
const create = (body: object): Promise<Answer> => lists.send('POST', TYPES, body);
const update = (id: string, body: object): Promise<Answer> => lists.send('PUT', `${TYPES}/${id}`, body);
const remove = (id: string): Promise<Answer> => lists.send('DELETE', `${TYPES}/${id}`, {});
const resultOf = ({ status, json }: Answer): readonly unknown[] => [status, json.code, json.msg];
const contents = async (): Promise<readonly string[]> =>
  (await lists.send('GET', TYPES)).json.data.items.map(({ content }: { content: string }) => content);
const give = async (number: number): Promise<number> =>
  (await lists.send('PATCH', 'directory/v1/employees/ann', { employee: { employment_type: number } })).json.code;

test('a type is made with the next number, and can be given to an employee', async () => {
  const made = await create({
    ...OWN,
    content: '志愿者',
    i18n_content: [
      { locale: 'en_us', value: 'Volunteer' },
      { locale: 'fr_fr', value: 'Bénévole' },
    ],
  });
  const type = {
    enum_id: expect.any(String),
    enum_value: '10',
    content: '志愿者',
    enum_type: 2,
    enum_status: 1,
    i18n_content: [{ locale: 'en_us', value: 'Volunteer' }],
  };
  expect(made.json).toEqual({ code: 0, msg: 'success', data: { employee_type_enum: type } });
  expect(await contents()).toEqual(['全职', '实习', 'Temp', '劳务', '顾问', 'Guest', '志愿者']);
  expect(await give(10)).toBe(0);
  const shown = await lists.send('GET', 'contact/v3/users/ann', undefined, 'user_id_type=user_id');
  expect(shown.json.data.user.employee_type).toBe(10);
});

test('a type is changed and keeps its number; one that is not active cannot be given', async () => {
  const changed = await update('guest', { ...OWN, content: 'Caller', enum_status: 2, i18n_content: [] });
  expect(changed.json.data.employee_type_enum).toEqual({
    enum_id: 'guest',
    enum_value: '9',
    content: 'Caller',
    enum_type: 2,
    enum_status: 2,
    i18n_content: [],
  });
  expect(await give(1)).toBe(0);
  expect(await give(9)).toBe(2221145);
  // Its own content is no duplicate; translations that are not sent stay.
  const again = { ...OWN, content: 'Caller', i18n_content: [{ locale: 'en_us', value: 'Caller' }] };
  expect((await update('guest', again)).json.code).toBe(0);
  const kept = await update('guest', { ...OWN, content: 'Caller' });
  expect(kept.json.data.employee_type_enum).toMatchObject({ i18n_content: again.i18n_content });
});

test('a type that is deleted stays with those who have it, and its number is not given again', async () => {
  expect((await remove('guest')).json).toEqual({ code: 0, msg: 'success', data: {} });
  expect(await contents()).not.toContain('Guest');
  const unknown = [400, 40001, 'invalid params'];
  expect(resultOf(await remove('guest'))).toEqual(unknown);
  expect(resultOf(await update('guest', { ...OWN, content: 'x' }))).toEqual(unknown);
  const shown = await lists.send('GET', 'contact/v3/users/ann', undefined, 'user_id_type=user_id');
  expect(shown.json.data.user.employee_type).toBe(9);
  // What is read can be sent back, over both APIs.
  const back = await lists.send('PATCH', 'contact/v3/users/ann', shown.json.data.user, 'user_id_type=user_id');
  expect([back.json.code, await give(9)]).toEqual([0, 0]);
  expect(await give(1)).toBe(0);
  expect(await give(9)).toBe(2221144);
  const made = await create({ ...OWN, content: 'Guest' });
  expect(made.json.data.employee_type_enum.enum_value).toBe('10');
  const exported = (await directory.companies.export('inn')) ?? '';
  expect(exported).toMatch(/deleted: true/);
  expect((await directory.companies.apply('inn', exported, { plan: true, request: 'test' })).steps).toEqual([]);
});

test('the built-in types cannot be changed or deleted, nor one that a company file renames', async () => {
  const { items } = (await lists.send('GET', TYPES)).json.data;
  for (const { enum_id: id, enum_type: type } of items.slice(0, 5)) {
    expect(type).toBe(1);
    const name = encodeURIComponent(id);
    expect(resultOf(await update(name, { ...OWN, content: 'x' }))).toEqual([400, 40001, 'invalid params']);
    expect(resultOf(await remove(name))).toEqual([400, 40001, 'invalid params']);
  }
  expect(await contents()).toEqual(['全职', '实习', 'Temp', '劳务', '顾问', 'Guest']);
});

test.each([
  ['the content of another', { content: 'Temp' }, 42301, 'param content duplicate'],
  ['the content of a built-in one', { content: '全职' }, 42301, 'param content duplicate'],
  [
    'the translation of a built-in one',
    { content: 'x', i18n_content: [{ locale: 'en_us', value: 'Intern' }] },
    42302,
    'param i18n_content duplicate',
  ],
])('%s is refused, in both', async (_what, wrong, code, msg) => {
  const body = { ...OWN, ...wrong };
  expect(resultOf(await create(body))).toEqual([400, code, msg]);
  expect(resultOf(await update('guest', body))).toEqual([400, code, msg]);
  expect(await contents()).toHaveLength(6);
});

test.each([
  [{ enum_type: 2, enum_status: 1 }, 'content is required'],
  [{ content: 'x', enum_status: 1 }, 'enum_type is required'],
  [{ content: 'x', enum_type: 2 }, 'enum_status is required'],
  [{ ...OWN, content: 'x', enum_type: 1 }, 'options: [2]'],
  [{ ...OWN, content: 'x', enum_status: 3 }, 'options: [1,2]'],
  [{ ...OWN, content: 'x', enum_status: '1' }, 'options: [1,2]'],
  [{ ...OWN, content: '' }, 'the min len is 1'],
  [{ ...OWN, content: 'x'.repeat(101) }, 'the max len is 100'],
  [{ ...OWN, content: 7 }, 'type mismatch, expect string'],
])('a body of another shape is 99992402: %j', async (body, description) => {
  for (const answer of [await create(body), await update('guest', body)]) {
    expect(answer.json.code).toBe(99992402);
    expect(answer.json.error.field_violations[0].description).toBe(description);
  }
});

test('a company makes no more than 255, deleted ones among them', async () => {
  const many = Array.from(
    { length: 254 },
    (_none, at) =>
      `  - { id: n${String(at)}, name: N${String(at)}, feishu: { enum_value: ${String(100 + at)}${at === 0 ? ', deleted: true' : ''} } }`,
  ).join('\n');
  await directory.companies.apply('inn', file.replace('employees:', `${many}\nemployees:`), {
    plan: false,
    request: 'test',
  });
  expect(resultOf(await create({ ...OWN, content: 'x' }))).toEqual([400, 42303, 'exceed content max num']);
});

test('types are written only with the scope', async () => {
  const reader = await listsOf(directory, 'cli_read', 'read');
  for (const [method, path] of [
    ['POST', TYPES],
    ['PUT', `${TYPES}/guest`],
    ['DELETE', `${TYPES}/guest`],
  ] as const)
    expect((await reader.send(method, path, { ...OWN, content: 'x' })).json.code).toBe(99991672);
});
