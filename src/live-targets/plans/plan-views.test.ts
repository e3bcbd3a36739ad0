import { expect, test } from 'vitest';
import type { KeptPlan } from '../../directory/targets/target-store.ts';
import { beginning, lineOf } from './plan-views.ts';

test('a plan in the making without a sign for two minutes is over, and says what to do', () => {
  const sign = Date.parse('2026-03-01T02:30:00Z');
  const header = { ...beginning(sign - 3_600_000, null) };
  const kept: KeptPlan = {
    id: 'pl_1',
    consumer: 'c',
    digest: '',
    header,
    state: 'making',
    allowed: null,
    position: 0,
    createdAt: sign,
  };
  const at = (ms: number): unknown => {
    const { state, why } = lineOf(kept, sign + ms);
    return { state, why };
  };
  expect(at(120_000)).toEqual({ state: 'making', why: null });
  expect(at(120_001)).toEqual({ state: 'failed', why: 'The process that made it is gone; make another plan.' });
});
