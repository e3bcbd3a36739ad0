import { expect, test } from 'vitest';
import type { KeptTarget } from '../../../directory/targets/target-store.ts';
import { Answering } from './holds.ts';
import type { ContinuousPorts } from './ports.ts';

test('what a tenant says of its failure is shown up to a length, and never logged', async () => {
  const logged: unknown[] = [];
  const kept: unknown[] = [];
  const log = (...line: unknown[]): void => void logged.push(line);
  const ports = {
    log: { warn: log, info: log },
    store: () => ({ targets: { change: (_: unknown, change: unknown) => Promise.resolve(kept.push(change)) } }),
  } as unknown as ContinuousPorts;
  const target = { platform: 'hose', reason: null } as KeptTarget;
  await new Answering(ports, target).silent(target, { code: '500', message: `13800010001 ${'x'.repeat(5_000)}` });
  expect(JSON.stringify(kept)).toContain('no-answer 500 13800010001');
  expect(JSON.stringify(kept).length).toBeLessThan(300);
  expect(logged).toEqual([['target-unreachable', { target: 'hose', reason: 'no-answer 500' }]]);
});
