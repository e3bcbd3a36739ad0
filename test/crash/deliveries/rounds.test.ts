import { expect, test } from 'vitest';
import { scratchFolder } from '../../support/program.ts';
import { startPostgres } from '../../support/postgres-server.ts';
import { deliveryRounds } from './rounds.ts';

/* The long form is `npm run soak:deliveries`. From the third round on, as the fourth applies plans. Side by side, as both wait. */

test.concurrent('the live tenant is killed while changes are followed, the directory while a plan is applied: all arrives, once and in order', async () => {
  using folder = scratchFolder();
  const report = await deliveryRounds(folder.path, 2, { from: 3 });
  expect(report).toMatchObject({ rounds: 2, dead: 0, faults: [], kills: { tenant: 1, nodes: 1 } });
  expect(report.done).toBeGreaterThan(0);
  expect(report.runs).toBeGreaterThan(0);
}, 600_000);

test.concurrent('on PostgreSQL two nodes are killed, then everything while a plan is applied, then the tenant: all arrives, once and in order', async () => {
  using folder = scratchFolder();
  const database = await startPostgres();
  try {
    const report = await deliveryRounds(folder.path, 3, { from: 3, database });
    expect(report).toMatchObject({ rounds: 3, dead: 0, faults: [], kills: { nodes: 1, all: 1, tenant: 1 } });
    expect(report.done).toBeGreaterThan(0);
  } finally {
    await database.stop();
  }
}, 600_000);
