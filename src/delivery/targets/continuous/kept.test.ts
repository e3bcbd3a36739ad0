import { expect, test } from 'vitest';
import type { Delivery } from '../../../directory/targets/target-store.ts';
import { reopened, setAside } from './kept.ts';

test('a refused field is tried again once a newer change came', () => {
  const outcome = { reason: 'refused', code: '7', fields: { email: 'refused 7', name: 'as-sent' }, refusedAt: 5 };
  expect(setAside({ outcome, toChange: 5 })).toStrictEqual({ email: 'refused 7' });
  expect(setAside({ outcome, toChange: 6 })).toStrictEqual({});
});

test('what begins again keeps only the id that was sent with what was given up', () => {
  const closed = { state: 'verified', attempt: 3, intent: { liveId: 'x' }, outcome: {}, createdAt: 1 } as Delivery;
  const fresh = { state: 'waiting', attempt: 0, intent: null, outcome: null, createdAt: 9 };
  expect(reopened(closed, 9)).toStrictEqual(fresh);
  expect(reopened({ ...closed, state: 'dead' }, 9)).toStrictEqual({ ...fresh, intent: { liveId: 'x' } });
});
