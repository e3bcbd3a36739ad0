// What the console's first page and its stream show of the calls that come.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallStats } from '../../src/sandbox/live/contract.ts';
import type { OverviewView, RequestList } from '../../src/http/admin/contract.ts';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';

const ADMIN = { authorization: 'Bearer live-test-admin-key' };

let mingce: Mingce;
let token: string;
beforeAll(async () => {
  mingce = await startMingce({
    demo: true,
    adminKey: 'live-test-admin-key',
    readKey: 'live-test-read-key',
    log: silentLog,
  });
  token = await mingce.company('demo').tokens.feishu();
});
afterAll(() => mingce.close());

async function patch(employee: object, query = ''): Promise<unknown> {
  const answer = await mingce.fetch(
    `${mingce.url}/open-apis/directory/v1/employees/zhangsan?employee_id_type=employee_id${query}`,
    {
      method: 'PATCH',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ employee }),
    },
  );
  return ((await answer.json()) as { code: unknown }).code;
}

async function ask<Answer>(path: string): Promise<Answer> {
  const answer = await mingce.fetch(`${mingce.url}/mingce/v1${path}`, { headers: ADMIN });
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as Answer;
}

/** Reads events of a stream until `isEnough` of them came. */
async function events(
  path: string,
  isEnough: (all: readonly Event[]) => boolean,
  meanwhile: () => Promise<unknown>,
  headers: Readonly<Record<string, string>> = {},
): Promise<readonly Event[]> {
  const ended = new AbortController();
  const answer = await fetch(`${mingce.url}/mingce/v1${path}`, {
    headers: { ...ADMIN, ...headers },
    signal: ended.signal,
  });
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const all: Event[] = [];
  const decoder = new TextDecoder();
  let text = '';
  let isBegun = false;
  for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(piece, { stream: true });
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const [, name = ''] = /^event: (\w+)$/m.exec(part) ?? [];
      const [, data = 'null'] = /^data: (.*)$/m.exec(part) ?? [];
      const [, id] = /^id: (.*)$/m.exec(part) ?? [];
      if (name !== '') all.push({ name, id, data: JSON.parse(data) as Record<string, never> });
    }
    if (!isBegun) {
      isBegun = true;
      await meanwhile();
    }
    if (isEnough(all)) break;
  }
  ended.abort();
  return all;
}

interface Event {
  readonly name: string;
  readonly id: string | undefined;
  // eslint-disable-next-line typescript/no-explicit-any -- a test looks into events of every shape
  readonly data: Readonly<Record<string, any>>;
}

const requestsIn = (all: readonly Event[]): readonly Record<string, unknown>[] =>
  all.flatMap(({ name, data }) => (name === 'requests' ? (data['requests'] as Record<string, unknown>[]) : []));

