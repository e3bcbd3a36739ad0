import { readFileSync } from 'node:fs';
import type { Client } from '@larksuiteoapi/node-sdk';
import Type, { type Static, type TSchema } from 'typebox';
import Value from 'typebox/value';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../support/test-directory.ts';
import { clientOf, demo, tokenOf, type Client as Caller } from './feishu-client.ts';

/*
 * The shapes of the contract's sections 1.4 and 4.5 to 4.8, written from it and from the vendor's typings, and held
 * against answers read back. Nothing may be missing and nothing may be added.
 */

const shape = <Members extends Record<string, TSchema>>(members: Members) =>
  Type.Object(members, { additionalProperties: false });
const list = <Item extends TSchema>(item: Item) => Type.Array(item);
const text = Type.String();
const int = Type.Integer();
const flag = Type.Boolean();
const digits = Type.String({ pattern: '^-?[0-9]+$' });
const day = Type.String({ pattern: '^([0-9]{4}-[0-9]{2}-[0-9]{2})?$' });

const words = shape({
  default_value: text,
  i18n_value: shape({ zh_cn: Type.Optional(text), en_us: Type.Optional(text), ja_jp: Type.Optional(text) }),
});
const translations = list(shape({ locale: Type.Enum(['zh_cn', 'en_us', 'ja_jp']), value: text }));

const success = <Data extends TSchema>(data: Data) =>
  shape({ code: Type.Literal(0), msg: Type.Literal('success'), data });

const failure = (detail: Record<string, TSchema> = {}) =>
  shape({
    code: Type.Integer({ minimum: 1 }),
    msg: text,
    error: shape({ log_id: Type.String({ pattern: '^[0-9]{14}[0-9A-F]{20}$' }), troubleshooter: text, ...detail }),
  });

const path = list(shape({ department_id: text, department_name: words }));

// 4.8
const department = shape({
  department_id: text,
  department_count: Type.Optional(
    shape({
      recursive_members_count: digits,
      direct_members_count: digits,
      recursive_members_count_exclude_leaders: digits,
      recursive_departments_count: digits,
      direct_departments_count: digits,
    }),
  ),
  has_child: flag,
  leaders: list(shape({ leader_type: Type.Enum([1, 2]), leader_id: text })),
  parent_department_id: text,
  name: words,
  enabled_status: flag,
  order_weight: digits,
  custom_field_values: list(Type.Object({ field_key: text, field_type: text })),
  department_path_infos: path,
  data_source: int,
});

const customFieldValue = shape({
  field_key: text,
  field_type: text,
  text_value: Type.Optional(words),
  url_value: Type.Optional(shape({ link_text: words, url: text, pcurl: text })),
  enum_value: Type.Optional(shape({ enum_ids: list(text), enum_type: Type.Enum(['1', '2']) })),
  user_values: Type.Optional(list(shape({ ids: list(text), user_type: Type.Literal('1') }))),
  phone_value: Type.Optional(shape({ phone_number: text, extension_number: text })),
});

// 4.6
const baseInfo = shape({
  employee_id: text,
  name: shape({ name: words, another_name: text }),
  mobile: Type.String({ pattern: '^(\\+[0-9]+)?$' }),
  email: text,
  enterprise_email: text,
  enterprise_email_aliases: list(text),
  gender: Type.Enum([0, 1, 2, 3]),
  departments: list(department),
  employee_order_in_departments: list(
    shape({ department_id: text, order_weight_in_deparment: digits, order_weight_among_deparments: digits }),
  ),
  description: text,
  active_status: Type.Enum([1, 2, 3, 4, 5]),
  is_resigned: flag,
  leader_id: text,
  dotted_line_leader_ids: list(text),
  is_primary_admin: flag,
  is_admin: flag,
  custom_field_values: list(customFieldValue),
  department_path_infos: list(path),
  resign_time: day,
  avatar: shape({ avatar_72: text, avatar_240: text, avatar_640: text, avatar_origin: text }),
  background_image: text,
  data_source: Type.Enum([1, 2, 3]),
  geo_name: text,
  subscription_ids: list(text),
});
const workInfo = shape({
  work_country_or_region: text,
  work_place: shape({ place_id: text, place_name: words, is_enabled: flag, description: words }),
  work_station: words,
  job_number: text,
  extension_number: text,
  join_date: day,
  employment_type: int,
  staff_status: Type.Enum([1, 2, 3, 4, 5]),
  job_title: shape({ job_title_id: text, job_title_name: words, is_enabled: flag, description: words }),
  job_level: shape({
    job_level_id: text,
    job_level_name: words,
    is_enabled: flag,
    is_deleted: flag,
    order: digits,
    description: words,
  }),
  job_family: shape({
    job_family_id: text,
    job_family_name: words,
    is_enabled: flag,
    parent_job_family_id: text,
    description: words,
  }),
  resign_date: day,
  resign_remark: text,
  resign_reason: digits,
  resign_type: digits,
});

