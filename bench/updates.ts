import { ratios, seriesOf, shown } from './ratio.ts';
import { say } from './report.ts';
import { runPinned } from './servers.ts';
import { interleaved, perSecond, slice, SMALL, unchecked, type Bench, type Pair } from './slices.ts';
import type { Workload } from './workloads.ts';

/** P1: one durable update over each wire, against bare `node:http`. */
export async function updates(bench: Bench, pair: Pair): Promise<void> {
  say('writes');
  const { feishuPatch, wecomUpdate, hoseUpdate } = pair.work;
  for (const workload of [feishuPatch, wecomUpdate, hoseUpdate]) await againstBare(bench, pair, 'P1', workload, 0.3);
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
    wanted: { text: '≥ 0.6', isMet: ratio.median >= 0.6 },
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
  const own = figures.candidate.map(perSecond);
  const base = figures.baseline.map(perSecond);
  const ratio = ratios(own, base);
  const cpu = ratios(
    figures.candidate.map(({ cpuPerRequest }) => cpuPerRequest),
    figures.baseline.map(({ cpuPerRequest }) => cpuPerRequest),
  );
  bench.report.add({
    goal,
    what: `${workload.name} over bare node:http`,
    ratio,
    wanted: { text: `≥ ${String(wanted)}`, isMet: ratio.median >= wanted },
    absolute: `${shown(seriesOf(own).median)}/s against ${shown(seriesOf(base).median)}/s; processor time ×${shown(cpu.median)}`,
  });
}

function rawRecords(seconds: number): number {
  return Number(runPinned('bench/baselines/raw-store.ts', [String(SMALL), '100', String(seconds)]));
}
