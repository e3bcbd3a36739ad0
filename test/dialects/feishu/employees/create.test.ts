import { afterEach, describe, expect, test } from 'vitest';
import { load } from '../../../../src/directory/store.ts';
import { openTestDirectory, type Answer } from '../../../support/test-directory.ts';
import {
  companyOf,
  lifeIn,
  named,
  openLifecycleClient,
  said,
  type Company,
  type LifecycleClient,
} from './lifecycle-client.ts';

let life: LifecycleClient;
const open = async (company?: Company, app?: readonly [string, string]): Promise<void> => {
  life = await openLifecycleClient(company, app);
};
afterEach(() => life.directory.close());

const mobile = '+8613199999999';
const dee = { ...named('Dee'), mobile };

/** Counts the people, to see that a refusal creates none. */
async function people(): Promise<number> {
  const tenant = (await life.directory.store.tenantByKey('inn'))?.number ?? 0;
  let count = 0;
  for await (const _one of life.directory.store.employees(tenant)) count++;
  return count;
}

test('a newcomer is regular, has not joined, is invited, and is shown as created', async () => {
  await open({
    settings: `mail_service_enabled: true\nmail_domains: [{ domain: inn.example }]\nmulti_geo_enabled: true\ngeos: [cn]\nsubscriptions: [{ subscription_id: s1, total_seats: 1 }]`,
  });
  const answer = await life.create(
    {
      name: { name: { default_value: '戴', i18n_value: { en_us: 'Dee' } }, another_name: 'D' },
      mobile: '13199999999',
      custom_employee_id: 'dee',
      email: 'Dee@inn.example',
      enterprise_email: 'dee@inn.example',
      gender: 2,
      employee_order_in_departments: [
        { department_id: 'kitchen', order_weight_in_deparment: '7', is_main_department: true },
      ],
      leader_id: 'ann',
      dotted_line_leader_ids: ['boss'],
      job_number: '77',
      extension_number: '123',
      join_date: '2026-01-05',
      employment_type: 1,
      description: 'hi',
      resign_reason: '1',
      is_frozen: true,
    },
    { geo_name: 'cn', subscription_ids: ['s1'] },
  );
  expect([answer.status, answer.json]).toEqual([200, { code: 0, msg: 'success', data: { employee_id: 'dee' } }]);
  expect(await life.standing('dee')).toEqual([1, 5, false]);
  const { base_info, work_info } = await life.client.read('dee');
  expect(base_info).toMatchObject({
    name: { name: { default_value: '戴', i18n_value: { en_us: 'Dee' } }, another_name: 'D' },
    mobile,
    email: 'Dee@inn.example',
    enterprise_email: 'dee@inn.example',
    leader_id: 'ann',
    dotted_line_leader_ids: ['boss'],
    geo_name: 'cn',
    subscription_ids: ['s1'],
    data_source: 1,
  });
  expect(base_info.employee_order_in_departments).toMatchObject([
    { department_id: 'kitchen', order_weight_in_deparment: '7' },
  ]);
  expect(work_info).toMatchObject({ job_number: '77', join_date: '2026-01-05', resign_reason: '0' });
  expect(await life.invitations()).toMatchObject([{ channel: 'sms', address: mobile }]);
  const verdicts = answer.outcome?.records[0]?.verdicts ?? [];
  expect(verdicts).toContainEqual(expect.objectContaining({ field: 'employee.mobile', verdict: 'normalised' }));
  expect(verdicts).toContainEqual(expect.objectContaining({ field: 'employee.is_frozen', verdict: 'unknown' }));
  const id = answer.outcome?.records[0]?.employee ?? '';
  const record = await life.directory.employee('inn', id);
  const [account] = await life.directory.store.read(() => accountsBy(record.account ?? ''));
  expect(account).toMatchObject({ mobile, email: 'dee@inn.example' });
});

function* accountsBy(id: string) {
  const found = yield* load('accounts-by', { by: 'id', values: [id] });
  return [...found.values()];
}

test('whoever is given no id and no department has one of eight characters, and is in the root', async () => {
  await open();
  const { json } = await life.create({ ...named('Dee'), email: 'dee@inn.example' });
  expect(json.data.employee_id).toMatch(/^[0-9a-z]{8}$/);
  const { base_info } = await life.client.read(json.data.employee_id);
  expect(base_info.employee_order_in_departments).toMatchObject([{ department_id: '0' }]);
  // There is no mobile to send a message to.
  expect(await life.invitations()).toMatchObject([{ channel: 'mail', address: 'dee@inn.example' }]);
  const openId = await life.send('POST', '', { employee: { ...named('Eve'), mobile } }, '');
  expect(openId.json.data.employee_id).toMatch(/^ou_[0-9a-f]{32}$/);
});

