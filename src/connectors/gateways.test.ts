import { describe, expect, test } from 'vitest';
import type { Answered, OutboundRequest } from './connector.ts';
import { feishu } from './feishu/index.ts';
import { hose } from './hose/index.ts';
import { LiveSession } from './session.ts';
import { wecom } from './wecom/index.ts';

/* What a gateway in between answers, and how long it, or the platform, asks to wait. */

const answered = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answered => ({
  status,
  headers,
  body,
});

describe.each([feishu, wecom, hose])('$platform', (connector) => {
  test.each([
    [403, '{"code":403}'],
    [403, '{"code":403,"message":"Forbidden"}'],
    [403, '{"code":403,"msg":"没有权限"}'],
    [401, '{"code":"401","msg":"login"}'],
    [403, '{"code":99991663,"message":"Forbidden"}'],
    [403, '{"errcode":403}'],
    [403, '{"errcode":40014,"errmsg":"invalid access_token"}'],
    [403, '{"errorMessage":"未授权"}'],
    [403, '{"errorMessage":"Forbidden","errorType":"Error"}'],
    [403, '{"code":0,"msg":"denied"}'],
    [404, '{"code":0}'],
    [200, '{"code":401,"message":"please log in"}'],
    [200, '{"errcode":401}'],
    [200, '{"message":"please log in"}'],
    [200, '[]'],
    [200, 'null'],
  ])('an answer of %i %s is not of the platform', (status, body) => {
    expect(connector.judge(answered(status, body)).kind).toBe('foreign');
  });

  test('a gateway that lets no more through is waited for, and nothing was done', () => {
    const body = '{"message":"API rate limit exceeded"}';
    const headers = { 'retry-after': '7' };
    expect(connector.judge(answered(429, body, headers))).toMatchObject({ kind: 'limit', code: '429', waitMs: 7_000 });
    expect(connector.judge(answered(429, body))).toMatchObject({ kind: 'limit', waitMs: 1_000 });
    // Else a delivery would be sent again and again without a pause.
    expect(connector.judge(answered(429, body, { 'retry-after': '0' }))).toMatchObject({
      kind: 'limit',
      waitMs: 1_000,
    });
  });

  test('what is away for a time is read again once it said it is back, and not at all where that is long', async () => {
    const ask = async (...waits: readonly (string | null)[]): Promise<readonly number[]> => {
      let now = 0;
      const at: number[] = [];
      const session = new LiveSession({
        connector: { ...connector, limits: [] },
        target: { ids: {}, secrets: new Set(), fields: {} },
        secrets: new Map(),
        clock: { now: () => now },
        sleep: async (ms) => void (now += await Promise.resolve(ms)),
        client: {
          send: async () => {
            const wait = waits[at.push(now) - 1] ?? null;
            const headers = wait === null ? {} : { 'retry-after': wait };
            return await Promise.resolve({ kind: 'answered' as const, answer: answered(503, '', headers) });
          },
        },
      });
      const request: OutboundRequest = { call: 'x', method: 'GET', path: '/x', query: [], headers: {}, body: null };
      await session.run(
        (function* () {
          yield [request];
        })(),
      );
      return at;
    };
    expect(await ask(null, null, null)).toEqual([0, 1_000, 3_000]);
    expect(await ask('30', '0', null)).toEqual([0, 30_000, 32_000]);
    expect(await ask('31')).toEqual([0]);
  });
});

test.each([
  [feishu, { code: 0, msg: 'success' }, { tenant_access_token: 't-1', expire: 7_200 }],
  [wecom, { errcode: 0, errmsg: 'ok' }, { access_token: 'x', expires_in: 7_200 }],
  [hose, { value: { accessToken: 'x', expireTime: 10_000_000_000 } }, {}],
] as const)('of $platform a success without its list is no empty tenant', async (connector, success, token) => {
  const secrets = new Set(['app_secret', 'contact', 'hr', 'reading', 'app_security']);
  const target = { ids: {}, secrets, fields: {} };
  const body = JSON.stringify({ ...success, ...token });
  const session = new LiveSession({
    connector: { ...connector, limits: [] },
    target,
    secrets: new Map([...secrets].map((name) => [name, 'x'])),
    clock: { now: () => 0 },
    sleep: async () => await Promise.resolve(),
    client: { send: async () => await Promise.resolve({ kind: 'answered' as const, answer: answered(200, body) }) },
  });
  const read = await session.run(connector.readAll(target));
  expect(read.people).toEqual([]);
  expect(read.problems.map(({ verdict }) => verdict.kind)).toContain('foreign');
});

test.each([
  [feishu, 503, '{"code":1500,"msg":"internal error"}'],
  [hose, 503, '{"errorCode":503,"errorMessage":"维护中","errorDetails":null,"code":null,"data":null}'],
  [wecom, 503, '{"errcode":-1,"errmsg":"system busy"}'],
] as const)('what $platform says of its own trouble has its wait as well', (connector, status, body) => {
  const verdict = connector.judge(answered(status, body, { 'retry-after': '20' }));
  expect(verdict).toMatchObject({ kind: 'trouble', waitMs: 20_000 });
});
