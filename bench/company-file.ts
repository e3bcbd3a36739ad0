// How long others wait while a company file is planned, applied or exported: `npm run node -- bench/company-file.ts 50000`.
// The others update the people of another company at a fixed rate; an answer counts from when its request was due.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyPlain, plainCompany, serve } from './companies.ts';
import { load, percentile } from './load.ts';
import { endAll, run, type Running } from './servers.ts';
import { workloads, type Workload } from './workloads.ts';

const OTHERS = 1_000;
const RATE = 200;
const CONNECTIONS = 32;
const MAX_SECONDS = 600;
const KEY = 'bench-admin-key';

const people = Number(process.argv[2] ?? 50_000);
const folder = mkdtempSync(join(tmpdir(), 'mingce-bench-'));
process.env['MINGCE_ADMIN_KEY'] = KEY;
try {
  const file = join(folder, 'large.yaml');
  run('src/main.ts', ['generate', '--key', 'large', '--employees', String(people), '--out', file]);
  const text = readFileSync(file, 'utf8');
  const store = ['--data', join(folder, 'data')];
  applyPlain(folder, OTHERS, store);
  const server = await serve(store);
  const { feishuPatch } = await workloads(server, plainCompany(OTHERS));
  const path = '/mingce/v1/companies/large';
  const changed = text.replaceAll('"employment_type":1', '"employment_type":2');
  const phases: readonly (readonly [name: string, method: string, path: string, body?: string])[] = [
    ['plan of a new company', 'PUT', `${path}?plan=true`, text],
    ['apply of a new company', 'PUT', path, text],
    ['apply of what is there', 'PUT', path, text],
    ['plan that changes nearly all', 'PUT', `${path}?plan=true`, changed],
    ['apply that changes nearly all', 'PUT', path, changed],
    ['export', 'GET', `${path}/file`],
    ['removal', 'DELETE', path],
  ];
  process.stdout.write(`${String(people)} people, ${(text.length / 1e6).toFixed(0)} million characters\n`);
  process.stdout.write('                                seconds  others  p50 ms  p99 ms  longest ms  resident MB\n');
  for (const [name, method, at, body] of phases) await measure(server, feishuPatch, { name, method, path: at, body });
  await server.stop();
} finally {
  endAll();
  rmSync(folder, { recursive: true, force: true });
}

interface Phase {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
}

async function measure(server: Running, workload: Workload, { name, method, path, body }: Phase): Promise<void> {
  const done = new AbortController();
  let resident = 0;
  const watch = setInterval(() => (resident = Math.max(resident, server.residentMb())), 50);
  const others = load({
    port: server.port,
    connections: CONNECTIONS,
    rate: RATE,
    seconds: MAX_SECONDS,
    until: done.signal,
    next: workload.next,
    isSuccess: workload.isSuccess,
  });
  const answer = await fetch(`http://127.0.0.1:${String(server.port)}${path}`, {
    method,
    headers: { Authorization: `Bearer ${KEY}` },
    ...(body === undefined ? {} : { body }),
  });
  const { length } = await answer.text();
  if (!answer.ok) throw new Error(`${name} was answered with ${String(answer.status)}`);
  done.abort();
  const report = await others;
  clearInterval(watch);
  const longest = report.latencies.at(-1) ?? Number.NaN;
  if (report.failures > 0) throw new Error(`${String(report.failures)} of the others failed`);
  const figures = [percentile(report, 50), percentile(report, 99), longest].map((ms) => ms.toFixed(1));
  const columns = [report.seconds.toFixed(1), report.requests, ...figures, resident.toFixed(0)];
  process.stdout.write(`${name.padEnd(32)}${columns.join('  ')}  (${String(length)} characters answered)\n`);
}
