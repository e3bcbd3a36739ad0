import { afterEach, beforeEach, expect, test } from 'vitest';
import { load } from '../../../../src/directory/store.ts';
import type { Account } from '../../../../src/directory/auth/account.ts';
import { openTestDirectory, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, type Client } from '../feishu-client.ts';

/* 未加入 and 未激活: changing mobile or work mail moves the login, resets to 未加入 and sends an invitation. [seed] */

let directory: TestDirectory;
let client: Client;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [other, gone, company] });
  client = await clientOf(directory, 'cli_a', 'a');
});
afterEach(() => directory.close());

const company = `
mingce: 1
key: inn
name: Inn
feishu: { certified: true, mobile_required: false, apps: [{ app_id: cli_a, app_secret: a }] }
departments: [{ id: top, name: Inn }]
employees:
  - { id: new, name: New, activation: not-activated, departments: [top], mobile: "+8613100000001", email: New@inn.example, account: { id: acc_new, mobile: "+8613100000001", email: new@inn.example } }
  - { id: far, name: Far, activation: not-joined, departments: [top], mobile: "+8613100000002", email: far@inn.example, account: { id: acc_far, mobile: "+8613100000002", email: far@inn.example } }
  - { id: bare, name: Bare, activation: not-joined, departments: [top], mobile: "+8613100000003" }
  - { id: here, name: Here, departments: [top], mobile: "+8613100000004", email: here@inn.example, account: { id: acc_here, mobile: "+8613100000004", email: here@inn.example } }
  - { id: cold, name: Cold, activation: not-joined, frozen: true, departments: [top], mobile: "+8613100000005", account: { id: acc_cold, mobile: "+8613100000005" } }
  - { id: both, name: Both, activation: not-joined, departments: [top], mobile: "+8613100000006", account: { id: acc_both } }
`;
const other = `
mingce: 1
key: other
name: Other
departments: [{ id: top, name: Other }]
employees:
  - { id: both, name: Both, departments: [top], account: { id: acc_both, mobile: "+8613100000006" } }
  - { id: held, name: Held, departments: [top], account: { id: acc_held, mobile: "+8613199999999", email: held@inn.example } }
`;
const gone = `
mingce: 1
key: gone
name: Gone
state: dissolved
departments: [{ id: top, name: Gone }]
employees: [{ id: stale, name: Stale, departments: [top], account: { id: acc_stale, mobile: "+8613188888888", email: stale@x.example } }]
`;

async function outbox(): Promise<readonly (readonly [string, string, string])[]> {
  const number = (await directory.store.tenantByKey('inn'))?.number ?? 0;
  const kept = await directory.store.read(() => load('invitations', { tenant: number, before: null, limit: 100 }));
  return kept.map(({ employee, channel, address }) => [employee, channel, address] as const).toReversed();
}

async function account(id: string): Promise<Account | undefined> {
  const found = await directory.store.read(() => load('accounts-by', { by: 'id', values: [id] }));
  const held = found.get(id);
  return held === undefined ? undefined : { id, mobile: held.mobile, email: held.email };
}

const activeStatus = async (id: string): Promise<number> => (await client.read(id)).base_info.active_status;

test('a new mobile of someone 未激活: the login follows, 未加入 again, an SMS', async () => {
  expect(await activeStatus('new')).toBe(1);
  const answer = await client.patch('new', { mobile: '13100000011' });
  expect(answer.json).toEqual({ code: 0, msg: 'success', data: {} });
  expect(await activeStatus('new')).toBe(5);
  expect(await account('acc_new')).toEqual({ id: 'acc_new', mobile: '+8613100000011', email: 'new@inn.example' });
  expect(await outbox()).toEqual([['new', 'sms', '+8613100000011']]);
  const [change] = await directory.history('inn', 'new');
  expect(change?.fields).toEqual({
    mobile: [
      { country: '86', number: '13100000001' },
      { country: '86', number: '13100000011' },
    ],
    activation: ['not-activated', 'not-joined'],
  });
  expect(answer.outcome?.records).toEqual([
    {
      employee: 'new',
      verdicts: [
        { field: 'employee.mobile', verdict: 'normalised', from: '13100000011', to: '+8613100000011' },
        { field: 'login.mobile', verdict: 'applied' },
        {
          field: 'active_status',
          verdict: 'applied',
          reason: 'changing the mobile or work email resets activation for employees who have not joined',
        },
        { field: 'invitation.sms', verdict: 'applied' },
      ],
    },
  ]);
});

test('who is 未加入 stays so and is invited again: by both when both changed', async () => {
  const answer = await client.patch('far', { mobile: '+8613100000012', email: 'Far2@inn.example' });
  expect(answer.json.code).toBe(0);
  expect(await activeStatus('far')).toBe(5);
  expect(await account('acc_far')).toEqual({ id: 'acc_far', mobile: '+8613100000012', email: 'far2@inn.example' });
  expect(await outbox()).toEqual([
    ['far', 'sms', '+8613100000012'],
    ['far', 'mail', 'Far2@inn.example'],
  ]);
  const [change] = await directory.history('inn', 'far');
  expect(Object.keys(change?.fields ?? {}).toSorted()).toEqual(['email', 'mobile']);
  expect(answer.outcome?.records[0]?.verdicts.find(({ field }) => field === 'active_status')?.verdict).toBe(
    'unchanged',
  );
});

