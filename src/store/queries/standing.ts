import type { Employee } from '../../directory/employees/employee.ts';
import { lookupKeys, type LookupKey, type LookupSpace } from '../../directory/lookup.ts';

/*
 * A value may be shared by any number of people, while a rule needs no more than the first few who work here, who are
 * expected, or who left. So the rows by which those are found who do not work here stand in spaces of their own: the
 * first few of each standing are found without passing by the others.
 */

/** What comes before a space for those who do not work here. */
const ELSEWHERE = { 'pre-hire': 'expected ', 'pre-hire-cancelled': 'cancelled ', resigned: 'gone ' } as const;

/** Groups of people that are scanned in order of creation and counted, never looked up by their first few. */
const UNDIVIDED: ReadonlySet<string> = new Set<LookupSpace>([
  'leader',
  'dotted-leader',
  'department',
  'expected-department',
  'exited',
]);

/** The spaces in which the holders of a value stand: of those who work here first. */
export function spacesOf(space: LookupSpace): readonly string[] {
  return UNDIVIDED.has(space) ? [space] : [space, ...Object.values(ELSEWHERE).map((before) => before + space)];
}

/** The rows by which a record is found. */
export function lookupRows(employee: Employee): readonly (readonly [space: string, value: string])[] {
  const keys: readonly LookupKey[] = lookupKeys(employee);
  const { status } = employee;
  if (!(status in ELSEWHERE)) return keys;
  const before = ELSEWHERE[status as keyof typeof ELSEWHERE];
  return keys.map(([space, value]) => [UNDIVIDED.has(space) ? space : before + space, value]);
}
