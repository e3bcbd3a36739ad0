import { createDecipheriv, createHash } from 'node:crypto';
import { AESCipher, EventDispatcher } from '@larksuiteoapi/node-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Noise, Subscription } from '../../../../src/dialects/events.ts';
import { openTestDirectory, type TestDirectory } from '../../../support/test-directory.ts';
import type { Tenant } from '../../../../src/directory/tenant.ts';
import { demoWith, eventsOfDialect, subscriptionOf, tenantOf } from './event-render.ts';

const url = 'https://receiver.example/events';
const app = (app_id: string, events: object) => ({ app_id, app_secret: 'mingce-test-secret', events });
const KEY = 'test key';
const noise: Noise = { at: 1_767_571_200_999, nonce: '1234567890', bytes: Buffer.from('0123456789abcdef') };
const stored = { type: 'contact.user.updated_v3', eventId: 'e1', body: '{"schema":"2.0","header":{},"event":{}}' };

let directory: TestDirectory;
let tenant: Tenant;
let plain: Subscription;
let sealed: Subscription;
beforeAll(async () => {
  directory = await openTestDirectory({
    companies: [
      demoWith([
        app('cli_plain', { url, verification_token: 'v-token' }),
        app('cli_sealed', { url, encrypt_key: KEY, verification_token: 'v-token', verify: false }),
        app('cli_long', { long_connection: true, encrypt_key: KEY }),
      ]),
    ],
  });
  tenant = await tenantOf(directory);
  plain = subscriptionOf(tenant, 'cli_plain');
  sealed = subscriptionOf(tenant, 'cli_sealed');
});
afterAll(() => directory.close());

const opened = (body: string): unknown => {
  const { encrypt } = JSON.parse(body) as { encrypt: string };
  const bytes = Buffer.from(encrypt, 'base64');
  const key = createHash('sha256').update(KEY).digest();
  const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16));
  return JSON.parse(decipher.update(bytes.subarray(16), undefined, 'utf8') + decipher.final('utf8'));
};

describe('an event as it is posted [contract feishu-contact.md 6.4, 6.5]', () => {
  test('without an Encrypt Key: the envelope, unsigned', () => {
    expect(eventsOfDialect().encode(stored, plain, tenant, noise)).toEqual({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json;charset=utf-8' },
      body: stored.body,
    });
  });

  test('with one: a single member, signed over the body as it is sent', () => {
    const { headers, body } = eventsOfDialect().encode(stored, sealed, tenant, noise);
    expect(Object.keys(JSON.parse(body) as object)).toEqual(['encrypt']);
    expect(JSON.stringify(JSON.parse(body))).toBe(body);
    expect(opened(body)).toEqual(JSON.parse(stored.body));
    expect(headers).toMatchObject({ 'x-lark-request-timestamp': '1767571200', 'x-lark-request-nonce': '1234567890' });
    const signed = createHash('sha256').update(`17675712001234567890${KEY}${body}`).digest('hex');
    expect(headers['x-lark-signature']).toBe(signed);
    expect(new AESCipher(KEY).decrypt((JSON.parse(body) as { encrypt: string }).encrypt)).toBe(stored.body);
  });

  test('over a long connection: in clear, whatever keys there are', () => {
    const { headers, body } = eventsOfDialect().encode(stored, subscriptionOf(tenant, 'cli_long'), tenant, noise);
    expect(body).toBe(stored.body);
    expect(headers).not.toHaveProperty('x-lark-signature');
  });

  test('the vendor’s dispatcher takes it, and refuses one that was altered', async () => {
    const got: unknown[] = [];
    const dispatcher = new EventDispatcher({ encryptKey: KEY, logger: silent }).register({
      'contact.user.updated_v3': (data: unknown) => void got.push(data),
    });
    const body = JSON.stringify({
      schema: '2.0',
      header: { event_id: 'e1', event_type: 'contact.user.updated_v3' },
      event: { object: { name: '张三' } },
    });
    const request = eventsOfDialect().encode({ ...stored, body }, sealed, tenant, noise);
    const given = (headers: object): unknown =>
      Object.assign(Object.create({ headers }) as object, JSON.parse(request.body));
    await dispatcher.invoke(given(request.headers));
    expect(got).toMatchObject([{ event_id: 'e1', object: { name: '张三' } }]);
    await dispatcher.invoke(given({ ...request.headers, 'x-lark-signature': 'f'.repeat(64) }));
    expect(got).toHaveLength(1);
  });
});