test('what was cleared is taken from the login, and the invitation goes to what remains', async () => {
  expect((await client.patch('far', { email: '' })).json.code).toBe(0);
  expect(await account('acc_far')).toEqual({ id: 'acc_far', mobile: '+8613100000002', email: null });
  expect((await client.patch('new', { mobile: '' })).json.code).toBe(0);
  expect(await account('acc_new')).toEqual({ id: 'acc_new', mobile: null, email: 'new@inn.example' });
  expect(await outbox()).toEqual([
    ['far', 'sms', '+8613100000002'],
    ['new', 'mail', 'New@inn.example'],
  ]);
});

test('one cleared, the other changed: one invitation', async () => {
  expect((await client.patch('far', { mobile: '', email: 'far3@inn.example' })).json.code).toBe(0);
  expect(await outbox()).toEqual([['far', 'mail', 'far3@inn.example']]);
});

test('who had no login gets one', async () => {
  expect((await client.patch('bare', { email: 'bare@inn.example' })).json.code).toBe(0);
  const { account: id } = await directory.employee('inn', 'bare');
  expect(await account(id ?? '')).toEqual({ id, mobile: null, email: 'bare@inn.example' });
  expect(await outbox()).toEqual([['bare', 'mail', 'bare@inn.example']]);
});

test.each([
  ['the same values', 'new', { mobile: '13100000001', email: 'New@inn.example' }],
  ['the same mail in other letters', 'new', { email: 'new@INN.example' }],
  ['anything else', 'new', { description: 'x', job_number: '7' }],
])('%s: no reset, no invitation', async (_, id, employee) => {
  expect((await client.patch(id, employee)).json.code).toBe(0);
  expect(await activeStatus(id)).toBe(1);
  expect(await account('acc_new')).toEqual({ id: 'acc_new', mobile: '+8613100000001', email: 'new@inn.example' });
  expect(await outbox()).toEqual([]);
});

test.each([
  ['here', 2, 'acc_here', '+8613100000004'],
  ['cold', 3, 'acc_cold', '+8613100000005'],
])('%s, active_status %i: contact data changes, the login stays', async (id, status, login, mobile) => {
  expect((await client.patch(id, { mobile: '+8613100000013' })).json.code).toBe(0);
  expect(await activeStatus(id)).toBe(status);
  expect((await account(login))?.mobile).toBe(mobile);
  expect(await outbox()).toEqual([]);
});

test('whoever is brought back from freezing by the same request was frozen: no reset', async () => {
  expect((await client.patch('cold', { is_frozen: false, mobile: '+8613100000013' })).json.code).toBe(0);
  expect(await activeStatus('cold')).toBe(5);
  expect(await outbox()).toEqual([]);
});

test('what somebody else logs in with stays with him, and the update is accepted', async () => {
  const answer = await client.patch('new', { mobile: '+8613199999999', email: 'held@inn.example' });
  expect(answer.json.code).toBe(0);
  expect(await account('acc_held')).toEqual({ id: 'acc_held', mobile: '+8613199999999', email: 'held@inn.example' });
  expect(await account('acc_new')).toEqual({ id: 'acc_new', mobile: null, email: null });
  expect((await outbox()).map(([, channel]) => channel)).toEqual(['sms', 'mail']);
  expect(answer.outcome?.records[0]?.verdicts.filter(({ field }) => field.startsWith('login.'))).toEqual([
    { field: 'login.mobile', verdict: 'ignored', reason: 'somebody else logs in with it' },
    { field: 'login.email', verdict: 'ignored', reason: 'somebody else logs in with it' },
  ]);
});

test('a login of a company that is no more is taken over', async () => {
  expect((await client.patch('new', { mobile: '+8613188888888' })).json.code).toBe(0);
  expect((await account('acc_new'))?.mobile).toBe('+8613188888888');
  expect(await account('acc_stale')).toEqual({ id: 'acc_stale', mobile: null, email: 'stale@x.example' });
});

test('an account that another company uses too is not changed', async () => {
  const answer = await client.patch('both', { mobile: '+8613100000016' });
  expect(answer.json.code).toBe(0);
  expect(await account('acc_both')).toEqual({ id: 'acc_both', mobile: '+8613100000006', email: null });
  expect(await outbox()).toEqual([['both', 'sms', '+8613100000016']]);
  expect(answer.outcome?.records[0]?.verdicts[1]).toEqual({
    field: 'login.mobile',
    verdict: 'ignored',
    reason: 'the person logs in to another company with the same account',
  });
});

test('a refused update moves nothing', async () => {
  expect((await client.patch('new', { mobile: '+8613100000004' })).json.code).toBe(2221103);
  expect(await activeStatus('new')).toBe(1);
  expect(await outbox()).toEqual([]);
  expect(await directory.history('inn', 'new')).toEqual([]);
});

test('of two who claim one new mail at once one has it, and one invitation goes out', async () => {
  const both = ['new', 'far'].map((id) => client.patch(id, { email: 'wanted@inn.example' }));
  const codes = (await Promise.all(both)).map(({ json }) => json.code);
  expect(codes.toSorted((a, b) => a - b)).toEqual([0, 2221104]);
  expect(await outbox()).toHaveLength(1);
});
