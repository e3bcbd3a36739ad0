import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { silentLog, startMingce } from '../../src/index.ts';
import { freshSchema } from '../support/fresh-store.ts';
import { NumberedWriters } from './numbered.ts';

const SAMPLE = /^([a-z_0-9]+)(?:\{([^{}]*)\})? (-?[0-9.e+-]+)$/;

/** Reads the text as a scraper does, and refuses what one would: a series without a type, or twice. */
function readMetrics(text: string): ReadonlyMap<string, number> {
  expect(text.endsWith('\n')).toBe(true);
  const series = new Map<string, number>();
  const types = new Map<string, string>();
  for (const line of text.slice(0, -1).split('\n')) {
    const type = /^# TYPE ([a-z_0-9]+) (counter|gauge|histogram)$/.exec(line);
    if (type !== null) {
      expect(types.has(type[1] ?? ''), line).toBe(false);
      types.set(type[1] ?? '', type[2] ?? '');
    } else if (!line.startsWith('# HELP ')) {
      const [, name = '', labels = '', value = ''] = SAMPLE.exec(line) ?? [];
      const family = types.has(name) ? name : name.replace(/_(bucket|sum|count)$/, '');
      expect(types.has(family), line).toBe(true);
      if (types.get(family) === 'counter') expect(name, line).toMatch(/_total$/);
      expect(series.has(`${name}{${labels}}`), line).toBe(false);
      series.set(`${name}{${labels}}`, Number(value));
    }
  }
  return series;
}

