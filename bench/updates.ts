import { ratios, seriesOf, shown } from './report/ratio.ts';
import { say } from './report/report.ts';
import { runPinned } from './servers.ts';
import { interleaved, perSecond, slice, SMALL, unchecked, type Bench, type Pair, type Slice } from './slices.ts';
import type { Workload } from './workloads.ts';

const LEAST_OVER_LIMIT = 0.85;
const LEAST_OF_BATCHES = 0.65;

/** P1: one durable update over each wire, against bare `node:http` and against the limit of the design. */
export async function updates(bench: Bench, pair: Pair): Promise<void> {
  say('writes');
  const { bare, limit, small, work } = pair;
  const workloads = [work.feishuPatch, work.wecomUpdate, work.hoseUpdate];
  // Code that is still being compiled says nothing, and the caches begin empty.
  for (let time = 0; time < bench.options.warmUps; time++) {
    for (const workload of workloads) await slice(bench, small, workload);
    await slice(bench, limit, unchecked(work.feishuPatch));
  }
  for (const workload of workloads) {
    const { candidate, baseline } = await interleaved(
      bench,
      () => slice(bench, small, workload),
      async () => ({
        bare: await slice(bench, bare, unchecked(workload)),
        limit: await slice(bench, limit, unchecked(workload)),
      }),
    );
    const [overBare, overLimit] = [baseline.map((one) => one.bare), baseline.map((one) => one.limit)];
    over(bench, 'P1', `${workload.name} over bare node:http`, candidate, overBare, null);
    over(bench, 'P1', `${workload.name} over the limit`, candidate, overLimit, LEAST_OVER_LIMIT);
    over(bench, 'P1', `the limit over bare node:http, asked for ${workload.name}`, overLimit, overBare, null);
  }
}

/** P3: records in batches of a hundred, against what the database alone can do. */
export async function batches(bench: Bench, { small, work: { hoseBatch } }: Pair): Promise<void> {
  const figures = await interleaved(
    bench,
    () => slice(bench, small, hoseBatch),
    () => Promise.resolve(rawRecords(bench.options.seconds)),
  );
  const records = figures.candidate.map((done) => perSecond(done) * hoseBatch.records);
  const ratio = ratios(records, figures.baseline);
  bench.report.add({
    goal: 'P3',
    what: `${hoseBatch.name}: records over raw SQLite at 100 a transaction`,
    ratio,
    wanted: { text: `≥ ${String(LEAST_OF_BATCHES)}`, isMet: ratio.median >= LEAST_OF_BATCHES },
    absolute: `${shown(seriesOf(records).median)} against ${shown(seriesOf(figures.baseline).median)} records/s`,
  });
}

/** Requests of one kind sent to the small company's server and to one that does nothing, in turn. */
export async function againstBare(
  bench: Bench,
  { bare, small }: Pair,
  goal: string,
  workload: Workload,
  wanted: number,
): Promise<void> {
  const figures = await interleaved(
    bench,
    () => slice(bench, small, workload),
    () => slice(bench, bare, unchecked(workload)),
  );
  over(bench, goal, `${workload.name} over bare node:http`, figures.candidate, figures.baseline, wanted);
}

/** Reports one server's slices over another's. */
function over(
  { report }: Bench,
  goal: string,
  what: string,
  candidate: readonly Slice[],
  baseline: readonly Slice[],
  wanted: number | null,
): void {
  const own = candidate.map(perSecond);
  const base = baseline.map(perSecond);
  const ratio = ratios(own, base);
  const [ownCpu, baseCpu] = [candidate.map(cpuOf), baseline.map(cpuOf)];
  const cpu = `processor time ×${shown(ratios(ownCpu, baseCpu).median)}`;
  const each = `${shown(seriesOf(ownCpu).median)} against ${shown(seriesOf(baseCpu).median)} µs`;
  report.add({
    goal,
    what,
    ratio,
    wanted: wanted === null ? null : { text: `≥ ${String(wanted)}`, isMet: ratio.median >= wanted },
    absolute: `${shown(seriesOf(own).median)}/s against ${shown(seriesOf(base).median)}/s; ${cpu}, ${each}`,
  });
}

function cpuOf({ cpuPerRequest }: Slice): number {
  return cpuPerRequest;
}

function rawRecords(seconds: number): number {
  return Number(runPinned('bench/baselines/raw-store.ts', [String(SMALL), '100', String(seconds)]));
}
