import fc from 'fast-check';
import { namesOf, mobileOf } from '../hostile-input/companies.ts';
import { ADMIN_KEY, type TestServer, type Session } from '../hostile-input/test-server.ts';
import { bodyOf, examplesOf, type Example } from '../hostile-input/request-examples.ts';
import { bodiesOf, mutate, type Known } from './bodies.ts';
import { hostileText } from './hostile.ts';

/** A request to be sent, and the route it is meant for. */
export interface FuzzRequest {
  readonly example: Example;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Requests for one route; half of them carry what opens it, half of them speak of somebody there is. */
export function fuzzRequests(example: Example, context: TestServer): fc.Arbitrary<FuzzRequest> {
  const { alpha, beta } = context;
  const known = knownOf(alpha);
  const body =
    example.schema === undefined
      ? fc.constantFrom(undefined, '{}', '[', 'x: 1')
      : fc.oneof(
          { weight: 6, arbitrary: bodiesOf(example.schema, known).map((value) => JSON.stringify(value)) },
          { weight: 8, arbitrary: mutate(example.body, known).map((value) => JSON.stringify(value)) },
          { weight: 1, arbitrary: mangled(JSON.stringify(example.body ?? {})) },
          { weight: 1, arbitrary: fc.json({ maxDepth: 5 }) },
        );
  const file = example.operation === 'companies.apply' ? mangled(bodyOf(example) ?? '') : body;
  return fc
    .record({
      path: pathOf(example, alpha),
      query: queryOf(example, alpha, beta),
      headers: headersOf(example, beta),
      body: file,
    })
    .map(({ path, query, headers, body: text }): FuzzRequest => {
      const target = query === '' ? path : `${path}?${query}`;
      return { example, target, headers, ...(text === undefined ? {} : { body: text }) };
    });
}

/** A text with something cut out, doubled, or put in. */
function mangled(text: string): fc.Arbitrary<string> {
  const at = fc.nat({ max: text.length });
  return fc
    .tuple(
      at,
      at,
      fc.oneof(hostileText, fc.constantFrom('"', '{', '}', '[', ']', ',', ':', '\n', '- ', '&a ', '*a ')),
      fc.nat(3),
    )
    .map(([one, other, piece, how]) => {
      const [from, to] = one < other ? [one, other] : [other, one];
      switch (how) {
        case 0:
          return text.slice(0, from) + text.slice(to);
        case 1:
          return text.slice(0, to) + text.slice(from);
        case 2:
          return text.slice(0, from) + piece + text.slice(from);
        default:
          return text;
      }
    });
}

const KINDS = ['open_id', 'union_id', 'employee_id', 'user_id'];

function pathOf(example: Example, alpha: Session): fc.Arbitrary<string> {
  if (!example.pattern.includes(':')) return fc.constant(example.path);
  const ids = fc.oneof(
    fc.constantFrom(
      'wang',
      'li',
      'boss',
      'gone',
      `$${alpha.corporation}:li`,
      `$${alpha.corporation}:gone`,
      '$alpha-2',
      '$alpha-4',
    ),
    hostileText.map((text) => escaped(text).slice(0, 12_000)),
    hostileText.map((text) => `$${escaped(text)}`.slice(0, 12_000)),
  );
  const strange = ids.map((id) => {
    // What may be removed or replaced is a company that no other request needs.
    const key =
      example.operation === 'companies.apply' || example.operation === 'companies.remove' ? `x${id}` : 'alpha';
    return example.pattern.replace(/:key/, key).replaceAll(/:[A-Za-z_]+/g, () => id);
  });
  return fc.oneof(fc.constant(example.path), strange);
}

/** Percent-encoded, also where there is no such text. */
function escaped(text: string): string {
  return text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80%zz';
}

function queryOf(example: Example, alpha: Session, beta: Session): fc.Arbitrary<string> {
  const { platform, query } = example;
  const names = [
    ...Object.keys(query),
    ...(platform === 'hose' ? ['type', 'active', 'orderBy', 'startDate', 'endDate', 'start', 'count'] : []),
  ];
  const meant: Readonly<Record<string, readonly string[]>> = {
    employee_id_type: KINDS,
    department_id_type: ['department_id', 'open_department_id'],
    type: ['id', 'code', ''],
    active: ['true', 'false'],
    orderBy: ['updateTime'],
    startDate: ['2026-01-01 00:00:00', '2026-99-01 00:00:00'],
    endDate: ['2027-01-01 00:00:00'],
    start: ['0', '1', '999999999999999'],
    count: ['0', '100', '101'],
    access_token: [beta.wecom, alpha.hose, 'x'],
    accessToken: [beta.hose, alpha.wecom, 'x'],
    userid: ['wang', 'LI', 'gone'],
    id: ['1', '0', '1000', '2000', '4294967296'],
  };
  const given = fc.constant(query);
  const changed = fc
    .dictionary(fc.constantFrom(...names, 'x'), fc.constant(null), { maxKeys: 3, noNullPrototype: true })
    .chain((chosen) =>
      fc.record(
        Object.fromEntries(
          Object.keys(chosen).map((name) => [
            name,
            fc.oneof(
              fc.constantFrom('', ...(meant[name] ?? [])),
              hostileText.map((text) => text.toWellFormed().slice(0, 3_000)),
            ),
          ]),
        ),
      ),
    )
    .map((values) => ({ ...query, ...(values as Record<string, string>) }));
  return fc
    .oneof({ weight: 1, arbitrary: given }, { weight: 1, arbitrary: changed })
    .map((values) => new URLSearchParams(values).toString());
}

function headersOf({ headers, platform }: Example, beta: Session): fc.Arbitrary<Readonly<Record<string, string>>> {
  if (headers['authorization'] === undefined) return fc.constant(headers);
  const others = fc.oneof(
    fc.constantFrom(
      '',
      'Bearer',
      'Bearer ',
      `bearer ${beta.feishu}`,
      `Bearer ${beta.wecom}`,
      `Bearer t-${'0'.repeat(64)}`,
      'Bearer u-x',
      'Bearer a-x',
      'Basic eDp5',
    ),
    // What else can stand in a header.
    fc.string({ maxLength: 200 }).map((text) => `Bearer ${text.replaceAll(/[^\x20-\x7e]/g, '')}`),
  );
  const own = headers['authorization'];
  return fc
    .oneof({ weight: 3, arbitrary: fc.constant(own) }, { weight: 1, arbitrary: others })
    .filter((text) => platform !== 'feishu' || text !== `Bearer ${ADMIN_KEY}`)
    .map((authorization) => ({ ...headers, authorization }));
}

/** Values known to the company, by the member that holds them. */
function knownOf({ corporation, key }: Session): Known {
  const people = ['wang', 'li', 'boss', 'gone', 'nobody', ''];
  const mobiles = [
    mobileOf(key, '01'),
    `+86${mobileOf(key, '02')}`,
    '13900008888',
    '+85261234567',
    '(852)61234567',
    '',
  ];
  const mails = [`wang-mail@${key}.example`, `li-mail@${key}.example`, 'fresh@example.com', `Fresh@${key}.example`, ''];
  const departments = [`${key}-one`, 'd-two', '0', 'nowhere', ''];
  const own = namesOf(key);
  return {
    app_id: [own.appId],
    app_secret: [own.appSecret, 'x'],
    appKey: [own.appKey],
    appSecurity: [own.appSecurity, 'x'],
    default_value: ['Wang', 'x'.repeat(64), 'x'.repeat(65)],
    another_name: ['W', ''],
    mobile: mobiles,
    custom_employee_id: ['wang'],
    email: mails,
    enterprise_email: mails,
    department_id: departments,
    order_weight_in_deparment: ['1', 2, '1234567890'],
    leader_id: people,
    dotted_line_leader_ids: people,
    work_country_or_region: ['c-one', ''],
    work_place_id: ['w-one', ''],
    job_number: [`${key}-1`, `${key}-2`, 'n', ''],
    extension_number: ['1', ''],
    join_date: ['2021-03-01', '2026-12-31', ''],
    employment_type: [0, 1, 5, '1', ''],
    job_title_id: ['t-one', 't-two', ''],
    job_level_id: ['l-one', ''],
    job_family_id: ['f-one', ''],
    resign_date: ['2026-12-31', ''],
    resign_reason: ['0', 25, ''],
    resign_type: ['0', 3, ''],
    // No employee is frozen here: too little would be left to fuzz.
    is_frozen: [false],
    field_key: ['C-1', 'C-2', 'C-3', 'C-4', 'C-9', 'C-10', 'C-11', 'C-0'],
    field_type: ['', '1', 2, '3', '4', '9', '10', 11],
    url: ['https://a.example', ''],
    pcurl: ['https://a.example', ''],
    enum_ids: ['s', 'm', 'a', 'b'],
    ids: people,
    phone_number: ['1', ''],
    geo_name: ['cn'],
    employee_ids: people,
    required_fields: [
      'base_info.*',
      'work_info.*',
      'base_info.departments.*',
      'work_info.job_title.*',
      'custom_field_values',
      '*',
    ],
    userid: ['wang', 'WANG', 'li', 'boss', 'gone', 'nobody'],
    get_all: [true, false],
    fieldid: [
      11_001,
      11_003,
      11_004,
      11_005,
      11_006,
      11_020,
      12_001,
      12_003,
      12_004,
      12_010,
      12_024,
      14_001,
      14_006,
      17_001,
      17_003,
      19_001,
      100_001,
      '11020',
    ],
    sub_idx: [0, 1, 2, '0'],
    group_type: [0, 1, 2, 3, 4, 5, 6],
    value_string: ['x', '', ...mails, '86', '631123200', `${key}-2`],
    value_uint32: [0, 1, 2, 3, 4_294_967_295],
    value_uint64: [0, 631_123_200, 253_402_300_800, '18446744073709551615', -1],
    value_int64: [0, -62_135_596_801, 631_123_200],
    value_country_code: ['86', '+86', '852', '', '0086'],
    value_mobile: [...mobiles, { value_country_code: '86', value_mobile: mobileOf(key, '02') }],
    name: ['Wang', '', ' '],
    enName: ['Wang', ''],
    code: [`${key}-1`, `${key}-2`, 'new', ''],
    cellphone: mobiles,
    note: ['x', ''],
    defaultDepartment: [`${corporation}:d-one`, `${key}-100`, corporation, ''],
    departments: [`${corporation}:d-one`, `${corporation}:d-two`, `${key}-100`, corporation, 'nowhere'],
    rankType: ['l-one', 'L1', ''],
    postType: ['t-one', 'T1', ''],
    base: ['[{"key":"1","label":"x"}]', ''],
    id: [`${corporation}:wang`, `${corporation}:li`, `${corporation}:boss`, `${corporation}:gone`, ''],
    conditionIds: [`${corporation}:wang`, `${key}-1`, mobileOf(key, '01'), ...mails],
    staffCustomForm: [
      { u_motto: 'x', u_count: '1', u_day: 1, u_budget: { standard: '1' }, u_project: 'p-one' },
      { u_motto: 1, u_count: 'x' },
      { u_none: 1 },
      { u_motto: null, u_count: '', u_day: 1.5 },
      {},
    ],
  };
}

/** Every route's example, so that none is forgotten. */
export function targetsOf(context: TestServer): readonly Example[] {
  return examplesOf(context.alpha);
}
