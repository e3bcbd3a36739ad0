import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { killRounds } from './kill-rounds.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'mingce-crash-'))));
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('killed at random moments, it loses nothing it acknowledged and keeps nothing by halves', async () => {
  const report = await killRounds(folder, 4);
  expect(report.faults).toEqual([]);
  expect(report.acknowledged).toBeGreaterThan(50);
}, 60_000);
