import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load, percentile, type LoadReport } from './load.ts';
import { picture } from './picture.ts';
import { ratios, seriesOf, shown, type Series } from './ratio.ts';
import { isPinned, run, start, stepAside, type Running } from './servers.ts';
import { benchFile, workloads, type Workload, type Workloads } from './workloads.ts';

/*
 * `npm run bench`: what a durable update costs, as ratios against the least a server of this runtime can do, measured
 * in the same run. Writes bench/RESULTS.md and bench/results.svg.
 *
 * `npm run bench -- --rounds 9 --seconds 3 --growth 1000000` for a longer one; `--growth 0` leaves the large company out.
 */

const { rounds, seconds, growth } = options(process.argv.slice(2));
const CONNECTIONS = 64;
const SMALL = 10_000;
const folder = mkdtempSync(join(tmpdir(), 'mingce-bench-'));
const started = Date.now();
const rows: Row[] = [];

/** One line of the table. */
export interface Row {
  readonly goal: string;
  readonly what: string;
  /** The ratio, and how far single rounds were from it. */
  readonly ratio: Series;
  readonly wanted: string;
  readonly isMet: boolean;
  /** Absolute figures, which hold for this machine on this day only. */
  readonly absolute: string;
}

stepAside();
const bare = await start('bench/bare.ts');
const small = await serverWith(SMALL);
const work = await workloads(small, SMALL);

say(`writes, ${String(rounds)} rounds of ${String(seconds)} s each`);
for (const workload of [work.feishuPatch, work.wecomUpdate, work.hoseUpdate]) await againstBare('P1', workload, 0.3);
await againstRawStore(work.hoseBatch);
say('latency at half of the maximum rate');
await latencies(work.feishuPatch);
say('reads');
await againstBare('P7', work.feishuRead, 0.5);
await againstBare('P7', work.wecomRead, 0.5);
await againstBare('P7', work.hoseList, 0.1);
const smallMemory = small.residentMb();
await startUp();
if (growth > 0) await grown(growth);
await small.stop();
await bare.stop();
rmSync(folder, { recursive: true });
report();

async function serverWith(employees: number): Promise<Running> {
  say(`a company of ${employees.toLocaleString('en-US')}`);
  const file = join(folder, `company-${String(employees)}.yaml`);
  const data = join(folder, `data-${String(employees)}`);
  writeFileSync(file, benchFile(employees));
  run('src/main.ts', ['apply', file, '--data', data]);
  return await start('src/main.ts', ['serve', '--port', '0', '--no-demo', '--data', data]);
}

async function slice(
  server: Running,
  workload: Workload,
  rate?: number,
): Promise<LoadReport & { readonly cpuPerRequest: number }> {
  const before = server.cpuMs();
  const done = await load({
    port: server.port,
    connections: CONNECTIONS,
    seconds,
    next: workload.next,
    isSuccess: workload.isSuccess,
    ...(rate === undefined ? {} : { rate }),
  });
  if (done.failures > 0 && server !== bare)
    throw new Error(`${workload.name}: ${String(done.failures)} answers were no success`);
  return { ...done, cpuPerRequest: ((server.cpuMs() - before) * 1_000) / done.requests };
}

function perSecond({ requests, seconds: took }: LoadReport): number {
  return requests / took;
}

/** Slices of both in turn; the first round warms up and does not count. */
async function interleaved(
  workload: Workload,
  candidate: Running,
  baseline: () => Promise<number>,
): Promise<{ readonly candidate: number[]; readonly baseline: number[]; readonly cpu: number[] }> {
  const figures = { candidate: [] as number[], baseline: [] as number[], cpu: [] as number[] };
  for (let round = 0; round <= rounds; round++) {
    const base = await baseline();
    const done = await slice(candidate, workload);
    if (round === 0) continue;
    figures.baseline.push(base);
    figures.candidate.push(perSecond(done) * workload.records);
    figures.cpu.push(done.cpuPerRequest);
  }
  return figures;
}

async function againstBare(goal: string, workload: Workload, wanted: number): Promise<void> {
  const bareCpu: number[] = [];
  const figures = await interleaved(workload, small, async () => {
    const done = await slice(bare, workload);
    bareCpu.push(done.cpuPerRequest);
    return perSecond(done);
  });
  const requests = figures.candidate.map((figure) => figure / workload.records);
  const ratio = ratios(requests, figures.baseline);
  const cpu = seriesOf(figures.cpu).median / seriesOf(bareCpu).median;
  add({
    goal,
    what: `${workload.name} over bare node:http`,
    ratio,
    wanted: `≥ ${String(wanted)}`,
    isMet: ratio.median >= wanted,
    absolute: `${shown(seriesOf(requests).median)}/s against ${shown(seriesOf(figures.baseline).median)}/s; processor time ×${shown(cpu)}`,
  });
}

async function againstRawStore(workload: Workload): Promise<void> {
  const figures = await interleaved(workload, small, () => Promise.resolve(rawRecords()));
  const ratio = ratios(figures.candidate, figures.baseline);
  add({
    goal: 'P3',
    what: `${workload.name}: records over raw SQLite at 100 a transaction`,
    ratio,
    wanted: '≥ 0.6',
    isMet: ratio.median >= 0.6,
    absolute: `${shown(seriesOf(figures.candidate).median)} against ${shown(seriesOf(figures.baseline).median)} records/s`,
  });
}

function rawRecords(): number {
  const script = fileURLToPath(new URL('raw-store.ts', import.meta.url));
  const command = [process.execPath, script, String(SMALL), '100', String(seconds)];
  const pinned = isPinned ? ['taskset', '-c', '0', ...command] : command;
  return Number(spawnSync(pinned[0] ?? '', pinned.slice(1)).stdout.toString());
}

