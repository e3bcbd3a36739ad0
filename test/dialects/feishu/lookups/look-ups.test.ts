import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, tokenOf, violationsIn } from '../feishu-client.ts';
import { listsOf } from '../list-client.ts';

const file = `
mingce: 1
key: inn
name: Inn
feishu:
  certified: true
  multi_geo_enabled: true
  geos: [cn, sg]
  subscriptions:
    - { subscription_id: "71", license_plan_key: pro, product_name: Pro, i18n_name: { zh_cn: 专业版 }, total_seats: 2, start_time: 2025-01-01T00:00:00Z, end_time: 2027-01-01T00:00:00Z }
    - { subscription_id: "72", total_seats: 1 }
    - { subscription_id: "73", total_seats: 9, end_time: 2025-12-31T00:00:00Z }
  apps:
    - { app_id: cli_inn, app_secret: inn }
    - { app_id: cli_few, app_secret: few, contact_scope: { departments: [kitchen], employees: [ann, nobody, bob] } }
    - { app_id: cli_root, app_secret: root, contact_scope: { departments: [kitchen, top], employees: [ann] } }
    - { app_id: cli_none, app_secret: none, scopes: [] }
    - { app_id: cli_ids, app_secret: ids, scopes: ["contact:user.id:readonly"] }
departments:
  - { id: top, name: Inn }
  - { id: kitchen, name: Kitchen, parent: top, feishu: { department_id: K } }
  - { id: bar, name: Bar, parent: top }
job_titles:
  - { id: cook, name: { value: 厨师, i18n: { zh-CN: 厨师, en-US: Cook, fr-FR: Cuisinier } } }
  - { id: host, name: Host, enabled: false, feishu: { id: t-host } }
  - { id: bell, name: Bell }
job_levels: [{ id: one, name: One, order: 7 }, { id: two, name: Two }, { id: other-one, name: One }]
job_families: [{ id: all, name: All }, { id: some, name: Some, parent: all }]
work_places: [{ id: here, name: Here }]
countries:
  - { id: home, name: { value: 中国, i18n: { en-US: China, ja-JP: 中国語 } }, code: CN, feishu: { id: MDCT00000046 } }
  - { id: andorra, name: { value: 安道尔, i18n: { zh-CN: 安道尔 } }, code: AD, enabled: false, feishu: { id: MDCT00000001 } }
  - { id: moon, name: Moon, code: XX }
employee_types:
  - { id: guest, name: Guest, feishu: { enum_value: 9 } }
  - { id: temp, name: Temp, enabled: false, feishu: { enum_value: 3 } }
custom_fields:
  - { id: motto, name: { value: 座右铭, i18n: { zh-CN: 座右铭 } }, type: text, feishu: { field_key: C-1 } }
  - { id: size, name: Size, type: choice, options: [{ id: s, name: S }, { id: m, name: M, enabled: false }], feishu: { field_key: C-2 } }
  - { id: badge, name: Badge, type: choice, options: [{ id: b, name: Star, picture: true }], feishu: { field_key: C-3 } }
  - { id: pals, name: Pals, type: people, feishu: { field_key: C-4 } }
  - { id: desk, name: Desk, type: phone, feishu: { field_key: C-5 } }
  - { id: site, name: Site, type: link, feishu: { field_key: C-6 } }
  - { id: gone, name: Gone, type: text, enabled: false, feishu: { field_key: C-7 } }
  - { id: other, name: Other, type: text }
employees:
  - { id: ann, name: Ann, mobile: "+8613800000001", email: Ann@inn.example, departments: [bar], feishu: { employee_id: A1, subscription_ids: ["71", "72"] } }
  - { id: bob, name: Bob, mobile: "+12025550100", email: bob@inn.example, departments: [bar], frozen: true }
  - { id: cai, name: Cai, mobile: "+8613800000003", departments: [bar], activation: not-joined }
  - { id: old, name: Old, mobile: "+8613800000004", departments: [bar], status: resigned, left_on: 2025-12-31 }
`;

let directory: TestDirectory;
beforeAll(async () => {
  directory = await openTestDirectory({ companies: [file] });
});
afterAll(() => directory.close());

