import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresServer } from '../support/postgres-server.ts';
import { startServer, type RunningServer } from '../support/running-server.ts';
import { Writers, type CrashReport } from './writers.ts';

const NODES = 3;
/** How long nodes may take to serve again once their database is back. */
const RECOVERY_MS = 20_000;

/**
 * Starts three nodes on one database, writes over three wires through all of them at once, and kills one of them, or
 * the database, at a random moment; so many times on the same data. The others go on writing meanwhile.
 */
export async function nodeRounds(
  database: PostgresServer,
  rounds: number,
  onRound: (round: number) => void = () => {},
): Promise<CrashReport> {
  const start = (): Promise<RunningServer> => startServer(['--store', database.url, '--log', 'error']);
  const writers = new Writers();
  const faults: string[] = [];
  const nodes = [await start(), ...(await Promise.all(Array.from({ length: NODES - 1 }, start)))];
  for (let round = 1; round <= rounds; round++) {
    const { ended } = await writers.begin(
      nodes.map(({ url }) => url),
      round,
    );
    await writers.moment(round);
    const found: string[] = [];
    if (round % 3 === 0) {
      await database.killAndRestart();
      if (!(await writers.nextKept(RECOVERY_MS))) found.push('nodes did not come back with their database');
    } else {
      const victim = Math.floor(Math.random() * NODES);
      await nodes[victim]?.kill();
      await sleep(20 + Math.random() * 100);
      nodes[victim] = await start();
    }
    writers.stop();
    await ended;
    for (const { url } of nodes) found.push(...(await writers.faults(url)));
    faults.push(...found.map((fault) => `round ${String(round)}: ${fault}`));
    onRound(round);
  }
  for (const node of nodes) {
    const code = await node.stop();
    if (code !== 0) faults.push(`a node ended with ${String(code)} when asked to stop`);
  }
  return { crashes: rounds, acknowledged: writers.acknowledged, undecided: writers.undecided, faults };
}
