// A browser signs in once and is known by its cookie; no other page can use it, and it ends.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Reply } from '../../src/dialects/dialect.ts';
import { AdminAccess } from '../../src/http/admin/access/admin-access.ts';
import { cookieForm, cookieIn } from '../../src/http/admin/access/cookie.ts';
import { IDLE_MS, MAX_SESSIONS, SESSION_MS, Sessions } from '../../src/http/admin/access/sessions.ts';
import { createCall } from '../../src/http/incoming-call.ts';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';
import { randomIds } from '../../src/lib/ids.ts';

const FULL = 'session-test-admin-key';
const READ = 'session-test-read-only-key';
const HOST = '127.0.0.1:6464';
/** What a browser says of a request of the console's own page. */
const PAGE = { host: HOST, 'sec-fetch-site': 'same-origin', 'x-mingce': 'console' };

let mingce: Mingce;
beforeAll(async () => {
  mingce = await startMingce({ demo: true, adminKey: FULL, readKey: READ, log: silentLog });
});
afterAll(() => mingce.close());

type Headers = Readonly<Record<string, string>>;

async function send(
  server: Mingce,
  method: string,
  path: string,
  headers: Headers = PAGE,
  body?: object,
): Promise<Reply> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  return server.handle(createCall(method, path, { ids: randomIds, headers, ...sent }));
}

const jsonOf = ({ body }: Reply): Record<string, unknown> => JSON.parse(String(body)) as Record<string, unknown>;

/** Signs in, and returns what the browser sends from then on. */
async function signedIn(server: Mingce, body: object, headers: Headers = PAGE): Promise<Headers> {
  const reply = await send(server, 'POST', '/mingce/v1/session', headers, body);
  expect(reply.status, String(reply.body)).toBe(200);
  return { ...headers, cookie: (reply.headers['Set-Cookie'] ?? '').split(';')[0] ?? '' };
}

test('a key begins a session, which says how far it opens and what there is', async () => {
  const reply = await send(mingce, 'POST', '/mingce/v1/session', PAGE, { key: FULL });
  expect(reply.headers['Set-Cookie']).toMatch(
    /^mingce_6464=[A-Za-z0-9_-]{43}; HttpOnly; SameSite=Strict; Path=\/mingce\/$/,
  );
  expect(jsonOf(reply)).toMatchObject({ role: 'full', demo: true, sandbox: 'on', total: 2 });
  expect(jsonOf(reply)['companies']).toContainEqual({
    key: 'demo',
    name: '恒达科技',
    employees: 57,
    departments: 17,
    time_zone: 'Asia/Shanghai',
  });
  const page = await signedIn(mingce, { key: READ });
  expect(jsonOf(await send(mingce, 'GET', '/mingce/v1/session', page))).toMatchObject({ role: 'read' });
  expect((await send(mingce, 'GET', '/mingce/v1/companies/demo', page)).status).toBe(200);
});

test('over TLS the cookie belongs to this host alone', () => {
  expect(cookieForm('https://mingce.example')).toEqual({
    name: '__Host-mingce_443',
    attributes: 'HttpOnly; SameSite=Strict; Secure; Path=/',
  });
  expect(cookieForm('http://localhost').name).toBe('mingce_80');
});

test('an open stream shows nothing more once its session ended, and goes on for a key', async () => {
  const page = await signedIn(mingce, { key: FULL });
  const other = await signedIn(mingce, { key: FULL });
  const opened = async (headers: Headers): Promise<AsyncIterator<Uint8Array>> => {
    const { stream } = await send(mingce, 'GET', '/mingce/v1/stream?topics=health', headers);
    const pieces = stream?.[Symbol.asyncIterator]();
    if (pieces === undefined) throw new Error('There is no stream.');
    // The greeting comes before anything that happens.
    expect((await pieces.next()).done).toBe(false);
    return pieces;
  };
  const all = [page, other, { ...PAGE, authorization: `Bearer ${FULL}` }];
  const [ended, kept, byKey] = await Promise.all(all.map(opened));
  expect((await send(mingce, 'DELETE', '/mingce/v1/session', page)).status).toBe(204);
  expect((await ended?.next())?.done).toBe(true);
  expect((await kept?.next())?.done).toBe(false);
  expect((await byKey?.next())?.done).toBe(false);
  for (const one of [ended, kept, byKey]) await one?.return?.();
});

test('a cookie that is there twice is none', () => {
  expect(cookieIn('a=1; mingce_80=x; b=2', 'mingce_80')).toBe('x');
  expect(cookieIn('mingce_80=x; mingce_80=y', 'mingce_80')).toBeNull();
  expect(cookieIn(undefined, 'mingce_80')).toBeNull();
});

