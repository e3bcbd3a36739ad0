import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../support/postgres-server.ts';
import { deliveryRounds } from './delivery-rounds.ts';

/*
 * The long form: `npm run soak:deliveries -- sqlite [kills]` kills a directory and the live tenant that it delivers to,
 * `… postgres [kills]` one of two nodes, the tenant and the database.
 */

const [what = 'sqlite', count = '200'] = process.argv.slice(2);
const started = Date.now();
const folder = mkdtempSync(join(tmpdir(), 'mingce-deliveries-'));
const database = what === 'postgres' ? await startPostgres() : undefined;
try {
  const { kills, acknowledged, delivered, slowestMs, faults } = await deliveryRounds(folder, Number(count), {
    ...(database === undefined ? {} : { database }),
    onRound: (round) => process.stdout.write(`\r${String(round)} of ${count}`),
  });
  const seconds = Math.round((Date.now() - started) / 1_000);
  process.stdout.write(
    `\n${String(kills)} kills in ${String(seconds)} s: ${String(acknowledged)} acknowledged writes, ${String(delivered)} values delivered, the slowest ${String(slowestMs)} ms after a kill\n`,
  );
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  await database?.stop();
  rmSync(folder, { recursive: true, force: true });
}
