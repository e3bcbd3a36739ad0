import { describe, expect, test } from 'vitest';
import type { LivePerson, LiveValue } from '../../connectors/connector.ts';
import { matchPeople } from './match.ts';
import type { OwnPerson } from './own-people.ts';

type Values = Readonly<Record<string, LiveValue>>;

const own = (name: string, values: Values, ids: OwnPerson['ids'] = {}): OwnPerson =>
  ({ id: 'ours', name, ids, isInService: true, values: { ...values, name }, custom: {} }) as unknown as OwnPerson;
const live = (name: string, values: Values): LivePerson => ({
  id: 'theirs',
  isInService: true,
  values: { ...values, name },
});

const decided = (ours: OwnPerson, theirs: LivePerson): string => {
  const { matches, ambiguous } = matchPeople([ours], [theirs], 'there');
  return matches[0]?.by ?? `${ambiguous[0]?.by ?? ''} ${ambiguous[0]?.why ?? 'missing'}`;
};

test.each([
  [
    'a mobile that passed to a newcomer',
    { mobile: '1', jobNumber: '7' },
    { mobile: '1', jobNumber: '3' },
    'mobile unlike',
  ],
  ['a mail address that did', { email: 'a@b' }, { email: 'a@b' }, 'email unlike'],
  [
    'a job number that a mobile contradicts',
    { jobNumber: '7', mobile: '1' },
    { jobNumber: '7', mobile: '2' },
    'jobNumber unlike',
  ],
  ['a job number that nothing contradicts', { jobNumber: '7', mobile: '1' }, { jobNumber: '7' }, 'jobNumber'],
  [
    'two keys that agree',
    { jobNumber: '7', mobile: '1', email: 'a@b' },
    { jobNumber: '9', mobile: '1', email: 'a@b' },
    'mobile',
  ],
])('a person of another name: %s', (_, ours, theirs, expected) => {
  expect(decided(own('新人', ours), live('生人', theirs))).toBe(expected);
});

test('one key is enough where the names are the same, however they are spaced, and an id always', () => {
  expect(decided(own('Li Na', { mobile: '1', jobNumber: '7' }), live('LiNa', { mobile: '1', jobNumber: '3' }))).toBe(
    'mobile',
  );
  expect(decided(own('新人', { mobile: '1' }, { there: 'theirs' }), live('生人', { mobile: '2' }))).toBe('id');
});

describe('of people who left there', () => {
  const left = (name: string, values: Values, id = 'theirs'): LivePerson => ({
    ...live(name, values),
    id,
    isInService: false,
    isReturnable: true,
  });

  test('the record that has a key and the name comes back, however the name is spaced and written', () => {
    expect(decided(own('Li Na', { mobile: '1' }), left('lina', { mobile: '1' }))).toBe('mobile');
    expect(decided(own('李娜', { email: 'a@b' }), left('李 娜', { email: 'a@b' }))).toBe('email');
  });

  test('a key without the name finds none, nor does a name that is not shown', () => {
    expect(decided(own('新人', { mobile: '1', email: 'a@b' }), left('生人', { mobile: '1', email: 'a@b' }))).toBe(
      ' missing',
    );
    const nameless = { ...left('', { mobile: '1' }), values: { mobile: '1' } };
    expect(decided(own('新人', { mobile: '1' }), nameless)).toBe(' missing');
  });

  test('of several with the name none is taken, and none is made', () => {
    const two = [left('李娜', { mobile: '1' }, 'first'), left('李娜', { mobile: '1' }, 'second')];
    const { matches, ambiguous, missing } = matchPeople([own('李娜', { mobile: '1' })], two, 'there');
    expect([matches, missing]).toEqual([[], []]);
    expect(ambiguous).toMatchObject([{ by: 'mobile', why: 'several', candidates: ['first', 'second'] }]);
  });
});