describe('a session is for pages of this address alone', () => {
  test.each<[string, Headers]>([
    ['of another port', { 'sec-fetch-site': 'same-site', 'x-mingce': 'console' }],
    ['of another site', { 'sec-fetch-site': 'cross-site', 'x-mingce': 'console' }],
    ['that a link led to', { 'sec-fetch-site': 'none', 'x-mingce': 'console' }],
    ['with another origin', { origin: 'http://127.0.0.1:8080', 'x-mingce': 'console' }],
    ['whose origin is no page', { origin: 'null', 'sec-fetch-site': 'same-origin', 'x-mingce': 'console' }],
    ['that does not say that it is the console', { 'sec-fetch-site': 'same-origin' }],
    ['that says nothing', {}],
  ])('a write of a page %s is refused', async (_what, headers) => {
    const { cookie = '' } = await signedIn(mingce, { key: FULL });
    const reply = await send(mingce, 'DELETE', '/mingce/v1/companies/demo-2', { host: HOST, ...headers, cookie });
    expect(reply.status).toBe(403);
    expect((await send(mingce, 'GET', '/mingce/v1/companies/demo-2', { ...PAGE, cookie })).status).toBe(200);
  });

  test('a page of another port cannot read with it, nor begin one', async () => {
    const { cookie = '' } = await signedIn(mingce, { key: FULL });
    const other = { host: HOST, 'sec-fetch-site': 'same-site' };
    expect((await send(mingce, 'GET', '/mingce/v1/companies', { ...other, cookie })).status).toBe(403);
    expect((await send(mingce, 'POST', '/mingce/v1/session', other, { key: FULL })).status).toBe(403);
  });

  test('a browser that does not say where a request is from shows its origin, or the header', async () => {
    const { cookie = '' } = await signedIn(mingce, { key: FULL });
    const read = (headers: Headers): Promise<Reply> =>
      send(mingce, 'GET', '/mingce/v1/companies', { host: HOST, cookie, ...headers });
    expect((await read({ origin: `http://${HOST}` })).status).toBe(200);
    expect((await read({ 'x-mingce': 'console' })).status).toBe(200);
    expect((await read({})).status).toBe(403);
  });

  test('the cookie of another port is another', async () => {
    const { cookie = '' } = await signedIn(mingce, { key: FULL });
    expect(
      (await send(mingce, 'GET', '/mingce/v1/companies', { ...PAGE, host: '127.0.0.1:6465', cookie })).status,
    ).toBe(401);
  });

  test('a caller with the key needs neither', async () => {
    const headers = { host: HOST, authorization: `Bearer ${FULL}` };
    expect((await send(mingce, 'GET', '/mingce/v1/companies', headers)).status).toBe(200);
  });
});

describe('a session ends', () => {
  test('when its page signs out, and only that one', async () => {
    const [one, other] = [await signedIn(mingce, { key: FULL }), await signedIn(mingce, { key: FULL })];
    const ended = await send(mingce, 'DELETE', '/mingce/v1/session', one);
    expect(ended).toMatchObject({ status: 204 });
    expect(ended.headers['Set-Cookie']).toBe('mingce_6464=; HttpOnly; SameSite=Strict; Path=/mingce/; Max-Age=0');
    expect(jsonOf(await send(mingce, 'GET', '/mingce/v1/companies', one))).toMatchObject({
      status: 401,
      code: 'signed-out',
    });
    expect((await send(mingce, 'GET', '/mingce/v1/companies', other)).status).toBe(200);
  });

  test('with all others when one that may write says so', async () => {
    const [one, reader] = [await signedIn(mingce, { key: FULL }), await signedIn(mingce, { key: READ })];
    expect((await send(mingce, 'DELETE', '/mingce/v1/session?all', reader)).status).toBe(403);
    expect((await send(mingce, 'GET', '/mingce/v1/companies', one)).status).toBe(200);
    for (const odd of ['al=true', 'all=no', 'all=true&all=false', 'all=true&now=1']) {
      expect((await send(mingce, 'DELETE', `/mingce/v1/session?${odd}`, one)).status, odd).toBe(400);
    }
    const other = await signedIn(mingce, { key: FULL });
    expect((await send(mingce, 'DELETE', '/mingce/v1/session?all=false', other)).status).toBe(204);
    expect((await send(mingce, 'GET', '/mingce/v1/companies', one)).status).toBe(200);
    expect((await send(mingce, 'DELETE', '/mingce/v1/session?all', one)).status).toBe(204);
    expect((await send(mingce, 'GET', '/mingce/v1/companies', reader)).status).toBe(401);
  });

  test('after twelve hours, or half an hour without use, and begins with no old one kept', () => {
    const sessions = new Sessions(IDLE_MS);
    const id = sessions.begin('full', 0);
    for (let at = 0; at < SESSION_MS; at += IDLE_MS - 1) expect(sessions.use(id, at)).toBe('full');
    expect(sessions.use(id, SESSION_MS)).toBeNull();
    const idle = sessions.begin('read', 0);
    expect(sessions.use(idle, IDLE_MS)).toBeNull();
    expect(sessions.use(idle, 1)).toBeNull();
  });

  test('where too many begin, the one that began first', () => {
    const sessions = new Sessions();
    const first = sessions.begin('full', 0);
    const others = Array.from({ length: MAX_SESSIONS }, () => sessions.begin('full', 1));
    expect(sessions.use(first, 2)).toBeNull();
    expect(others.every((id) => sessions.use(id, 2) === 'full')).toBe(true);
  });
});

