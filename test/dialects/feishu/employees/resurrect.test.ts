import { afterEach, describe, expect, test } from 'vitest';
import { employeeIdOf, idReaderOf } from '../../../../src/dialects/feishu/model/ids.ts';
import { lifeIn, named, openLifecycleClient, said, type Company, type LifecycleClient } from './lifecycle-client.ts';

let life: LifecycleClient;
const open = async (company?: Company): Promise<void> => {
  life = await openLifecycleClient(company);
};
afterEach(() => life.directory.close());

const into = (department_id: string, more = {}): object => ({
  employee_order_in_departments: [{ department_id, ...more }],
});

test('who returns is regular again, in the root, with the mailbox and without a resignation', async () => {
  await open({ settings: 'mail_service_enabled: true\nmail_domains: [{ domain: inn.example }]' });
  await life.client.patch('ann', { enterprise_email: 'ann@inn.example', is_frozen: true });
  await life.toBeResigned('ann');
  await life.resign('ann');
  expect((await life.client.read('ann')).work_info.resign_reason).toBe('1');
  const answer = await life.resurrect('ann', '');
  expect([answer.status, answer.json]).toEqual([200, { code: 0, msg: 'success', data: {} }]);
  // As before she left: frozen.
  expect(await life.standing('ann')).toEqual([1, 3, false]);
  const { base_info, work_info } = await life.client.read('ann');
  expect(base_info).toMatchObject({ resign_time: '', enterprise_email: 'ann@inn.example' });
  expect(base_info.employee_order_in_departments).toMatchObject([{ department_id: '0' }]);
  expect(work_info).toMatchObject({ resign_date: '', resign_reason: '0', resign_type: '0', resign_remark: '' });
  expect(await life.directory.history('inn', 'ann')).toHaveLength(4);
});

test('who returns after the mailbox was thrown away comes back without it', async () => {
  await open({ settings: 'mail_service_enabled: true\nmail_domains: [{ domain: inn.example }]\nmail_recycle_days: 1' });
  await life.client.patch('ann', { enterprise_email: 'ann@inn.example' });
  await life.resign('ann');
  life.directory.clock.advance(86_400_000);
  const later = await lifeIn(life.directory, ['cli_one', 'one']);
  expect((await later.resurrect('ann')).json.code).toBe(0);
  expect((await later.client.read('ann')).base_info.enterprise_email).toBe('');
});

test('departments and their weights are taken', async () => {
  await open();
  const weights = { order_weight_in_deparment: '100', order_weight_among_deparments: '9' };
  expect((await life.resurrect('old', into('bar', weights))).json.code).toBe(0);
  expect((await life.client.read('old')).base_info.employee_order_in_departments).toEqual([
    { department_id: 'bar', ...weights },
  ]);
});

const seats = 'subscriptions: [{ subscription_id: s1, total_seats: 0 }, { subscription_id: s2 }]';
const subscribed = (...subscription_ids: string[]): object => ({ options: { subscription_ids } });

type Case = readonly [sentence: string, code: number, company: Company, body: object, other: object | null];
const CASES: readonly Case[] = [
  [
    'Tenant version not allow resurrection',
    2221275,
    { settings: 'plan: business_standard\ndirectory_api_min_plan: basic' },
    {},
    null,
  ],
  ['Tenant not in the access list', 2221268, { settings: 'resurrect_allowed: false' }, {}, null],
  ['Resurrect user info duplicated', 2221269, { more: '- { id: eve, name: Eve, mobile: "+8613100000004" }' }, {}, null],
  ['Resurrect user info duplicated', 2221269, { more: '- { id: eve, name: Eve, email: OLD@inn.example }' }, {}, null],
  [
    'Resurrect user info duplicated',
    2221269,
    {
      more: '- { id: eve, name: Eve, feishu: { employee_id: new } }\n- { id: gone, name: Gone, status: resigned, left_on: 2026-01-01, feishu: { employee_id: new } }',
    },
    {},
    null,
  ],
  ['User exceed billing seats limit', 2221271, { settings: 'billing_seat_limit: 4' }, {}, null],
  ['User exceed tenant limit', 2221272, { settings: 'tenant_member_limit: 4' }, {}, null],
  ['User exceed certification seats limit', 2221273, { settings: 'certified_seat_limit: 4' }, {}, null],
  ['User exceed feature contact seats limit', 2221274, { settings: 'contact_seat_limit: 4' }, {}, null],
  ['Department number exceeds limit', 2221140, { settings: 'department_member_limit: 2' }, into('kitchen'), into('0')],
  [
    'Hybrid license tenant prohibits passing empty licenses to create users',
    2221252,
    { settings: `license_mode: hybrid\n${seats}` },
    {},
    subscribed('s2'),
  ],
  ['Designated licenseID is insufficient', 2221253, { settings: seats }, subscribed('s1'), subscribed('s2')],
  ['Designated licenseID is invalid', 2221254, { settings: seats }, subscribed('s0'), subscribed('s2')],
  [
    'Main department must be the first',
    2221255,
    {},
    {
      employee_order_in_departments: [
        { department_id: 'bar', order_weight_among_deparments: '2' },
        { department_id: 'kitchen', order_weight_among_deparments: '1', is_main_department: true },
      ],
    },
    into('bar', { is_main_department: true }),
  ],
  ['Department does not exist', 2221181, {}, into('nowhere'), into('bar')],
  ['User department is disabled', 2221292, {}, into('shut'), into('bar')],
  ['User department is empty', 2221129, {}, { employee_order_in_departments: [{}] }, {}],
  [
    'field validation failed',
    99992402,
    {},
    into('bar', { order_weight_in_deparment: '1000' }),
    into('bar', { order_weight_in_deparment: '999' }),
  ],
  [
    'field validation failed',
    99992402,
    {},
    into('bar', { order_weight_in_deparment: 1_000 }),
    into('bar', { order_weight_in_deparment: 999, order_weight_among_deparments: 0 }),
  ],
];

