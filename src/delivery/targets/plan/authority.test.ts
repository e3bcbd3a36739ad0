import { describe, expect, test } from 'vitest';
import type { Authority } from '../../../directory/targets/target.ts';
import { decide, type Decision, type FieldState } from './authority.ts';

const write = (isOverwrite: boolean, isClearing = false, isUnproven = false): Decision => ({
  do: 'write',
  isOverwrite,
  isClearing,
  isUnproven,
});
const nothing: Decision = { do: 'nothing' };
const accept: Decision = { do: 'accept' };
const report = (why: Extract<Decision, { do: 'report' }>['why']): Decision => ({ do: 'report', why });

/** The columns of the table in the design, 5.1, and what they do that it does not have. */
const STATES = {
  'both have the same': { ours: 'a', theirs: 'a', base: 'b' },
  'only ours changed': { ours: 'a', theirs: 'b', base: 'b' },
  'only theirs changed': { ours: 'b', theirs: 'a', base: 'b' },
  'both changed, unlike': { ours: 'a', theirs: 'c', base: 'b' },
  'both changed, ours later': { ours: 'a', theirs: 'c', base: 'b', later: 'ours' },
  'both changed, theirs later': { ours: 'a', theirs: 'c', base: 'b', later: 'theirs' },
  'no base, both have one': { ours: 'a', theirs: 'c' },
  'no base, only ours has one': { ours: 'a', theirs: null },
  'no base, only theirs has one': { ours: null, theirs: 'c' },
  'cleared here': { ours: null, theirs: 'b', base: 'b' },
  'cleared here, changed there': { ours: null, theirs: 'c', base: 'b' },
  'unreadable, changed here': { ours: 'a', base: 'b' },
  'unreadable, as it was': { ours: 'b', base: 'b' },
  'unreadable, no base': { ours: 'a' },
} satisfies Record<string, FieldState>;

const TABLE: Record<Exclude<Authority, 'hands-off'>, Record<keyof typeof STATES, Decision>> = {
  ours: {
    'both have the same': nothing,
    'only ours changed': write(false),
    'only theirs changed': write(true),
    'both changed, unlike': write(true),
    'both changed, ours later': write(true),
    'both changed, theirs later': write(true),
    'no base, both have one': write(true),
    'no base, only ours has one': write(false),
    'no base, only theirs has one': report('only-theirs'),
    'cleared here': write(false, true),
    'cleared here, changed there': write(true, true),
    'unreadable, changed here': write(false, false, true),
    'unreadable, as it was': nothing,
    'unreadable, no base': nothing,
  },
  theirs: {
    'both have the same': nothing,
    'only ours changed': report('theirs-counts'),
    'only theirs changed': accept,
    'both changed, unlike': accept,
    'both changed, ours later': accept,
    'both changed, theirs later': accept,
    'no base, both have one': accept,
    'no base, only ours has one': accept,
    'no base, only theirs has one': accept,
    'cleared here': report('theirs-counts'),
    'cleared here, changed there': accept,
    'unreadable, changed here': nothing,
    'unreadable, as it was': nothing,
    'unreadable, no base': nothing,
  },
  newest: {
    'both have the same': nothing,
    'only ours changed': write(false),
    'only theirs changed': accept,
    'both changed, unlike': report('conflict'),
    'both changed, ours later': write(true),
    'both changed, theirs later': accept,
    'no base, both have one': report('never-agreed'),
    'no base, only ours has one': report('never-agreed'),
    'no base, only theirs has one': accept,
    'cleared here': write(false, true),
    'cleared here, changed there': report('conflict'),
    'unreadable, changed here': write(false, false, true),
    'unreadable, as it was': nothing,
    'unreadable, no base': nothing,
  },
  initial: {
    'both have the same': nothing,
    'only ours changed': report('given-once'),
    'only theirs changed': report('given-once'),
    'both changed, unlike': report('given-once'),
    'both changed, ours later': report('given-once'),
    'both changed, theirs later': report('given-once'),
    'no base, both have one': report('given-once'),
    'no base, only ours has one': write(false),
    'no base, only theirs has one': report('given-once'),
    'cleared here': report('given-once'),
    'cleared here, changed there': report('given-once'),
    'unreadable, changed here': nothing,
    'unreadable, as it was': nothing,
    'unreadable, no base': nothing,
  },
};

describe.each(Object.entries(TABLE))('where the authority is %s', (authority, cells) => {
  test.each(Object.entries(cells))('%s', (name, expected) => {
    expect(decide(authority as Authority, STATES[name as keyof typeof STATES])).toEqual(expected);
  });
});

test.each(Object.entries(STATES))('hands off leaves a field alone: %s', (_, state) => {
  expect(decide('hands-off', state)).toEqual(nothing);
});

test('lists are compared by what they have, and an empty one is none', () => {
  expect(decide('ours', { ours: ['a'], theirs: ['a'] })).toEqual(nothing);
  expect(decide('ours', { ours: [], theirs: ['a'] })).toEqual(report('only-theirs'));
});
