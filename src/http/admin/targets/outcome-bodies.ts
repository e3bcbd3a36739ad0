import type { MissCause, OutcomeItem, OutcomeSubject, StepOutcome } from '../../../directory/targets/step-outcome.ts';
import { isObject } from '../../../lib/json-equal.ts';
import { BRAKED } from '../../../directory/targets/delivered.ts';
import type { OutcomesBody } from './contract.ts';
import { isFieldName, isFields, isId, isText } from './link-bodies.ts';

const MAX_OUTCOMES = 100;
const MAX_SUBJECTS = 1_000;
const MAX_ITEMS = 20_000;
const CAUSES: ReadonlySet<unknown> = new Set<MissCause>(['assumption', 'race', 'rule']);
const KINDS: ReadonlySet<string> = new Set<string>(BRAKED);
const NAME = /^[a-z-]{1,40}$/;

/** Returns what a step came to as the body of a request. */
export function outcomeOf({ subjects, predicted, items, ...outcome }: StepOutcome): OutcomesBody['outcomes'][number] {
  return {
    ...outcome,
    subjects: subjects.map(({ subject, liveId, changes }) => ({ subject, live_id: liveId, changes })),
    predicted: predicted.map(itemOf),
    items: items.map(itemOf),
  };
}

function itemOf({ subject, field, fate, code, shown, cause }: OutcomeItem): OutcomeItem {
  return { subject, field, fate, code, shown, ...(cause === undefined ? {} : { cause }) };
}

/** Reads the body that brings what steps came to; a text says what is wrong. */
export function outcomesIn(body: unknown): readonly StepOutcome[] | string {
  const given = isObject(body) ? body['outcomes'] : undefined;
  if (!Array.isArray(given) || given.length > MAX_OUTCOMES)
    return 'The member outcomes is a list of at most 100 steps.';
  const outcomes: StepOutcome[] = [];
  for (const one of given as readonly unknown[]) {
    const outcome = isObject(one) ? outcomeIn(one) : null;
    if (outcome === null) return WRONG;
    outcomes.push(outcome);
  }
  return outcomes;
}

const WRONG =
  'Each step has plan, n, operation, subjects (subject, live_id, changes), counts, predicted, items (subject, field, fate, code, shown) and made.';

function outcomeIn({ plan, n, operation, ...lists }: Readonly<Record<string, unknown>>): StepOutcome | null {
  const counts = lists['counts'];
  const subjects = listOf(lists['subjects'], MAX_SUBJECTS, subjectIn);
  const predicted = listOf(lists['predicted'], MAX_ITEMS, itemIn);
  const items = listOf(lists['items'], MAX_ITEMS, itemIn);
  const made = listOf(lists['made'], MAX_SUBJECTS, pairIn);
  if (subjects === null || predicted === null || items === null || made === null || !isCounts(counts)) return null;
  if (!isId(plan) || typeof n !== 'number' || !Number.isSafeInteger(n) || !isName(operation)) return null;
  return { plan, n, operation, subjects, counts, predicted, items, made };
}

function listOf<Item>(given: unknown, most: number, read: (one: unknown) => Item | null): readonly Item[] | null {
  if (!Array.isArray(given) || given.length > most) return null;
  const items: Item[] = [];
  for (const one of given as readonly unknown[]) {
    const item = read(one);
    if (item === null) return null;
    items.push(item);
  }
  return items;
}

function subjectIn(given: unknown): OutcomeSubject | null {
  if (!isObject(given)) return null;
  const { subject, live_id: liveId, changes } = given;
  if (!isId(subject) || (liveId !== null && !isId(liveId)) || !isObject(changes)) return null;
  const isChange = (one: unknown): boolean => isObject(one) && 'to' in one && isFields(one);
  if (!Object.values(changes).every(isChange) || !Object.keys(changes).every(isFieldName)) return null;
  // Each was looked at above.
  return { subject, liveId, changes: changes as OutcomeSubject['changes'] };
}

function itemIn(given: unknown): OutcomeItem | null {
  if (!isObject(given)) return null;
  const { subject, field, fate, code, shown, cause } = given;
  if (!isId(subject) || !isName(fate) || !isTextOrNull(field) || !isTextOrNull(code) || !isTextOrNull(shown))
    return null;
  if (cause !== undefined && !CAUSES.has(cause)) return null;
  return { subject, field, fate, code, shown, ...(cause === undefined ? {} : { cause: cause as MissCause }) };
}

function pairIn(given: unknown): readonly [string, string] | null {
  if (!Array.isArray(given) || given.length !== 2) return null;
  const [own, live] = given as readonly unknown[];
  return isId(own) && isId(live) ? [own, live] : null;
}

function isCounts(given: unknown): given is StepOutcome['counts'] {
  if (!isObject(given)) return false;
  const entries = Object.entries(given);
  return (
    entries.length <= 100 &&
    entries.every(
      ([what, n]) => KINDS.has(what) && typeof n === 'number' && Number.isSafeInteger(n) && n >= 0 && n <= 1e6,
    )
  );
}

function isName(given: unknown): given is string {
  return typeof given === 'string' && NAME.test(given);
}

function isTextOrNull(given: unknown): given is string | null {
  return given === null || isText(given);
}