test('five wrong keys in a minute shut an address out until the minute is over, whatever key it shows', () => {
  let now = 0;
  const access = new AdminAccess({ adminKey: FULL, now: () => now });
  const tryKey = (key: string, peer = '192.0.2.1'): Reply => {
    const call = createCall('POST', '/mingce/v1/session', { ids: randomIds, headers: PAGE, peer });
    const begun = access.signIn(call, { key });
    return 'status' in begun ? begun : { status: 200, headers: {}, body: '' };
  };
  for (let guess = 0; guess < 5; guess++)
    expect(jsonOf(tryKey('no'))).toMatchObject({ status: 401, code: 'wrong-key' });
  now += 10_000;
  const refused = tryKey(FULL);
  expect([refused.status, refused.headers['Retry-After']]).toEqual([429, '50']);
  expect(tryKey(FULL, '192.0.2.2').status).toBe(200);
  now += 50_000;
  expect(tryKey(FULL).status).toBe(200);
});

describe('the demo company', () => {
  let demo: Mingce;
  beforeAll(async () => {
    demo = await startMingce({ demo: true, log: silentLog });
  });
  afterAll(() => demo.close());

  test('is entered without a key on the machine that serves it', async () => {
    expect(jsonOf(await send(demo, 'GET', '/mingce/v1/session', PAGE))).toMatchObject({ status: 401, demo: true });
    const page = await signedIn(demo, { demo: true });
    expect(jsonOf(await send(demo, 'GET', '/mingce/v1/session', page))).toMatchObject({ role: 'full' });
  });

  test.each<[string, Headers, string]>([
    ['through a proxy', { ...PAGE, 'x-forwarded-for': '192.0.2.9' }, '127.0.0.1'],
    ['from another machine', PAGE, '192.0.2.9'],
  ])('is not entered so %s', async (_what, headers, peer) => {
    const call = createCall('POST', '/mingce/v1/session', { ids: randomIds, headers, peer, body: '{"demo":true}' });
    expect(jsonOf(await demo.handle(call))).toMatchObject({ status: 403, code: 'no-demo' });
  });

  test('is not entered so where the operator has a key of their own', async () => {
    expect(jsonOf(await send(mingce, 'POST', '/mingce/v1/session', PAGE, { demo: true }))).toMatchObject({
      status: 403,
    });
    expect(jsonOf(await send(mingce, 'GET', '/mingce/v1/session', PAGE))).toMatchObject({ status: 401, demo: false });
  });

  test('and without a key at all nothing is entered', async () => {
    const closed = await startMingce({ log: silentLog });
    const reply = await send(closed, 'POST', '/mingce/v1/session', PAGE, { demo: true });
    expect(jsonOf(reply)).toMatchObject({ status: 403, code: 'closed' });
    await closed.close();
  });
});

test.each([
  [''],
  ['[]'],
  ['{"key":""}'],
  ['{"key":1}'],
  ['{"demo":"true"}'],
  ['{"key":"a","demo":true}'],
  ['{"key":"a","__proto__":{"demo":true}}'],
  [JSON.stringify({ key: 'a'.repeat(2_000) })],
])('a session is not begun with %j', async (body) => {
  const call = createCall('POST', '/mingce/v1/session', { ids: randomIds, headers: PAGE, body });
  expect((await mingce.handle(call)).status).toBe(400);
});

test('a real browser’s request carries the session over a socket', async () => {
  const headers = { 'sec-fetch-site': 'same-origin', 'x-mingce': 'console' };
  const begun = await fetch(`${mingce.url}/mingce/v1/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ key: FULL }),
  });
  expect(begun.status).toBe(200);
  const [cookie = ''] = (begun.headers.get('set-cookie') ?? '').split(';');
  expect(cookie).toContain(`mingce_${String(mingce.port)}=`);
  const listed = await fetch(`${mingce.url}/mingce/v1/companies`, { headers: { ...headers, cookie } });
  expect(listed.status).toBe(200);
  expect(listed.headers.get('x-mingce-version')).toMatch(/^\d+\.\d+\.\d+/);
});
