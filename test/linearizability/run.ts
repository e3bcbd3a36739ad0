import { startPostgres } from '../support/postgres-server.ts';
import { startServer } from '../support/running-server.ts';
import { judgeHistories, formatHistory, type Judgement } from './histories.ts';

/* The long form: `npm run soak:linearizability -- [histories]`, on one node and then on three. */

const histories = Number(process.argv[2] ?? 500);

async function judge(what: string, urls: readonly string[]): Promise<void> {
  const started = Date.now();
  const judgement: Judgement = await judgeHistories(urls, histories, (done) => {
    if (process.stdout.isTTY) process.stdout.write(`\r${String(done)} of ${String(histories)} histories`);
  });
  const { operations, faults } = judgement;
  process.stdout.write(
    `\n${what}: ${String(judgement.histories)} histories of ${String(operations)} calls in ` +
      `${String(Math.round((Date.now() - started) / 1_000))} s, ${String(faults.length)} that no order explains\n`,
  );
  for (const fault of faults) process.stdout.write(`${formatHistory(fault)}\n\n`);
  if (faults.length > 0) process.exitCode = 1;
}

const one = await startServer(['--store', 'sqlite::memory:']);
await judge('one node', [one.url]);
await one.stop();

const database = await startPostgres();
const nodes = await Promise.all([1, 2, 3].map(() => startServer(['--store', database.url])));
await judge(
  'three nodes',
  nodes.map(({ url }) => url),
);
await Promise.all(nodes.map((node) => node.stop()));
await database.stop();
