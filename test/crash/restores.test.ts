import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { runProgram } from '../support/program.ts';
import { startServer, type RunningServer } from '../support/running-server.ts';

const KEY = 'mingce-demo-admin';
const ROUNDS = 6;

async function admin(server: RunningServer, method: string, path: string, body?: string): Promise<Response> {
  return await fetch(`${server.url}/mingce/v1/companies/${path}`, {
    method,
    headers: { authorization: `Bearer ${KEY}` },
    ...(body === undefined ? {} : { body }),
  });
}

/** The company's file, in which every job number of a round is that round's. */
async function fileOf(server: RunningServer): Promise<string> {
  return await (await admin(server, 'GET', 'demo/file')).text();
}

test('killed while a company is put back, it is as it was before or after, and nothing is damaged', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingce-restores-'));
  let server = await startServer(['--data', folder]);
  const original = await fileOf(server);
  await admin(server, 'POST', 'demo/snapshots', '{"name":"original"}');
  let [restored, changed] = [0, 0];
  for (let round = 1; round <= ROUNDS; round++) {
    const other = original.replaceAll(/job_number: "?1(\d+)"?/g, `job_number: "r${String(round)}-$1"`);
    expect((await admin(server, 'PUT', 'demo?removals=allow', other)).status).toBe(200);
    const before = await fileOf(server);
    expect(before).not.toBe(original);
    const answer = admin(server, 'POST', 'demo/snapshots/original/restore').catch(() => undefined);
    await sleep(Math.random() * 40);
    await server.kill();
    const isAnswered = (await answer)?.status === 200;
    const checked = await runProgram(['check', '--json', '--data', folder]);
    expect(JSON.parse(checked.stdout)).toMatchObject({ whole: true });
    server = await startServer(['--data', folder]);
    const after = await fileOf(server);
    expect([original, before]).toContain(after);
    if (after === original) restored++;
    else changed++;
    // What was answered is kept.
    expect(isAnswered && after !== original).toBe(false);
  }
  expect(restored + changed).toBe(ROUNDS);
  await server.stop();
  rmSync(folder, { recursive: true });
}, 600_000);