// 4.5
const abnormals = list(
  shape({
    id: text,
    row_error: Type.Enum([0, 1000]),
    field_errors: Type.Record(text, Type.Enum([1000, 2000, 2002, 2003])),
  }),
);
const mget = shape({ employees: list(shape({ base_info: baseInfo, work_info: workInfo })), abnormals });

// 4.7
const page = <Item extends TSchema>(item: Item) =>
  shape({ items: list(item), page_token: Type.Optional(text), has_more: flag });
const jobTitle = shape({ job_title_id: text, name: text, i18n_name: translations, status: flag });
const described = {
  name: text,
  description: text,
  status: flag,
  i18n_name: translations,
  i18n_description: translations,
};
const jobLevel = shape({ job_level_id: text, order: int, ...described });
const jobFamily = shape({ job_family_id: text, parent_job_family_id: text, ...described });
const workCity = shape({ work_city_id: text, name: text, i18n_name: translations, status: flag });
const employeeType = shape({
  enum_id: text,
  enum_value: digits,
  content: text,
  enum_type: Type.Union([Type.Literal(1), Type.Literal(2)]),
  enum_status: Type.Union([Type.Literal(1), Type.Literal(2)]),
  i18n_content: translations,
});
const customAttr = shape({
  id: text,
  type: Type.Enum(['TEXT', 'HREF', 'ENUMERATION', 'PICTURE_ENUM', 'GENERIC_USER']),
  options: Type.Optional(
    shape({
      default_option_id: text,
      option_type: Type.Enum(['TEXT', 'PICTURE']),
      options: list(shape({ id: text, value: text, name: text })),
    }),
  ),
  i18n_name: translations,
});
const multilingual = shape({ value: text, multilingual_value: Type.Record(text, text), return_language: text });
const countries = shape({
  data: list(
    shape({
      alpha_3_code: text,
      alpha_2_code: text,
      numeric_code: text,
      name: multilingual,
      mdm_code: text,
      full_name: multilingual,
      global_code: text,
      status: Type.Enum(['0', '1']),
      continents: shape({ value: text, multilingual_name: Type.Record(text, text) }),
    }),
  ),
  total: digits,
  next_page_token: Type.Optional(text),
});
const seats = shape({
  assign_info_list: list(
    shape({
      subscription_id: text,
      license_plan_key: text,
      product_name: text,
      i18n_name: shape({ zh_cn: text, ja_jp: text, en_us: text }),
      total_seats: digits,
      assigned_seats: digits,
      start_time: text,
      end_time: text,
    }),
  ),
});
const scopes = shape({
  department_ids: list(text),
  user_ids: list(text),
  group_ids: list(text),
  has_more: flag,
  page_token: Type.Optional(text),
});
const geos = shape({ tenant: shape({ available_geo_locations: list(text) }) });
const ids = shape({
  user_list: list(
    shape({
      user_id: Type.Optional(text),
      mobile: Type.Optional(text),
      email: Type.Optional(text),
      status: Type.Optional(
        shape({ is_frozen: flag, is_resigned: flag, is_activated: flag, is_exited: flag, is_unjoin: flag }),
      ),
    }),
  ),
});

/** The data that the vendor's client promises of an operation. */
type Promised<Method extends (...given: never[]) => Promise<{ data?: unknown } | null>> = Exclude<
  NonNullable<Awaited<ReturnType<Method>>>['data'],
  undefined
>;
type Contact = Client['contact']['v3'];

