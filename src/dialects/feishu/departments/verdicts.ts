import type { Department } from '../../../directory/departments/department.ts';
import type { FieldResult } from '../../../directory/verdict.ts';
import { deepEqual } from '../../../lib/json-equal.ts';
import type { Outcome } from '../../dialect.ts';
import type { GivenDepartment } from './facts.ts';

/** Each member of the request and its part of the record. */
const PLACES = {
  custom_department_id: 'ids',
  name: 'name',
  parent_department_id: 'parent',
  leaders: 'leaders',
  order_weight: 'order',
  enabled_status: 'enabled',
  custom_field_values: 'extensions',
  description: null,
} as const satisfies Readonly<Record<keyof GivenDepartment, keyof Department | null>>;

/** What became of a request about a department that was accepted. */
export function departmentOutcome(given: GivenDepartment, before: Department | null, after: Department): Outcome {
  return outcomeOf(given, PLACES, before, after, 'department.');
}

/** Of each member that was sent, whether it was applied; a member that the record has no place for was passed over. */
export function outcomeOf<Given extends object>(
  given: Given,
  places: Readonly<Record<keyof Given, keyof Department | null>>,
  before: Department | null,
  after: Department,
  prefix: string,
): Outcome {
  const verdicts: FieldResult[] = [];
  for (const [name, place] of Object.entries<keyof Department | null>(places)) {
    if (given[name as keyof Given] === undefined) continue;
    const field = prefix + name;
    if (place === null) verdicts.push({ field, verdict: 'ignored', reason: `a department has no ${name}` });
    else if (before !== null && deepEqual(before[place], after[place])) verdicts.push({ field, verdict: 'unchanged' });
    else verdicts.push({ field, verdict: 'applied' });
  }
  return { records: [{ verdicts }] };
}
