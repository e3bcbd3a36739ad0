import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyPlain, plainCompany, serve } from './companies.ts';
import { callApart } from './file-caller.ts';
import { load, percentile } from './load.ts';
import { FILE_SHARE } from './options.ts';
import { seriesOf, shown } from './report/ratio.ts';
import { say } from './report/report.ts';
import { run, useAllProcessors, type Running } from './servers.ts';
import type { Bench } from './slices.ts';
import { workloads, type Workload } from './workloads.ts';

const OTHERS = 1_000;
const RATE = 200;
const CONNECTIONS = 32;
const MAX_SECONDS = 600;
const MAX_P99_MS = 100;
const KEY = 'bench-admin-key';

/**
 * P10: how long others wait while a company file is planned, applied, exported and removed. The others update the people of another
 * company at a fixed rate; an answer counts from when its request was due. The server has every processor, as it has where it is used:
 * it reads files in a thread. The callers share them with it.
 */
export async function othersDuringFile(bench: Bench): Promise<void> {
  const people = Math.ceil(bench.options.growth * FILE_SHARE);
  say(`a company file of ${people.toLocaleString('en-US')}`);
  const phases = await waits(bench.folder, people);
  const p99s = seriesOf(phases.map(({ p99 }) => p99));
  const slowest = phases.find(({ p99 }) => p99 === p99s.most);
  bench.report.add({
    goal: 'P10',
    what: `another caller’s p99 in milliseconds while a file of ${people.toLocaleString('en-US')} people is planned, applied, exported, removed; the longest`,
    ratio: { median: p99s.most, least: p99s.least, most: p99s.most },
    wanted: { text: `≤ ${String(MAX_P99_MS)} ms`, isMet: p99s.most <= MAX_P99_MS },
    absolute: `in ${slowest?.name ?? 'none'}; most of a single call ${shown(Math.max(...phases.map(({ longest }) => longest)))} ms`,
  });
}

/** What others met while one thing was done with a company file. */
interface Wait {
  readonly name: string;
  readonly seconds: number;
  readonly others: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  readonly residentMb: number;
}

/** Does each thing that is done with a company file of so many people, and says how long others waited meanwhile. */
async function waits(folder: string, people: number): Promise<readonly Wait[]> {
  const file = join(folder, 'large.yaml');
  run('src/main.ts', ['generate', '--key', 'large', '--employees', String(people), '--out', file]);
  const changed = join(folder, 'large-changed.yaml');
  writeFileSync(changed, readFileSync(file, 'utf8').replaceAll('"employment_type":1', '"employment_type":2'));
  const data = join(folder, 'data-others');
  mkdirSync(data);
  applyPlain(folder, OTHERS, ['--data', data]);
  process.env['MINGCE_ADMIN_KEY'] = KEY;
  const server = await serve(['--data', data]);
  useAllProcessors(server);
  delete process.env['MINGCE_ADMIN_KEY'];
  const { feishuPatch } = await workloads(server, plainCompany(OTHERS));
  const path = '/mingce/v1/companies/large';
  const phases: readonly Phase[] = [
    { name: 'plan of a new company', method: 'PUT', path: `${path}?plan=true`, file },
    { name: 'apply of a new company', method: 'PUT', path, file },
    { name: 'apply of what is there', method: 'PUT', path, file },
    { name: 'plan that changes nearly all', method: 'PUT', path: `${path}?plan=true`, file: changed },
    { name: 'apply that changes nearly all', method: 'PUT', path, file: changed },
    { name: 'export', method: 'GET', path: `${path}/file`, file: undefined },
    { name: 'removal', method: 'DELETE', path, file: undefined },
  ];
  const waited: Wait[] = [];
  for (const phase of phases) waited.push(await measure(server, feishuPatch, phase));
  await server.stop();
  return waited;
}

interface Phase {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** The file that is sent. */
  readonly file: string | undefined;
}

async function measure(server: Running, workload: Workload, { name, method, path, file }: Phase): Promise<Wait> {
  const done = new AbortController();
  let residentMb = 0;
  const watch = setInterval(() => (residentMb = Math.max(residentMb, server.residentMb())), 50);
  const others = load({
    port: server.port,
    connections: CONNECTIONS,
    rate: RATE,
    seconds: MAX_SECONDS,
    until: done.signal,
    next: workload.next,
    isSuccess: workload.isSuccess,
  });
  const url = `http://127.0.0.1:${String(server.port)}${path}`;
  const status = await callApart({ method, url, key: KEY, file });
  if (status >= 300) throw new Error(`${name} was answered with ${String(status)}`);
  done.abort();
  const report = await others;
  clearInterval(watch);
  if (report.failures > 0) throw new Error(`${String(report.failures)} of the others failed during ${name}`);
  const { seconds, requests, latencies } = report;
  const longest = latencies.at(-1) ?? Number.NaN;
  const [p50, p99] = [percentile(report, 50), percentile(report, 99)];
  say(
    `  ${name.padEnd(30)} ${shown(seconds)} s, ${String(requests)} others: p50 ${shown(p50)}, p99 ${shown(p99)}, longest ${shown(longest)} ms; ${shown(residentMb)} MB`,
  );
  return { name, seconds, others: requests, p50, p99, longest, residentMb };
}
