import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import * as sdk174 from '@larksuiteoapi/node-sdk';
import * as sdk166 from 'lark-sdk-1-66';
import * as sdk173 from 'lark-sdk-1-73';
import * as sdk1733 from 'lark-sdk-1-73-3';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startMingce, type Mingce } from '../../src/index.ts';
import { logTo } from '../../src/lib/log.ts';

/*
 * The vendor's own clients receive the events of a running server: the dispatcher behind a web address, and WSClient over
 * the long connection, both unchanged. [contract feishu-contact.md 6]
 */

const APP = 'cli_00000000000000a1';
const SECRET = 'mingce-test-secret';
const KEY = 'test key';
const TOKEN = 'rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV';
const UPDATED = 'contact.user.updated_v3';
const logger = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  trace: () => undefined,
};

let mingce: Mingce;
let receiver: Server | undefined;
const lines: string[] = [];
const clients: { close(options: { force: boolean }): void }[] = [];

beforeEach(async () => {
  mingce = await startMingce({
    companies: [],
    adminKey: 'sesame',
    log: logTo((line) => lines.push(line), 'info'),
  });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close({ force: true });
  await mingce.close();
  receiver?.closeAllConnections();
  receiver?.close();
  receiver = undefined;
});

const company = (events: object): string =>
  JSON.stringify({
    mingce: 1,
    key: 'acme',
    name: '恒信',
    feishu: { apps: [{ app_id: APP, app_secret: SECRET, events }] },
    departments: [
      { id: 'root', name: '恒信' },
      { id: 'rd', name: '研发', parent: 'root' },
    ],
    employees: [
      { id: 'li', name: '李四', mobile: '+8613800000002', departments: ['rd'], feishu: { employee_id: 'li' } },
      { id: 'wang', name: '王五', mobile: '+8613800000003', departments: ['rd'], feishu: { employee_id: 'wang' } },
    ],
  });
const apply = (events: object) => mingce.companies.apply('acme', company(events));

/** Calls this server with a token of its own: the vendor's client keeps tokens beyond one test. */
async function patch(id: string, data: object): Promise<void> {
  const post = (path: string, body: object, method = 'POST', headers: object = {}) =>
    fetch(`${mingce.url}/open-apis${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }).then((answer) => answer.json() as Promise<Record<string, unknown>>);
  const { tenant_access_token: token } = await post('/auth/v3/tenant_access_token/internal', {
    app_id: APP,
    app_secret: SECRET,
  });
  const authorization = `Bearer ${String(token)}`;
  const answer = await post(`/contact/v3/users/${id}?user_id_type=user_id`, data, 'PATCH', { authorization });
  expect(answer).toMatchObject({ code: 0 });
}

async function advance(duration: string): Promise<void> {
  const answer = await fetch(`${mingce.url}/mingce/v1/companies/acme/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer sesame' },
    body: JSON.stringify(duration === '' ? { freeze: true } : { advance: duration }),
  });
  expect(answer.status).toBe(200);
}

// oxlint-disable-next-line typescript/no-explicit-any -- handlers get events of every shape
type Data = any;

