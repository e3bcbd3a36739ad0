import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, tokenOf } from '../feishu-client.ts';
import { demoWith, eventIn, eventsOf, subscriptionOf, tenantOf } from './event-render.ts';

const ALL = 'cli_00000000000000a1';
const SECRET = 'mingce-test-secret';
const url = 'https://receiver.example/events';
const CONTACT_TYPES = ['contact.user.created_v3', 'contact.user.updated_v3', 'contact.user.deleted_v3'];
const app = (app_id: string, more: object = {}) => ({ app_id, app_secret: SECRET, ...more });

const apps = [
  app(ALL, { events: { url, types: CONTACT_TYPES, verification_token: 'rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV' } }),
  app('cli_few_scopes', {
    scopes: ['contact:contact.base:readonly', 'contact:user.base:readonly'],
    events: { url, types: CONTACT_TYPES },
  }),
  app('cli_sales_only', { contact_scope: { departments: ['sales'] }, events: { url, types: CONTACT_TYPES } }),
  app('cli_no_scope', { scopes: ['directory:employee:read'], events: { url, types: CONTACT_TYPES } }),
  app('cli_other_types', { events: { url, types: ['contact.scope.updated_v3'] } }),
  app('cli_stopped', { status: 'disabled', events: { url } }),
];

let directory: TestDirectory;
let headers: Readonly<Record<string, string>>;

beforeEach(async () => {
  directory = await openTestDirectory({ companies: [demoWith(apps)] });
  headers = { authorization: `Bearer ${await tokenOf(directory, ALL, SECRET)}`, 'content-type': 'application/json' };
});
afterEach(() => directory.close());

const patch = async (id: string, body: object) => {
  const path = `/open-apis/contact/v3/users/${id}?user_id_type=user_id&department_id_type=department_id`;
  const answer = await directory.send('PATCH', path, { headers, body });
  expect(answer.json).toMatchObject({ code: 0 });
};

describe('contact.user.updated_v3 [contract feishu-contact.md 6.1–6.3]', () => {
  test('has the envelope 2.0, the whole user, and of the old one only what changed', async () => {
    const { events } = await eventsOf(directory, ALL, () => patch('zhangsan', { nickname: '三哥' }));
    expect(events).toHaveLength(1);
    const [{ schema, header, event } = { schema: '', header: {}, event: {} }] = events;
    expect(schema).toBe('2.0');
    expect(header).toEqual({
      event_id: expect.stringMatching(/^\d+-0$/) as string,
      event_type: 'contact.user.updated_v3',
      create_time: expect.stringMatching(/^\d{13}$/) as string,
      token: 'rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV',
      app_id: ALL,
      tenant_key: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    });
    expect(Object.keys(event)).toEqual(['object', 'old_object']);
    expect(event.old_object).toEqual({ nickname: '小张' });
    expect(Object.keys(event.object).toSorted()).toEqual(
      [
        'avatar city country custom_attrs department_ids dotted_line_leader_user_ids email employee_no employee_type',
        'en_name enterprise_email gender job_family_id job_level_id job_title join_time leader_user_id mobile name nickname',
        'open_id orders status union_id user_id work_station',
      ]
        .join(' ')
        .split(' ')
        .toSorted(),
    );
    expect(event.object).toMatchObject({ nickname: '三哥', mobile: '+8613800010001', user_id: 'zhangsan' });
    expect(event.object.open_id).toMatch(/^ou_/);
    expect(event.object.leader_user_id).toMatch(/^ou_/);
    expect(event.object.department_ids).toEqual([expect.stringMatching(/^od-/)]);
  });

  test('a mobile and a mail go in events of their own', async () => {
    const { events } = await eventsOf(directory, ALL, () =>
      patch('zhangsan', { name: '张叁', mobile: '+8613800019999', email: 'san@hengda.example' }),
    );
    expect(events.map(({ event }) => event.old_object)).toEqual([
      { name: '张三' },
      { mobile: '+8613800010001' },
      { email: 'zhangsan@hengda.example' },
    ]);
    for (const { event } of events) expect(event.object).toMatchObject({ name: '张叁', email: 'san@hengda.example' });
    expect(new Set(events.map(({ header }) => header.event_id)).size).toBe(3);
  });

  test('freezing changes the status', async () => {
    const { events } = await eventsOf(directory, ALL, () => patch('zhangsan', { is_frozen: true }));
    expect(events).toHaveLength(1);
    expect(eventIn(events).old_object).toMatchObject({ status: { is_frozen: false } });
    expect(eventIn(events).object.status).toMatchObject({ is_frozen: true });
  });

  test('fields without a scope are missing from both objects; an event is sent all the same', async () => {
    const seen = await eventsOf(directory, 'cli_few_scopes', () => patch('zhangsan', { gender: 2, name: '张叁' }));
    expect(seen.events).toHaveLength(1);
    expect(eventIn(seen.events).old_object).toEqual({ name: '张三' });
    expect(Object.keys(eventIn(seen.events).object).toSorted()).toEqual(
      ['avatar', 'en_name', 'enterprise_email', 'name', 'nickname', 'open_id', 'union_id'].toSorted(),
    );
    const blind = await eventsOf(directory, 'cli_few_scopes', () => patch('zhangsan', { mobile: '+8613800019998' }));
    expect(blind.events.map(({ event }) => event.old_object)).toEqual([{}]);
  });

  test('the ids are those of the receiving app', async () => {
    const one = await eventsOf(directory, ALL, () => patch('zhangsan', { nickname: 'a' }));
    const other = await eventsOf(directory, 'cli_few_scopes', () => patch('zhangsan', { nickname: 'b' }));
    expect(eventIn(one.events).object.open_id).not.toBe(eventIn(other.events).object.open_id);
  });

  test('a write of another platform tells the same', async () => {
    const token = await directory.send(
      'GET',
      '/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-contact-secret',
    );
    const { types, events } = await eventsOf(directory, ALL, async () => {
      const path = `/cgi-bin/user/update?access_token=${String(token.json.access_token)}`;
      const answer = await directory.send('POST', path, { body: { userid: 'zhangsan', alias: '阿三' } });
      expect(answer.json).toMatchObject({ errcode: 0 });
    });
    expect(types).toEqual(['contact.user.updated_v3']);
    expect(eventIn(events).old_object).toEqual({ nickname: '小张' });
  });
});

