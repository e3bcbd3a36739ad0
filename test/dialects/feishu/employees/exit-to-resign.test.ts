import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, type Client } from '../feishu-client.ts';

/* 主动退出: who left the workspace has resigned exit_to_resign_days later (contract 4.9). */

const HOUR = 3_600_000;
const file = `
mingce: 1
key: inn
name: Inn
feishu:
  exit_to_resign_days: 2
  apps: [{ app_id: cli_inn, app_secret: inn }]
wecom: { corpid: ww_inn, apps: [{ agentid: 2, secret: contact, kind: contact_sync }] }
departments:
  - { id: top, name: Inn }
  - { id: bar, name: Bar, parent: top, leaders: [{ employee: off }] }
employees:
  - { id: ann, name: Ann, leader: off }
  - { id: off, name: Off, activation: exited, departments: [bar], email: off@inn.example }
  - { id: out, name: Out, activation: exited }
  - { id: ice, name: Ice }
`;

let directory: TestDirectory;
let client: Client;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [file] });
  client = await clientOf(directory, 'cli_inn', 'inn');
});
afterEach(() => directory.close());

const statusOf = async (id: string): Promise<readonly unknown[]> => {
  const { base_info, work_info } = await (await clientOf(directory, 'cli_inn', 'inn')).read(id);
  return [work_info.staff_status, base_info.active_status, base_info.is_resigned, base_info.resign_time];
};

test('it is so after that many days, and not before', async () => {
  directory.clock.advance(47 * HOUR);
  expect(await statusOf('off')).toEqual([1, 4, false, '']);
  directory.clock.advance(2 * HOUR);
  const leaves = new Date(directory.clock.now() - HOUR + 8 * HOUR).toISOString().slice(0, 10);
  expect(await statusOf('off')).toEqual([2, 4, true, leaves]);
  // Everything that comes with a resignation has come.
  const tenant = await directory.store.tenantByKey('inn');
  expect(tenant?.departments.get('bar')?.leaders).toEqual([]);
  expect((await (await clientOf(directory, 'cli_inn', 'inn')).read('ann')).base_info.leader_id).toBe('');
  expect((await directory.history('inn', 'off')).map(({ origin }) => origin.operation)).toEqual([
    'employee.exit-to-resign',
  ]);
  // No one else has, and none does twice.
  directory.clock.advance(24 * HOUR);
  expect(await statusOf('ice')).toEqual([1, 2, false, '']);
  expect(await directory.history('inn', 'off')).toHaveLength(1);
});

test('the days count from when the file says that the person left', async () => {
  const left = new Date(directory.clock.now() - 24 * HOUR).toISOString();
  const changed = file.replace('activation: exited }', `activation: exited, feishu: { exited_at: ${left} } }`);
  await directory.companies.apply('inn', changed, { plan: false, request: 'test' });
  expect(await directory.companies.export('inn')).toContain(`exited_at: ${left}`);
  directory.clock.advance(23 * HOUR);
  expect((await statusOf('out'))[0]).toBe(1);
  directory.clock.advance(2 * HOUR);
  expect([(await statusOf('out'))[0], (await statusOf('off'))[0]]).toEqual([2, 1]);
});

test('the first call that writes sees it too: the mail of who has resigned is free', async () => {
  const taken = await client.patch('ann', { email: 'off@inn.example' });
  expect(taken.json.code).toBe(2221104);
  directory.clock.advance(49 * HOUR);
  const later = await clientOf(directory, 'cli_inn', 'inn');
  expect((await later.patch('ann', { email: 'off@inn.example' })).json.code).toBe(0);
});

test('who left by a later company file resigns that many days after it', async () => {
  directory.clock.advance(30 * HOUR);
  await directory.companies.apply('inn', file.replace('name: Ice', 'name: Ice, activation: exited'), {
    plan: false,
    request: 'test',
  });
  directory.clock.advance(30 * HOUR);
  expect(await statusOf('ice')).toEqual([1, 4, false, '']);
  directory.clock.advance(19 * HOUR);
  expect((await statusOf('ice')).slice(0, 3)).toEqual([2, 4, true]);
});

test('without the setting nobody resigns by itself', async () => {
  await directory.companies.apply('inn', file.replace('  exit_to_resign_days: 2\n', ''), {
    plan: false,
    request: 'test',
  });
  directory.clock.advance(1_000 * HOUR);
  expect(await statusOf('off')).toEqual([1, 4, false, '']);
});

test('who came back is given the whole time again', async () => {
  directory.clock.advance(49 * HOUR);
  expect((await statusOf('off'))[0]).toBe(2);
  const token = await directory.send('POST', '/open-apis/auth/v3/tenant_access_token/internal', {
    body: { app_id: 'cli_inn', app_secret: 'inn' },
  });
  const back = await directory.send(
    'POST',
    '/open-apis/directory/v1/employees/off/resurrect?employee_id_type=employee_id',
    { headers: { authorization: `Bearer ${token.json.tenant_access_token}` }, body: {} },
  );
  expect(back.json.code).toBe(0);
  directory.clock.advance(47 * HOUR);
  expect((await statusOf('off')).slice(0, 2)).toEqual([1, 4]);
  directory.clock.advance(2 * HOUR);
  expect((await statusOf('off'))[0]).toBe(2);
});
