import { percentile, type LoadReport } from './load.ts';
import { ratios, seriesOf, shown, type Series } from './report/ratio.ts';
import { say } from './report/report.ts';
import { perSecond, slice, unchecked, type Bench, type Pair } from './slices.ts';

const MOST_OVER_BARE = 2.5;

/** P5: how long answers take at half of the maximum rate, and, for information, at all of it. */
export async function latencies(bench: Bench, { bare, small, work: { feishuPatch } }: Pair): Promise<void> {
  say('latency');
  const figures = { full: [] as LoadReport[], own: [] as LoadReport[], base: [] as LoadReport[] };
  const half = perSecond(await slice(bench, small, feishuPatch)) / 2;
  const bareHalf = perSecond(await slice(bench, bare, unchecked(feishuPatch))) / 2;
  for (let round = 0; round < bench.options.rounds; round++) {
    figures.base.push(await slice(bench, bare, unchecked(feishuPatch), bareHalf));
    figures.own.push(await slice(bench, small, feishuPatch, half));
    figures.full.push(await slice(bench, small, feishuPatch));
  }
  const p99 = (done: LoadReport): number => percentile(done, 99);
  const ratio = ratios(figures.own.map(p99), figures.base.map(p99));
  bench.report.add({
    goal: 'P5',
    what: 'p99 at half load over that of bare node:http at its own half',
    ratio,
    wanted: { text: `≤ ${String(MOST_OVER_BARE)}`, isMet: ratio.median <= MOST_OVER_BARE },
    absolute: `${shown(middle(figures.own, 99).median)} ms against ${shown(middle(figures.base, 99).median)} ms`,
  });
  for (const [what, reports] of [
    [`${feishuPatch.name} at half load`, figures.own],
    [`${feishuPatch.name}, 64 connections at full load`, figures.full],
  ] as const) {
    const reply = `p50 ${shown(middle(reports, 50).median)} ms, p99 ${shown(middle(reports, 99).median)} ms`;
    bench.report.add({ goal: 'P5', what: `latency of ${what}`, ratio: null, wanted: null, absolute: reply });
  }
}

function middle(reports: readonly LoadReport[], percent: number): Series {
  return seriesOf(reports.map((report) => percentile(report, percent)));
}