describe('the overview of a company', () => {
  test('says how each platform is reached, what there is, and what was refused', async () => {
    expect(await patch({ mobile: '+8613800010011' })).toBe(2221103);
    const overview = await ask<OverviewView>('/overview?company=demo');
    expect(overview).toMatchObject({ company: 'demo', name: '恒达科技', store: { kind: 'embedded', ready: true } });
    expect(overview.counts).toMatchObject({ employees: 57, departments: 17 });
    const [feishu, wecom] = overview.platforms;
    expect(feishu).toMatchObject({ name: 'feishu', base_url: mingce.url });
    expect(feishu?.apps[0]?.credentials).toMatchObject({ appId: 'cli_mingce_demo', appSecret: 'mingce-demo-secret' });
    expect(feishu?.apps[0]?.snippets['node']).toContain(`domain: '${mingce.url}'`);
    expect(wecom?.apps.map(({ credentials }) => credentials['corpsecret'])).toEqual([
      'mingce-demo-secret',
      'mingce-demo-contact-secret',
    ]);
    expect(overview.refusals[0]).toMatchObject({ platform: 'feishu', operation: 'employee.patch', code: '2221103' });
  });

  test('says in the language of each caller what would have passed, in any order', async () => {
    expect(await patch({ mobile: '+8613800010011' })).toBe(2221103);
    const nearest = async (language: string): Promise<string> => {
      const headers = { ...ADMIN, 'Accept-Language': language };
      const answer = await mingce.fetch(`${mingce.url}/mingce/v1/overview?company=demo`, { headers });
      return ((await answer.json()) as OverviewView).refusals[0]?.nearest ?? '';
    };
    expect(await nearest('zh-CN')).toMatch(/\p{Script=Han}/u);
    expect(await nearest('en')).toMatch(/^[\x20-\x7E]+$/);
    expect(await nearest('zh-CN')).toMatch(/\p{Script=Han}/u);
  });

  test('has lines for a shell that get a token as they are', async () => {
    const { platforms } = await ask<OverviewView>('/overview?company=demo');
    expect(platforms.flatMap(({ apps }) => apps).length).toBe(4);
    for (const { snippets } of platforms.flatMap(({ apps }) => apps)) {
      const [, url = ''] = /"(http[^"]*)"/.exec(snippets['curl'] ?? '') ?? [];
      const [, body] = / -d '(.*)'$/.exec(snippets['curl'] ?? '') ?? [];
      const answer = await mingce.fetch(url, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body }),
      });
      expect(await answer.text()).toMatch(/oken"?:"[^"]{10}/);
    }
  });

  test('has a secret of no app whose file was not applied here, and none for a reader', async () => {
    const key = 'live-test-read-only-key';
    const other = await startMingce({ adminKey: 'other-live-admin-key', readKey: key, log: silentLog });
    const file = `mingce: 1\nkey: acme\nname: Acme\nhose:\n  corporation_id: c-acme\n  apps:\n    - { app_key: k-acme, app_security: s-acme-secret }\n`;
    await other.companies.apply('acme', file);
    const show = async (of: string): Promise<OverviewView> => {
      const headers = { authorization: `Bearer ${of}` };
      return (await (
        await other.fetch(`${other.url}/mingce/v1/overview?company=acme`, { headers })
      ).json()) as OverviewView;
    };
    const credentials = (overview: OverviewView): unknown =>
      overview.platforms.find(({ name }) => name === 'hose')?.apps[0]?.credentials;
    expect(credentials(await show('other-live-admin-key'))).toMatchObject({ appSecurity: 's-acme-secret' });
    expect(credentials(await show(key))).toMatchObject({ appSecurity: null });
    await other.close();
  });

  test('is of one company that there is', async () => {
    const status = async (query: string): Promise<number> =>
      (await mingce.fetch(`${mingce.url}/mingce/v1/overview${query}`, { headers: ADMIN })).status;
    expect(await status('')).toBe(400);
    expect(await status('?company=nobody')).toBe(404);
    expect(await status('?company=demo&window=1y')).toBe(400);
  });
});

test('calls are counted by platform and outcome, those too that lost something silently', async () => {
  mingce.requests?.clear();
  expect(await patch({ description: 'one' })).toBe(0);
  expect(await patch({ job_levl_id: 'x', description: 'two' })).toBe(0);
  expect(await patch({ mobile: '+8613800010011' })).toBe(2221103);
  const stats = await ask<CallStats>('/stats/calls?company=demo&window=15m&step=15m');
  const sum = (name: 'ok' | 'refused' | 'silent' | 'partly' | 'injected'): number =>
    stats.calls.reduce((all, bucket) => all + bucket[name], 0);
  expect([sum('ok'), sum('refused'), sum('silent'), sum('partly'), sum('injected')]).toEqual([2, 1, 1, 0, 0]);
  expect(new Set(stats.calls.map(({ platform }) => platform))).toEqual(new Set(['feishu']));
  const fine = await ask<CallStats>('/stats/calls?window=7d&step=1s');
  expect((7 * 86_400_000) / fine.step_ms).toBeLessThanOrEqual(200);
});