async function ask(path: string, app = 'inn'): Promise<Answer> {
  const authorization = `Bearer ${await tokenOf(directory, `cli_${app}`, app)}`;
  return directory.send('GET', `/open-apis/${path}`, { headers: { authorization } });
}

async function dataOf(path: string, app?: string): Promise<unknown> {
  const { status, json } = await ask(path, app);
  expect([status, json.code, json.msg]).toEqual([200, 0, 'success']);
  return json.data;
}

const COOK = {
  job_title_id: 'cook',
  name: '厨师',
  i18n_name: [
    { locale: 'zh_cn', value: '厨师' },
    { locale: 'en_us', value: 'Cook' },
  ],
  status: true,
};

describe('a list', () => {
  test('is shown page by page, with a token only while there is more', async () => {
    const first = (await dataOf('contact/v3/job_titles?page_size=2')) as { page_token: string };
    expect(first).toEqual({
      items: [COOK, { job_title_id: 't-host', name: 'Host', i18n_name: [], status: false }],
      has_more: true,
      page_token: expect.any(String),
    });
    expect(first.page_token).not.toContain('host');
    expect(await dataOf(`contact/v3/job_titles?page_size=2&page_token=${first.page_token}`)).toEqual({
      items: [{ job_title_id: 'bell', name: 'Bell', i18n_name: [], status: true }],
      has_more: false,
    });
  });

  test.each([
    ['job_titles', 50, 40001, 'param is invalid', 40001, 'param is invalid'],
    ['job_levels', 50, 40001, 'param is invalid', 40001, 'param is invalid'],
    ['job_families', 50, 40001, 'param is invalid', 40001, 'param is invalid'],
    ['work_cities', 50, 40001, 'param is invalid', 40001, 'param is invalid'],
    ['employee_type_enums', 100, 40001, 'param is invalid', 40001, 'param is invalid'],
    ['custom_attrs', 100, 40011, 'invalid page_size', 40012, 'invalid page_token'],
    ['scopes', 100, 40011, 'The paging value size is between 1-100', 40012, 'Invalid page token'],
  ])('%s takes 1 to %i items a page', async (list, most, sizeCode, sizeMsg, tokenCode, tokenMsg) => {
    for (const size of ['-1', String(most + 1), '9999999999', ...(list === 'scopes' ? ['0'] : [])]) {
      const { status, json } = await ask(`contact/v3/${list}?page_size=${size}`);
      expect([status, json.code, json.msg], size).toEqual([400, sizeCode, sizeMsg]);
    }
    for (const size of ['x', '1.5']) {
      const answer = await ask(`contact/v3/${list}?page_size=${size}`);
      expect(answer.json.code, size).toBe(99992402);
      expect(violationsIn(answer), size).toEqual([['page_size', 'type mismatch, expect int']]);
    }
    expect((await ask(`contact/v3/${list}?page_size=0`)).status).toBe(list === 'scopes' ? 400 : 200);
    expect((await ask(`contact/v3/${list}?page_size=${String(most)}`)).status).toBe(200);
    const { page_token } = (await dataOf('contact/v3/job_levels?page_size=1')) as { page_token: string };
    const strange = Buffer.from(`contact.${list} nothing`).toString('base64url');
    for (const token of ['x', '~~', `${page_token}=`, strange, ...(list === 'job_levels' ? [] : [page_token])]) {
      const { status, json } = await ask(`contact/v3/${list}?page_token=${token}`);
      expect([status, json.code, json.msg], token).toEqual([400, tokenCode, tokenMsg]);
    }
  });

  test('is closed to who lacks its scope, or any token', async () => {
    const lists = ['job_titles', 'job_levels', 'job_families', 'work_cities', 'employee_type_enums', 'custom_attrs'];
    for (const path of [
      ...lists.map((list) => `contact/v3/${list}`),
      'contact/v3/job_titles/cook',
      'mdm/v3/country_regions',
      'tenant/v2/tenant/assign_info_list/query',
      'security_and_compliance/v1/multi_geo_entity/tenant',
      'im/v1/images/x',
    ]) {
      expect((await ask(path, 'none')).json.code, path).toBe(99991672);
      expect((await directory.send('GET', `/open-apis/${path}`)).json.code, path).toBe(99991661);
    }
  });
});

