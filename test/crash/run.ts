import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../support/postgres-server.ts';
import { startPostgresPair } from '../support/postgres-pair.ts';
import { copyRounds } from './copies.ts';
import { failoverRounds } from './failover-rounds.ts';
import { killRounds } from './kill-rounds.ts';
import { nodeRounds } from './node-rounds.ts';
import type { CrashReport } from './writers.ts';

/*
 * The long forms: `npm run soak:crash -- embedded [kills]` kills the program on its own data, `… nodes [kills]` one of three
 * on one database, or the database, `… failover [kills]` the database that another follows, and `… copies [copies]` copies the data of a running one and cuts its log.
 */

const CUTS_EACH = 20;

const [what = 'embedded', count = '200'] = process.argv.slice(2);
const rounds = Number(count);
const started = Date.now();

function tell(round: number): void {
  if (process.stdout.isTTY) process.stdout.write(`\r${String(round)} of ${String(rounds)}`);
}

function seconds(): string {
  return `${String(Math.round((Date.now() - started) / 1_000))} s`;
}

function ofKills({ crashes, acknowledged, undecided, faults }: CrashReport): readonly [string, readonly string[]] {
  const writes = `${String(acknowledged)} acknowledged writes, ${String(undecided)} cut short or put off`;
  return [`${String(crashes)} kills in ${seconds()}: ${writes}`, faults];
}

async function run(folder: string): Promise<readonly [string, readonly string[]]> {
  switch (what) {
    case 'embedded':
      return ofKills(await killRounds(folder, rounds, tell));
    case 'nodes': {
      const database = await startPostgres();
      const report = await nodeRounds(database, rounds, tell);
      await database.stop();
      return ofKills(report);
    }
    case 'failover': {
      const database = await startPostgresPair();
      const report = await failoverRounds(database, rounds, tell);
      await database.stop();
      const [writes, faults] = ofKills(report);
      return [`${writes}, the slowest went on after ${String(Math.round(report.slowestMs))} ms`, faults];
    }
    case 'copies': {
      const { copies, cuts, acknowledged, faults } = await copyRounds(folder, rounds, CUTS_EACH, tell);
      const made = `${String(copies)} copies, ${String(cuts)} of them cut, in ${seconds()}`;
      return [`${made}: ${String(acknowledged)} acknowledged writes`, faults];
    }
    default:
      throw new Error('say embedded, nodes, failover or copies, and how often');
  }
}

const folder = mkdtempSync(join(tmpdir(), 'mingce-crash-'));
const [reply, faults] = await run(folder);
rmSync(folder, { recursive: true });
process.stdout.write(`\n${reply}, ${String(faults.length)} faults\n`);
for (const fault of faults) process.stdout.write(`${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
