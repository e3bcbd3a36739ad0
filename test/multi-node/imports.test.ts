import { afterAll, beforeAll, expect, test } from 'vitest';
import { formOf } from '../dialects/wecom/form.ts';
import { adminOf } from '../support/clients/http.ts';
import { freshSchema } from '../support/fresh-store.ts';
import { startServer, type RunningServer } from '../support/running-server.ts';

/* Two nodes on one database: an import is carried on by whichever is asked about it, and each row is written once. */

const MEMBERS = 120;
const COMPANY = `mingce: 1
key: race
name: Race
wecom: { corpid: ww_race, apps: [{ agentid: 3, secret: s, kind: contact_sync }] }
departments: [{ id: root, name: Race }]
employees: []
`;

let nodes: readonly RunningServer[];
beforeAll(async () => {
  const store = await freshSchema();
  nodes = await Promise.all([1, 2].map(() => startServer(['--store', store])));
  const made = await adminOf(nodes[0]?.url ?? '').apply('race', COMPANY);
  if (made.status !== 200) throw new Error(made.text);
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
});

async function call(node: number, path: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
  const url = nodes[node]?.url ?? '';
  const got = await fetch(`${url}/cgi-bin/gettoken?corpid=ww_race&corpsecret=s`);
  const { access_token: token } = (await got.json()) as { access_token: string };
  const answer = await fetch(`${url}/cgi-bin/${path}${path.includes('?') ? '&' : '?'}access_token=${token}`, init);
  return (await answer.json()) as Record<string, unknown>;
}

test('a file uploaded to one node is imported by another, both are asked meanwhile, and each row is written once', async () => {
  const rows = Array.from({ length: MEMBERS }, (_, n) => `N${String(n)},n${String(n)},1,n${String(n)}@example.com`);
  const { body, headers } = formOf(`姓名,帐号,所在部门,邮箱\n${rows.join('\n')}\n`);
  const sent = { method: 'POST', body: new Uint8Array(body), headers };
  const { media_id } = await call(0, 'media/upload?type=file', sent);
  const begun = await call(1, 'batch/syncuser', { method: 'POST', body: JSON.stringify({ media_id }) });
  expect(begun).toMatchObject({ errcode: 0 });
  const path = `batch/getresult?jobid=${String(begun['jobid'])}`;
  let answers: readonly Record<string, unknown>[];
  do answers = await Promise.all([call(0, path), call(1, path)]);
  while (answers.some(({ status }) => status !== 3));
  const results = Array.from({ length: MEMBERS }, (_, n) => ({ userid: `n${String(n)}`, errcode: 0, errmsg: 'ok' }));
  for (const answer of answers) expect(answer).toMatchObject({ total: MEMBERS, percentage: 100, result: results });
  const { userlist } = await call(0, 'user/simplelist?department_id=1');
  expect(userlist).toHaveLength(MEMBERS);
}, 60_000);
