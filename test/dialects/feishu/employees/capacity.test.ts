import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, type Client } from '../feishu-client.ts';

let directory: TestDirectory;
let client: Client;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [company()] });
  client = await clientOf(directory, 'cli_a', 'a');
});
afterEach(() => directory.close());

const PEOPLE = ['ann', 'bob', 'cat', 'dan'];

const company = (settings = 'certified: true, certified_seat_limit: null'): string => `
mingce: 1
key: inn
name: Inn
feishu:
  ${settings.split(', ').join('\n  ')}
  department_member_limit: 2
  subscriptions:
    - { subscription_id: "s:1", total_seats: 2 }
    - { subscription_id: s2, total_seats: 1 }
    - { subscription_id: s3, total_seats: 1 }
  apps: [{ app_id: cli_a, app_secret: a }]
departments: [{ id: top, name: Inn }, { id: kitchen, name: Kitchen, parent: top }, { id: bar, name: Bar, parent: top }]
employees:
  - { id: ann, name: Ann, departments: [kitchen], email: ann@inn.example, feishu: { subscription_ids: ["s:1"] } }
  - { id: bob, name: Bob, departments: [bar], email: bob@inn.example, frozen: true, feishu: { subscription_ids: ["s:1", s2] } }
  - { id: cat, name: Cat, departments: [bar], email: cat@inn.example }
  - { id: dan, name: Dan, departments: [top], email: dan@inn.example }
  - { id: old, name: Old, status: resigned, left_on: 2025-01-01, departments: [kitchen] }
`;

const seats = (id: string, ...subscription_ids: string[]) => client.patch(id, {}, { subscription_ids });
const join = (id: string, ...departments: string[]) =>
  client.patch(id, { employee_order_in_departments: departments.map((department_id) => ({ department_id })) });

describe('a department takes no more than its limit', () => {
  test('2221125 for who joins a full one; whoever is there stays, and one who left does not count', async () => {
    expect((await join('dan', '0', 'bar')).json).toMatchObject({
      code: 2221125,
      msg: 'The number of members within the department exceeds the limit. Please contact an administrator for help',
    });
    expect(await directory.history('inn', 'dan')).toEqual([]);
    expect((await join('dan', 'kitchen')).json.code).toBe(0);
    expect((await join('cat', 'bar', 'kitchen')).json.code).toBe(2221125);
    expect((await join('cat', 'bar')).json.code).toBe(0);
    expect((await join('ann', '0')).json.code).toBe(0);
    expect((await join('cat', 'bar', 'kitchen')).json.code).toBe(0);
  });

  test('of several who join at once the last place goes to one', async () => {
    const answers = await Promise.all(['bob', 'cat', 'dan'].map((id) => join(id, 'kitchen')));
    expect(answers.map(({ json }) => json.code).toSorted((a, b) => a - b)).toEqual([0, 2221125, 2221125]);
  });
});

describe('a subscription has so many seats', () => {
  test('2221253 for who takes one more; holders of the company file count, and keep theirs', async () => {
    const refused = await seats('cat', 's:1');
    expect(refused.json).toMatchObject({ code: 2221253, msg: 'Designated licenseID is insufficient' });
    expect(refused.outcome?.records[0]).toMatchObject({
      problem: { kind: 'too-long', subject: 'seats', limit: 2 },
      verdicts: [{ field: 'options.subscription_ids', verdict: 'refused' }],
    });
    expect((await seats('ann', 's:1', 's3')).json.code).toBe(0);
    expect((await seats('cat', 's3')).json.code).toBe(2221253);
  });

  test('a seat that was given up is free, and one that was taken is not', async () => {
    expect((await seats('bob')).json.code).toBe(0);
    expect((await seats('cat', 's2')).json.code).toBe(0);
    expect((await seats('dan', 's2')).json.code).toBe(2221253);
    expect((await seats('dan', 's:1')).json.code).toBe(0);
    expect((await seats('cat', 's2', 's:1')).json.code).toBe(2221253);
    const [change] = await directory.history('inn', 'cat');
    expect(change?.fields).toEqual({
      'extensions.feishu.subscriptionIds': [null, ['s2']],
      'ids.feishu.seat:s2': [null, 's2'],
    });
  });

  test('of several who take the last one at once one gets it', async () => {
    await seats('bob');
    const answers = await Promise.all(PEOPLE.map((id) => seats(id, 's2')));
    expect(answers.map(({ json }) => json.code).toSorted((a, b) => a - b)).toEqual([0, 2221253, 2221253, 2221253]);
  });

  test('the file says who has which, and nothing else of it', async () => {
    const text = (await directory.companies.export('inn')) ?? '';
    expect(text).toContain('subscription_ids');
    expect(text).not.toContain('feishu.seat');
    const applied = await directory.companies.apply('inn', text, { plan: true, request: 'test' });
    expect(applied.steps).toEqual([]);
  });
});

describe('a company that is over its limit changes nothing', () => {
  const over = async (settings: string): Promise<void> => {
    await directory.companies.apply('inn', company(settings), { plan: false, request: 'test' });
  };

  test.each([
    ['certified: true, certified_seat_limit: 3', 2221111, 'Exceeds certified seat limit'],
    ['certified: true, billing_seat_limit: 3', 2221112, 'Exceeds billing plan seat limit'],
    ['certified: true, certified_seat_limit: 3, billing_seat_limit: 3', 2221111, 'Exceeds certified seat limit'],
  ])('with %s: %i', async (settings, code, msg) => {
    await over(settings);
    expect((await client.patch('ann', { description: 'x' })).json).toMatchObject({ code, msg });
    expect(await directory.history('inn', 'ann')).toEqual([]);
    expect((await client.patch('ann', { email: 'ann@inn.example' })).json.code).toBe(0);
    expect((await client.patch('ann', {})).json.code).toBe(0);
  });

  test('people without a department are in service, too', async () => {
    const fifth = '  - { id: eve, name: Eve, departments: [] }\n';
    const settings = company('certified: true, billing_seat_limit: 4');
    await directory.companies.apply('inn', settings + fifth, { plan: false, request: 'test' });
    expect((await client.patch('ann', { description: 'x' })).json.code).toBe(2221112);
    const expected = fifth.replace(' }', ', status: pre-hire }');
    await directory.companies.apply('inn', settings + expected, { plan: false, request: 'test' });
    expect((await client.patch('ann', { description: 'x' })).json.code).toBe(0);
  });

  test('four are not more than four, frozen ones included and those who left not', async () => {
    await over('certified: true, certified_seat_limit: 4, billing_seat_limit: 4');
    expect((await client.patch('ann', { description: 'x' })).json.code).toBe(0);
  });

  test('who is only expected takes no seat, and so blocks nothing until the first day', async () => {
    const settings = 'certified: true, certified_seat_limit: 4, billing_seat_limit: 4, contact_seat_limit: 4';
    const next = '  - { id: new, name: New, status: pre-hire, departments: [bar] }\n';
    const expecting = company(settings) + next;
    await directory.companies.apply('inn', expecting, { plan: false, request: 'test' });
    expect((await client.patch('ann', { description: 'x' })).json.code).toBe(0);
    const come = expecting.replace('pre-hire', 'regular');
    await directory.companies.apply('inn', come, { plan: false, request: 'test' });
    expect((await client.patch('ann', { description: 'y' })).json.code).toBe(2221111);
  });
});
