import { afterEach, describe, expect, test } from 'vitest';
import { clientOf as hoseClient } from '../../hose/hose-client.ts';
import { openTestDirectory } from '../../../support/test-directory.ts';
import { lifeIn, named, openLifecycleClient, said, type Company, type LifecycleClient } from './lifecycle-client.ts';

let life: LifecycleClient;
const open = async (company?: Company): Promise<void> => {
  life = await openLifecycleClient(company);
};
afterEach(() => life.directory.close());

const mail = `mail_service_enabled: true\nmail_domains: [{ domain: inn.example }]\nsubscriptions: [{ subscription_id: s1, total_seats: 1 }]`;

test('who leaves is resigned from today on, leads nobody, and gives seats and mailbox up', async () => {
  await open({ settings: mail });
  await life.client.patch('ann', { enterprise_email: 'ann@inn.example' }, { subscription_ids: ['s1'] });
  const answer = await life.resign('ann', {
    options: {
      resigned_employee_resource_receiver: { docs_acceptor_employee_id: 'bob', email_acceptor_employee_id: '' },
    },
  });
  expect([answer.status, answer.json]).toEqual([200, { code: 0, msg: 'success', data: {} }]);
  expect(answer.outcome?.records[0]?.verdicts).toEqual([
    { field: 'options.resigned_employee_resource_receiver.docs_acceptor_employee_id', verdict: 'applied' },
  ]);
  expect(await life.standing('ann')).toEqual([2, 2, true]);
  const { base_info, work_info } = await life.client.read('ann');
  expect(base_info).toMatchObject({
    resign_time: '2026-01-05',
    enterprise_email: '',
    subscription_ids: [],
    departments: [],
  });
  expect(work_info.resign_date).toBe('2026-01-05');
  expect(await life.directory.employee('inn', 'bob')).toMatchObject({ leader: null, dottedLeaders: ['boss'] });
  expect(await life.directory.employee('inn', 'cas')).toMatchObject({ dottedLeaders: [] });
  // One change for each who is touched, and none for anybody else.
  const changes = await Promise.all(['ann', 'bob', 'cas', 'boss'].map((id) => life.directory.history('inn', id)));
  expect(changes.map(({ length }) => length)).toEqual([2, 1, 1, 0]);
  expect(changes[1]?.[0]?.origin.operation).toBe('employee.delete');
  const tenant = await life.directory.store.tenantByKey('inn');
  expect(tenant?.departments.get('kitchen')?.leaders).toEqual([{ employee: 'bob', deputy: true }]);
  // Her seat and her id are free, her mail address is not.
  const eve = { ...named('Eve'), mobile: '+8613100000001', email: 'ann@inn.example', custom_employee_id: 'ann' };
  expect((await life.create({ ...eve, enterprise_email: 'ann@inn.example' })).json.code).toBe(2221147);
  expect((await life.create(eve, { subscription_ids: ['s1'] })).json.code).toBe(0);
  life.directory.clock.advance(30 * 86_400_000);
  life = { ...life, ...(await lifeIn(life.directory, ['cli_one', 'one'])) };
  expect((await life.client.patch('bob', { enterprise_email: 'ann@inn.example' })).json.code).toBe(0);
});

test('more people than are looked at together lose a leader', async () => {
  const crowd = Array.from({ length: 620 }, (_, n) => `- { id: c${String(n)}, name: C, leader: cas }`).join('\n');
  await open({ more: crowd });
  expect((await life.resign('cas')).json.code).toBe(0);
  for (const id of ['c0', 'c499', 'c500', 'c619']) expect((await life.directory.employee('inn', id)).leader).toBeNull();
});

