import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { formOf } from '../dialects/wecom/form.ts';
import { serveProgram, type Serving } from '../support/program.ts';

const COMPANY = `mingce: 1
key: acme
name: A
wecom:
  corpid: ww_acme
  apps: [{ agentid: 3, secret: contacts-secret-of-acme, kind: contact_sync }]
departments: [{ id: root, name: A }]
employees: []
`;
const MEMBERS = 600;

async function call(url: string, path: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
  const got = await fetch(`${url}/cgi-bin/gettoken?corpid=ww_acme&corpsecret=contacts-secret-of-acme`);
  const { access_token: token } = (await got.json()) as { access_token: string };
  const answer = await fetch(`${url}/cgi-bin/${path}${path.includes('?') ? '&' : '?'}access_token=${token}`, init);
  return (await answer.json()) as Record<string, unknown>;
}

test('an import that is killed is carried on where it stopped, each row once, when it is asked about', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingce-import-'));
  const file = join(folder, 'acme.yaml');
  writeFileSync(file, COMPANY);
  const serve = (): Promise<Serving> => serveProgram(['--data', join(folder, 'data'), '--company', file]);
  let program = await serve();
  const rows = Array.from({ length: MEMBERS }, (_, n) => `N${String(n)},n${String(n)},1,n${String(n)}@example.com`);
  const { body, headers } = formOf(`姓名,帐号,所在部门,邮箱\n${rows.join('\n')}\n`);
  const upload = await call(program.url, 'media/upload?type=file', {
    method: 'POST',
    body: new Uint8Array(body),
    headers,
  });
  const begun = await call(program.url, 'batch/syncuser', {
    method: 'POST',
    body: JSON.stringify({ media_id: upload['media_id'] }),
  });
  expect(begun).toMatchObject({ errcode: 0 });
  const isCut: boolean[] = [];
  for (let kill = 0; kill < 3; kill++) {
    await setTimeout(60);
    await program.stop('SIGKILL');
    program = await serve();
    const { userlist } = await call(program.url, 'user/simplelist?department_id=1');
    isCut.push((userlist as unknown[]).length < MEMBERS);
    // Asking for it carries it on; nothing waits for the answer.
    void call(program.url, `batch/getresult?jobid=${String(begun['jobid'])}`).catch(() => undefined);
  }
  // Else nothing was shown.
  expect(isCut[0]).toBe(true);
  let done: Record<string, unknown>;
  do done = await call(program.url, `batch/getresult?jobid=${String(begun['jobid'])}`);
  while (done['status'] !== 3);
  expect(done).toMatchObject({ errcode: 0, total: MEMBERS, percentage: 100 });
  const results = done['result'] as { userid: string; errcode: number }[];
  expect(results.map(({ userid, errcode }) => `${userid} ${String(errcode)}`)).toEqual(
    Array.from({ length: MEMBERS }, (_, n) => `n${String(n)} 0`),
  );
  const { userlist } = await call(program.url, 'user/simplelist?department_id=1');
  expect(userlist).toHaveLength(MEMBERS);
  await program.stop();
  rmSync(folder, { recursive: true });
}, 120_000);