test('nobody is invited who is not to be', async () => {
  await open();
  await life.create(dee, { need_send_notification: { need_send_notification: false, language: 1 } });
  expect(await life.invitations()).toEqual([]);
});

test('a login that somebody in service has stays there; that of somebody who left goes over', async () => {
  await open({
    more: `- { id: eve, name: Eve, status: resigned, account: { id: a-eve, mobile: "${mobile}" } }\n- { id: fay, name: Fay, account: { id: a-fay, email: dee@inn.example } }`,
  });
  const { outcome } = await life.create({ ...dee, email: 'dee@inn.example' });
  const { account } = await life.directory.employee('inn', outcome?.records[0]?.employee ?? '');
  const accounts = await life.directory.store.read(() => accountsOf([account ?? '', 'a-eve', 'a-fay']));
  expect(accounts).toMatchObject([{ mobile, email: null }, { mobile: null }, { email: 'dee@inn.example' }]);
});

function* accountsOf(ids: readonly string[]) {
  const found = yield* load('accounts-by', { by: 'id', values: ids });
  return ids.map((id) => found.get(id));
}

type Case = readonly [
  sentence: string,
  code: number,
  refused: object,
  accepted: object,
  company?: Company,
  options?: readonly [refused: object | undefined, accepted: object | undefined],
];
const long = 'x'.repeat(65);
const text = 'C-1';
const fields = `mail_service_enabled: true\nmail_domains: [{ domain: inn.example }]`;
const lists = `job_titles: [{ id: cook, name: Cook }]
work_places: [{ id: here, name: Here }]
countries: [{ id: cn, name: China }]
employee_types: [{ id: gone, name: Gone, enabled: false, feishu: { enum_value: 6 } }]
custom_fields: [{ id: note, name: Note, type: text, feishu: { field_key: C-1 } }]`;
const withLists: Company = { dialects: lists };
const seats = 'subscriptions: [{ subscription_id: s1, total_seats: 0 }, { subscription_id: s2 }]';
const into = (...ids: string[]): object => ({
  employee_order_in_departments: ids.map((department_id) => ({ department_id })),
});

