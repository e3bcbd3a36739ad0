// Whatever callers without credentials send, and however much of it: nothing is kept of it, neither in the database nor in
// memory.

import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCall } from '../../src/http/incoming-call.ts';
import { randomIds } from '../../src/lib/ids.ts';
import type { OpenedStore } from '../../src/store/replaceable-store.ts';
import { scratchFolder } from '../support/program.ts';
import { ADMIN_KEY, startTestServer, readReply, type TestServer } from './test-server.ts';
import { examplesOf, targetOf } from './request-examples.ts';

const folder = scratchFolder();
const file = folder.file('mingce.db');
let context: TestServer;
beforeAll(async () => {
  context = await startTestServer({ store: `sqlite:${file}` });
});
afterAll(() => context.close());

const AUTHORIZE = '/open-apis/authen/v1/authorize';
const made = (length: number, number: number): string => String(number).padEnd(length, 'x');

async function send(method: string, target: string, headers: Record<string, string>, body?: string): Promise<number> {
  const call = createCall(method, target, { ids: randomIds, headers, ...(body === undefined ? {} : { body }) });
  return (await readReply(await context.mingce.handle(call))).status;
}

/** How many rows each table has, as a copy of everything has them. */
async function rows(): Promise<Readonly<Record<string, number>>> {
  const { backups } = context.mingce.store as OpenedStore;
  if (typeof backups === 'string') throw new Error(backups);
  const pieces: Uint8Array[] = [];
  for await (const piece of await backups.copy()) pieces.push(piece);
  const copy = folder.file(`copy-${randomIds.hex(8)}.db`);
  writeFileSync(copy, Buffer.concat(pieces));
  const db = new DatabaseSync(copy, { readOnly: true });
  const names = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'").all();
  const counted = names.map(({ name }) => {
    const row = db.prepare(`SELECT COUNT(*) AS number FROM "${String(name)}"`).get();
    return [String(name), Number(row?.['number'])] as const;
  });
  db.close();
  return Object.fromEntries(counted);
}

test('no route keeps a row for a caller whose credentials are made up', async () => {
  const { alpha } = context;
  const known = [alpha.feishu, alpha.wecom, alpha.contacts, alpha.hose, alpha.hoseRefresh, ADMIN_KEY];
  const secrets = [alpha.appSecret, alpha.corpsecret, alpha.contactsecret, alpha.appSecurity];
  const credentials = [...known, ...secrets, ...Object.values(alpha.spare)];
  const spoilt = (text: string, number: number): string =>
    credentials.reduce((now, one) => now.replaceAll(one, `t-${made(60, number)}`), text);
  const before = await rows();
  expect(before).toMatchObject({ token: expect.any(Number), tenant: 2 });
  const examples = examplesOf(alpha);
  expect(examples.length).toBeGreaterThan(60);
  for (const example of examples) {
    for (let time = 0; time < 10; time++) {
      const body = typeof example.body === 'object' ? JSON.stringify(example.body) : example.body;
      await send(
        example.method,
        spoilt(targetOf(example), time),
        JSON.parse(spoilt(JSON.stringify(example.headers), time)) as Record<string, string>,
        body === undefined ? undefined : spoilt(body, time),
      );
    }
  }
  const query = {
    client_id: alpha.appId,
    response_type: 'code',
    login_hint: 'wang',
    redirect_uri: 'http://x.example/',
  };
  for (let time = 0; time < 500; time++) {
    const more = { state: made(8_000, time), code_challenge: made(128, time), scope: made(4_000, time) };
    const target = `${AUTHORIZE}?${new URLSearchParams({ ...query, ...more }).toString()}`;
    expect(await send('GET', target, {})).toBe(302);
  }
  expect(await rows()).toEqual(before);
});

test('nor is anything remembered', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = (): number => {
    collect();
    return process.memoryUsage().heapUsed / 1_048_576;
  };
  const { alpha } = context;
  const calls = (number: number): readonly (readonly [string, string, string?])[] => {
    const long = made(4_000, number);
    return [
      ['GET', `${AUTHORIZE}?client_id=${long}`],
      [
        'GET',
        `${AUTHORIZE}?client_id=${alpha.appId}&response_type=code&redirect_uri=http://x.example/&login_hint=${long}`,
      ],
      ['GET', `/cgi-bin/gettoken?corpid=${long}&corpsecret=${long}`],
      ['GET', `/cgi-bin/gettoken?corpid=${alpha.corpid}&corpsecret=${long}`],
      ['GET', `/cgi-bin/user/get?access_token=${long}&userid=${long}`],
      ['GET', `/open-apis/${long}`],
      ['GET', `/api/openapi/v1/staffs?accessToken=${long}`],
      ['GET', `/api/openapi/v2/location?corporationId=${long}`],
      ['POST', '/open-apis/auth/v3/tenant_access_token/internal', JSON.stringify({ app_id: long, app_secret: long })],
      ['POST', '/api/openapi/v1/auth/getAccessToken', JSON.stringify({ appKey: long, appSecurity: long })],
      ['GET', `/mingce/v1/companies/${long}/file`],
    ];
  };
  const round = async (from: number, to: number): Promise<void> => {
    for (let number = from; number < to; number++) {
      for (const [method, target, body] of calls(number))
        await send(method, target, { authorization: `Bearer t-${made(4_000, number)}` }, body);
    }
    // Only the test keeps what is logged.
    (context.lines as string[]).length = 0;
  };
  await round(0, 300);
  const before = held();
  await round(300, 1_300);
  // Of what was sent, 80 MB, nothing stays; as much as this the engine itself may need from one look to the next.
  expect(held() - before).toBeLessThan(10);
});
