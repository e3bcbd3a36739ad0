import { expect, test } from 'vitest';
import { stillOf, waitsFor } from '../kept.ts';
import { giversOf, isInRing } from './givers.ts';

const linked = (subject: string, base: Readonly<Record<string, string>>) =>
  ({ subject, base, state: 'linked' }) as const;

test('the giver is who has the claimed value there, and not the one who claims it', () => {
  const links = [linked('a', { mobile: '1' }), linked('b', { mobile: '2', email: '1' })];
  const claims = [
    { subject: 'b', field: 'mobile', value: '1' },
    { subject: 'a', field: 'mobile', value: '1' },
    { subject: 'c', field: 'mobile', value: '3' },
  ];
  expect([...giversOf(claims, links)]).toEqual([['b', { mobile: 'a' }]]);
});

test('those who wait for one another are a ring; who waits for a ring is none', () => {
  const next = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['b']],
  ]);
  expect(['a', 'b', 'c', 'd'].map((one) => isInRing(one, next))).toEqual([false, true, true, false]);
});

test('who a held delivery waits for is kept with it', () => {
  const fields = { mobile: stillOf('a'), department: 'not-linked' };
  expect(waitsFor({ outcome: { reason: 'held', code: null, fields } })).toEqual(['a']);
  expect(waitsFor({ outcome: null })).toEqual([]);
});