describe('each code has a state that gives rise to it', () => {
  test.each(CASES)('%s', async (sentence, code, company, body, other) => {
    await open(company);
    const id = company.more?.includes('gone') === true ? 'gone' : 'old';
    // Of two who have one id the one in service is meant, so the other one is named by the open_id.
    const openId = await openIdOf(id);
    const answer = await life.send('POST', `/${openId}/resurrect`, body, 'department_id_type=department_id');
    expect(said(answer)).toEqual([400, code, sentence]);
    expect(await life.directory.history('inn', id)).toEqual([]);
    const again = other === null ? 0 : (await life.resurrect(id, other)).json.code;
    expect(again).toBe(0);
  });

  async function openIdOf(id: string): Promise<string> {
    const tenant = await life.directory.store.tenantByKey('inn');
    const [app] = tenant?.parts.apps ?? [];
    if (tenant === null || app === undefined) throw new Error('no app');
    return employeeIdOf(await life.directory.employee('inn', id), 'open_id', idReaderOf(app), tenant);
  }

  test.each(['billing_seat_limit', 'tenant_member_limit', 'certified_seat_limit', 'contact_seat_limit'])(
    '%s has room for exactly one more',
    async (limit) => {
      await open({ settings: `${limit}: 5` });
      expect((await life.resurrect('old')).json.code).toBe(0);
    },
  );

  test("Can't resurrect user in delete process, for as long as that takes", async () => {
    await open({ settings: 'resign_processing_minutes: 10' });
    await life.resign('bob');
    expect(said(await life.resurrect('bob'))).toEqual([400, 2221270, "Can't resurrect user in delete process"]);
    life.directory.clock.advance(10 * 60_000);
    expect((await life.resurrect('bob')).json.code).toBe(0);
  });

  test('The user refused to join the tenant and cannot be resurrect', async () => {
    await open({
      more: '- { id: no, name: No, status: resigned, left_on: 2026-01-01, feishu: { join_refused: true } }',
    });
    expect(said(await life.resurrect('no'))).toEqual([
      400,
      2221123,
      'The user refused to join the tenant and cannot be resurrect',
    ]);
  });

  test('No permission to operate record: who is here, or left too long ago', async () => {
    await open({
      settings: 'resurrect_days: 30',
      more: '- { id: far, name: Far, status: resigned, left_on: 2025-12-05 }\n- { id: near, name: Near, status: resigned, left_on: 2025-12-06 }',
    });
    expect(said(await life.resurrect('bob'))).toEqual([400, 2224002, 'No permission to operate record']);
    expect((await life.resurrect('far')).json.code).toBe(2224002);
    expect((await life.resurrect('near')).json.code).toBe(0);
  });

  test('No permission to operate dependent object: a department out of scope, the root too', async () => {
    await open();
    const kitchen = await lifeIn(life.directory, ['cli_kitchen', 'kitchen']);
    expect(said(await kitchen.resurrect('old'))).toEqual([400, 2224003, 'No permission to operate dependent object']);
    expect((await kitchen.resurrect('old', into('bar'))).json.code).toBe(2224003);
    expect((await kitchen.resurrect('old', into('kitchen'))).json.code).toBe(0);
    await life.resign('cas');
    expect((await kitchen.resurrect('cas', into('kitchen'))).json.code).toBe(2224002);
  });
});

test('the id of somebody who left goes to somebody new, and then stands in the way', async () => {
  await open();
  await life.resign('bob');
  await life.create({ ...named('Bob'), custom_employee_id: 'bob', mobile: '+8613199999999' });
  // In service comes first.
  expect((await life.resurrect('bob')).json.code).toBe(2224002);
});
