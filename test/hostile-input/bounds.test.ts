import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './test-server.ts';
import { send, type Answer } from './socket.ts';

/*
 * Texts, lists and maps for which no page of a platform states a limit: here each has one, the same for all of its kind,
 * and what is beyond it is refused in the platform's own code for a parameter. Nothing of it is kept.
 */

let context: TestServer;
let before: string;
beforeAll(async () => {
  context = await startTestServer();
  before = await context.state();
});
afterAll(() => context.close());

const long = (length: number): string => 'x'.repeat(length);
const words = (value: string, i18n?: object): object => ({
  default_value: value,
  ...(i18n === undefined ? {} : { i18n_value: i18n }),
});
const keys = (count: number): object =>
  Object.fromEntries(Array.from({ length: count }, (_none, at) => [`k${String(at)}`, 'x']));

const feishu = (method: string, path: string, body: object): Promise<Answer> =>
  send(context.port, {
    method,
    target: `/open-apis/directory/v1/${path}?employee_id_type=employee_id&department_id_type=department_id`,
    headers: { authorization: `Bearer ${context.alpha.feishu}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const wecom = (path: string, body: object): Promise<Answer> =>
  send(context.port, {
    method: 'POST',
    target: `/cgi-bin/${path}?access_token=${context.alpha.contacts}`,
    body: JSON.stringify(body),
  });
const hose = (method: string, path: string, body: object): Promise<Answer> =>
  send(context.port, {
    method,
    target: `/api/openapi/${path}?accessToken=${context.alpha.hose}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const field = (value: object): object => ({ custom_field_values: [value] });
const url = { link_text: words('home'), url: 'https://a.example', pcurl: 'https://a.example' };

/** Fields of an update or a creation of Feishu, with the field named in the answer. */
const OF_FEISHU: readonly (readonly [what: string, path: string, employee: object])[] = [
  ['description', 'description', { description: long(5_001) }],
  ['work station', 'work_station.default_value', { work_station: words(long(5_001)) }],
  ['work station in a language', 'work_station.i18n_value.en_us', { work_station: words('x', { en_us: long(5_001) }) }],
  ['keys of a name', 'name.name.i18n_value', { name: { name: words('x', keys(20_000)) } }],
  ['keys of a work station', 'work_station.i18n_value', { work_station: words('x', keys(101)) }],
  [
    'text of a field',
    'custom_field_values[*].text_value.default_value',
    field({ field_key: 'C-1', text_value: words(long(5_001)) }),
  ],
  [
    'keys of a field',
    'custom_field_values[*].text_value.i18n_value',
    field({ field_key: 'C-1', text_value: words('x', keys(101)) }),
  ],
  [
    'address',
    'custom_field_values[*].url_value.url',
    field({ field_key: 'C-2', url_value: { ...url, url: `https://${long(2_048)}` } }),
  ],
  [
    'desktop address',
    'custom_field_values[*].url_value.pcurl',
    field({ field_key: 'C-2', url_value: { ...url, pcurl: `https://${long(2_048)}` } }),
  ],
  [
    'phone',
    'custom_field_values[*].phone_value.phone_number',
    field({ field_key: 'C-9', phone_value: { phone_number: long(256) } }),
  ],
];

describe.each(OF_FEISHU)('Feishu: %s beyond the bound', (_what, path, employee) => {
  test('is 99992402 on update and on creation', async () => {
    const whole = { name: { name: words('x') }, mobile: '+8613900009077', ...employee };
    for (const answer of [
      await feishu('PATCH', 'employees/wang', { employee }),
      await feishu('POST', 'employees', { employee: whole }),
    ]) {
      expect([answer.status, answer.json.code]).toEqual([400, 99992402]);
      expect(answer.json.error.field_violations[0]).toMatchObject({
        field: `employee.${path}`,
        description: expect.stringMatching(/^the max len is \d+$/),
      });
      expect(answer.text.length).toBeLessThan(2_000);
    }
  });
});

test('Feishu: what is at the bound is kept', async () => {
  const employee = { description: long(5_000), work_station: words(long(5_000), { en_us: long(5_000) }) };
  expect((await feishu('PATCH', 'employees/li', { employee })).json.code).toBe(0);
  expect(
    (await feishu('PATCH', 'employees/li', { employee: { description: '', work_station: words('') } })).json.code,
  ).toBe(0);
});

test.each([
  ['keys of a name', { name: words('New', keys(101)) }],
  ['text of a field', { name: words('New'), ...field({ field_key: 'C-1', text_value: words(long(5_001)) }) }],
])('Feishu: %s of a department beyond the bound is 99992402', async (_what, department) => {
  for (const answer of [
    await feishu('POST', 'departments', { department }),
    await feishu('PATCH', 'departments/alpha-one', { department }),
  ])
    expect(answer.json.code).toBe(99992402);
});

test('Feishu: a question for people beyond the bound is 99992402', async () => {
  const asked = { query: long(1_001), required_fields: [], page_request: {} };
  expect((await feishu('POST', 'employees/search', asked)).json.code).toBe(99992402);
});

test('WeCom: attributes beyond the bound are 40058', async () => {
  const attrs = Array.from({ length: 101 }, () => ({ type: 0, name: 'Motto', text: { value: 'x' } }));
  const answer = await wecom('user/update', { userid: 'wang', extattr: { attrs } });
  expect(answer.json.errcode).toBe(40058);
});

const LINE = long(1_001);
const OF_STAFF: readonly (readonly [string, object])[] = [
  ['name', { name: LINE }],
  ['English name', { enName: LINE }],
  ['nickname', { nickName: LINE }],
  ['code', { code: LINE }],
  ['phone', { cellphone: '1'.repeat(1_001) }],
  ['mail', { email: `${LINE}@a.example` }],
  ['note', { note: long(5_001) }],
  ['list of departments', { departments: Array.from({ length: 1_001 }, (_none, at) => String(at)) }],
  ['text of the form', { staffCustomForm: { u_motto: long(5_001) } }],
  ['number of the form', { staffCustomForm: { u_count: '1'.repeat(1_001) } }],
  ['base of the form', { staffCustomForm: { base: JSON.stringify([{ key: '1', label: long(5_001) }]) } }],
];

test.each(OF_STAFF)('Hose: a %s beyond the bound is 412', async (_what, given) => {
  const id = `${context.alpha.corporation}:wang`;
  const whole = { name: 'x', ...given };
  const departments = [`${context.alpha.corporation}:d-one`];
  const newcomer = { cellphone: '13900009078', departments, defaultDepartment: departments[0], ...whole };
  const answers = [
    await hose('PUT', `v1.1/staffs/update/$${id}`, whole),
    await hose('PUT', 'v1.1/staffs/batch/update', { staffList: [{ id, ...whole }] }),
    await hose('POST', 'v1.1/staffs', newcomer),
    await hose('POST', 'v1/staffs', newcomer),
  ];
  for (const { status, json } of answers) expect([status, json.errorMessage]).toEqual([412, 'JSON请求参数不正确']);
});

const OF_STRUCTURE: readonly (readonly [string, string, string, object])[] = [
  ['name of a department', 'POST', 'v1/departments', { name: LINE, code: 'c', parentId: '' }],
  ['code of a department', 'POST', 'v1/departments', { name: 'n', code: LINE, parentId: '' }],
  [
    'form of a department',
    'POST',
    'v1/departments',
    { name: 'n', code: 'c', parentId: '', form: { u_a: long(5_001) } },
  ],
  ['code of an archive', 'POST', 'v1/dimensions', { name: 'n', code: LINE }],
  ['code of an item', 'POST', 'v1.1/dimensions/items', { dimensionId: 'project', name: 'n', code: LINE, parentId: '' }],
  [
    'list of people who may choose an item',
    'POST',
    'v1.1/dimensions/items',
    {
      dimensionId: 'project',
      name: 'n',
      code: 'c',
      parentId: '',
      visibility: { fullVisible: false, staffs: Array.from({ length: 1_001 }, (_none, at) => String(at)) },
    },
  ],
  [
    'unit of a field',
    'POST',
    'v2/property/addPropertySet',
    { useField: 'STAFF', properties: [{ cnLabel: 'l', dataType: { type: 'number', scale: 0, unit: LINE } }] },
  ],
  [
    'English label of a field',
    'POST',
    'v2/property/addPropertySet',
    { useField: 'STAFF', properties: [{ cnLabel: 'l', enLabel: LINE, dataType: { type: 'text' } }] },
  ],
];

test.each(OF_STRUCTURE)('Hose: a %s beyond the bound is 412', async (_what, method, path, body) => {
  const { status, json } = await hose(method, path, body);
  expect([status, json.errorMessage]).toEqual([412, 'JSON请求参数不正确']);
});

test('nothing of all this was kept', async () => {
  expect(before).toContain('"wang"');
  expect(await context.state()).not.toMatch(/x{1001}|1{1001}/);
});