test('the shapes are those of the vendor’s typings', () => {
  expectTypeOf<Static<ReturnType<typeof page<typeof jobTitle>>>>().toExtend<Promised<Contact['jobTitle']['list']>>();
  expectTypeOf<Static<ReturnType<typeof page<typeof jobLevel>>>>().toExtend<Promised<Contact['jobLevel']['list']>>();
  expectTypeOf<Static<ReturnType<typeof page<typeof jobFamily>>>>().toExtend<Promised<Contact['jobFamily']['list']>>();
  expectTypeOf<Static<ReturnType<typeof page<typeof workCity>>>>().toExtend<Promised<Contact['workCity']['list']>>();
  expectTypeOf<Static<ReturnType<typeof page<typeof employeeType>>>>().toExtend<
    Promised<Contact['employeeTypeEnum']['list']>
  >();
  expectTypeOf<Static<ReturnType<typeof page<typeof customAttr>>>>().toExtend<
    Promised<Contact['customAttr']['list']>
  >();
  expectTypeOf<Static<typeof scopes>>().toExtend<Promised<Contact['scope']['list']>>();
  expectTypeOf<Static<typeof ids>>().toExtend<Promised<Contact['user']['batchGetId']>>();
  expectTypeOf<Static<typeof countries>>().toExtend<Promised<Client['mdm']['v3']['countryRegion']['list']>>();
  expectTypeOf<Static<typeof seats>>().toExtend<Promised<Client['tenant']['v2']['tenantProductAssignInfo']['query']>>();
});

function expectShape(schema: TSchema, answer: Answer): void {
  const wrong = [...Value.Errors(schema, answer.json)].slice(0, 5);
  expect(wrong, answer.text.slice(0, 2_000)).toEqual([]);
}

let directory: TestDirectory;
let client: Caller;
let headers: Readonly<Record<string, string>>;
beforeAll(async () => {
  const richer = demo.replace(
    'feishu:\n',
    `feishu:
  multi_geo_enabled: true
  geos: [cn]
  subscriptions: [{ subscription_id: "71", total_seats: 3, start_time: 2025-01-01T00:00:00Z }]
`,
  );
  directory = await openTestDirectory({ companies: [richer] });
  client = await clientOf(directory);
  headers = { authorization: `Bearer ${await tokenOf(directory)}` };
});
afterAll(() => directory.close());

const get = (route: string): Promise<Answer> => directory.send('GET', `/open-apis/${route}`, { headers });

const EVERYTHING = [
  'base_info.*',
  'base_info.departments.*',
  'work_info.*',
  'work_info.work_place.*',
  'work_info.job_title.*',
  'work_info.job_level.*',
  'work_info.job_family.*',
];

describe('read back', () => {
  test('an employee, bare and after everything was written', async () => {
    const everyone = ['u273y71', 'chenjianguo', 'zhangsan'];
    const before = await client.mget({ employee_ids: everyone, required_fields: EVERYTHING });
    expectShape(success(mget), before);
    const updated = await client.patch('u273y71', {
      job_family_id: 'qwertyui',
      job_level_id: 'l-p6',
      work_place_id: 'w-shanghai',
      work_station: { default_value: '1-1', i18n_value: { en_us: '1-1' } },
      background_image_key: 'img_b',
      avatar_key: 'img_a',
      dotted_line_leader_ids: ['hdsuqw'],
      custom_field_values: [
        { field_key: 'C-1000001', text_value: { default_value: '我', i18n_value: { en_us: 'me' } } },
        { field_key: 'C-1000003', enum_value: { enum_ids: ['s'], enum_type: '1' } },
      ],
    });
    expectShape(success(shape({})), updated);
    const after = await client.mget({ employee_ids: everyone, required_fields: EVERYTHING });
    expectShape(success(mget), after);
    expect(after.json.data.employees[0].base_info.custom_field_values).toHaveLength(2);
  });

  test('what is abnormal', async () => {
    const answer = await client.mget({ employee_ids: ['nobody', 'zhangsan'], required_fields: ['base_info.shoe'] });
    expectShape(success(shape({ employees: list(Type.Object({})), abnormals })), answer);
    expect(answer.json.data.abnormals).toHaveLength(2);
  });

  test.each<[string, TSchema]>([
    ['contact/v3/job_titles', page(jobTitle)],
    ['contact/v3/job_titles/t-qa', shape({ job_title: jobTitle })],
    ['contact/v3/job_levels?page_size=2', page(jobLevel)],
    ['contact/v3/job_levels/l-p6', shape({ job_level: jobLevel })],
    ['contact/v3/job_families', page(jobFamily)],
    ['contact/v3/job_families/qwertyui', shape({ job_family: jobFamily })],
    ['contact/v3/work_cities', page(workCity)],
    ['contact/v3/work_cities/eqwedas', shape({ work_city: workCity })],
    ['contact/v3/employee_type_enums', page(employeeType)],
    ['contact/v3/custom_attrs', page(customAttr)],
    ['contact/v3/scopes', scopes],
    ['tenant/v2/tenant/assign_info_list/query', seats],
    ['security_and_compliance/v1/multi_geo_entity/tenant', geos],
    [
      `mdm/v3/country_regions?languages=zh-CN&languages=en-US&return_count=true&limit=1&${[
        'alpha_3_code',
        'alpha_2_code',
        'numeric_code',
        'name',
        'full_name',
        'global_code',
        'status',
        'continents',
      ]
        .map((field) => `fields=${field}`)
        .join('&')}`,
      countries,
    ],
  ])('%s', async (route, data) => {
    expectShape(success(data), await get(route));
  });

  test('ids by mobiles and mail addresses', async () => {
    const body = { mobiles: ['13800010001', '1'], emails: ['zhangsan@hengda.example'] };
    expectShape(
      success(ids),
      await directory.send('POST', '/open-apis/contact/v3/users/batch_get_id', { headers, body }),
    );
  });
});