const silent = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  trace: () => undefined,
};

describe('the check of an address [contract feishu-contact.md 6.4]', () => {
  test('in clear: challenge, token and type; passed by the challenge with HTTP 200 only', () => {
    const { request, timeoutMs, passes } = eventsOfDialect().check(plain, tenant, noise);
    const sent = JSON.parse(request.body) as { challenge: string };
    expect(sent).toEqual({
      challenge: expect.stringMatching(/^[0-9a-z]{8,}$/) as string,
      token: 'v-token',
      type: 'url_verification',
    });
    expect(timeoutMs).toBe(1_000);
    const answer = (status: number, body: string) => passes({ status, headers: {}, body });
    expect(answer(200, JSON.stringify({ challenge: sent.challenge }))).toBe(true);
    expect(answer(500, JSON.stringify({ challenge: sent.challenge }))).toBe(false);
    for (const body of ['', 'null', '[]', '{"challenge":"other"}', sent.challenge])
      expect(answer(200, body)).toBe(false);
  });

  test('encrypted where there is a key', () => {
    const { request } = eventsOfDialect().check(sealed, tenant, noise);
    expect(opened(request.body)).toMatchObject({ type: 'url_verification', token: 'v-token' });
    expect(request.headers).toHaveProperty('x-lark-signature');
  });

  test('is needed unless the file says otherwise, and again when anything of the address changes', () => {
    expect([plain.needsCheck, sealed.needsCheck, subscriptionOf(tenant, 'cli_long').needsCheck]).toEqual([
      true,
      false,
      false,
    ]);
    expect(new Set([plain.digest, sealed.digest]).size).toBe(2);
  });
});

test('taken is HTTP 200, whatever the body; four more tries at the documented times [contract feishu-contact.md 6.4]', () => {
  const { judge, tries, order } = eventsOfDialect();
  expect(judge({ status: 200, headers: {}, body: '{}' })).toEqual({ isTaken: true, reason: null });
  expect(judge({ status: 200, headers: {}, body: '' })).toMatchObject({ isTaken: true, reason: /empty/ as unknown });
  for (const status of [201, 204, 302, 404, 500]) expect(judge({ status, headers: {}, body: '' }).isTaken).toBe(false);
  expect(tries).toEqual({ timeoutMs: 3_000, connectMs: 2_000, waitsMs: [15_000, 300_000, 3_600_000, 21_600_000] });
  expect(order).toBe('subject');
});

describe('in a company file', () => {
  test.each([
    ['neither an address nor a long connection', {}],
    ['both', { url, long_connection: true }],
    ['an unknown type', { url, types: ['contact.user.exploded_v3'] }],
    ['an address that is none', { url: 'ftp://receiver.example' }],
    ['an unknown member', { url, secret: 'x' }],
  ])('%s is refused', async (_what, events) => {
    const file = demoWith([app('cli_plain', events)]);
    await expect(directory.companies.apply('demo', file, { plan: true, request: 'test' })).rejects.toThrow(/events/);
  });

  test('what an export writes is read as the same', async () => {
    const text = await directory.companies.export('demo');
    expect(text).toContain('cli_sealed');
    const outcome = await directory.companies.apply('demo', text ?? '', { plan: true, request: 'test' });
    expect(outcome).toMatchObject({ steps: [] });
  });
});
