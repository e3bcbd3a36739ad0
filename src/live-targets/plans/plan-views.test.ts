import { expect, test } from 'vitest';
import type { Delivery, KeptPlan } from '../../directory/targets/target-store.ts';
import { beginning, deliveryLine, lineOf } from './plan-views.ts';

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

test('a delivery that is held says why by field, and when it is looked at again; one that is over says neither', () => {
  const outcome = { reason: 'held', code: null, fields: { department: 'not-linked' } };
  const due = Date.parse('2026-03-01T02:30:00Z');
  const held = { kind: 'employee', subject: 'e1', state: 'held', dueAt: due, outcome, attempts: [], attempt: 0 };
  const shown = (state: Delivery['state']): unknown => {
    const delivery = { ...held, state, createdAt: 0, updatedAt: 0, intent: null, plan: null } as unknown as Delivery;
    const { reason, waits_for: why, due_at: at } = deliveryLine(delivery, 'hose');
    return { reason, why, at };
  };
  expect(shown('held')).toEqual({ reason: 'held', why: { department: 'not-linked' }, at: '2026-03-01T02:30:00.000Z' });
  expect(shown('dead')).toEqual({ reason: 'held', why: {}, at: null });
});