test('a call that was accepted although some of it was refused is one in part, wherever it is shown', async () => {
  mingce.requests?.clear();
  const wecom = await mingce.company('demo').tokens.wecom();
  const body = {
    userid: 'zhangsan',
    update_items: [
      { fieldid: 11002, value_string: '三' },
      { fieldid: 99999, value_string: 'x' },
    ],
  };
  await mingce.fetch(`${mingce.url}/cgi-bin/hr/update_staff_info?access_token=${wecom}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  const stats = await ask<CallStats>('/stats/calls?company=demo&window=15m&step=15m');
  expect(stats.calls.filter(({ partly }) => partly > 0)).toMatchObject([{ platform: 'wecom', partly: 1 }]);
  const listed = await ask<RequestList>('/requests?operation=hr.update_staff_info');
  expect(listed.requests).toMatchObject([{ outcome: 'partly' }]);
});

describe.each(['/stream', '/requests/stream'])('a place among those who follow %s', (path) => {
  const open = (
    send: typeof globalThis.fetch,
    key: string,
    signal = AbortSignal.timeout(30_000),
  ): Promise<globalThis.Response> =>
    send(`${mingce.url}/mingce/v1${path}`, { headers: { authorization: `Bearer ${key}` }, signal });

  test.each(['live-test-admin-key', 'live-test-read-key'])(
    'is free as soon as its reader is gone, with %s',
    async (key) => {
      for (const send of [globalThis.fetch, mingce.fetch])
        for (let n = 0; n < 60; n++) {
          const gone = new AbortController();
          const answer = await open(send, key, gone.signal);
          expect(answer.status).toBe(200);
          const reader = answer.body?.getReader();
          await reader?.read();
          // It waits for the next event then.
          const next = reader?.read().catch(() => undefined);
          if (n % 2 === 0) gone.abort();
          else await reader?.cancel();
          await next;
        }
    },
  );

  test('is free where nothing of the stream was read', async () => {
    for (let n = 0; n < 60; n++) {
      const answer = await open(mingce.fetch, 'live-test-admin-key');
      expect(answer.status).toBe(200);
      await answer.body?.cancel();
      const head = await mingce.fetch(`${mingce.url}/mingce/v1${path}`, { method: 'HEAD', headers: ADMIN });
      expect(head.status).toBe(200);
    }
  });
});

describe('the stream of a page', () => {
  test('says that a department was changed, and takes its id for none of an employee', async () => {
    const rename = (): Promise<unknown> =>
      mingce.fetch(`${mingce.url}/open-apis/directory/v1/departments/backend?department_id_type=department_id`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ department: { name: { default_value: `后端 ${String(Date.now())}` } } }),
      });
    const all = await events('/stream?company=demo', (some) => some.some(({ name }) => name === 'changes'), rename);
    expect(all.find(({ name }) => name === 'changes')?.data['changes']).toMatchObject([
      { kind: 'department', employee: null, subject: 'backend', fields: ['name'] },
    ]);
  });

  test('says what came in batches, what was changed, and whether the store is well', async () => {
    const all = await events(
      '/stream?company=demo',
      (some) => requestsIn(some).length > 0 && some.some(({ name }) => name === 'changes'),
      () => patch({ description: `at ${String(Date.now())}` }),
    );
    const [request] = requestsIn(all);
    expect(request).toMatchObject({ operation: 'employee.patch', outcome: 'ok', verdicts: { applied: 1 }, silent: 0 });
    expect(request).not.toHaveProperty('request');
    const changed = all.find(({ name }) => name === 'changes');
    expect(changed?.data['changes']).toMatchObject([{ company: 'demo', employee: 'zhangsan' }]);
    expect(all.find(({ name }) => name === 'health')?.data).toMatchObject({ ready: true });
  });

  test('goes on where it ended, and says so where that is gone', async () => {
    const first = await events(
      '/stream?topics=requests',
      (some) => requestsIn(some).length > 0,
      () => patch({ description: 'a' }),
    );
    const last = first.findLast(({ id }) => id !== undefined)?.id ?? '';
    await patch({ description: 'b' });
    await patch({ description: 'c' });
    const nothing = (): Promise<void> => Promise.resolve();
    const next = await events('/stream?topics=requests', (some) => requestsIn(some).length >= 2, nothing, {
      'last-event-id': last,
    });
    expect(requestsIn(next)).toHaveLength(2);
    expect(next.some(({ name }) => name === 'gap')).toBe(false);
    const lost = await events('/stream?topics=requests', (some) => some.length > 0, nothing, {
      'last-event-id': 'gone',
    });
    expect(lost[0]).toMatchObject({ name: 'gap', data: { missed: null } });
  });

  test('sends at most 200 calls at a time and says how many it left out', async () => {
    const all = await events(
      '/stream?topics=requests',
      (some) =>
        requestsIn(some).length +
          some.reduce((sum, { name, data }) => sum + (name === 'gap' ? Number(data['missed']) : 0), 0) >=
        600,
      () =>
        Promise.all(Array.from({ length: 600 }, () => mingce.fetch(`${mingce.url}/open-apis/directory/v1/no-such`))),
    );
    const batches = all
      .filter(({ name }) => name === 'requests')
      .map(({ data }) => (data['requests'] as unknown[]).length);
    expect(Math.max(...batches)).toBeLessThanOrEqual(200);
    const missed = all.reduce((sum, { name, data }) => sum + (name === 'gap' ? Number(data['missed']) : 0), 0);
    expect(requestsIn(all).length + missed).toBe(600);
  });

  test('shows only what a search finds', async () => {
    const all = await events(
      '/stream?topics=requests&q=code:2221103',
      (some) => requestsIn(some).length > 0,
      async () => {
        await patch({ description: 'd' });
        await patch({ mobile: '+8613800010011' });
      },
    );
    expect(requestsIn(all).map(({ code }) => code)).toEqual(['2221103']);
  });

  test.each(['topics=everything', 'q=code:', 'q=)('])('is refused for %s', async (query) => {
    const answer = await mingce.fetch(`${mingce.url}/mingce/v1/stream?${query}`, { headers: ADMIN });
    expect(answer.status).toBe(400);
  });
});