test('levels and families are found by their exact name', async () => {
  expect(await dataOf('contact/v3/job_levels?name=One')).toEqual({
    items: [
      {
        job_level_id: 'one',
        name: 'One',
        description: '',
        order: 7,
        status: true,
        i18n_name: [],
        i18n_description: [],
      },
      expect.objectContaining({ job_level_id: 'other-one' }),
    ],
    has_more: false,
  });
  expect(await dataOf('contact/v3/job_families?name=Some')).toEqual({
    items: [
      {
        job_family_id: 'some',
        name: 'Some',
        description: '',
        parent_job_family_id: 'all',
        status: true,
        i18n_name: [],
        i18n_description: [],
      },
    ],
    has_more: false,
  });
  expect(await dataOf('contact/v3/job_families?name=Som')).toEqual({ items: [], has_more: false });
});

test('one entry is shown by its id', async () => {
  expect(await dataOf('contact/v3/job_titles/cook')).toEqual({ job_title: COOK });
  expect(await dataOf('contact/v3/job_levels/two')).toMatchObject({ job_level: { job_level_id: 'two' } });
  expect(await dataOf('contact/v3/job_families/all')).toMatchObject({ job_family: { parent_job_family_id: '0' } });
  expect(await dataOf('contact/v3/work_cities/here')).toEqual({
    work_city: { work_city_id: 'here', name: 'Here', i18n_name: [], status: true },
  });
});

test.each([
  ['job_titles/host', 400, 40001, 'invalid params'],
  ['work_cities/host', 400, 40001, 'invalid param'],
  ['job_levels/host', 404, 42301, 'job level not exist'],
  ['job_families/host', 404, 42404, 'job family not exist'],
])('an entry that is not there has its own answer: %s', async (path, status, code, msg) => {
  const answer = await ask(`contact/v3/${path}`);
  expect([answer.status, answer.json.code, answer.json.msg]).toEqual([status, code, msg]); // [contract feishu-contact.md 4.3]
});

test('employee types are the five of every company, as changed here, and then its own', async () => {
  const { items, has_more } = (await dataOf('contact/v3/employee_type_enums')) as {
    items: readonly { enum_id: string }[];
    has_more: boolean;
  };
  expect(has_more).toBe(false);
  expect(items).toMatchObject([
    { enum_value: '1', content: '全职', enum_type: 1, enum_status: 1 },
    { enum_value: '2', enum_type: 1, enum_status: 1 },
    { enum_id: 'temp', enum_value: '3', content: 'Temp', enum_type: 1, enum_status: 2, i18n_content: [] },
    { enum_value: '4' },
    { enum_value: '5', i18n_content: [{ locale: 'zh_cn', value: '顾问' }, { locale: 'en_us' }] },
    { enum_id: 'guest', enum_value: '9', content: 'Guest', enum_type: 2, enum_status: 1, i18n_content: [] },
  ]);
  expect(new Set(items.map(({ enum_id }) => enum_id)).size).toBe(6);
});

test('custom fields are those that the platform knows, each with the options that can be chosen', async () => {
  expect(await dataOf('contact/v3/custom_attrs')).toEqual({
    items: [
      { id: 'C-1', type: 'TEXT', i18n_name: [{ locale: 'zh_cn', value: '座右铭' }] },
      {
        id: 'C-2',
        type: 'ENUMERATION',
        options: { default_option_id: '', option_type: 'TEXT', options: [{ id: 's', value: 'S', name: '' }] },
        i18n_name: [],
      },
      {
        id: 'C-3',
        type: 'PICTURE_ENUM',
        options: { default_option_id: '', option_type: 'PICTURE', options: [{ id: 'b', value: 'Star', name: 'Star' }] },
        i18n_name: [],
      },
      { id: 'C-4', type: 'GENERIC_USER', i18n_name: [] },
      { id: 'C-5', type: 'TEXT', i18n_name: [] },
      { id: 'C-6', type: 'HREF', i18n_name: [] },
    ],
    has_more: false,
  });
});

