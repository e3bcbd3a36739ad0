import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '../src/version.ts';
import { applyPlain, plainCompany, serve } from './companies.ts';
import { growth } from './growth.ts';
import { latencies } from './latency.ts';
import { othersDuringFile } from './company-file.ts';
import { optionsOf, type Options } from './options.ts';
import { onPostgres } from './postgres.ts';
import { reads } from './reads.ts';
import { Report, say } from './report/report.ts';
import { besideRivals } from './baselines/competitors.ts';
import { endAll, start, stepAside } from './servers.ts';
import { SMALL, type Bench, type Pair } from './slices.ts';
import { startUp } from './sandbox/start-up.ts';
import { workbench } from './sandbox/workbench.ts';
import { batches, updates } from './updates.ts';
import { workloads } from './workloads.ts';

/*
 * `npm run bench`: what a durable update costs, as ratios against the least a server of this runtime can do, measured
 * in the same run. Writes bench/RESULTS.md and bench/results.svg.
 *
 * `npm run bench -- --rounds 9 --seconds 3` for a longer one; `--growth 0` leaves the large company out; `--only P1,P7`
 * measures some of it and writes nothing; `--quick` measures all of it shortly, and says what moved since the results.
 */

const options = asked();
const bench: Bench = { options, report: new Report(), folder: mkdtempSync(join(tmpdir(), 'mingce-bench-')) };

/** Measured on the small company's server, in this order. */
const onSmall: readonly (readonly [goal: string, measure: (bench: Bench, pair: Pair) => Promise<void>])[] = [
  ['P1', updates],
  ['P2', besideRivals],
  ['P3', batches],
  ['P5', latencies],
  ['P7', reads],
];

bench.report.version('Mingce', version);
stepAside();
say(`${String(options.rounds)} rounds of ${String(options.seconds)} s each`);
try {
  const measured = onSmall.filter(([goal]) => isWanted(goal));
  if (measured.length > 0) {
    const pair = await pairOf();
    for (const [goal, measure] of measured) await attempt(goal, () => measure(bench, pair));
    await pair.small.stop();
    await pair.limit.stop();
    await pair.bare.stop();
  }
  if (isWanted('P4') || isWanted('P6')) {
    if (options.growth > 0) await attempt('P4 and P6', () => growth(bench));
    else bench.report.skip('P4 and P6: left out by `--growth 0`.');
  }
  if (isWanted('P8')) await attempt('P8', () => onPostgres(bench));
  if (isWanted('P9')) await attempt('P9', () => startUp(bench));
  if (isWanted('P10')) {
    if (options.growth > 0) await attempt('P10', () => othersDuringFile(bench));
    else bench.report.skip('P10: left out by `--growth 0`.');
  }
  if (isWanted('P11')) await attempt('P11', () => workbench(bench));
  if (options.isQuick) bench.report.compare();
  else if (options.only === null) bench.report.write(options);
} finally {
  endAll();
  rmSync(bench.folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Measures one goal; where that fails, the rest is measured nevertheless, and the run is no success. */
async function attempt(goal: string, measure: () => Promise<void>): Promise<void> {
  try {
    await measure();
  } catch (error) {
    process.exitCode = 1;
    bench.report.skip(`${goal} FAILED: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isWanted(goal: string): boolean {
  return options.only === null || options.only.has(goal);
}

async function pairOf(): Promise<Pair> {
  say(`a company of ${SMALL.toLocaleString('en-US')}`);
  const data = join(bench.folder, 'data');
  const store = ['--data', data];
  applyPlain(bench.folder, SMALL, store);
  mkdirSync(join(bench.folder, 'limit'));
  const copy = join(bench.folder, 'limit', 'mingce.db');
  copyFileSync(join(data, 'mingce.db'), copy);
  const small = await serve(store);
  const [bare, limit] = [await start('bench/baselines/bare.ts'), await start('bench/limit.ts', [copy])];
  return { bare, limit, small, work: await workloads(small, plainCompany(SMALL)) };
}

function asked(): Options {
  try {
    return optionsOf(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(2);
  }
}
