import { expect, test } from 'vitest';
import { notAllowed, trippedBy, trippedByDay, type BrakeBasis } from './brake.ts';

const basis = (more: Partial<BrakeBasis> = {}): BrakeBasis => ({
  linked: 1_000,
  inScope: 1_000,
  asked: new Set(),
  limits: {},
  ...more,
});

test.each([
  ['ten leaves of a thousand people pass', { leave: 10 }, 1_000, null],
  ['the eleventh does not', { leave: 11 }, 1_000, 10],
  ['of a hundred people five may leave', { leave: 5 }, 100, null],
  ['and not six', { leave: 6 }, 100, 5],
  ['of three people one may leave', { leave: 1 }, 3, null],
  ['and not two', { leave: 2 }, 3, 1],
  ['twenty messages, whatever the size', { message: 21 }, 100_000, 20],
  ['one login in a hundred people', { login: 2 }, 100, 1],
])('%s', (_, counts, linked, limit) => {
  const tripped = trippedBy(counts, basis({ linked, inScope: linked }));
  expect(tripped.map((one) => one.limit)).toEqual(limit === null ? [] : [limit]);
});

test('a limit of the company file replaces the default', () => {
  expect(trippedBy({ leave: 3 }, basis({ limits: { leave: { run: 2 } } }))).toEqual([
    { what: 'leave', count: 3, limit: 2 },
  ]);
});

test('a kind that is asked about waits from the first one on', () => {
  expect(trippedBy({ create: 1 }, basis({ asked: new Set(['create']) }))).toEqual([
    { what: 'create', count: 1, limit: 0 },
  ]);
});

test('where more than a tenth of the linked people are no longer ours, everything waits', () => {
  expect(trippedBy({}, basis({ linked: 100, inScope: 90 }))).toEqual([]);
  expect(trippedBy({}, basis({ linked: 100, inScope: 89 }))).toEqual([{ what: 'headcount', count: 11, limit: 10 }]);
});

test('an allowance holds for the very number and no other', () => {
  const tripped = trippedBy({ leave: 37, clear: 21 }, basis());
  expect(notAllowed(tripped, { leave: 37 }).map(({ what }) => what)).toEqual(['clear']);
  expect(notAllowed(tripped, { leave: 38, clear: 21 }).map(({ what }) => what)).toEqual(['leave']);
  expect(notAllowed(tripped, { leave: 37, clear: 21 })).toEqual([]);
});

test.each([
  [
    'ten leaves more are too many after twenty-one that day',
    { leave: 10 },
    { leave: 21 },
    [{ what: 'leave', count: 10, limit: 30, today: 21 }],
  ],
  ['ten more are not after twenty', { leave: 10 }, { leave: 20 }, []],
  ['what the plan does not have is no matter', {}, { leave: 500 }, []],
  [
    'a second rename of a hundred that day waits',
    { rename: 1 },
    { rename: 100 },
    [{ what: 'rename', count: 1, limit: 100, today: 100 }],
  ],
])('over a day: %s', (_, counts, today, tripped) => {
  expect(trippedBy(counts, basis({ today }))).toEqual(tripped);
  expect(trippedByDay(counts, basis({ today }))).toEqual(tripped);
});

test('a company file sets the limit of a day, too; one that lets more go in one plan lets as many go in a day', () => {
  const limits = { leave: { day: 2 }, clear: { run: 80 } };
  expect(trippedByDay({ leave: 1, clear: 80 }, basis({ limits, today: { leave: 2 } }))).toEqual([
    { what: 'leave', count: 1, limit: 2, today: 2 },
  ]);
  expect(trippedByDay({ clear: 80 }, basis({ limits, today: { clear: 1 } }))).toEqual([
    { what: 'clear', count: 80, limit: 80, today: 1 },
  ]);
});
