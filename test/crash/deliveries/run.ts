import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleForTests } from '../../../scripts/bundle.ts';
import { startPostgres } from '../../support/postgres-server.ts';
import { deliveryRounds } from './rounds.ts';

/*
 * The long form: `npm run soak:deliveries -- sqlite [rounds]` kills a directory and the live tenant that it delivers to,
 * `… postgres [rounds]` one or both of two nodes, the tenant and the database.
 */

const [what = 'sqlite', count = '200', from = '1'] = process.argv.slice(2);
process.env['TESTED_PROGRAM'] = await bundleForTests();
const started = Date.now();
const folder = mkdtempSync(join(tmpdir(), 'mingce-deliveries-'));
const database = what === 'postgres' ? await startPostgres() : undefined;
const seconds = (): string => `${String(Math.round((Date.now() - started) / 1_000))} s`;
try {
  const report = await deliveryRounds(folder, Number(count), {
    ...(database === undefined ? {} : { database }),
    from: Number(from),
    onFault: (text) => process.stdout.write(`fault: ${text}\n`),
    onRound: (round, about) => process.stdout.write(`${about} (of ${count}, ${seconds()}) ${String(round)}\n`),
  });
  const { faults, kills, ...figures } = report;
  process.stdout.write(
    `\n${what}: ${seconds()}, ${JSON.stringify(figures)}, killed ${JSON.stringify(kills)}, ${String(faults.length)} faults\n`,
  );
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  await database?.stop();
  rmSync(folder, { recursive: true, force: true });
}