async function scrape(url: string): Promise<ReadonlyMap<string, number>> {
  const answer = await fetch(`${url}/metrics`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  return readMetrics(await answer.text());
}

const labelled = (dialect: string, operation: string, outcome: string): string =>
  `mingce_requests_total{dialect="${dialect}",operation="${operation}",outcome="${outcome}"}`;

test('requests, writes and the process are told, each platform by what its answers mean', async () => {
  const mingce = await startMingce({ demo: true, log: silentLog });
  const writers = new NumberedWriters();
  const { ended } = await writers.begin(mingce.url);
  while (writers.acknowledged.some((number) => number < 3)) await sleep(5);
  writers.stop();
  await ended;
  await fetch(`${mingce.url}/cgi-bin/hr/get_staff_info?access_token=no`, { method: 'POST', body: '{}' });
  await fetch(`${mingce.url}/mingce/v1/companies`);
  await fetch(`${mingce.url}/no/such/path`);
  const metrics = await scrape(mingce.url);
  const kept = (persons: readonly number[]): number =>
    persons.reduce((sum, index) => sum + (writers.acknowledged[index] ?? 0), 0);
  const operations = [...metrics.keys()].filter((name) => name.startsWith('mingce_requests_total'));
  const written = (dialect: string, operation: RegExp): number =>
    operations
      .filter((name) => name.includes(`dialect="${dialect}"`) && name.includes('outcome="ok"') && operation.test(name))
      .reduce((sum, name) => sum + (metrics.get(name) ?? 0), 0);
  expect(written('feishu', /employee.*patch/)).toBe(kept([0, 1, 2, 3]));
  expect(written('wecom', /update_staff_info/)).toBe(kept([4, 5, 6]));
  expect(written('hose', /batch/i)).toBe(kept([7, 8, 9]));
  // That platform answers a wrong token with the status 200.
  expect(operations.filter((name) => /wecom.*get_staff_info.*refused/.test(name))).toHaveLength(1);
  expect(metrics.get(labelled('admin', 'companies.list', 'refused'))).toBe(1);
  expect(metrics.get(labelled('front', 'none', 'refused'))).toBe(1);
  expect(metrics.get('mingce_requests_in_flight{}'), 'this one').toBe(1);
  const writes = kept([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(metrics.get('mingce_store_transaction_writes_sum{}')).toBeGreaterThanOrEqual(writes);
  expect(metrics.get('mingce_store_transaction_seconds_count{}')).toBeGreaterThan(0);
  expect(metrics.get('mingce_store_busy_total{}')).toBe(0);
  for (const name of ['process_resident_memory_bytes', 'process_cpu_seconds_total', 'nodejs_heap_size_used_bytes']) {
    expect(metrics.get(`${name}{}`), name).toBeGreaterThan(0);
  }
  expect(metrics.get('nodejs_eventloop_lag_max_seconds{}')).toBeGreaterThanOrEqual(0);
  expect(
    [...metrics.keys()].filter((name) => /^mingce_build_info\{version="[0-9.]+",node="26/.test(name)),
  ).toHaveLength(1);
  await mingce.close();
});

test('there are no more series than operations, whatever callers send, and nothing of what they send', async () => {
  const mingce = await startMingce({ demo: true, log: silentLog });
  const planted = ['13700001111', 'planted@example.com', 'planted-token', 'planted-id'];
  const provoke = async (round: number): Promise<void> => {
    for (const one of planted) {
      const word = `${one}${String(round)}`;
      const body = JSON.stringify({ userid: word, employee: { mobile: word }, [word]: word });
      const sent = {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${word}`, [`x-${word.replace(/\W/g, '')}`]: word },
      };
      await fetch(`${mingce.url}/open-apis/directory/v1/employees/${word}`, { ...sent, method: 'PATCH' });
      await fetch(`${mingce.url}/cgi-bin/hr/update_staff_info?access_token=${word}`, sent);
      await fetch(`${mingce.url}/api/openapi/v1.1/staffs/update/$${word}?accessToken=${word}`, {
        ...sent,
        method: 'PUT',
      });
      await fetch(`${mingce.url}/${word}/${word}`, { method: 'DELETE' });
      await fetch(`${mingce.url}/mingce/v1/companies/${word}/file`, sent);
    }
  };
  await provoke(0);
  await scrape(mingce.url);
  const before = await scrape(mingce.url);
  for (let round = 1; round <= 5; round++) await provoke(round);
  const after = await scrape(mingce.url);
  expect([...after.keys()]).toEqual([...before.keys()]);
  const text = [...after.keys()].join('\n');
  for (const word of planted) expect(text).not.toContain(word);
  const labels = new Set([...text.matchAll(/[{,]([a-z]+)=/g)].flatMap(([, label]) => label ?? []));
  expect([...labels].toSorted((a, b) => a.localeCompare(b))).toEqual([
    'dialect',
    'le',
    'node',
    'operation',
    'outcome',
    'version',
  ]);
  await mingce.close();
});

test('a shared database tells of its connections', async () => {
  const mingce = await startMingce({ store: await freshSchema(), companies: [] });
  const metrics = await scrape(mingce.url);
  const [idle = 0, busy = 0] = ['idle', 'busy'].map((state) =>
    metrics.get(`mingce_store_connections{state="${state}"}`),
  );
  expect(idle + busy).toBeGreaterThan(0);
  expect(metrics.get('mingce_store_connections{state="awaited"}')).toBe(0);
  await mingce.close();
});

describe('who may read them', () => {
  const KEY = 'f2c1d5a98b7e4603';
  const statuses = async (options: Parameters<typeof startMingce>[0]): Promise<readonly number[]> => {
    const mingce = await startMingce(options);
    const url = `http://127.0.0.1:${String(mingce.port)}/metrics`;
    const asked = [{}, { authorization: 'Bearer no' }, { authorization: `Bearer ${KEY}` }];
    const answers = await Promise.all(asked.map((headers) => fetch(url, { headers })));
    await mingce.close();
    return answers.map(({ status }) => status);
  };

  test.each([
    ['everybody on this machine, when nobody else can reach it', { adminKey: KEY }, [200, 200, 200]],
    ['holders of the admin key, when others can', { adminKey: KEY, host: '0.0.0.0' }, [401, 401, 200]],
    ['the same behind a proxy', { adminKey: KEY, origin: 'https://mingce.example' }, [401, 401, 200]],
    ['nobody, when there is no key', { host: '0.0.0.0' }, [403, 403, 403]],
  ] as const)('%s', async (_who, options, expected) => {
    expect(await statuses(options)).toEqual(expected);
  });
});
