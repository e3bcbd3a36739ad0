import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { callsWith, userTokenOf } from './oauth-client.ts';
import { tokenOf } from '../feishu-client.ts';

const file = (key: string): string => `
mingce: 1
key: ${key}
name: ${key}
feishu:
  rate_limit_enabled: true
  founder: ann
  apps:
    - { app_id: cli_${key}_one, app_secret: s }
    - { app_id: cli_${key}_two, app_secret: s }
    - { app_id: cli_${key}_bare, app_secret: s, scopes: [] }
employees:
  - { id: ann, name: Ann }
`;

let directory: TestDirectory;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [file('inn'), file('pub')] });
});
afterEach(() => directory.close());

type Calls = ReturnType<typeof callsWith>;
const callsOf = async (app: string): Promise<Calls> => callsWith(directory, await tokenOf(directory, app, 's'));
const many = (times: number, send: () => Promise<Answer>): Promise<readonly number[]> =>
  Promise.all(Array.from({ length: times }, async () => (await send()).json.code as number));
const refused = (codes: readonly number[]): number => codes.filter((code) => code === 99991400).length;

test('an eleventh update in a second is told to wait, and is not counted itself', async () => {
  const { patch } = await callsOf('cli_inn_one');
  const rename = (): Promise<Answer> => patch('ann', { name: { name: { default_value: 'Ann' } } });
  expect(refused(await many(10, rename))).toBe(0);
  directory.clock.advance(400);
  const answer = await patch('ann', { name: { name: { default_value: 'Not so fast' } } });
  expect([answer.status, answer.json]).toEqual([429, { code: 99991400, msg: 'request trigger frequency limit' }]);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'x-ogw-ratelimit-limit': '10',
    'x-ogw-ratelimit-reset': '1',
    'x-tt-logid': expect.stringMatching(/^[0-9]{14}[0-9A-F]{20}$/),
    'x-request-id': expect.any(String),
  });
  expect((await directory.employee('inn', 'ann')).name.value).toBe('Ann');
  expect(await directory.history('inn', 'ann')).toEqual([]);
  expect(refused(await many(50, rename))).toBe(50);
  directory.clock.advance(600);
  expect(refused(await many(11, rename))).toBe(1);
});

test('each app, company and operation is counted by itself', async () => {
  const first = await callsOf('cli_inn_one');
  await many(10, () => first.patch('ann', {}));
  expect(refused(await many(1, () => first.patch('ann', {})))).toBe(1);
  expect(refused(await many(1, () => first.mget(['ann'])))).toBe(0);
  const others = [await callsOf('cli_inn_two'), await callsOf('cli_pub_one')];
  for (const { patch } of others) expect(refused(await many(10, () => patch('ann', {})))).toBe(0);
});

test('an app and its users are counted together', async () => {
  const { patch } = await callsOf('cli_inn_one');
  const scope = 'directory:employee:write directory:employee.base.external_id:read';
  const user = callsWith(directory, await userTokenOf(directory, { id: 'cli_inn_one', secret: 's' }, 'ann', scope));
  expect(await many(6, () => patch('ann', {}))).toEqual(Array(6).fill(0));
  expect(refused(await many(5, () => user.patch('ann', {})))).toBe(1);
});

test('reads have two windows, either of which can be used up', async () => {
  const { mget } = await callsOf('cli_inn_one');
  for (let second = 0; second < 20; second++) {
    expect(refused(await many(second === 3 ? 51 : 50, () => mget(['ann'])))).toBe(second === 3 ? 1 : 0);
    directory.clock.advance(1_000);
  }
  const answer = await mget(['ann']);
  expect(answer.json.code).toBe(99991400);
  expect([answer.headers['x-ogw-ratelimit-limit'], answer.headers['x-ogw-ratelimit-reset']]).toEqual(['1000', '40']);
  directory.clock.advance(40_000);
  expect((await mget(['ann'])).json.code).toBe(0);
});

test('a request counts once its token is known, whatever is wrong with it, and not before', async () => {
  const { mget, patch } = await callsOf('cli_inn_bare');
  const codes = await many(11, () => patch('ann', {}));
  // Who comes first of those that are sent at once is up to the store.
  expect(codes.toSorted((a, b) => a - b)).toEqual([99991400, ...Array<number>(10).fill(99991672)]);
  expect((await mget(['ann'])).json.code).toBe(99991672);
  const { patch: unknown } = callsWith(directory, 't-unknown');
  expect(await many(11, () => unknown('ann', {}))).toEqual(Array(11).fill(99991663));
});

test('nothing is counted where the company says so', async () => {
  const { patch } = await callsOf('cli_inn_one');
  await many(11, () => patch('ann', {}));
  const off = file('inn').replace('rate_limit_enabled: true', 'rate_limit_enabled: false');
  await directory.companies.apply('inn', off, { plan: false, request: 'test' });
  expect(await many(30, () => patch('ann', {}))).toEqual(Array(30).fill(0));
});