describe('who is sent what', () => {
  test.each([
    ['cli_no_scope', 'scope-missing'],
    ['cli_other_types', 'not-subscribed'],
    ['cli_sales_only', 'out-of-contact-scope'],
  ])('%s: nothing, because %s', async (appId, reason) => {
    const seen = await eventsOf(directory, appId, () => patch('zhangsan', { nickname: 'x' }));
    expect(seen).toEqual({ types: [], events: [], notSent: reason });
  });

  test('someone who enters or leaves the contact scope is updated for the app', async () => {
    const enters = await eventsOf(directory, 'cli_sales_only', () => patch('zhangsan', { department_ids: ['east'] }));
    expect(enters.types).toEqual(['contact.user.updated_v3']);
    const leaves = await eventsOf(directory, 'cli_sales_only', () =>
      patch('zhangsan', { department_ids: ['backend'] }),
    );
    expect(leaves.types).toEqual(['contact.user.updated_v3']);
    const later = await eventsOf(directory, 'cli_sales_only', () => patch('zhangsan', { nickname: 'y' }));
    expect(later.notSent).toBe('out-of-contact-scope');
  });

  test('a stopped app is no subscriber', async () => {
    const tenant = await tenantOf(directory);
    expect(() => subscriptionOf(tenant, 'cli_stopped')).toThrow('receives nothing');
  });

  test('a field that the contact API does not show makes none of its events', async () => {
    const client = await clientOf(directory, ALL, SECRET);
    // The extension number is a field of the directory API alone.
    const seen = await eventsOf(directory, ALL, () => client.patch('zhangsan', { extension_number: '100' }));
    expect(seen).toEqual({ types: [], events: [], notSent: 'nothing-shown' });
  });
});

test('coming, leaving and coming back are created, deleted and created', async () => {
  const made = await eventsOf(directory, ALL, async () => {
    const body = {
      user_id: 'newcomer',
      name: '新人',
      mobile: '+8613800018888',
      department_ids: ['rd'],
      employee_type: 1,
    };
    const path = '/open-apis/contact/v3/users?user_id_type=user_id&department_id_type=department_id';
    expect((await directory.send('POST', path, { headers, body })).json).toMatchObject({ code: 0 });
  });
  expect(made.types).toEqual(['contact.user.created_v3']);
  expect(Object.keys(eventIn(made.events))).toEqual(['object']);
  expect(eventIn(made.events).object).toMatchObject({ user_id: 'newcomer', name: '新人' });
  const [department] = eventIn(made.events).object.department_ids;

  const left = await eventsOf(directory, ALL, async () => {
    const path = '/open-apis/contact/v3/users/newcomer?user_id_type=user_id';
    expect((await directory.send('DELETE', path, { headers, body: {} })).json).toMatchObject({ code: 0 });
  });
  expect(left.types).toEqual(['contact.user.deleted_v3']);
  expect(eventIn(left.events).object).toMatchObject({ department_ids: [], status: { is_resigned: true } });
  expect(eventIn(left.events).old_object).toEqual({
    department_ids: [department],
    open_id: eventIn(made.events).object.open_id,
  });

  const back = await eventsOf(directory, ALL, async () => {
    directory.clock.advance(3_600_000);
    const path = `/open-apis/contact/v3/users/${String(eventIn(made.events).object.open_id)}/resurrect?user_id_type=open_id&department_id_type=department_id`;
    const again = { ...headers, authorization: `Bearer ${await tokenOf(directory, ALL, SECRET)}` };
    const body = { departments: [{ department_id: 'rd' }] };
    expect((await directory.send('POST', path, { headers: again, body })).json).toMatchObject({ code: 0 });
  });
  expect(back.types).toEqual(['contact.user.created_v3']);
});
