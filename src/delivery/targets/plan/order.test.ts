import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FieldName, LivePerson, LiveValue } from '../../../connectors/connector.ts';
import type { Intent, PersonUpdate } from '../../../connectors/writing.ts';
import { orderIntents, type Ordered } from './order.ts';

type Values = Readonly<Partial<Record<FieldName, LiveValue>>>;

const person = (id: string, values: Values): LivePerson => ({ id, isInService: true, values });
const update = (subject: string, from: Values, to: Values): PersonUpdate => ({
  operation: 'update',
  subject,
  liveId: subject,
  fields: Object.fromEntries(
    Object.entries(to).map(([field, value]) => [field, { from: from[field as FieldName] ?? null, to: value }]),
  ),
});
const ordered = (
  intents: readonly Intent[],
  live: readonly LivePerson[],
  clearable: readonly FieldName[] = [],
): Ordered =>
  orderIntents(intents, {
    live,
    ownOf: new Map(live.map(({ id }) => [id, id])),
    clearable: new Set(clearable),
  });
const said = ({ phases }: Ordered): readonly string[] => phases.flat().map((one) => `${one.operation} ${one.subject}`);

test('departments come before people, parents before children, leaves last', () => {
  const department = (subject: string, parent: string | null): Intent => ({
    operation: 'department-create',
    subject,
    liveId: null,
    name: subject,
    parent,
  });
  const intents: Intent[] = [
    { operation: 'leave', subject: 'gone', liveId: 'gone' },
    update('a', {}, { alias: 'x' }),
    { operation: 'create', subject: 'new', liveId: 'new', values: { name: '新' } },
    department('grandchild', 'child'),
    department('child', 'top'),
    department('top', null),
  ];
  const result = ordered(intents, []);
  expect(said(result)).toEqual([
    'department-create top',
    'department-create child',
    'department-create grandchild',
    'create new',
    'update a',
    'leave gone',
  ]);
  expect(result.phases.slice(0, 3).map(({ length }) => length)).toEqual([1, 1, 1]);
});

test('people who are made together get their leaders afterwards', () => {
  const result = ordered(
    [
      { operation: 'create', subject: 'a', liveId: 'a', values: { name: 'A', leader: 'b' } },
      { operation: 'create', subject: 'b', liveId: 'b', values: { name: 'B', leader: 'there' } },
    ],
    [],
  );
  expect(result.phases[0]).toEqual([
    { operation: 'create', subject: 'a', liveId: 'a', values: { name: 'A' } },
    { operation: 'create', subject: 'b', liveId: 'b', values: { name: 'B', leader: 'there' } },
  ]);
  expect(result.phases[1]).toEqual([update('a', {}, { leader: 'b' })]);
});

describe('a value that only one may have', () => {
  const live = [person('a', { mobile: '1' }), person('b', { mobile: '2' }), person('c', { mobile: '3' })];
  test('is given up before it is claimed', () => {
    const intents = [
      update('a', { mobile: '1' }, { mobile: '2' }),
      update('b', { mobile: '2' }, { mobile: '3' }),
      update('c', { mobile: '3' }, { mobile: '4' }),
    ];
    expect(said(ordered(intents, live))).toEqual(['update c', 'update b', 'update a']);
  });

  test('in a ring is left out and named, and all else of these people is done', () => {
    const intents = [
      update('a', { mobile: '1' }, { mobile: '2', alias: 'x' }),
      update('b', { mobile: '2' }, { mobile: '1' }),
    ];
    const result = ordered(intents, live);
    expect(result.rings).toEqual([{ field: 'mobile', subjects: ['a', 'b'] }]);
    expect(result.phases).toEqual([[update('a', {}, { alias: 'x' })]]);
  });

  test('in a ring is emptied first where the platform can do that', () => {
    const intents = [update('a', { mobile: '1' }, { mobile: '2' }), update('b', { mobile: '2' }, { mobile: '1' })];
    const result = ordered(intents, live, ['mobile']);
    expect(result.rings).toEqual([]);
    expect(result.phases).toEqual([
      [update('a', { mobile: '1' }, { mobile: null })],
      [update('b', { mobile: '2' }, { mobile: '1' }), update('a', {}, { mobile: '2' })],
    ]);
  });

  test('that somebody keeps is not waited for', () => {
    expect(said(ordered([update('a', { mobile: '1' }, { mobile: '3' })], live))).toEqual(['update a']);
  });
});

describe('leaders', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  /** A tree: each is led by one before it, or by no one. */
  const tree = fc
    .tuple(fc.shuffledSubarray(ids, { minLength: ids.length }), fc.array(fc.nat(), { minLength: 6, maxLength: 6 }))
    .map(([order, picks]) =>
      Object.fromEntries(
        order.map((id, index) => [id, index === 0 ? null : (order[(picks[index] ?? 0) % index] ?? null)]),
      ),
    );

  test('never form a loop, whatever tree becomes whatever other', () => {
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        const live = ids.map((id) => person(id, { leader: before[id] ?? null }));
        const intents = ids.flatMap((id) =>
          before[id] === after[id] ? [] : [update(id, { leader: before[id] ?? null }, { leader: after[id] ?? null })],
        );
        const result = ordered(intents, live, ['leader']);
        const now = new Map(ids.map((id) => [id, before[id] ?? null]));
        for (const one of result.phases.flat() as PersonUpdate[]) {
          now.set(one.subject, (one.fields.leader?.to ?? null) as string | null);
          for (const id of ids) {
            let steps = 0;
            for (let at = now.get(id) ?? null; at !== null; at = now.get(at) ?? null) expect(steps++).toBeLessThan(6);
          }
        }
        expect(Object.fromEntries(now)).toEqual(after);
        expect(result.rings).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
