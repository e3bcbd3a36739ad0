import type { ApplyChoice } from '../../../directory/targets/plan-view.ts';
import { isObject } from '../../../lib/json-equal.ts';
import { unknownMember } from '../unknown-names.ts';
import { isId } from './link-bodies.ts';
import type { NewPlanBody } from './plan-contract.ts';

const MAX_ONLY = 1_000;
const MAX_COUNT = 1_000_000;
const OBJECT = 'The body is an object.';

/** Reads which employees are meant; a text says what is wrong. */
export function onlyIn(body: unknown): NewPlanBody | string {
  return isObject(body) ? (unknownMember(body, ['only']) ?? chosenIn(body)) : OBJECT;
}

function chosenIn({ only }: Readonly<Record<string, unknown>>): NewPlanBody | string {
  if (only === undefined) return {};
  if (!Array.isArray(only) || only.length > MAX_ONLY || !only.every(isId)) {
    return 'The member only is a list of at most 1,000 ids of employees.';
  }
  return { only };
}

/** Reads how far a plan is applied; a text says what is wrong. */
export function applyIn(body: unknown): ApplyChoice | string {
  if (!isObject(body)) return OBJECT;
  const unknown = unknownMember(body, ['only', 'until', 'partial', 'continue']);
  if (unknown !== null) return unknown;
  const only = chosenIn(body);
  if (typeof only === 'string') return only;
  const { until, partial = false, continue: goesOn = false } = body;
  if (until !== undefined && (typeof until !== 'number' || !Number.isSafeInteger(until) || until < 1)) {
    return 'The member until is the number of a step.';
  }
  if (typeof partial !== 'boolean' || typeof goesOn !== 'boolean') {
    return 'The members partial and continue are true or false.';
  }
  return { ...only, ...(until === undefined ? {} : { until }), partial, continue: goesOn };
}

/** Reads the counts that are allowed; a text says what is wrong. */
export function countsIn(body: unknown): Readonly<Record<string, number>> | string {
  const counts = isObject(body) ? body['counts'] : undefined;
  if (!isObject(counts)) return 'The member counts has the kinds that wait, each with the number of the plan.';
  const entries = Object.entries(counts);
  const isCount = (n: unknown): n is number =>
    typeof n === 'number' && Number.isSafeInteger(n) && n >= 0 && n <= MAX_COUNT;
  if (entries.length === 0 || entries.length > 100 || !entries.every(([, n]) => isCount(n))) {
    return 'The member counts has the kinds that wait, each with the number of the plan.';
  }
  return Object.fromEntries(entries) as Readonly<Record<string, number>>;
}
