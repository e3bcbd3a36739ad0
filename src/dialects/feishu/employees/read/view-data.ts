import type { Department } from '../../../../directory/departments/department.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import { load, type StoreTask } from '../../../../directory/store.ts';
import { LruCache } from '../../../../lib/lru-cache.ts';
import { holdsAny, type Caller } from '../../auth/caller.ts';
import { ABNORMAL } from '../../protocol/codes.ts';
import { memberCounts, type MemberCounts } from '../../departments/member-counts.ts';
import { peopleNeededBy } from '../../departments/view.ts';
import { referencedEmployeeIds, type EmployeeView } from './view.ts';
import { founderOf } from '../../model/founder.ts';
import { employeeIdOf, type DepartmentIdKind, type EmployeeIdKind } from '../../model/ids.ts';
import { select, type Selection } from '../../protocol/required-fields.ts';
import { settingsOf } from '../../model/settings.ts';

/** How many lists of selectors are remembered of each app, and how long one may be. */
const MAX_SELECTIONS = 64;
const MAX_LIST_LENGTH = 2_000;

const selections = new WeakMap<Caller, LruCache<string, Selection>>();

/** What `required_fields` asks for, as far as the caller may see it; programs ask for the same again and again. */
export function selectionFor(caller: Caller, requiredFields: readonly string[]): Selection {
  const key = requiredFields.join('\n');
  let known = selections.get(caller);
  if (known === undefined) {
    known = new LruCache(MAX_SELECTIONS);
    selections.set(caller, known);
  }
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  const selection = select(requiredFields, (scopes) => holdsAny(caller, scopes));
  if (key.length <= MAX_LIST_LENGTH) known.set(key, selection);
  return selection;
}

/** What showing employees or departments needs that had to be asked for. */
export interface LoadedEmployees {
  /** By own id: those shown, and everyone they point to. */
  readonly people: ReadonlyMap<string, Employee>;
  readonly founder: string | null;
  readonly counts: ReadonlyMap<string, MemberCounts>;
}

const NO_COUNTS: ReadonlyMap<string, MemberCounts> = new Map();

/** Finds out everything that showing these employees needs. */
export function* loadForEmployees(
  { tenant }: Caller,
  employees: Iterable<Employee>,
  selection: Selection,
): StoreTask<LoadedEmployees> {
  const people = new Map<string, Employee>();
  const needed: string[] = [];
  for (const employee of employees) {
    people.set(employee.id, employee);
    needed.push(...referencedEmployeeIds(employee, selection, { tenant }));
  }
  yield* addPeople(tenant.number, people, needed);
  const founder = selection.base_info.has('is_primary_admin') ? yield* founderOf(tenant) : null;
  if (selection.base_info.get('departments')?.has('department_count') !== true) {
    return { people, founder, counts: NO_COUNTS };
  }
  const departments = new Set<string>();
  for (const employee of employees) {
    for (const { department } of employee.departments)
      if (tenant.departments.get(department) !== undefined) departments.add(department);
  }
  return { people, founder, counts: yield* memberCounts(tenant, departments) };
}

/** Finds out everything that showing these members of some departments needs. */
export function* loadForDepartments(
  { tenant }: Caller,
  departments: readonly Department[],
  members: ReadonlySet<string>,
): StoreTask<LoadedEmployees> {
  const people = new Map<string, Employee>();
  yield* addPeople(
    tenant.number,
    people,
    departments.flatMap((department) => peopleNeededBy(department, members, tenant)),
  );
  const ids = departments.map(({ id }) => id);
  const counts = members.has('department_count') ? yield* memberCounts(tenant, ids) : NO_COUNTS;
  return { people, founder: null, counts };
}

function* addPeople(tenant: number, people: Map<string, Employee>, needed: readonly string[]): StoreTask<void> {
  const ids = [...new Set(needed)].filter((id) => !people.has(id));
  if (ids.length === 0) return;
  for (const [id, employee] of yield* load('employees-by-id', { tenant, ids })) people.set(id, employee);
}

/** How a caller sees what was loaded. */
export function viewOf(
  caller: Caller,
  { people, founder, counts }: LoadedEmployees,
  { idKind, departmentKind }: { readonly idKind: EmployeeIdKind; readonly departmentKind: DepartmentIdKind },
  origin: string,
): EmployeeView {
  const { tenant } = caller;
  const person = (id: string): Employee | undefined => people.get(id);
  const idOf = (id: string): string | undefined => {
    const employee = people.get(id);
    return employee === undefined ? undefined : employeeIdOf(employee, idKind, caller.ids, tenant);
  };
  return { tenant, settings: settingsOf(tenant), departmentKind, founder, origin, person, idOf, counts };
}

/** What an `abnormals` entry of each row says of selectors that could not be served; null where all could. */
export function fieldErrorsOf({
  forbidden,
  unknown,
}: Pick<Selection, 'forbidden' | 'unknown'>): Readonly<Record<string, number>> | null {
  if (forbidden.length === 0 && unknown.length === 0) return null;
  return {
    ...Object.fromEntries(forbidden.map((selector) => [selector, ABNORMAL.noPermission])),
    ...Object.fromEntries(unknown.map((selector) => [selector, ABNORMAL.fieldMissing])),
  };
}