describe('each code has a state that gives rise to it', () => {
  test('Unable to delete tenant founder', async () => {
    await open();
    expect(said(await life.resign('boss'))).toEqual([400, 2221183, 'Unable to delete tenant founder']);
    expect(await life.directory.history('inn', 'boss')).toEqual([]);
  });

  test('Frequent deletion. User recovered less than an hour ago', async () => {
    await open();
    await life.resurrect('old');
    life.directory.clock.advance(59 * 60_000);
    expect(said(await life.resign('old'))).toEqual([
      400,
      2221185,
      'Frequent deletion. User recovered less than an hour ago',
    ]);
    life.directory.clock.advance(60_000);
    expect((await life.resign('old')).json.code).toBe(0);
  });

  test('User staff status not updated, of whoever is gone already', async () => {
    await open();
    expect(said(await life.resign('old'))).toEqual([400, 2221246, 'User staff status not updated']);
    expect((await life.resign('bob', '')).json.code).toBe(0);
    expect((await life.resign('bob', '')).json.code).toBe(2221246);
  });

  test('No permission to operate', async () => {
    await open({ settings: 'plan: basic' });
    expect(said(await life.resign('bob'))).toEqual([400, 2224001, 'No permission to operate']);
  });

  test('No permission to operate record, unless all departments are in scope and the source may be edited', async () => {
    await open({
      settings: 'external_source_locked: true',
      more: '- { id: fed, name: Fed, feishu: { data_source: 2 } }',
    });
    expect((await life.resign('fed')).json.code).toBe(2224002);
    const kitchen = await lifeIn(life.directory, ['cli_kitchen', 'kitchen']);
    expect(said(await kitchen.resign('ann'))).toEqual([400, 2224002, 'No permission to operate record']);
    expect((await kitchen.resign('cas')).json.code).toBe(2224002);
    expect((await kitchen.resign('bob')).json.code).toBe(0);
  });

  test.each(['nobody', 'old', 'bob'])('a receiver who is not there to receive, or leaves: %s', async (receiver) => {
    await open();
    const member = 'docs_acceptor_employee_id';
    const answer = await life.resign('bob', {
      options: { resigned_employee_resource_receiver: { [member]: receiver } },
    });
    expect(said(answer)).toEqual([400, 2220001, 'param is invalid']);
    expect(answer.json.error.field_violations[0].field).toBe(`options.resigned_employee_resource_receiver.${member}`);
    expect(await life.directory.history('inn', 'bob')).toEqual([]);
  });

  test('an id that nobody has', async () => {
    await open();
    expect((await life.resign('nobody')).json.code).toBe(99992360);
  });
});

test('the other platforms see who came and who left', async () => {
  await open({
    dialects:
      'wecom: { corpid: ww_inn, apps: [{ agentid: 1, secret: s, hr_callable: true, visible_range: { department_ids: [1] } }] }\nhose: { corporation_id: CorpI, apps: [{ app_key: k, app_security: s }] }',
  });
  const created = await life.create({ ...named('Dee'), mobile: '+8613199999999', job_number: '77' });
  const id = created.outcome?.records[0]?.employee ?? '';
  const { json: token } = await life.directory.send('GET', '/cgi-bin/gettoken?corpid=ww_inn&corpsecret=s');
  const staff = async (userid: string): Promise<unknown> => {
    const body = {
      userid,
      fieldids: [
        { fieldid: 11001, sub_idx: 0 },
        { fieldid: 12004, sub_idx: 0 },
      ],
    };
    const path = `/cgi-bin/hr/get_staff_info?access_token=${String(token.access_token)}`;
    return (await life.directory.send('POST', path, { body })).json;
  };
  const hose = await hoseClient(life.directory, 'k', 's');
  expect(await staff(id)).toMatchObject({ errcode: 0, field_info: [{ value_string: 'Dee' }, {}] });
  expect(await hose.staff(`CorpI:${id}`)).toMatchObject({
    name: 'Dee',
    code: '77',
    cellphone: '13199999999',
    active: true,
  });
  expect((await life.resign(created.json.data.employee_id)).json.code).toBe(0);
  expect(await staff(id)).not.toMatchObject({ field_info: [{ value_string: 'Dee' }, { value_uint32: 1 }] });
  const listed = await hose.send('GET', '/api/openapi/v1/staffs?start=0&count=100&active=true');
  expect(listed.text).not.toContain(`CorpI:${id}`);
  await life.resurrect(created.json.data.employee_id);
  expect(await hose.staff(`CorpI:${id}`)).toMatchObject({ active: true, departments: ['CorpI'] });
});

test('what is remembered of who left goes through the company file without loss', async () => {
  await open({ settings: mail });
  await life.client.patch('ann', { enterprise_email: 'ann@inn.example' });
  const receivers = { docs_acceptor_employee_id: 'bob' };
  await life.resign('ann', { options: { resigned_employee_resource_receiver: receivers } });
  const file = await life.directory.companies.export('inn');
  expect(file).toContain('mailbox_at_resignation');
  const other = await openTestDirectory({ companies: [file ?? ''] });
  expect(await other.companies.export('inn')).toBe(file);
  const [there, here] = [await other.employee('inn', 'ann'), await life.directory.employee('inn', 'ann')];
  expect(there.extensions['feishu']).toEqual(here.extensions['feishu']);
  await other.close();
});
