import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startServer } from '../support/running-server.ts';
import { Writers, type CrashReport } from './writers.ts';

/**
 * Starts the program, writes over three wires at once, kills the process at a random moment and looks at what is left;
 * so many times on one data folder.
 */
export async function killRounds(
  folder: string,
  kills: number,
  onRound: (round: number) => void = () => {},
): Promise<CrashReport> {
  const writers = new Writers();
  const faults: string[] = [];
  for (let round = 1; round <= kills; round++) {
    const server = await startServer(['--data', folder]);
    const { ended } = await writers.begin([server.url]);
    await writers.moment(round);
    await server.kill();
    await ended;
    const found = [...integrityFaults(folder), ...(await readBack(folder, writers))];
    faults.push(...found.map((fault) => `round ${String(round)}: ${fault}`));
    onRound(round);
  }
  return { crashes: kills, acknowledged: writers.acknowledged, undecided: writers.undecided, faults };
}

function integrityFaults(folder: string): readonly string[] {
  const db = new DatabaseSync(join(folder, 'mingce.db'));
  const rows = db.prepare('PRAGMA integrity_check').all();
  db.close();
  return rows.map((row) => String(row['integrity_check'])).filter((said) => said !== 'ok');
}

async function readBack(folder: string, writers: Writers): Promise<readonly string[]> {
  const server = await startServer(['--data', folder]);
  const faults = await writers.faults(server.url);
  const code = await server.stop();
  return code === 0 ? faults : [...faults, `the server ended with ${String(code)} when asked to stop`];
}