describe('the members that the vendor’s client for Go decodes', () => {
  const { shapes } = JSON.parse(readFileSync(new URL('go-client.json', import.meta.url), 'utf8')) as {
    readonly shapes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
  const typeOf = (value: unknown): string =>
    Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;

  function expectMembers(name: string, value: object): void {
    const members = Object.entries(value).map(([member, one]) => [member, typeOf(one)]);
    expect(Object.fromEntries(members), name).toEqual(shapes[name]);
  }

  test('are those of an employee', async () => {
    const { data } = (await client.mget({ employee_ids: ['zhangsan', 'x'], required_fields: EVERYTHING })).json;
    expectMembers('EmployeeEntity', data.employees[0]);
    expectMembers('EmployeeBaseEntity', data.employees[0].base_info);
    expectMembers('AbnormalRecord', data.abnormals[0]);
  });

  test('are those of a country', async () => {
    const fields = Object.keys(shapes['CountryRegion'] ?? {}).map((field) => `fields=${field}`);
    const { data } = (await get(`mdm/v3/country_regions?languages=en-US&${fields.join('&')}`)).json;
    const [country] = data.data;
    expectMembers('CountryRegion', country);
    expectMembers('I18nString', country.name);
    expectMembers('Enum', country.continents);
  });
});

describe('a refusal', () => {
  const violations = list(shape({ field: text, value: text, description: text }));

  test('has its number, its sentence and a log id', async () => {
    expectShape(failure(), await client.patch('zhangsan', { mobile: '1' }));
    expectShape(failure(), await client.send('zhangsan', '['));
    expectShape(failure(), await get('contact/v3/job_titles?page_size=-1'));
  });

  test('names the fields that are wrong', async () => {
    expectShape(failure({ field_violations: violations }), await client.patch('zhangsan', { gender: 9 }));
    expectShape(failure({ field_violations: violations }), await get('mdm/v3/country_regions'));
  });

  test('names the scopes that are missing', async () => {
    const poor = demo
      .replace('key: demo', 'key: poor')
      .replaceAll(/^(wecom|hose):\n(?: .*\n)+/gm, '')
      .replace(
        '{ app_id: cli_mingce_demo, app_secret: mingce-demo-secret }',
        '{ app_id: cli_poor, app_secret: poor, scopes: [] }',
      );
    await directory.companies.apply('poor', poor, { plan: false, request: 'test' });
    const caller = await clientOf(directory, 'cli_poor', 'poor');
    const detail = {
      message: text,
      permission_violations: list(shape({ type: Type.Literal('action_scope_required'), subject: text })),
      helps: list(shape({ url: text, description: text })),
    };
    expectShape(failure(detail), await caller.patch('zhangsan', {}));
  });
});
