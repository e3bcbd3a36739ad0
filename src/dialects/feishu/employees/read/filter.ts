import type { Employee } from '../../../../directory/employees/employee.ts';
import { normalizeEmail, type LookupSpace } from '../../../../directory/lookup.ts';
import { e164 } from '../../../../directory/employees/phone.ts';
import type { StoreTask } from '../../../../directory/store.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import type { Caller } from '../../auth/caller.ts';
import { READ_CODES } from '../../protocol/codes.ts';
import {
  isWrong,
  readConditions,
  type Filterable,
  type FilterCondition,
  type QueryPage,
  type QueryError,
} from '../../protocol/query/query-conditions.ts';
import { scanEmployees } from './scan.ts';
import { staffStatusOf } from './view.ts';
import { departmentNamed, type DepartmentIdKind } from '../../model/ids.ts';
import type { Cursor } from '../../protocol/query/query-paging.ts';
import { isInScope } from '../../auth/data-scope.ts';
import type { Condition } from '../../protocol/query/query-schemas.ts';
import { isEmployeeField } from '../../protocol/required-fields.ts';
import { mobileOf } from '../../protocol/wire.ts';

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

/** What a value is looked up as; a mobile is compared as it is kept, whichever way it is written, also without `+`. [contract 4.5] */
const LOOKED_UP: Readonly<Record<string, LookedUp>> = {
  'base_info.mobile': {
    space: 'mobile',
    keyOf: (value) => mobileKey(value) ?? mobileKey(`+${value.trim()}`),
    valueOf: ({ mobile }) => (mobile === null ? null : e164(mobile)),
  },
  'base_info.email': {
    space: 'email',
    keyOf: (value) => normalizeEmail(value.trim()),
    valueOf: ({ email }) => (email === null ? null : normalizeEmail(email)),
  },
  'work_info.job_number': { space: 'job-number', keyOf: (value) => value, valueOf: ({ jobNumber }) => jobNumber },
};

interface LookedUp {
  readonly space: LookupSpace;
  /** The lookup key of a filter's value; absent or empty for a value that no employee has. */
  readonly keyOf: (value: string) => string | undefined;
  readonly valueOf: (employee: Employee) => string | null;
}

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
export type EmployeeFilter = readonly FilterCondition[];

/** Reads the conditions: each for itself, then whether status and department stand together. 2220014 */
export function readEmployeeFilter(conditions: readonly Condition[]): EmployeeFilter | QueryError {
  const read = readConditions(conditions, FILTERABLE, isEmployeeField);
  if (isWrong(read)) return read;
  const invalid: QueryError = { code: READ_CODES.filterValueInvalid, field: 'filter.conditions[*].value' };
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
  { size, after }: QueryPage,
): StoreTask<{ readonly employees: readonly Employee[]; readonly next: Cursor | null }> {
  const { tenant } = caller;
  const statuses = filter.filter(({ field }) => field === STAFF_STATUS).map(({ values }) => values[0]);
  const inDepartments = filter
    .filter(({ field }) => field === DEPARTMENT)
    .map((one) => departmentsOf(tenant, kind, one));
  const lookups = filter.flatMap(({ field, values }) => {
    const how = LOOKED_UP[field];
    return how === undefined ? [] : [{ how, keys: keysOf(how, values) }];
  });
  const isMeant = (employee: Employee): boolean => {
    const status = staffStatusOf(employee);
    return (
      (statuses.length === 0 ? HERE.includes(status) : statuses.every((one) => one === status)) &&
      inDepartments.every((ids) => employee.departments.some(({ department }) => ids.has(department))) &&
      lookups.every(({ how, keys }) => keys.has(how.valueOf(employee) ?? '')) &&
      isInScope(caller, employee)
    );
  };
  // Only who is here is found by department; those still expected are found by looking at everyone.
  const isAmongMembers = statuses.every((status) => HERE.includes(status));
  const departments = isAmongMembers && inDepartments[0] !== undefined ? [...inDepartments[0]] : null;
  const [first] = lookups;
  const having =
    first !== undefined
      ? { space: first.how.space, values: [...first.keys] }
      : departments === null
        ? null
        : { space: 'department' as const, values: departments };
  const quest = { tenant: tenant.number, having, isMeant };
  const { employees, next } = yield* scanEmployees(quest, Number(after?.[0] ?? 0), size);
  return { employees, next: next === null ? null : [next] };
}

/** Departments that a condition names; unknown ones have no people. [derived] */
function departmentsOf(tenant: Tenant, kind: DepartmentIdKind, { values }: FilterCondition): ReadonlySet<string> {
  return new Set(values.flatMap((id) => departmentNamed(tenant, kind, String(id))?.id ?? []));
}

/** Returns the lookup keys of the values; no employee has an empty one. */
function keysOf({ keyOf }: LookedUp, values: FilterCondition['values']): ReadonlySet<string> {
  const keys = new Set(values.flatMap((value) => keyOf(String(value)) ?? []));
  keys.delete('');
  return keys;
}