const CASES: readonly Case[] = [
  ['User name exceeds limit', 2221164, named(long), named('x'.repeat(64))],
  ['User en_name exceeds limit', 2221165, { name: { name: { default_value: 'D', i18n_value: { en_us: long } } } }, {}],
  ['User another_name exceeds limit', 2221166, { name: { name: { default_value: 'D' }, another_name: long } }, {}],
  ['Name contains sensitive info', 2221109, named('A King'), named('A Queen'), { settings: 'sensitive_words: [king]' }],
  ['Invalid mobile', 2221106, { mobile: '+8612' }, {}],
  ['Mobile already exists', 2221103, { mobile: '+8613100000001' }, { mobile: '+8613100000004' }],
  ['Mobile or email not set', 2221113, { mobile: '' }, { mobile: '', email: 'dee@inn.example' }],
  [
    'User must have a mobile in China',
    2221114,
    { mobile: '', email: 'dee@inn.example' },
    { email: 'dee@inn.example' },
    { settings: 'mobile_required: true' },
  ],
  ['Feishu only supports +86mobile', 2221175, { mobile: '+85261234567' }, {}],
  [
    'Add Feishu allow list tenant. Email must be included with non+86mobile',
    2221176,
    { mobile: '+85261234567' },
    { mobile: '+85261234567', email: 'dee@inn.example' },
    { settings: 'certified: true' },
  ],
  ['Invalid email', 2221107, { email: 'x' }, { email: 'x@y.example' }],
  ['Email already exists', 2221104, { email: 'ANN@inn.example' }, { email: 'old@inn.example' }],
  ['Enterprise email alias exceeds limit', 2221146, { enterprise_email: `${'x'.repeat(255)}@inn.example` }, {}],
  [
    'Invalid enterprise email',
    2221278,
    { enterprise_email: 'x' },
    { enterprise_email: 'x@inn.example' },
    { settings: fields },
  ],
  [
    'Enterprise email domain unavailable',
    2221126,
    { enterprise_email: 'x@out.example' },
    { enterprise_email: 'x@inn.example' },
    { settings: fields },
  ],
  [
    'Enterprise email address in recycle bin',
    2221147,
    { enterprise_email: 'x@inn.example' },
    { enterprise_email: 'y@inn.example' },
    { settings: `${fields}\nmail_recycle_bin: [{ address: x@inn.example, since: "2026-01-01T00:00:00Z" }]` },
  ],
  [
    'Enterprise email already exists',
    2221118,
    { enterprise_email: 'x@inn.example' },
    { enterprise_email: 'y@inn.example' },
    { settings: fields, more: '- { id: eve, name: Eve, enterprise_email: x@inn.example }' },
  ],
  ['User department is empty', 2221129, into(), into('bar')],
  ['Department does not exist', 2221181, into('nowhere'), into('bar')],
  ['User department is disabled', 2221292, into('shut'), into('bar')],
  [
    'Main department must be the first',
    2221255,
    {
      employee_order_in_departments: [
        { department_id: 'bar', order_weight_among_deparments: '9' },
        { department_id: 'kitchen', is_main_department: true },
      ],
    },
    into('bar', 'kitchen'),
  ],
  [
    'The number of members within the department exceeds the limit. Please contact an administrator for help',
    2221125,
    into('kitchen'),
    into('0'),
    { settings: 'department_member_limit: 2' },
  ],
  [
    "Unable to join multiple departments. Please upgrade relevant 'Organizational Structure Visible'.",
    2221141,
    into('bar', 'kitchen'),
    into('bar'),
    { settings: 'multi_department_enabled: false' },
  ],
  [
    'Leader loop error',
    2221239,
    { custom_employee_id: 'dee', leader_id: 'dee' },
    { custom_employee_id: 'dee', leader_id: 'ann' },
  ],
  [
    'DottedLineLeaderID loop error',
    2221238,
    { custom_employee_id: 'dee', dotted_line_leader_ids: ['dee'] },
    { dotted_line_leader_ids: ['ann'] },
  ],
  [
    'DottedLineLeaderID exceeds length limit',
    2221221,
    { dotted_line_leader_ids: Array.from({ length: 21 }, (_, n) => `l${String(n)}`) },
    { dotted_line_leader_ids: Array.from({ length: 20 }, (_, n) => `l${String(n)}`) },
    { more: Array.from({ length: 21 }, (_, n) => `- { id: l${String(n)}, name: L }`).join('\n') },
  ],
  ['Invalid dottedLineLeaderID', 2221222, { dotted_line_leader_ids: ['old'] }, { dotted_line_leader_ids: ['ann'] }],
  [
    'Invalid work country or region',
    2221216,
    { work_country_or_region: 'xx' },
    { work_country_or_region: 'cn' },
    withLists,
  ],
  ['WorkplaceID not found', 2221217, { work_place_id: 'x' }, { work_place_id: 'here' }, withLists],
  [
    'JobNumber not unique',
    2221240,
    { job_number: '7' },
    { job_number: '8' },
    { more: '- { id: eve, name: Eve, job_number: "7" }\n- { id: fay, name: Fay, status: resigned, job_number: "8" }' },
  ],
  ['Invalid extension number', 2221191, { extension_number: 'x' }, { extension_number: '1' }],
  [
    'Repeated extension number within the tenant',
    2221192,
    { extension_number: '8' },
    { extension_number: '9' },
    { more: '- { id: fay, name: Fay, status: resigned, extension_number: "8" }' },
  ],
  [
    'Extension number exceeds limit',
    2221193,
    { extension_number: '1'.repeat(100) },
    { extension_number: '1'.repeat(99) },
  ],
  ['Invalid join date', 2221210, { join_date: '2026-02-30' }, { join_date: '2026-02-28' }],
  ['EmployeeType not found', 2221144, { employment_type: 9 }, { employment_type: 5 }],
  ['EmployeeType not found', 2221144, { employment_type: 0 }, {}],
  ['EmployeeType inactive', 2221145, { employment_type: 6 }, { employment_type: 5 }, withLists],
  ['Invalid job title ID', 2221223, { job_title_id: 'x' }, { job_title_id: 'cook' }, withLists],
  [
    'Invalid custom field',
    2221242,
    { custom_field_values: [{ field_key: 'C-0' }] },
    { custom_field_values: [{ field_key: text, text_value: { default_value: 'x' } }] },
    withLists,
  ],
  ['ExternalID is not unique', 2221115, { custom_employee_id: 'ann' }, { custom_employee_id: 'old' }],
  ['Invalid ExternalID', 2221116, { custom_employee_id: 'a b' }, { custom_employee_id: 'ab' }],
  ['No permission to operate', 2224001, {}, {}, { settings: 'plan: basic' }],
  ['Tenant has not activated multi geo', 2221263, {}, {}, {}, [{ geo_name: 'cn' }, undefined]],
  [
    'User geo does not exist',
    2221264,
    {},
    {},
    { settings: 'multi_geo_enabled: true\ngeos: [cn]' },
    [{ geo_name: 'CN' }, { geo_name: 'cn' }],
  ],
  [
    'Hybrid license tenant prohibits passing empty licenses to create users',
    2221252,
    {},
    {},
    { settings: `license_mode: hybrid\n${seats}` },
    [undefined, { subscription_ids: ['s2'] }],
  ],
  [
    'Hybrid license tenant prohibits passing empty licenses to create users',
    2221252,
    {},
    {},
    { settings: `license_mode: hybrid\n${seats}` },
    [{ subscription_ids: [] }, { subscription_ids: ['s2'] }],
  ],
  [
    'Designated licenseID is invalid',
    2221254,
    {},
    {},
    { settings: seats },
    [{ subscription_ids: ['s0'] }, { subscription_ids: ['s2'] }],
  ],
  [
    'Designated licenseID is insufficient',
    2221253,
    {},
    {},
    { settings: seats },
    [{ subscription_ids: ['s1'] }, { subscription_ids: ['s2'] }],
  ],
];