test('custom fields and geos are only told where they are switched on', async () => {
  expect(await dataOf('security_and_compliance/v1/multi_geo_entity/tenant')).toEqual({
    tenant: { available_geo_locations: ['cn', 'sg'] },
  });
  const closed = file
    .replace('key: inn', 'key: shut')
    .replaceAll('cli_', 'cli_shut_')
    .replace('  multi_geo_enabled: true\n', '  custom_fields_api_enabled: false\n');
  await directory.companies.apply('shut', closed, { plan: false, request: 'test' });
  const authorization = `Bearer ${await tokenOf(directory, 'cli_shut_inn', 'inn')}`;
  const shut = (path: string): Promise<Answer> =>
    directory.send('GET', `/open-apis/${path}`, { headers: { authorization } });
  expect((await shut('contact/v3/custom_attrs')).json.data).toEqual({ items: [], has_more: false });
  const geo = await shut('security_and_compliance/v1/multi_geo_entity/tenant');
  expect([geo.status, geo.json.code]).toEqual([400, 1781003]);
});

describe('countries', () => {
  const path = 'mdm/v3/country_regions';

  test('come with the codes that the directory knows them by', async () => {
    const fields = ['name', 'full_name', 'alpha_3_code', 'alpha_2_code', 'numeric_code', 'global_code', 'status'];
    const query = [...fields, 'continents'].map((field) => `fields=${field}`).join('&');
    const zh = { 'zh-CN': '安道尔' };
    const name = { value: '安道尔', multilingual_value: zh, return_language: 'zh-CN' };
    expect(await dataOf(`${path}?languages=zh-CN&${query}&return_count=true&offset=1&limit=1`)).toEqual({
      data: [
        {
          alpha_3_code: 'AND',
          alpha_2_code: 'AD',
          numeric_code: '20',
          name,
          mdm_code: 'MDCT00000001',
          full_name: name,
          global_code: '+376',
          status: '0',
          continents: { value: '2', multilingual_name: { 'zh-CN': '欧洲' } },
        },
      ],
      total: '3',
      next_page_token: expect.any(String),
    });
  });

  test('are shown in the languages asked for, and with the fields asked for', async () => {
    const first = (await dataOf(`${path}?languages=ja-JP&languages=en-US&fields=name&limit=2`)) as Record<
      string,
      string
    >;
    expect(first).toEqual({
      data: [
        {
          mdm_code: 'MDCT00000046',
          name: {
            value: '中国語',
            multilingual_value: { 'ja-JP': '中国語', 'en-US': 'China' },
            return_language: 'ja-JP',
          },
        },
        { mdm_code: 'MDCT00000001', name: { value: '安道尔', multilingual_value: {}, return_language: 'ja-JP' } },
      ],
      next_page_token: expect.any(String),
    });
    const token = String(first['next_page_token']);
    expect(await dataOf(`${path}?languages=zh-CN&fields=numeric_code&fields=x&page_token=${token}`)).toEqual({
      data: [{ mdm_code: 'moon', numeric_code: '' }],
    });
  });

  test('need languages and fields, and a page that can be', async () => {
    const violations = async (query: string): Promise<unknown> => {
      const answer = await ask(`${path}?${query}`);
      expect(answer.json.code).toBe(99992402);
      return violationsIn(answer).map(([field]) => field);
    };
    expect(await violations('')).toEqual(['languages', 'fields']);
    const fine = 'languages=zh-CN&fields=name';
    expect(await violations(`${fine}&limit=1001`)).toEqual(['limit']);
    expect(await violations(`${fine}&limit=0&offset=100001`)).toEqual(['limit', 'offset']);
    expect(await violations(`${fine}&page_token=x`)).toEqual(['page_token']);
    expect(await violations(`languages=zh-CN${'&fields=name'.repeat(101)}`)).toEqual(['fields']);
  });
});

