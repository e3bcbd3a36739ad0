import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshSchema } from '../support/fresh-store.ts';
import { startServer, type RunningServer } from '../support/running-server.ts';
import { adminOf, feishuOf, hoseOf, wecomOf, type HttpAnswer } from '../support/clients/http.ts';

/* Three nodes, each a process, on one database: a caller need not know which of them answers. */

const PEOPLE = 30;
const ROUNDS = 10;

function company(titles: number): string {
  return `
mingce: 1
key: race
name: Race
feishu: { certified: true, rate_limit_enabled: false, apps: [{ app_id: cli_race, app_secret: s }] }
wecom: { corpid: ww_race, apps: [{ agentid: 1, secret: s, kind: self_built, hr_callable: true, visible_range: { department_ids: [1] } }] }
hose: { corporation_id: race, apps: [{ app_key: race, app_security: s }] }
departments: [{ id: root, name: Race, code: "001" }]
job_titles: [${Array.from({ length: titles }, (_, index) => `{ id: t${String(index)}, name: Title ${String(index)}, code: T${String(index)} }`).join(', ')}]
`;
}

const people = `employees:
${Array.from({ length: PEOPLE }, (_, index) => `  - { id: e${String(index)}, name: 员工${String(index)}, job_number: "${String(1_000 + index)}" }`).join('\n')}
`;

let nodes: readonly RunningServer[];
beforeAll(async () => {
  const store = await freshSchema();
  // All at once on an empty database: one makes the tables and the demo company, the others find them.
  nodes = await Promise.all([1, 2, 3].map(() => startServer(['--store', store])));
  const made = await adminOf(url(0)).apply('race', company(1) + people);
  if (made.status !== 200) throw new Error(made.text);
});
afterAll(async () => {
  const codes = await Promise.all(nodes.map((node) => node.stop()));
  if (codes.some((code) => code !== 0)) throw new Error(`nodes reply to stop ended with ${codes.join(', ')}`);
});

function url(node: number): string {
  return nodes[node % nodes.length]?.url ?? '';
}

function each<Result>(ask: (url: string, node: number) => Promise<Result>): Promise<readonly Result[]> {
  return Promise.all(nodes.map((node, index) => ask(node.url, index)));
}

test('nodes that started at once made everything once', async () => {
  const answers = await each((node) => adminOf(node).changes('demo', 'zhangsan'));
  for (const { json } of answers) expect(json.changes).toHaveLength(1);
});

test('what one node was told over one platform, the others tell over the others', async () => {
  const feishu = await feishuOf(url(0), 'cli_mingce_demo', 'mingce-demo-secret');
  const wecom = await wecomOf(url(1), 'ww_mingce_demo', 'mingce-demo-secret');
  const hose = await hoseOf(url(2), 'mingce-demo-key', 'mingce-demo-security');
  const reply = await feishu.patch('zhangsan', { name: { name: { default_value: '张三三' } }, job_number: 'J1' });
  expect(reply.json.code, reply.text).toBe(0);
  expect((await wecom.get('zhangsan', 11001)).json.field_info[0].value_string).toBe('张三三');
  expect((await hose.get('xgJ3wajigF25H0:zhangsan')).json.items[0]).toMatchObject({ name: '张三三', code: 'J1' });
  const histories = await each(async (node) => (await adminOf(node).changes('demo', 'zhangsan')).json);
  expect(histories[1]).toEqual(histories[0]);
  expect(histories[2]).toEqual(histories[0]);
  expect(histories[0].changes).toHaveLength(2);
});

test('refusals are the same on each node', async () => {
  const answers = await each(async (node) => {
    const feishu = await feishuOf(node, 'cli_race', 's');
    const wecom = await wecomOf(node, 'ww_race', 's');
    const hose = await hoseOf(node, 'race', 's');
    const [nobody, loop, absent, unknown] = await Promise.all([
      feishu.patch('nobody', { job_number: '1' }),
      feishu.patch('e0', { leader_id: 'e0' }),
      wecom.set('nobody', { fieldid: 11001, value_string: 'x' }),
      hose.put('race:nobody', { name: 'x' }),
    ]);
    return [nobody.json.code, loop.json.code, absent.json.errcode, unknown.json.errorCode];
  });
  expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
  for (const code of answers[0] ?? []) expect(code).not.toBe(0);
});

