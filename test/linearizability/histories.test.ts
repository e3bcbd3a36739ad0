import { expect, test } from 'vitest';
import { freshSchema } from '../support/fresh-store.ts';
import { startServer } from '../support/running-server.ts';
import { judgeHistories, formatHistory } from './histories.ts';

test('on one node, whatever callers see at once can have happened one after the other', async () => {
  const server = await startServer(['--store', 'sqlite::memory:']);
  const { operations, faults } = await judgeHistories([server.url], 10);
  expect(faults.map(formatHistory)).toEqual([]);
  expect(operations).toBe(600);
  await server.stop();
});

test('so on three nodes', async () => {
  const store = await freshSchema();
  const nodes = await Promise.all([1, 2, 3].map(() => startServer(['--store', store])));
  const { operations, faults } = await judgeHistories(
    nodes.map(({ url }) => url),
    5,
  );
  expect(faults.map(formatHistory)).toEqual([]);
  expect(operations).toBe(300);
  await Promise.all(nodes.map((node) => node.stop()));
}, 60_000);
