import { afterAll, beforeAll, expect, test } from 'vitest';
import { send } from './socket.ts';
import { ADMIN_KEY, startTestServer, type TestServer } from './test-server.ts';

/* What callers send is kept in the journal, and looked at later: looking takes no longer for what was made to take long. */

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const admin = async (target: string): Promise<number> => {
  const answer = await send(server.port, { method: 'GET', target, headers: { authorization: `Bearer ${ADMIN_KEY}` } });
  return answer.status;
};
const EMPLOYEE = '/open-apis/directory/v1/employees/li?employee_id_type=employee_id';
const wide = Object.fromEntries(Array.from({ length: 3_500 }, (_none, index) => [`b${String(index)}`, 1]));

test.each([
  ['brackets in the name of a member', EMPLOYEE, { ['['.repeat(60_000)]: 1 }],
  ['a long name around many members', EMPLOYEE, { ['a'.repeat(30_000)]: wide }],
  ['thousands of unknown members', EMPLOYEE, Object.fromEntries(Object.keys(wide).map((name) => [`mobil${name}`, 1]))],
  ['digits in the address', `${EMPLOYEE}&q=${'1'.repeat(14_000)}`, {}],
  ['letters in the address', `${EMPLOYEE}&q=${'a'.repeat(14_000)}`, {}],
] as const)('%s: the journal, the overview and the doctor answer soon', async (_what, target, body) => {
  // The catalogue of codes is read when it is first asked for.
  expect(await admin('/mingce/v1/doctor')).toBe(200);
  for (const token of [server.alpha.feishu, 'nothing'])
    for (let time = 0; time < 5; time++)
      await send(server.port, {
        method: 'PATCH',
        target,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
  const startedAt = performance.now();
  for (const path of ['requests?limit=20', 'requests?q=verdict:none', 'overview?company=alpha', 'doctor'])
    expect(await admin(`/mingce/v1/${path}`), path).toBe(200);
  expect(performance.now() - startedAt).toBeLessThan(12_000);
  await send(server.port, {
    method: 'DELETE',
    target: '/mingce/v1/requests',
    headers: { authorization: `Bearer ${ADMIN_KEY}` },
  });
});
