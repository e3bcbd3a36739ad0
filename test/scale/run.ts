import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load, percentile, request } from '../../bench/load.ts';
import { start, type Running } from '../../bench/servers.ts';

/*
 * The long form: `npm run soak:scale -- [employees] [companies]`. One company of so many, so many companies of a
 * hundred, and one of ten thousand to hold the first against. It measures and judges nothing but that every answer is
 * right.
 */

const [employees = '1000000', companies = '10000'] = process.argv.slice(2);
const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const SECRET = 'mingce-generated-secret';
const folder = mkdtempSync(join(tmpdir(), 'mingce-scale-'));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const big = await loaded('big', ['--employees', employees]);
  const small = await loaded('small', ['--employees', '10000']);
  await compare(big, small);
  const many = await loaded('many', ['--employees', '100', '--companies', companies]);
  await amongMany(many);
} finally {
  rmSync(folder, { recursive: true });
}

/** Generates into a data folder of its own and says what that took. */
async function loaded(key: string, args: readonly string[]): Promise<string> {
  const data = join(folder, key);
  const started = performance.now();
  const child = spawn(process.execPath, [MAIN, 'generate', '--key', key, ...args, '--data', data], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let most = 0;
  const watching = setInterval(() => (most = Math.max(most, residentMb(child.pid))), 250);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(watching);
  if (code !== 0) throw new Error(`generate ended with ${String(code)}`);
  const seconds = (performance.now() - started) / 1_000;
  const mb = statSync(join(data, 'mingce.db')).size / 1_000_000;
  say(
    `${key}: loaded in ${seconds.toFixed(0)} s, ${mb.toFixed(0)} MB on disk, at most ${most.toFixed(0)} MB of memory`,
  );
  return data;
}

function residentMb(pid: number | undefined): number {
  try {
    return Number(/VmRSS:\s+([0-9]+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]) / 1_024;
  } catch {
    return 0;
  }
}

async function serve(name: string, data: string): Promise<Running> {
  const started = performance.now();
  const server = await start('src/main.ts', ['serve', '--port', '0', '--no-demo', '--data', data]);
  say(
    `${name}: listens after ${(performance.now() - started).toFixed(0)} ms with ${server.residentMb().toFixed(0)} MB`,
  );
  return server;
}

/** One large company: its pages, and its updates in turn with those of a small one. */
async function compare(big: string, small: string): Promise<void> {
  const servers = [
    { key: 'big', people: Number(employees), server: await serve('big', big) },
    { key: 'small', people: 10_000, server: await serve('small', small) },
  ];
  for (const { key, people, server } of servers) await pages(key, people, server);
  const rates = new Map<string, number[]>(servers.map(({ key }) => [key, []]));
  for (let round = 0; round < 4; round++) {
    for (const { key, people, server } of servers) {
      const { requests, seconds, failures, latencies } = await updates(key, people, server);
      // Three of a hundred have left, and cannot be changed.
      if (failures > requests * 0.05)
        throw new Error(`${String(failures)} of ${String(requests)} updates of ${key} failed`);
      // The first one warms up.
      if (round > 0) rates.get(key)?.push(requests / seconds);
      if (round === 3) {
        const p99 = percentile({ requests, seconds, failures, latencies }, 99);
        say(`${key}: p99 ${p99.toFixed(1)} ms at 64 connections, ${server.residentMb().toFixed(0)} MB of memory`);
      }
    }
  }
  const [ofBig = 0, ofSmall = 0] = [...rates.values()].map((all) => all.toSorted((a, b) => a - b)[1] ?? 0);
  say(`updates: ${ofBig.toFixed(0)}/s of big, ${ofSmall.toFixed(0)}/s of small, ratio ${(ofBig / ofSmall).toFixed(2)}`);
  for (const { server } of servers) await server.stop();
}

async function updates(key: string, people: number, server: Running): ReturnType<typeof load> {
  const token = await feishuToken(server, key);
  let serial = Date.now();
  return await load({
    port: server.port,
    connections: 64,
    seconds: 6,
    next: () => {
      const id = `e${String(1 + Math.floor(Math.random() * people)).padStart(7, '0')}`;
      const path = `/open-apis/directory/v1/employees/${id}?employee_id_type=employee_id`;
      const body = { employee: { name: { name: { default_value: '张三' }, another_name: `n${String(serial++)}` } } };
      return request('PATCH', path, { Authorization: `Bearer ${token}` }, JSON.stringify(body));
    },
    isSuccess: (body) => body.includes('"code":0'),
  });
}

/** Pages of a hundred at the beginning and the end, by every order, each the median of some. */
async function pages(key: string, people: number, server: Running): Promise<void> {
  const token = await hoseToken(server, key);
  const since = encodeURIComponent('2026-06-25 00:00:00');
  for (const [what, query] of [
    ['first page', 'start=0'],
    ['last page', `start=${String(people - 100)}`],
    ['first of those who left', 'start=0&active=false'],
    ['first by change', 'start=0&orderBy=updateTime'],
    ['last by change', `start=${String(people - 100)}&orderBy=updateTime`],
    ['changed in the last days', `start=0&startDate=${since}`],
  ] as const) {
    const times: number[] = [];
    let count = 0;
    for (let round = 0; round < 9; round++) {
      const started = performance.now();
      const answer = await fetch(
        `http://127.0.0.1:${String(server.port)}/api/openapi/v1.1/staffs?accessToken=${token}&count=100&${query}`,
      );
      const reply = (await answer.json()) as { count: number; items: readonly unknown[] };
      times.push(performance.now() - started);
      count = reply.count;
      if (reply.items.length === 0) throw new Error(`${what} of ${key} is empty: ${JSON.stringify(reply)}`);
    }
    const median = times.toSorted((a, b) => a - b)[4] ?? 0;
    say(`${key}: ${what} in ${median.toFixed(1)} ms, of ${String(count)} in all`);
  }
}

/** Many small companies: some thousand of them are asked one after another. */
async function amongMany(data: string): Promise<void> {
  const server = await serve('many', data);
  const digits = companies.length;
  const times: number[] = [];
  for (let index = 0; index < 3_000; index++) {
    const key = `many-${String(1 + ((index * 7_919) % Number(companies))).padStart(digits, '0')}`;
    const started = performance.now();
    const token = await hoseToken(server, key);
    const answer = await fetch(
      `http://127.0.0.1:${String(server.port)}/api/openapi/v1.1/staffs?accessToken=${token}&start=0&count=100`,
    );
    const { count } = (await answer.json()) as { count: number };
    if (count !== 100) throw new Error(`${key} shows ${String(count)}`);
    times.push(performance.now() - started);
  }
  const sorted = times.toSorted((a, b) => a - b);
  say(
    `many: token and list of another company each time in ${(sorted[1_500] ?? 0).toFixed(1)} ms, p99 ${(sorted[2_970] ?? 0).toFixed(1)} ms, then ${server.residentMb().toFixed(0)} MB of memory`,
  );
  await server.stop();
}

async function feishuToken(server: Running, key: string): Promise<string> {
  const url = `http://127.0.0.1:${String(server.port)}/open-apis/auth/v3/tenant_access_token/internal`;
  const reply = await post(url, { app_id: `cli_generated_${key}`, app_secret: SECRET });
  return (reply as { tenant_access_token: string }).tenant_access_token;
}

async function hoseToken(server: Running, key: string): Promise<string> {
  const url = `http://127.0.0.1:${String(server.port)}/api/openapi/v1/auth/getAccessToken`;
  const reply = await post(url, { appKey: `generated-${key}`, appSecurity: SECRET });
  return encodeURIComponent((reply as { value: { accessToken: string } }).value.accessToken);
}

async function post(url: string, body: object): Promise<unknown> {
  return await (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).json();
}
