import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { generatedCompany, serve } from './companies.ts';
import { ratios, seriesOf, shown } from './report/ratio.ts';
import { say } from './report/report.ts';
import { run, type Running } from './servers.ts';
import { interleaved, perSecond, slice, SMALL, type Bench, type Slice } from './slices.ts';
import { workloads, type Workload, type Workloads } from './workloads.ts';

/** Sizes that are reported beside the one that is judged. */
const BETWEEN = [1_000, 100_000];
const LEAST_RATE = 0.8;
const MAX_MEMORY = { ratio: 1.4, mb: 300 };

interface Grown {
  readonly employees: number;
  readonly server: Running;
  readonly work: Workloads;
  stop(): Promise<void>;
}

/** P4 and P6: what a large company costs in speed and memory, against one of ten thousand made in the same way. */
export async function growth(bench: Bench): Promise<void> {
  const small = await generated(bench, SMALL);
  const large = await generated(bench, bench.options.growth);
  const { feishuPatch, wecomUpdate, hoseUpdate } = large.work;
  await compare(bench, small, large, [small.work.feishuPatch, feishuPatch], true);
  memory(bench, small, large);
  await compare(bench, small, large, [small.work.wecomUpdate, wecomUpdate], true);
  await compare(bench, small, large, [small.work.hoseUpdate, hoseUpdate], true);
  await large.stop();
  for (const employees of BETWEEN.filter((size) => size < bench.options.growth)) {
    const between = await generated(bench, employees);
    await compare(bench, small, between, [small.work.feishuPatch, between.work.feishuPatch], false);
    await between.stop();
  }
  await small.stop();
}

async function generated(bench: Bench, employees: number): Promise<Grown> {
  say(`a generated company of ${employees.toLocaleString('en-US')}`);
  const key = `n${String(employees)}`;
  const data = join(bench.folder, `generated-${key}`);
  run('src/main.ts', ['generate', '--key', key, '--employees', String(employees), '--data', data]);
  const server = await serve(['--data', data]);
  return {
    employees,
    server,
    work: await workloads(server, generatedCompany(key, employees)),
    stop: async () => {
      await server.stop();
      rmSync(data, { recursive: true });
    },
  };
}

async function compare(
  bench: Bench,
  small: Grown,
  other: Grown,
  [onSmall, onOther]: readonly [Workload, Workload],
  isJudged: boolean,
): Promise<void> {
  const figures = await interleaved(
    bench,
    () => slice(bench, other.server, onOther),
    () => slice(bench, small.server, onSmall),
  );
  const own = figures.candidate.map(perSecond);
  const base = figures.baseline.map(perSecond);
  const ratio = ratios(own, base);
  const cpu = ratios(figures.candidate.map(cpuOf), figures.baseline.map(cpuOf));
  bench.report.add({
    goal: 'P4',
    what: `${onOther.name} at ${other.employees.toLocaleString('en-US')} employees over that at 10,000`,
    ratio,
    wanted: isJudged ? { text: `≥ ${String(LEAST_RATE)}`, isMet: ratio.median >= LEAST_RATE } : null,
    absolute: `${shown(seriesOf(own).median)}/s against ${shown(seriesOf(base).median)}/s; processor time ×${shown(cpu.median)}`,
  });
}

/** After the same load of both. */
function memory({ report }: Bench, small: Grown, large: Grown): void {
  const [own, base] = [large.server.residentMb(), small.server.residentMb()];
  const ratio = seriesOf([own / base]);
  report.add({
    goal: 'P6',
    what: `memory at ${large.employees.toLocaleString('en-US')} employees over that at 10,000, after the load`,
    ratio,
    wanted: {
      text: `≤ ${String(MAX_MEMORY.ratio)} and ≤ ${String(MAX_MEMORY.mb)} MB`,
      isMet: ratio.median <= MAX_MEMORY.ratio && own <= MAX_MEMORY.mb,
    },
    absolute: `${shown(own)} MB against ${shown(base)} MB`,
  });
}

function cpuOf({ cpuPerRequest }: Slice): number {
  return cpuPerRequest;
}