test('of the subscriptions those with a free seat are shown, however seats come and go', async () => {
  const path = 'tenant/v2/tenant/assign_info_list/query';
  const pro = {
    subscription_id: '71',
    license_plan_key: 'pro',
    product_name: 'Pro',
    i18n_name: { zh_cn: '专业版', ja_jp: '', en_us: '' },
    total_seats: '2',
    assigned_seats: '1',
    start_time: '1735689600',
    end_time: '1798761600',
  };
  expect(await dataOf(path)).toEqual({ assign_info_list: [pro] });
  const client = await clientOf(directory, 'cli_inn', 'inn');
  expect((await client.patch('bob', {}, { subscription_ids: ['71'] })).json.code).toBe(0);
  expect((await client.patch('A1', {}, { subscription_ids: [] })).json.code).toBe(0);
  expect(await dataOf(path)).toMatchObject({
    assign_info_list: [
      { subscription_id: '71', assigned_seats: '1' },
      { subscription_id: '72', assigned_seats: '0' },
    ],
  });
});

describe('the contact scope of an app', () => {
  // Not the root itself. [contract feishu-contact.md 4.1, which replaces feishu.md 4.7]
  test('of everybody is what lies directly below the root', async () => {
    const path = 'contact/v3/scopes?user_id_type=user_id&department_id_type=department_id';
    const below = (await dataOf('contact/v3/departments/0/children?department_id_type=department_id')) as {
      items: readonly { department_id: string }[];
    };
    expect(await dataOf(path)).toEqual({
      department_ids: below.items.map(({ department_id: id }) => id),
      user_ids: [],
      group_ids: [],
      has_more: false,
    });
    const first = (await dataOf(`${path}&page_size=1`)) as { page_token: string };
    expect(await dataOf(`${path}&page_size=1&page_token=${first.page_token}`)).toMatchObject({
      department_ids: [below.items[1]?.department_id],
      has_more: false,
    });
  });

  test('that names the root is that of everybody', async () => {
    const path = 'contact/v3/scopes?user_id_type=user_id&department_id_type=department_id';
    expect(await dataOf(path, 'root')).toEqual(await dataOf(path));
  });

  test('is shown in the kinds of ids asked for, page by page', async () => {
    const path = 'contact/v3/scopes?user_id_type=user_id&department_id_type=department_id';
    expect(await dataOf(path, 'few')).toEqual({
      department_ids: ['K'],
      user_ids: ['A1', 'bob'],
      group_ids: [],
      has_more: false,
    });
    const first = (await dataOf(`${path}&page_size=2`, 'few')) as { page_token: string };
    expect(first).toMatchObject({ department_ids: [], user_ids: ['A1', 'bob'], has_more: true });
    expect(await dataOf(`${path}&page_size=2&page_token=${first.page_token}`, 'few')).toEqual({
      department_ids: ['K'],
      user_ids: [],
      group_ids: [],
      has_more: false,
    });
    const answer = await ask('contact/v3/scopes?user_id_type=name');
    expect(violationsIn(answer)).toEqual([['user_id_type', 'options: [open_id,union_id,user_id]']]);
  });
});

