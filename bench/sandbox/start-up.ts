import { join } from 'node:path';
import { bundleForTests } from '../../scripts/bundle.ts';
import { ratios, seriesOf, shown } from '../report/ratio.ts';
import { say } from '../report/report.ts';
import { runPinned, start, type Running } from '../servers.ts';
import type { Bench } from '../slices.ts';

const ROUNDS = 5;
const IN_PROCESS_MS = 60;

/** P9: how soon the demo company answers, as a program and inside one's own process; bundled, as it is published. */
export async function startUp(bench: Bench): Promise<void> {
  say('start-up');
  await bundleForTests();
  const own: number[] = [];
  const base: number[] = [];
  const data = join(bench.folder, 'data-demo');
  const rounds = Math.min(bench.options.rounds, ROUNDS);
  for (let round = 0; round <= rounds; round++) {
    base.push(await timeToFirstAnswer(() => start('bench/baselines/bare-fastify.ts')));
    own.push(await timeToFirstAnswer(() => start('build/main.js', ['serve', '--port', '0', '--data', data])));
  }
  // The first one makes the data folder.
  const ratio = ratios(own.slice(1), base.slice(1));
  bench.report.add({
    goal: 'P9',
    what: 'start to first answer with the demo company, over bare Fastify',
    ratio,
    wanted: { text: '≤ 3', isMet: ratio.median <= 3 },
    absolute: `${shown(seriesOf(own.slice(1)).median)} ms against ${shown(seriesOf(base.slice(1)).median)} ms`,
  });
  const inProcess = seriesOf(
    Array.from({ length: bench.options.isQuick ? 2 : ROUNDS }, () => Number(runPinned('bench/in-process.ts', []))),
  );
  bench.report.add({
    goal: 'P9',
    what: 'startMingce() with the demo company, milliseconds',
    ratio: inProcess,
    wanted: { text: `< ${String(IN_PROCESS_MS)} ms`, isMet: inProcess.median < IN_PROCESS_MS },
    absolute: 'the call alone in a fresh process, in memory; imports left out',
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
