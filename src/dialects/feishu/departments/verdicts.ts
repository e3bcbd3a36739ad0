import type { Department } from '../../../directory/departments/department.ts';
import type { FieldResult } from '../../../directory/verdict.ts';
import { deepEqual } from '../../../lib/json-equal.ts';
import type { Outcome } from '../../dialect.ts';
import type { GivenDepartment } from './facts.ts';

/** Each member of the request and the part of the record that it speaks of. */
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
  const verdicts: FieldResult[] = [];
  for (const [name, place] of Object.entries(PLACES)) {
    if (given[name as keyof typeof PLACES] === undefined) continue;
    const field = `department.${name}`;
    if (place === null) verdicts.push({ field, verdict: 'ignored', reason: 'a department has no description' });
    else if (before !== null && deepEqual(before[place], after[place])) verdicts.push({ field, verdict: 'unchanged' });
    else verdicts.push({ field, verdict: 'applied' });
  }
  return { records: [{ verdicts }] };
}