async function latencies(workload: Workload): Promise<void> {
  const own: number[] = [];
  const base: number[] = [];
  const half = perSecond(await slice(small, workload)) / 2;
  const bareHalf = perSecond(await slice(bare, workload)) / 2;
  for (let round = 0; round < rounds; round++) {
    base.push(percentile(await slice(bare, workload, bareHalf), 99));
    own.push(percentile(await slice(small, workload, half), 99));
  }
  const ratio = ratios(own, base);
  add({
    goal: 'P5',
    what: 'p99 at half load over that of bare node:http at its own half',
    ratio,
    wanted: '≤ 5',
    isMet: ratio.median <= 5,
    absolute: `${shown(seriesOf(own).median)} ms against ${shown(seriesOf(base).median)} ms`,
  });
}

async function startUp(): Promise<void> {
  say('start-up');
  const own: number[] = [];
  const base: number[] = [];
  const data = join(folder, 'data-demo');
  for (let round = 0; round <= Math.min(rounds, 5); round++) {
    base.push(await timeToFirstAnswer(() => start('bench/bare-fastify.ts')));
    own.push(await timeToFirstAnswer(() => start('src/main.ts', ['serve', '--port', '0', '--data', data])));
  }
  const ratio = ratios(own.slice(1), base.slice(1));
  add({
    goal: 'P9',
    what: 'start to first answer with the demo company, over bare Fastify',
    ratio,
    wanted: '≤ 3',
    isMet: ratio.median <= 3,
    absolute: `${shown(seriesOf(own.slice(1)).median)} ms against ${shown(seriesOf(base.slice(1)).median)} ms`,
  });
}

async function timeToFirstAnswer(starting: () => Promise<Running>): Promise<number> {
  const from = performance.now();
  const server = await starting();
  await (await fetch(`http://127.0.0.1:${String(server.port)}/healthz`)).text();
  const took = performance.now() - from;
  await server.stop();
  return took;
}

async function grown(employees: number): Promise<void> {
  const large = await serverWith(employees);
  const largeWork: Workloads = await workloads(large, employees);
  const figures = await interleaved(largeWork.feishuPatch, large, async () =>
    perSecond(await slice(small, work.feishuPatch)),
  );
  const ratio = ratios(figures.candidate, figures.baseline);
  add({
    goal: 'P4',
    what: `Feishu PATCH at ${employees.toLocaleString('en-US')} employees over that at 10,000`,
    ratio,
    wanted: '≥ 0.75',
    isMet: ratio.median >= 0.75,
    absolute: `${shown(seriesOf(figures.candidate).median)}/s against ${shown(seriesOf(figures.baseline).median)}/s`,
  });
  const memory = seriesOf([large.residentMb() / smallMemory]);
  add({
    goal: 'P6',
    what: `memory at ${employees.toLocaleString('en-US')} employees over that at 10,000`,
    ratio: memory,
    wanted: '≤ 1.5 and ≤ 300 MB',
    isMet: memory.median <= 1.5 && large.residentMb() <= 300,
    absolute: `${shown(large.residentMb())} MB against ${shown(smallMemory)} MB`,
  });
  await large.stop();
}

function add(row: Row): void {
  rows.push(row);
  say(
    `  ${row.goal} ${row.what}: ${shown(row.ratio.median)} (${row.wanted}) ${row.isMet ? 'met' : 'NOT met'} — ${row.absolute}`,
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function report(): void {
  const table = rows.map(
    ({ goal, what, ratio, wanted, isMet, absolute }) =>
      `| ${goal} | ${what} | **${shown(ratio.median)}** (${shown(ratio.least)}–${shown(ratio.most)}) | ${wanted} | ${isMet ? 'met' : 'not met'} | ${absolute} |`,
  );
  const text = `# Results

Ratios measured in one run; only they carry over to another machine or day. Median of ${String(rounds)} rounds of ${String(seconds)} s, ${String(CONNECTIONS)} keep-alive
connections, candidate and baseline in turn; in brackets the lowest and the highest round. ${isPinned ? 'Server and load on a processor each.' : 'Server and load share the processors.'}
Every answer was checked to be a success; every update was durable before it was answered.

| goal | what | ratio | wanted | | on this machine |
| --- | --- | --- | --- | --- | --- |
${table.join('\n')}

${new Date(started).toISOString().slice(0, 10)}, ${String(Math.round((Date.now() - started) / 60_000))} minutes. ${String(cpus().length)} × ${cpus()[0]?.model ?? 'unknown processor'}, ${platform()} ${release()} ${arch()}, Node ${process.versions.node}, SQLite ${String(process.versions['sqlite'] ?? '')}.
Made by \`npm run bench\`.

![The ratios against their goals](results.svg)
`;
  writeFileSync(new URL('RESULTS.md', import.meta.url), text);
  writeFileSync(new URL('results.svg', import.meta.url), picture(rows));
  say(
    `bench/RESULTS.md and bench/results.svg are written; ${String(rows.filter(({ isMet }) => isMet).length)} of ${String(rows.length)} goals met`,
  );
}

function options(args: readonly string[]): {
  readonly rounds: number;
  readonly seconds: number;
  readonly growth: number;
} {
  const given = (name: string, otherwise: number): number => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? otherwise : Number(args[at + 1]);
  };
  return { rounds: given('rounds', 7), seconds: given('seconds', 2), growth: given('growth', 100_000) };
}
