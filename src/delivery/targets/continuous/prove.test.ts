import { expect, test } from 'vitest';
import type { LivePerson } from '../../../connectors/connector.ts';
import { workOn, type PlatformFacts } from '../plan/people.ts';
import type { OwnPerson } from '../own-people.ts';
import { agreedAsSent, normalisedOf, shownOf } from './prove.ts';

const LINKS = { departments: new Map<string, string>(), people: new Map<string, string>() };
const CHANGES = { name: { from: 'Li', to: 'Lily' }, email: { to: 'lily@example.com' } };

function person(isInService: boolean, values: LivePerson['values']): LivePerson {
  return { id: 'live-1', isInService, values } as LivePerson;
}

function shown(
  operation: 'create' | 'update' | 'return' | 'leave',
  live: LivePerson | 'absent',
): Readonly<Record<string, string>> {
  return shownOf({ operation, changes: CHANGES, liveId: 'live-1' }, 'own-1', live, [], LINKS);
}

test('no one there is not verified', () => {
  for (const operation of ['create', 'update', 'return'] as const) {
    expect(shown(operation, 'absent')).toMatchObject({ '*': 'dropped' });
  }
  expect(shown('leave', 'absent')).toStrictEqual({ '*': 'as-sent' });
});

test('a return of somebody who is still away there is not verified', () => {
  const values = { name: 'Lily', email: 'lily@example.com' };
  expect(shown('return', person(false, values))).toStrictEqual({ '*': 'dropped', name: 'as-sent', email: 'as-sent' });
  expect(shown('return', person(true, values))).toStrictEqual({ '*': 'as-sent', name: 'as-sent', email: 'as-sent' });
});

test('what is seen or cannot be seen is agreed; what another wrote meanwhile is not', () => {
  const update = { operation: 'update', changes: CHANGES } as const;
  const unread = shown('update', person(true, { name: 'Lily' }));
  expect(agreedAsSent(update, unread)).toStrictEqual({ name: 'Lily', email: 'lily@example.com' });
  const foreign = shown('update', person(true, { name: 'Somebody', email: 'lily@example.com' }));
  expect(foreign).toMatchObject({ name: 'other' });
  expect(agreedAsSent(update, foreign)).toStrictEqual({ email: 'lily@example.com' });
  expect(agreedAsSent(update, shown('update', person(true, { name: 'Li' })))).not.toHaveProperty('name');
});

test('a freeze is agreed as the person is seen', () => {
  const freeze = { operation: 'freeze', changes: { frozen: { from: false, to: true } } } as const;
  expect(agreedAsSent(freeze, { '*': 'as-sent' })).toStrictEqual({ frozen: true });
  expect(agreedAsSent(freeze, { '*': 'dropped' })).toStrictEqual({});
});

test('what the platform makes of a value is sent twice at most, and again once either side has another one', () => {
  const own = (name: string): OwnPerson =>
    ({ id: 'own-1', name, ids: {}, isInService: true, values: { name }, custom: {} }) as unknown as OwnPerson;
  const facts = {
    fields: [{ field: 'name', read: 'name', write: 'name' }],
    operations: {},
    spaces: { person: 'p', field: null },
    customFields: [],
  } as unknown as PlatformFacts;
  let base: Readonly<Record<string, unknown>> = { name: 'Li' };
  const isSent = (ours: string, theirs: string): boolean => {
    const task = { own: own(ours), live: person(true, { name: theirs }), base: base as never };
    return workOn(task, { authority: { name: 'ours' } }, facts, LINKS).intents.length > 0;
  };
  /** The platform leaves out the last sign. */
  const send = (to: string): void => {
    const live = person(true, { name: to.slice(0, -1) });
    const changes = { name: { from: 'Li', to } };
    const seen = shownOf({ operation: 'update', changes, liveId: 'live-1' }, 'own-1', live, [], LINKS);
    expect(seen).toMatchObject({ name: 'other' });
    base = { ...base, ...normalisedOf({ changes }, seen, base, () => live.values.name) };
  };
  send('Lily!');
  // Somebody else may have written that meanwhile.
  expect(isSent('Lily!', 'Lily')).toBe(true);
  send('Lily!');
  expect(isSent('Lily!', 'Lily')).toBe(false);
  expect([isSent('Lilly!', 'Lily'), isSent('Lily!', 'Lil')]).toEqual([true, true]);
  send('Rose!');
  expect([isSent('Rose!', 'Rose'), isSent('Lily!', 'Lily')]).toEqual([true, true]);
});
