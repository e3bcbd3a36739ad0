import type { PostgresPair } from '../support/postgres-pair.ts';
import { startServer, type RunningServer } from '../support/running-server.ts';
import { Writers, type CrashReport } from './writers.ts';

const NODES = 2;
/** How long nodes may take to serve again once another server has taken the place of their database. */
const RECOVERY_MS = 10_000;

/** What writing came to while databases ended, and how long it took at the most to go on. */
export interface FailoverReport extends CrashReport {
  readonly slowestMs: number;
}

/**
 * Writes over three wires through two nodes, kills the database at a random moment and has its follower take its place;
 * so many times. The nodes find it by themselves.
 */
export async function failoverRounds(
  database: PostgresPair,
  rounds: number,
  onRound: (round: number) => void = () => {},
): Promise<FailoverReport> {
  const start = (): Promise<RunningServer> => startServer(['--store', database.url, '--log', 'error']);
  const writers = new Writers();
  const faults: string[] = [];
  const nodes = [await start()];
  while (nodes.length < NODES) nodes.push(await start());
  let slowestMs = 0;
  for (let round = 1; round <= rounds; round++) {
    const { ended } = await writers.begin(
      nodes.map(({ url }) => url),
      round,
    );
    await writers.moment(round);
    await database.failOver();
    const at = performance.now();
    const found: string[] = [];
    if (!(await writers.nextKept(RECOVERY_MS))) found.push('nodes did not find the server that took its place');
    slowestMs = Math.max(slowestMs, performance.now() - at);
    writers.stop();
    await ended;
    for (const { url } of nodes) found.push(...(await writers.faults(url)));
    faults.push(...found.map((fault) => `round ${String(round)}: ${fault}`));
    if (round < rounds) {
      await database.follow();
      // One that starts now may find the follower first.
      const restarted = round % NODES;
      await nodes[restarted]?.kill();
      nodes[restarted] = await start();
    }
    onRound(round);
  }
  for (const node of nodes) {
    const code = await node.stop();
    if (code !== 0) faults.push(`a node ended with ${String(code)} when asked to stop`);
  }
  return { crashes: rounds, acknowledged: writers.acknowledged, undecided: writers.undecided, faults, slowestMs };
}