/** Everyone claims one value at once, over the nodes in turn, in each round another; answers each round's winners. */
async function winners(
  claim: (node: number, person: string, round: number) => Promise<HttpAnswer>,
  word: (heard: HttpAnswer) => unknown,
): Promise<readonly Readonly<Record<string, number>>[]> {
  const rounds: Record<string, number>[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const claims = Array.from({ length: PEOPLE }, (_, index) =>
      claim(index % nodes.length, `e${String(index)}`, round),
    );
    const counts: Record<string, number> = {};
    for (const heard of await Promise.all(claims)) {
      counts[String(word(heard))] = (counts[String(word(heard))] ?? 0) + 1;
    }
    rounds.push(counts);
  }
  return rounds;
}

const everyRound = (counts: object): unknown => Array.from({ length: ROUNDS }, () => counts);

test('of claims of one mobile on all nodes exactly one wins: Feishu', async () => {
  const feishu = await each((node) => feishuOf(node, 'cli_race', 's'));
  const rounds = await winners(
    (node, person, round) => nth(feishu, node).patch(person, { mobile: `+86131${String(10_000_000 + round)}` }),
    ({ json }) => json.code,
  );
  expect(rounds).toEqual(everyRound({ 0: 1, 2221103: PEOPLE - 1 }));
});

test('of claims of one mobile on all nodes exactly one wins: WeCom', async () => {
  const wecom = await each((node) => wecomOf(node, 'ww_race', 's'));
  const rounds = await winners(
    (node, person, round) =>
      nth(wecom, node).set(person, {
        fieldid: 11003,
        value_mobile: { value_mobile: `132${String(10_000_000 + round)}` },
      }),
    ({ json }) => json.update_results[0].result,
  );
  expect(rounds).toEqual(everyRound({ 1: 1, 2: PEOPLE - 1 }));
});

test('of claims of one mobile on all nodes exactly one wins: Hose', async () => {
  const hose = await each((node) => hoseOf(node, 'race', 's'));
  const rounds = await winners(
    (node, person, round) =>
      nth(hose, node).put(`race:${person}`, {
        name: person,
        cellphone: `133${String(10_000_000 + round)}`,
        modifyAccountPhone: true,
      }),
    ({ status }) => status,
  );
  expect(rounds).toEqual(everyRound({ 200: 1, 412: PEOPLE - 1 }));
});

test('a company changed through one node is at once what the others write by', async () => {
  const feishu = await each((node) => feishuOf(node, 'cli_race', 's'));
  for (let round = 1; round <= ROUNDS; round++) {
    const changed = await adminOf(url(round)).apply('race', company(round + 1) + people);
    expect(changed.status, changed.text).toBe(200);
    const title = `t${String(round)}`;
    const codes = await Promise.all(
      feishu.map(async (node, index) => {
        const patched = await node.patch(`e${String(index)}`, { job_title_id: title });
        return patched.json.code;
      }),
    );
    expect(codes).toEqual([0, 0, 0]);
  }
});

test('an app’s new secret holds on each node at once, and its old one no longer', async () => {
  const withSecret = (secret: string): string => company(1).replace('app_security: s', `app_security: ${secret}`);
  for (let round = 1; round <= ROUNDS; round++) {
    const secret = `s${String(round)}`;
    await adminOf(url(round)).apply('race', withSecret(secret) + people);
    const old = round === 1 ? 's' : `s${String(round - 1)}`;
    for (const { url: node } of nodes) {
      expect((await hoseOf(node, 'race', secret)).access).not.toBeNull();
      expect((await hoseOf(node, 'race', old)).access).toBeNull();
    }
  }
  await adminOf(url(0)).apply('race', company(1) + people);
});

test('a token refreshed on one node is dead on the others, and of two refreshes of one token one wins', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const hose = await hoseOf(url(round), 'race', 's');
    const [mine, theirs] = await Promise.all([hose.refresh(), hose.at(url(round + 1)).refresh()]);
    expect([mine.status, theirs.status].filter((status) => status === 200)).toHaveLength(1);
    for (const { url: node } of nodes) expect((await hose.at(node).get('race:e0')).status).not.toBe(200);
    const fresh = hose.at(url(round + 2), mine.status === 200 ? mine : theirs);
    expect((await fresh.get('race:e0')).status).toBe(200);
  }
});

function nth<Value>(list: readonly Value[], index: number): Value {
  const value = list[index];
  if (value === undefined) throw new Error('no such node');
  return value;
}
