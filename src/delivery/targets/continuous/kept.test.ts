import { expect, test } from 'vitest';
import type { Delivery } from '../../../directory/targets/target-store.ts';
import { currentIntentOf, joinedChanges, reopened, setAside } from './kept.ts';

test('a refused field is tried again once a newer change came', () => {
  const outcome = { reason: 'refused', code: '7', fields: { email: 'refused 7', name: 'as-sent' }, refusedAt: 5 };
  expect(setAside({ outcome, toChange: 5 })).toStrictEqual({ email: 'refused 7' });
  expect(setAside({ outcome, toChange: 6 })).toStrictEqual({});
});

test('what begins again keeps what was sent, to be looked for and taken back, and counts its tries from none', () => {
  const intent = { liveId: 'x', sendBefore: 5, openedAt: 1 };
  const closed = { state: 'verified', attempt: 3, intent, outcome: {}, createdAt: 1 } as unknown as Delivery;
  const fresh = reopened(closed, 9);
  expect(fresh).toStrictEqual({ state: 'waiting', attempt: 0, intent, outcome: null, createdAt: 9 });
  expect([currentIntentOf(closed), currentIntentOf(fresh)]).toEqual([intent, null]);
  // An earlier version kept no such time.
  const older = { intent: { liveId: 'x', sendBefore: 5 }, createdAt: 9 };
  expect(currentIntentOf(older)).toEqual(older.intent);
});

test('changes that follow one another are one, from the first value to the last', () => {
  const first = { alias: { from: 'a', to: 'b' }, mobile: { to: '1' }, note: { from: null, to: 'n' } };
  const then = { alias: { from: 'b', to: 'c' }, mobile: { from: '1', to: '2' }, name: { from: 'x', to: 'y' } };
  expect(joinedChanges(first, then)).toEqual({
    alias: { from: 'a', to: 'c' },
    // What was there at first is not known.
    mobile: { to: '2' },
    note: { from: null, to: 'n' },
    name: { from: 'x', to: 'y' },
  });
});
