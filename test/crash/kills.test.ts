import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startPostgres } from '../support/postgres-server.ts';
import { copyRounds } from './copies.ts';
import { killRounds } from './kill-rounds.ts';
import { nodeRounds } from './node-rounds.ts';

test('killed at random moments, it loses nothing it acknowledged and keeps nothing by halves', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingce-crash-'));
  const report = await killRounds(folder, 4);
  rmSync(folder, { recursive: true });
  expect(report.faults).toEqual([]);
  expect(report.acknowledged).toBeGreaterThan(50);
}, 120_000);

test('nor do three nodes on one database, when one of them or the database is killed', async () => {
  const database = await startPostgres();
  const report = await nodeRounds(database, 3);
  await database.stop();
  expect(report.faults).toEqual([]);
  expect(report.acknowledged).toBeGreaterThan(50);
}, 120_000);

test('its data, copied at any moment and cut anywhere, is a beginning of its history', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingce-copies-'));
  const { faults, cuts, acknowledged } = await copyRounds(folder, 5, 4);
  rmSync(folder, { recursive: true });
  expect(faults).toEqual([]);
  expect(cuts).toBeGreaterThan(0);
  expect(acknowledged).toBeGreaterThan(20);
}, 120_000);
