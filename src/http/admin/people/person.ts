import type { Dialect, Reply, Route } from '../../../dialects/dialect.ts';
import type { Change } from '../../../directory/history/change.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { load, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { employeesNamed } from '../../../sandbox/employees-named.ts';
import { companyOf, isCompany } from '../console/company-param.ts';
import { json, problem } from '../reply.ts';
import type { EmployeeView, NamedThing, ValueOrigin } from './contract.ts';
import { departmentNamed, rowOf } from './employee-row.ts';

/** So many people of a line, of those below, and of one account are listed. */
const MAX_LISTED = 50;
/** So many changes are looked through for where values are from. */
const MAX_CHANGES = 1_000;

/** One person with everything that the record refers to. */
export function personRoute(dialects: readonly Dialect[]): Route {
  return {
    operation: 'employees.show',
    method: 'GET',
    path: '/mingce/v1/companies/:key/employees/:id',
    answer: async (call, context) => {
      const tenant = await companyOf(call, context);
      if (!isCompany(tenant)) return tenant;
      const why = call.query.get('why') ?? 'false';
      if (why !== 'true' && why !== 'false') return problem(400, 'The parameter why is true or false.');
      const { store } = context;
      const found = await store.read(() => employeesNamed(dialects, tenant, call.params['id'] ?? ''));
      const employee = theOnly(found);
      if (!isEmployee(employee)) return employee;
      return json(200, await store.read(() => viewOf(tenant, employee, why === 'true')));
    },
  };
}

/** Returns the one employee of those that were found by an id; a refusal where there is none, or are several. */
export function theOnly(found: readonly Employee[]): Employee | Reply {
  const [employee] = found;
  if (employee === undefined)
    return problem(404, 'There is no such employee in this company.', { code: 'no-employee' });
  if (found.length === 1) return employee;
  const ids = found.map(({ id }) => id).join(', ');
  return problem(409, `Several employees have this id; ask for one of them by the own id: ${ids}.`);
}

/** Whether one employee was found. */
export function isEmployee(found: Employee | Reply): found is Employee {
  return 'ids' in found;
}

function* viewOf(tenant: Tenant, employee: Employee, isWhy: boolean): StoreTask<EmployeeView> {
  const about = { tenant: tenant.number, employee: employee.id, limit: isWhy ? MAX_CHANGES : 1 };
  const history = yield* load('history', about);
  const above = yield* lineAbove(tenant.number, employee);
  const below = yield* load('employees-by', {
    tenant: tenant.number,
    space: 'leader',
    values: [employee.id],
    upTo: MAX_LISTED,
  });
  const total = yield* load('count-by', {
    tenant: tenant.number,
    space: 'leader',
    value: employee.id,
    upTo: Number.MAX_SAFE_INTEGER,
  });
  const dotted = yield* load('employees-by-id', { tenant: tenant.number, ids: employee.dottedLeaders });
  const reports = (below.get(employee.id) ?? []).slice(0, MAX_LISTED).map(named);
  const people = [...above, ...[...dotted.values()].map(named)];
  return {
    ...rowOf(tenant, employee, history[0]),
    record: employee,
    names: { ...namesIn(tenant, employee), ...Object.fromEntries(people.map(({ id, name }) => [id, name])) },
    department_path:
      employee.mainDepartment === null
        ? []
        : tenant.departments.pathTo(employee.mainDepartment).map(({ id }) => departmentNamed(tenant, id)),
    reports_to: above,
    direct_reports: { total, employees: reports },
    account: yield* accountOf(employee),
    ...(isWhy ? { why: originsOf(history) } : {}),
  };
}

function named({ id, name }: Employee): NamedThing {
  return { id, name: name.value };
}

/** The leaders of an employee, from the direct one up. */
function* lineAbove(tenant: number, employee: Employee): StoreTask<readonly NamedThing[]> {
  const line: NamedThing[] = [];
  const seen = new Set([employee.id]);
  for (let leader = employee.leader; leader !== null && !seen.has(leader) && line.length < MAX_LISTED;) {
    seen.add(leader);
    const one: Employee | undefined = (yield* load('employees-by-id', { tenant, ids: [leader] })).get(leader);
    if (one === undefined) break;
    line.push(named(one));
    leader = one.leader;
  }
  return line;
}

/** Names of the departments and entries of lists that a record refers to. */
function namesIn(tenant: Tenant, employee: Employee): Readonly<Record<string, string>> {
  const { departments, jobTitle, jobLevel, jobFamily, workPlace, workCountry } = employee;
  const entries = (
    [
      ['job-title', jobTitle],
      ['job-level', jobLevel],
      ['job-family', jobFamily],
      ['work-place', workPlace],
      ['country', workCountry],
    ] as const
  ).flatMap(([catalog, id]) => (id === null ? [] : [[id, tenant.catalog(catalog).get(id)?.name.value ?? id] as const]));
  return Object.fromEntries([
    ...departments.map(({ department }) => [department, departmentNamed(tenant, department).name] as const),
    ...entries,
  ]);
}

function* accountOf({ account }: Employee): StoreTask<EmployeeView['account']> {
  if (account === null) return null;
  const found = (yield* load('accounts-by', { by: 'id', values: [account] })).get(account);
  if (found === undefined) return null;
  const staff: { readonly company: string; readonly employee: string }[] = [];
  for (const { tenant: number, employee } of found.memberships.slice(0, MAX_LISTED)) {
    const tenant = yield* load('tenant', { number });
    if (tenant !== null) staff.push({ company: tenant.key, employee });
  }
  return { id: found.id, mobile: found.mobile, email: found.email, staff_of: staff };
}

/** The change that set each value as it is; `history` is newest first. */
function originsOf(history: readonly Change[]): Readonly<Record<string, ValueOrigin>> {
  const origins = new Map<string, ValueOrigin>();
  for (const change of history) {
    if (change.note !== undefined) continue;
    for (const field of Object.keys(change.fields)) if (!origins.has(field)) origins.set(field, originOf(change));
  }
  return Object.fromEntries(origins);
}

function originOf({ number, origin }: Change): ValueOrigin {
  return {
    change: number,
    at: new Date(origin.at).toISOString(),
    platform: origin.dialect,
    app: origin.app,
    operation: origin.operation,
    request: origin.request,
  };
}
