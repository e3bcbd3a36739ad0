import { expect, test } from 'vitest';
import type { FieldName, FieldRow } from '../../../../connectors/connector.ts';
import type { PersonUpdate } from '../../../../connectors/writing.ts';
import { withoutNotSent } from './not-sent.ts';

const row = (field: FieldName): FieldRow => ({ field, theirs: field, read: 'get', write: 'set', clear: null });
const FACTS = { fields: [row('name'), row('department'), row('leader')], operations: {} };
const INTENTS: readonly PersonUpdate[] = [
  { operation: 'update', subject: 'a', liveId: 'a', fields: { name: { to: 'A' }, leader: { to: 'new' } } },
  { operation: 'update', subject: 'b', liveId: 'b', fields: { name: { to: 'B' }, leader: { to: null } } },
];
const COUNTS = { overwrite: 3, rename: 2, clear: 1, leave: 1 };
/** All but the name of b. */
const isOverwrite = (subject: string, field: string): boolean => subject === 'a' || field === 'leader';

test('a value that no request can carry is not among those that are overwritten', () => {
  expect(withoutNotSent(COUNTS, INTENTS, [{ subject: 'a', field: 'leader' }], FACTS, isOverwrite)).toEqual({
    ...COUNTS,
    overwrite: 2,
  });
});

test('where the whole change of a person cannot be sent, nothing of it counts, and a kind of which none is left is not named', () => {
  expect(withoutNotSent(COUNTS, INTENTS, [{ subject: 'b', field: null }], FACTS, isOverwrite)).toEqual({
    overwrite: 2,
    rename: 1,
    leave: 1,
  });
});

test('problems of the same value count once, those of others and of people who are made do not', () => {
  const problems = [
    { subject: 'a', field: 'leader' },
    { subject: 'a', field: 'leader' },
    { subject: 'made', field: 'leader' },
    { subject: 'a', field: 'parent' },
  ] as const;
  expect(withoutNotSent(COUNTS, INTENTS, problems, FACTS, isOverwrite)).toEqual({ ...COUNTS, overwrite: 2 });
});

test('nor is a field of the company’s own counted that would be cleared where the platform lets no one write it', () => {
  const emptied: PersonUpdate = {
    operation: 'update',
    subject: 'c',
    liveId: 'c',
    fields: {},
    custom: { size: { from: 'L', to: null }, hobby: { from: 'x', to: null } },
  };
  const problems = [{ subject: 'c', field: 'custom:size' }] as const;
  expect(withoutNotSent({ clear: 2 }, [emptied], problems, FACTS, isOverwrite)).toEqual({ clear: 1 });
});