/** An app's server, with the vendor's dispatcher behind it; `before` may answer instead. */
async function receive(
  dispatcher: sdk174.EventDispatcher,
  before: (request: IncomingMessage) => number | null = () => null,
): Promise<string> {
  const handle = sdk174.adaptDefault('/events', dispatcher, { autoChallenge: true });
  receiver = createServer((request, response) => {
    const status = before(request);
    if (status === null) void handle(request, response);
    else response.writeHead(status).end('no');
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  return `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}/events`;
}

describe('the dispatcher behind a web address', () => {
  test('answers the challenge and takes encrypted, signed events in the order of the changes', async () => {
    const got: Data[] = [];
    const dispatcher = new sdk174.EventDispatcher({ encryptKey: KEY, verificationToken: TOKEN, logger });
    dispatcher.register({ [UPDATED]: (data: Data) => void got.push(data) });
    const url = await receive(dispatcher);
    await apply({ url, encrypt_key: KEY, verification_token: TOKEN, types: [UPDATED] });
    await patch('li', { name: '李思', mobile: '+8613800000004' });
    await patch('li', { nickname: '小李' });
    await vi.waitUntil(() => got.length === 3, 10_000);
    expect(got.map(({ old_object }) => old_object)).toEqual([
      { name: '李四' },
      { mobile: '+8613800000002' },
      { nickname: '' },
    ]);
    expect(got[0]).toMatchObject({
      schema: '2.0',
      event_type: UPDATED,
      token: TOKEN,
      app_id: APP,
      event_id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      create_time: expect.stringMatching(/^\d{13}$/) as string,
      object: { user_id: 'li', name: '李思', mobile: '+8613800000004' },
    });
    expect(new Set(got.map(({ event_id }) => event_id)).size).toBe(3);
  });

  test('takes events in clear, with the token in their header', async () => {
    const got: Data[] = [];
    const dispatcher = new sdk174.EventDispatcher({ logger }).register({
      [UPDATED]: (data: Data) => void got.push(data),
    });
    const headers: IncomingMessage['headers'][] = [];
    const url = await receive(dispatcher, (request) => (headers.push(request.headers), null));
    await apply({ url, verification_token: TOKEN });
    await patch('li', { name: '李思' });
    await vi.waitUntil(() => got.length === 1, 10_000);
    expect(got[0]).toMatchObject({ token: TOKEN, old_object: { name: '李四' } });
    expect(headers.at(-1)).toMatchObject({ 'content-type': 'application/json;charset=utf-8' });
    expect(headers.at(-1)).not.toHaveProperty('x-lark-signature');
  });

  test('an address that does not pass the challenge gets nothing', async () => {
    const paths: unknown[] = [];
    const url = await receive(new sdk174.EventDispatcher({ logger }), (request) => (paths.push(request.url), 500));
    await apply({ url });
    await vi.waitUntil(() => paths.length === 1, 10_000);
    await patch('li', { name: '李思' });
    await sleep(300);
    expect(paths).toEqual(['/events']);
  });

  test('a receiver that fails sees the tries at the documented times of the company’s clock, others go on', async () => {
    const got: Data[] = [];
    const dispatcher = new sdk174.EventDispatcher({ encryptKey: KEY, logger });
    const tries: string[] = [];
    let isFailing = false;
    const url = await receive(dispatcher, () => (isFailing ? (tries.push(''), 500) : null));
    dispatcher.register({ [UPDATED]: (data: Data) => void got.push(data) });
    await apply({ url, encrypt_key: KEY, types: [UPDATED] });
    await patch('wang', { nickname: 'first' });
    await vi.waitUntil(() => got.length === 1, 10_000);
    await advance('');
    isFailing = true;
    await patch('li', { name: '李思' });
    await vi.waitUntil(() => tries.length === 1, 10_000);
    // After the try that failed: 15 s, 5 min, 1 h, 6 h, then no more. [contract feishu-contact.md 6.4]
    let expected = 1;
    for (const [almost, rest] of [
      ['PT14S', 'PT1S'],
      ['PT4M59S', 'PT1S'],
      ['PT59M59S', 'PT1S'],
      ['PT5H59M59S', 'PT1S'],
    ] as const) {
      await advance(almost);
      await sleep(80);
      expect(tries, almost).toHaveLength(expected);
      await advance(rest);
      expected += 1;
      await vi.waitUntil(() => tries.length === expected, 10_000);
    }
    await advance('P2D');
    await sleep(150);
    expect(tries).toHaveLength(5);
    isFailing = false;
    await patch('li', { nickname: '小李' });
    await vi.waitUntil(() => got.length === 2, 10_000);
    expect(got[1]).toMatchObject({ old_object: { nickname: '' }, object: { name: '李思' } });
  });
});

describe.each([
  ['1.74.0', sdk174],
  ['1.73.3', sdk1733],
  ['1.73.2', sdk173],
  ['1.66.0', sdk166],
])('WSClient %s over the long connection', (_version, sdk) => {
  test('receives what happened before it connected and after, each once, in order', async () => {
    await apply({ long_connection: true, encrypt_key: KEY, verification_token: TOKEN, types: [UPDATED] });
    await patch('li', { name: '李思', mobile: '+8613800000004' });
    const got: Data[] = [];
    const eventDispatcher = new sdk.EventDispatcher({ logger }).register({
      [UPDATED]: (data: Data) => void got.push(data),
    });
    const client = new sdk.WSClient({ appId: APP, appSecret: SECRET, domain: mingce.url, logger });
    clients.push(client as (typeof clients)[number]);
    await client.start({ eventDispatcher: eventDispatcher as never });
    await vi.waitUntil(() => got.length === 2, 15_000);
    await patch('li', { nickname: '小李' });
    await vi.waitUntil(() => got.length === 3, 15_000);
    await sleep(100);
    expect(got.map(({ old_object }) => old_object)).toEqual([
      { name: '李四' },
      { mobile: '+8613800000002' },
      { nickname: '' },
    ]);
    expect(got[2]).toMatchObject({ app_id: APP, token: TOKEN, object: { user_id: 'li', name: '李思' } });
  });
});

test('nothing of a secret or of a person is logged', () => {
  const text = lines.join('');
  for (const secret of [SECRET, KEY, TOKEN, '李思', '13800000004', 'ticket=']) expect(text).not.toContain(secret);
});