describe('each code has a state that gives rise to it', () => {
  test.each(CASES.map((one) => [one[0], one] as const))('%s', async (_sentence, one) => {
    const [sentence, code, refused, accepted, company, options] = one;
    await open(company);
    const before = await people();
    expect(said(await life.create({ ...dee, ...refused }, options?.[0]))).toEqual([400, code, sentence]);
    expect([await people(), await life.invitations()]).toEqual([before, []]);
    if (code === 2224001) return;
    const answer = await life.create({ ...dee, ...accepted }, options?.[1]);
    expect(answer.json.msg).toBe('success');
    expect(await people()).toBe(before + 1);
  });

  test.each([
    ['Exceeds certified seat limit', 2221111, 'certified_seat_limit'],
    ['Exceeds billing plan seat limit', 2221112, 'billing_seat_limit'],
  ])('%s, when one more would be over it', async (sentence, code, setting) => {
    // Four are here.
    await open({ settings: `${setting}: 5` });
    expect((await life.create(dee)).json.msg).toBe('success');
    expect(said(await life.create({ ...named('Eve'), mobile: '+8613199999998' }))).toEqual([400, code, sentence]);
  });

  test('Users are created too frequently, more than so many in a minute', async () => {
    await open({ settings: 'create_burst_limit: 2' });
    const next = (last: number): Promise<Answer> =>
      life.create({ ...named('X'), mobile: `+861319999999${String(last)}` });
    expect((await life.create({ ...dee, mobile: '+8613100000001' })).json.code).toBe(2221103); // does not count
    const codes = (await Promise.all([next(0), next(1), next(2)])).map(({ json }) => json.code);
    expect(codes.toSorted((a, b) => a - b)).toEqual([0, 0, 2221163]);
    expect(said(await next(3))).toEqual([400, 2221163, 'Users are created too frequently']);
    life.directory.clock.advance(60_000);
    expect((await next(3)).json.code).toBe(0);
  });

  test('The application does not have permission to write to the geo, or the SubscriptionID', async () => {
    const scopes = '["directory:employee:write", "directory:employee.base.external_id:read"]';
    const company = { settings: 'multi_geo_enabled: true\ngeos: [cn]\nsubscriptions: [{ subscription_id: s1 }]' };
    const directory = await openTestDirectory({
      companies: [companyOf(company).replace('app_secret: one }', `app_secret: one, scopes: ${scopes} }`)],
    });
    life = await lifeIn(directory, ['cli_one', 'one']);
    expect(said(await life.create(dee, { geo_name: 'cn' }))).toEqual([
      400,
      2221265,
      'The application does not have permission to write to the geo',
    ]);
    expect(said(await life.create(dee, { subscription_ids: ['s1'] }))).toEqual([
      400,
      2221266,
      'The application does not have permission to write to the SubscriptionID',
    ]);
    expect((await life.create(dee)).json.code).toBe(0);
  });

  test('No permission to operate dependent object: the root, another department, a leader out of scope', async () => {
    await open({}, ['cli_kitchen', 'kitchen']);
    const refused = [400, 2224003, 'No permission to operate dependent object'];
    expect(said(await life.create(dee))).toEqual(refused);
    expect(said(await life.create({ ...dee, ...into('kitchen', 'bar') }))).toEqual(refused);
    expect(said(await life.create({ ...dee, ...into('kitchen'), leader_id: 'boss' }))).toEqual(refused);
    expect((await life.create({ ...dee, ...into('kitchen'), leader_id: 'ann' })).json.code).toBe(0);
  });
});

test('a body without a name, or with one that says nothing, does not fit its shape', async () => {
  await open();
  for (const employee of [{ mobile }, { name: { another_name: 'D' }, mobile }, named('')])
    expect((await life.create(employee)).json.code).toBe(99992402);
  expect((await life.create({ ...dee, job_number: 'x'.repeat(256) })).json.code).toBe(99992402);
  expect(await life.invitations()).toEqual([]);
});

test('a leader who has left, or is unknown, is refused as an update refuses one', async () => {
  await open();
  expect((await life.create({ ...dee, leader_id: 'old' })).json.code).toBe(2220001);
  expect((await life.create({ ...dee, leader_id: 'nobody' })).json.code).toBe(99992360);
});
