import type { Employee } from '../../directory/employee.ts';
import { foldMail, type LookupSpace } from '../../directory/lookup.ts';
import { e164 } from '../../directory/phone.ts';
import { askEach, type Gather } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';
import type { Caller } from './auth.ts';
import { READ_CODES } from './codes.ts';
import { isWrong, readConditions, type Filterable, type OneOf, type Page, type Wrong } from './conditions.ts';
import { employeesAfter } from './employee-pages.ts';
import { staffStatusOf } from './entity.ts';
import { departmentNamed, type DepartmentIdKind } from './ids.ts';
import type { PagePlace } from './page-tokens.ts';
import { reaches } from './reach.ts';
import type { Condition } from './read-bodies.ts';
import { isEmployeeField } from './selectors.ts';
import { mobileOf } from './wire.ts';

const STAFF_STATUS = 'work_info.staff_status';
const DEPARTMENT = 'base_info.departments.department_id';

/** [public: dir/employee/filter] */
const FILTERABLE: Readonly<Record<string, Filterable>> = {
  'base_info.mobile': { operators: ['eq', 'in'], type: 'string' },
  'base_info.email': { operators: ['eq', 'in'], type: 'string' },
  'work_info.job_number': { operators: ['eq', 'in'], type: 'string' },
  [STAFF_STATUS]: { operators: ['eq'], type: 'int' },
  [DEPARTMENT]: { operators: ['eq', 'in'], type: 'string' },
};

/** What a value is looked up as; a mobile is compared as it is kept, whichever way it is written. */
const LOOKED_UP: Readonly<Record<string, { readonly space: LookupSpace; readonly keyOf: (value: string) => string }>> =
  {
    'base_info.mobile': { space: 'mobile', keyOf: (value) => mobileKey(value) ?? '' },
    'base_info.email': { space: 'email', keyOf: (value) => foldMail(value.trim()) },
    'work_info.job_number': { space: 'job-number', keyOf: (value) => value },
  };

/** A mobile as it is looked up; undefined for what is none. */
export function mobileKey(text: string): string | undefined {
  const { phone } = mobileOf(text);
  return phone === null || phone === undefined ? undefined : e164(phone);
}

/** 2 is resigned, which this filter does not show. [public: dir/employee/filter] */
const STATUSES: readonly unknown[] = [1, 3, 4, 5];
/** Joined or leaving; without a status these are meant. [derived] */
const HERE: readonly unknown[] = [1, 5];

/** What the filter was asked for. */
export type EmployeeFilter = readonly OneOf[];

/** Reads the conditions: each for itself, then whether status and department stand together. 2220014 */
export function readEmployeeFilter(conditions: readonly Condition[]): EmployeeFilter | Wrong {
  const read = readConditions(conditions, FILTERABLE, isEmployeeField);
  if (isWrong(read)) return read;
  const invalid: Wrong = { code: READ_CODES.filterValueInvalid, field: 'filter.conditions[*].value' };
  const statuses = read.filter(({ field }) => field === STAFF_STATUS);
  if (statuses.some(({ values }) => !STATUSES.includes(values[0]))) return invalid;
  const isByDepartment = read.some(({ field }) => field === DEPARTMENT);
  return statuses.length > 0 === isByDepartment ? read : { ...invalid, field: 'filter.conditions' };
}

/** A page of those who meet all conditions, in order of creation. */
export function* filteredPage(
  caller: Caller,
  kind: DepartmentIdKind,
  filter: EmployeeFilter,
  { size, after }: Page,
): Gather<{ readonly employees: readonly Employee[]; readonly next: PagePlace | null }> {
  const { tenant } = caller;
  const statuses = filter.filter(({ field }) => field === STAFF_STATUS).map(({ values }) => values[0]);
  const inDepartments = filter
    .filter(({ field }) => field === DEPARTMENT)
    .map((one) => departmentsOf(tenant, kind, one));
  const isMeant = (employee: Employee): boolean => {
    const status = staffStatusOf(employee);
    return (
      (statuses.length === 0 ? HERE.includes(status) : statuses.every((one) => one === status)) &&
      inDepartments.every((ids) => employee.departments.some(({ department }) => ids.has(department))) &&
      reaches(caller, employee)
    );
  };
  const lookups = filter.flatMap(({ field, values }) => {
    const how = LOOKED_UP[field];
    return how === undefined
      ? []
      : [{ space: how.space, keys: new Set(values.map((value) => how.keyOf(String(value)))) }];
  });
  if (lookups.length > 0) return cut(yield* lookedUp(tenant.number, lookups, isMeant), after, size);
  // Only who is here is found by department; those still expected are found by looking at everyone.
  const isAmongMembers = statuses.every((status) => HERE.includes(status));
  const departments = isAmongMembers && inDepartments[0] !== undefined ? [...inDepartments[0]] : null;
  const quest = { tenant: tenant.number, departments, isMeant };
  const { employees, next } = yield* employeesAfter(quest, Number(after?.[0] ?? 0), size);
  return { employees, next: next === null ? null : [next] };
}

/** Departments that a condition names; unknown ones have no people. [derived] */
function departmentsOf(tenant: Tenant, kind: DepartmentIdKind, { values }: OneOf): ReadonlySet<string> {
  return new Set(values.flatMap((id) => departmentNamed(tenant, kind, String(id))?.id ?? []));
}

interface Lookup {
  readonly space: LookupSpace;
  readonly keys: ReadonlySet<string>;
}

/** Those who are found by every one of the look-ups, in order of creation. */
function* lookedUp(
  tenant: number,
  lookups: readonly Lookup[],
  isMeant: (employee: Employee) => boolean,
): Gather<readonly Employee[]> {
  const answers = yield* askEach(
    'employees-by',
    lookups.map(({ space, keys }) => ({ tenant, space, values: [...keys].filter((key) => key !== '') })),
  );
  const [first = [], ...others] = answers.map((holders) => [...holders.values()].flat());
  const inAll = others.map((employees) => new Set(employees.map(({ id }) => id)));
  const found = new Map<string, Employee>();
  for (const employee of first)
    if (isMeant(employee) && inAll.every((ids) => ids.has(employee.id))) found.set(employee.id, employee);
  return [...found.values()].sort(byCreation);
}

function byCreation(one: Employee, other: Employee): number {
  return one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1);
}

function cut(
  found: readonly Employee[],
  after: PagePlace | null,
  size: number,
): { readonly employees: readonly Employee[]; readonly next: PagePlace | null } {
  const [createdAt = -1, id = ''] = after ?? [];
  const left = found.filter(
    (one) => one.createdAt > Number(createdAt) || (one.createdAt === createdAt && one.id > String(id)),
  );
  const employees = left.slice(0, size);
  const last = employees.at(-1);
  return { employees, next: last !== undefined && left.length > size ? [last.createdAt, last.id] : null };
}
