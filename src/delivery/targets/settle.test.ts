import { expect, test } from 'vitest';
import type { OutcomeItem, StepOutcome } from '../../directory/targets/step-outcome.ts';
import type {
  AgreedBase,
  DoneDelivery,
  Link,
  NewLink,
  PredictionResult,
} from '../../directory/targets/target-store.ts';
import { bookSteps } from './plan/book-steps.ts';
import { settle } from './settle.ts';

const claim = { id: 'c', epoch: 1 };

function link(subject: string, liveId: string | null, more: Partial<Link> = {}): Link {
  const about = { kind: 'employee', subject, liveId, matchedBy: 'mobile', state: 'linked' } as const;
  return { ...about, base: null, baseAt: null, delivered: 0, ...more };
}

/** What a store was given to keep. */
interface Kept {
  readonly links: NewLink[];
  readonly agreed: AgreedBase[];
  readonly results: PredictionResult[];
  readonly braked: Readonly<Record<string, number>>[];
  readonly done: DoneDelivery[];
}

function storeOf(links: readonly Link[]): { readonly kept: Kept; readonly store: Parameters<typeof bookSteps>[0] } {
  const kept: Kept = { links: [], agreed: [], results: [], braked: [], done: [] };
  const add = <Item>(list: Item[], items: readonly Item[]): Promise<boolean> => {
    list.push(...items);
    return Promise.resolve(true);
  };
  return {
    kept,
    store: {
      linksOf: (_, subjects) =>
        Promise.resolve(
          links.filter(({ kind, subject }) => subjects.some((one) => one.kind === kind && one.subject === subject)),
        ),
      putLinks: (_, added) => add(kept.links, added),
      agree: (_, agreed) => add(kept.agreed, agreed),
      countPredictions: (_, results) => add(kept.results, results),
      countBraked: (_, counts) => add(kept.braked, [counts]),
      keepDone: (_, done) => add(kept.done, done),
      // Only whether it is there is asked for.
      deliveries: (_, { ids = [] }) => Promise.resolve(kept.done.filter(({ id }) => ids.includes(id)) as never[]),
    },
  };
}

test('what is verified joins the base of the link; fields that are not named keep what they had', async () => {
  const { kept, store } = storeOf([link('a', 'A', { base: { alias: 'x', note: 'n' } })]);
  const about = { kind: 'employee', subject: 'a' } as const;
  await settle(
    store,
    claim,
    [
      { ...about, fields: { alias: 'y' } },
      { ...about, fields: { email: null } },
    ],
    1,
  );
  expect(kept.agreed).toEqual([{ ...about, base: { alias: 'y', note: 'n', email: null }, delivered: 0 }]);
  expect(kept.links).toEqual([]);
});

test.each([
  ['of an employee who is ignored', link('a', null, { state: 'ignored' })],
  ['of an employee whose link is lost', link('a', 'A', { state: 'lost' })],
  ['where the link is another one there', link('a', 'B')],
])('nothing is agreed on %s', async (_, known) => {
  const { kept, store } = storeOf([known]);
  await settle(store, claim, [{ kind: 'employee', subject: 'a', liveId: 'A', fields: { alias: 'y' } }], 1);
  expect([kept.agreed, kept.links]).toEqual([[], []]);
});

test('who was made or written to without a link is linked with it', async () => {
  const { kept, store } = storeOf([]);
  await settle(store, claim, [{ kind: 'employee', subject: 'a', liveId: 'A', fields: { alias: 'y' } }], 1);
  expect(kept.links).toEqual([{ kind: 'employee', subject: 'a', liveId: 'A', matchedBy: 'written', state: 'linked' }]);
  expect(kept.agreed).toMatchObject([{ subject: 'a', base: { alias: 'y' } }]);
});

const item = (field: string | null, more: Partial<OutcomeItem> = {}): OutcomeItem => {
  return { subject: 'a', field, fate: 'written', code: null, shown: 'as-sent', ...more };
};

function outcome(items: readonly OutcomeItem[], more: Partial<StepOutcome> = {}): StepOutcome {
  const changes = { alias: { from: 'x', to: 'y' }, note: { from: 'n', to: null }, mobile: { from: '+1', to: '+2' } };
  const subjects = [{ subject: 'a', liveId: 'A', changes }];
  const predicted = items.map(({ field }) => item(field));
  return { plan: 'pl', n: 1, operation: 'update', subjects, counts: { clear: 1 }, predicted, items, made: [], ...more };
}

test('a step makes agreed only what a read shows as sent, or what no read can show', async () => {
  const { kept, store } = storeOf([link('a', 'A')]);
  const items = [item('alias'), item('note', { shown: 'unreadable' }), item('mobile', { shown: 'dropped' })];
  await bookSteps(store, claim, [outcome(items)], 1);
  expect(kept.agreed).toMatchObject([{ base: { alias: 'y', note: null } }]);
  expect(kept.agreed[0]?.base).not.toHaveProperty('mobile');
  expect(kept.done).toMatchObject([
    {
      subject: 'a',
      state: 'partial',
      plan: 'pl',
      step: 1,
      intent: { live_id: 'A', before: { alias: 'x', note: 'n', mobile: '+1' } },
    },
  ]);
  expect(kept.braked).toEqual([{ clear: 1 }]);
});

test('what was refused is agreed by no one, counts nothing of the brake, and is a miss with its code and no value', async () => {
  const { kept, store } = storeOf([link('a', 'A')]);
  const refused = item('mobile', { fate: 'refused', code: '2221103', shown: null, cause: 'race' });
  await bookSteps(store, claim, [outcome([refused])], 1);
  expect([kept.agreed, kept.braked]).toEqual([[], [{}]]);
  expect(kept.done).toMatchObject([{ state: 'dead' }]);
  expect(kept.results).toMatchObject([{ operation: 'update', what: '2221103', isHit: false, cause: 'race' }]);
  expect(kept.results[0]?.sample).not.toContain('+2');
});

test('limits and lost connections are no predictions', async () => {
  const { kept, store } = storeOf([]);
  await bookSteps(store, claim, [outcome([item('alias', { fate: 'limit', shown: null })])], 1);
  expect(kept.results).toEqual([]);
});

test('a step that comes once more is kept once', async () => {
  const { kept, store } = storeOf([link('a', 'A')]);
  await bookSteps(store, claim, [outcome([item('alias')])], 1);
  await bookSteps(store, claim, [outcome([item('alias')])], 2);
  expect([kept.done.length, kept.results.length, kept.braked.length]).toEqual([1, 1, 1]);
});
