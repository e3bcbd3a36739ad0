import { expect, test } from 'vitest';
import { scratchFolder } from '../support/program.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { deliveryRounds } from './delivery-rounds.ts';

/* The long form is `npm run soak:deliveries`. */

test('a directory and the live tenant that it delivers to are killed by turns: all arrives, once and in order', async () => {
  using folder = scratchFolder();
  const report = await deliveryRounds(folder.path, 2);
  expect(report).toMatchObject({ kills: 2, faults: [] });
  expect(report.delivered).toBeGreaterThan(0);
  expect(report.acknowledged).toBeGreaterThanOrEqual(report.delivered);
}, 420_000);

test('of two nodes on PostgreSQL one is killed, then the tenant, then the database: all arrives, once and in order', async () => {
  using folder = scratchFolder();
  const database = await startPostgres();
  try {
    const report = await deliveryRounds(folder.path, 3, { database });
    expect(report).toMatchObject({ kills: 3, faults: [] });
    expect(report.delivered).toBeGreaterThan(0);
  } finally {
    await database.stop();
  }
}, 420_000);
