import type { CatalogEntry, CatalogName } from '../../directory/catalog.ts';
import type { Employee } from '../../directory/employees/employee.ts';
import { contains } from '../../directory/history/undo-part-rules.ts';
import { load, type EmployeeScan, type Store } from '../../directory/store.ts';
import type { Platform } from '../schema.ts';
import { employmentTypeOf } from './change-parts.ts';

/** The employees who have something, as far as they were looked through. */
export interface PeopleWith {
  readonly people: readonly Pick<Employee, 'id' | 'name'>[];
  /** How many there are among those looked through. */
  readonly total: number;
  /** Whether all employees were looked through. */
  readonly isComplete: boolean;
}

/** So many employees are looked at together, and so many at most. */
const BATCH_SIZE = 200;
const MAX_LOOKED_AT = 100_000;

/** Looks through the employees of a company in pieces, so that other requests run in between. */
export async function peopleWith(
  store: Store,
  tenant: number,
  limit: number,
  has: (employee: Employee) => boolean,
): Promise<PeopleWith> {
  const people: Employee[] = [];
  let total = 0;
  let lookedAt = 0;
  for (let after = 0; lookedAt < MAX_LOOKED_AT; lookedAt += BATCH_SIZE) {
    const about: EmployeeScan = { tenant, after, limit: BATCH_SIZE };
    const piece = await store.read(() => load('employees-from', about));
    for (const { employee } of piece) {
      if (!has(employee)) continue;
      total += 1;
      if (people.length < limit) people.push(employee);
    }
    if (piece.length < BATCH_SIZE) return { people, total, isComplete: true };
    after = piece.at(-1)?.place ?? after;
  }
  return { people, total, isComplete: false };
}

/** Which member of a record names an entry of a list; of other lists, fields of the company's own or a platform's. */
const MEMBERS: Readonly<Partial<Record<CatalogName, keyof Employee>>> = {
  'job-title': 'jobTitle',
  'job-level': 'jobLevel',
  'job-family': 'jobFamily',
  'work-place': 'workPlace',
  country: 'workCountry',
};

/** Returns whether an employee has an entry. */
export function hasEntry(dialects: readonly Platform[], entry: CatalogEntry): (employee: Employee) => boolean {
  const { catalog, id } = entry;
  const member = MEMBERS[catalog];
  if (member !== undefined) return (employee) => employee[member] === id || contains(employee.custom, id);
  const number = employmentTypeOf(dialects, entry);
  if (number !== undefined) return ({ employmentType }) => employmentType === number;
  return ({ custom, extensions }) => contains(custom, id) || contains(extensions, id);
}

/** Returns whether an employee has a value in a field of the company's own. */
export function hasField(id: string): (employee: Employee) => boolean {
  return ({ custom }) => Object.hasOwn(custom, id);
}
