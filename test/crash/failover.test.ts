import { expect, test } from 'vitest';
import { startPostgresPair } from '../support/postgres-pair.ts';
import { failoverRounds } from './failover-rounds.ts';

test.skipIf(process.platform === 'win32')(
  'a database that is killed and whose follower takes its place loses nothing that was acknowledged',
  async () => {
    const database = await startPostgresPair();
    const report = await failoverRounds(database, 2);
    await database.stop();
    expect(report.faults).toEqual([]);
    expect(report.acknowledged).toBeGreaterThan(20);
  },
  180_000,
);