describe('ids by mobiles and mail addresses', () => {
  async function find(body: object, query = '?user_id_type=user_id', app = 'inn'): Promise<Answer> {
    const headers = { authorization: `Bearer ${await tokenOf(directory, `cli_${app}`, app)}` };
    return directory.send('POST', `/open-apis/contact/v3/users/batch_get_id${query}`, { headers, body });
  }
  const status = { is_frozen: false, is_resigned: false, is_activated: true, is_exited: false, is_unjoin: false };

  test('are told with the state of whoever has them, and not for strangers', async () => {
    const body = { emails: [' ANN@inn.example', 'x@inn.example'], mobiles: ['13800000003', '+12025550100', '7', ''] };
    expect((await find(body)).json.data).toEqual({
      user_list: [
        { user_id: 'A1', email: ' ANN@inn.example', status },
        { email: 'x@inn.example' },
        { user_id: 'cai', mobile: '13800000003', status: { ...status, is_activated: false, is_unjoin: true } },
        { user_id: 'bob', mobile: '+12025550100', status: { ...status, is_frozen: true } },
        { mobile: '7' },
        { mobile: '' },
      ],
    });
    expect((await find({})).json.data).toEqual({ user_list: [] });
  });

  test('are told of someone who left only when they are asked for', async () => {
    const mobiles = ['+8613800000004'];
    expect((await find({ mobiles })).json.data.user_list).toEqual([{ mobile: '+8613800000004' }]);
    expect((await find({ mobiles, include_resigned: true })).json.data.user_list).toMatchObject([
      { user_id: 'old', status: { is_resigned: true } },
    ]);
  });

  test('are open_ids when nothing is said, and lead to the same person', async () => {
    const [{ user_id }] = (await find({ emails: ['ann@inn.example'] }, '')).json.data.user_list;
    expect(user_id).toMatch(/^ou_[0-9a-f]{32}$/);
    const client = await clientOf(directory, 'cli_inn', 'inn');
    const { base_info } = await client.read(user_id, 'employee_id_type=open_id');
    expect(base_info.email).toBe('Ann@inn.example');
  });

  test('are kept from an app that may not see the person, or the id', async () => {
    const body = { emails: ['ann@inn.example'], mobiles: ['13800000003'] };
    expect((await find(body, '?user_id_type=user_id', 'few')).json.data.user_list).toEqual([
      { user_id: 'A1', email: 'ann@inn.example', status },
      { mobile: '13800000003' },
    ]);
    // [contract feishu-contact.md 1.1, 9.1]
    expect((await find(body, '?user_id_type=user_id', 'ids')).json).toMatchObject({
      code: 99991672,
      error: {
        permission_violations: [{ type: 'field_scope_required', subject: 'contact:user.employee_id:readonly' }],
      },
    });
    expect((await find(body, '', 'none')).json.code).toBe(99991672);
  });

  test('are looked up for 50 of each at most', async () => {
    const many = Array.from({ length: 51 }, (_, index) => String(index));
    const answer = await find({ mobiles: many, emails: [1], include_resigned: 'x' });
    expect(violationsIn(answer)).toEqual([
      ['emails[*]', 'type mismatch, expect string'],
      ['mobiles', 'the max len is 50'],
      ['include_resigned', 'type mismatch, expect boolean'],
    ]);
    expect((await find([])).json.code).toBe(9499);
  });
});

describe('countries of a company that lists none', () => {
  const plain = `
mingce: 1
key: plain
name: Plain
feishu: { apps: [{ app_id: cli_plain, app_secret: plain }] }
employees: [{ id: ann, name: Ann }]
`;

  test('are those of ISO 3166-1 with MDM codes, which an update takes and a read tells', async () => {
    const other = await openTestDirectory({ companies: [plain] });
    const lists = await listsOf(other, 'cli_plain', 'plain');
    const query = 'languages=zh-CN&languages=en-US&fields=name&fields=alpha_2_code&limit=1000&return_count=true';
    const { data, total } = (await lists.send('GET', 'mdm/v3/country_regions', undefined, query)).json.data;
    expect(total).toBe('249');
    expect(data).toHaveLength(249);
    const china = data.find((one: { alpha_2_code: string }) => one.alpha_2_code === 'CN');
    expect(china).toEqual({
      alpha_2_code: 'CN',
      mdm_code: 'MDCT00000040',
      name: { value: '中国', multilingual_value: { 'zh-CN': '中国', 'en-US': 'China' }, return_language: 'zh-CN' },
    });
    const update = async (code: string): Promise<number> =>
      (await lists.send('PATCH', 'directory/v1/employees/ann', { employee: { work_country_or_region: code } })).json
        .code;
    expect([await update('MDCT99999999'), await update('CN'), await update('MDCT00000040')]).toEqual([
      2221216, 2221216, 0,
    ]);
    const read = await lists.post('employees/mget', {
      employee_ids: ['ann'],
      required_fields: ['work_info.work_country_or_region'],
    });
    expect(read.json.data.employees[0].work_info).toEqual({ work_country_or_region: 'MDCT00000040' });
    // What is exported can be read again, and one's own list takes their place.
    const file = (await other.companies.export('plain')) ?? '';
    expect(file).toContain('work_country: CN');
    expect((await other.companies.apply('plain', file, { plan: true, request: 'test' })).steps).toEqual([]);
    const own = `${plain}countries: [{ id: here, name: Here }]\n`;
    await other.companies.apply('plain', own, { plan: false, request: 'test' });
    expect([await update('MDCT00000040'), await update('here')]).toEqual([2221216, 0]);
    await other.close();
  });
});
