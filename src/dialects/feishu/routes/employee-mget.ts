import type { Employee } from '../../../directory/employee.ts';
import { ask, type Gather } from '../../../directory/store.ts';
import type { Route } from '../../dialect.ts';
import { holdsAny, type Caller } from '../auth.ts';
import { MgetBody } from '../body.ts';
import { ABNORMAL } from '../codes.ts';
import { succeed } from '../envelope.ts';
import { employeeShown, peopleNeeded, type EmployeeView } from '../entity.ts';
import { founderOf } from '../founder.ts';
import { guarded, idKindsOf, refuseFor, refuseShape } from '../guard.ts';
import { employeeIdOf, employeesNamed, type DepartmentIdKind, type EmployeeIdKind } from '../ids.ts';
import { operationRefusal } from '../permission.ts';
import { reaches } from '../reach.ts';
import { select, type Selection } from '../selectors.ts';
import { settingsOf } from '../settings.ts';
import { bodyReader } from '../violations.ts';

const OPERATION = 'employee.mget';
const readBody = bodyReader(MgetBody);

/** 批量获取员工信息 */
export const employeeMget: Route = {
  operation: OPERATION,
  method: 'POST',
  path: '/open-apis/directory/v1/employees/mget',
  body: MgetBody,
  answer: guarded(OPERATION, async ({ call, house, caller, exchange }) => {
    const kinds = idKindsOf(call.query);
    const { body, ...read } = readBody(call.body);
    if (body === null || kinds.violations.length > 0) {
      const violations = 'violations' in read ? read.violations : [];
      return refuseShape(exchange, violations, kinds.violations);
    }
    const forbidden = operationRefusal(caller, OPERATION);
    if (forbidden !== null) return refuseFor(exchange, forbidden);
    const selection = select(body.required_fields, (scopes) => holdsAny(caller, scopes));
    const page = await house.store.read(() => gather(caller, kinds.idKind, body.employee_ids, selection));
    return succeed(exchange, shown(caller, { ...kinds, ...page, origin: call.origin }, body.employee_ids, selection));
  }),
};

interface Page {
  /** By id as sent. */
  readonly found: ReadonlyMap<string, Employee>;
  /** By own id: those found, and everyone they point to. */
  readonly people: ReadonlyMap<string, Employee>;
  readonly founder: string | null;
}

function* gather(caller: Caller, kind: EmployeeIdKind, ids: readonly string[], selection: Selection): Gather<Page> {
  const { tenant } = caller;
  const found = yield* employeesNamed(tenant, kind, caller.ids, [...new Set(ids)]);
  const people = new Map([...found.values()].map((employee) => [employee.id, employee]));
  const needed = new Set([...people.values()].flatMap((employee) => peopleNeeded(employee, selection, { tenant })));
  const missing = [...needed].filter((id) => !people.has(id));
  const others = missing.length === 0 ? [] : yield* ask('employees-by-id', { tenant: tenant.number, ids: missing });
  for (const [id, employee] of others) people.set(id, employee);
  const founder = selection.base_info.has('is_primary_admin') ? yield* founderOf(tenant) : null;
  return { found, people, founder };
}

interface Asked extends Page {
  readonly idKind: EmployeeIdKind;
  readonly departmentKind: DepartmentIdKind;
  readonly origin: string;
}

function shown(
  caller: Caller,
  { found, people, founder, idKind, departmentKind, origin }: Asked,
  ids: readonly string[],
  selection: Selection,
): object {
  const { tenant } = caller;
  const idOf = (id: string): string | undefined => {
    const employee = people.get(id);
    return employee === undefined ? undefined : employeeIdOf(employee, idKind, caller.ids, tenant);
  };
  const view: EmployeeView = { tenant, settings: settingsOf(tenant), departmentKind, founder, origin, idOf };
  const fieldErrors = {
    ...Object.fromEntries(selection.forbidden.map((selector) => [selector, ABNORMAL.noPermission])),
    ...Object.fromEntries(selection.unknown.map((selector) => [selector, ABNORMAL.fieldMissing])),
  };
  const isFaulty = Object.keys(fieldErrors).length > 0;
  const employees: object[] = [];
  const abnormals: object[] = [];
  for (const id of new Set(ids)) {
    const employee = found.get(id);
    if (employee === undefined) {
      abnormals.push({ id, row_error: ABNORMAL.ok, field_errors: { 'base_info.employee_id': ABNORMAL.userMissing } });
    } else if (!reaches(caller, employee)) {
      abnormals.push({ id, row_error: ABNORMAL.noPermission, field_errors: {} });
    } else {
      employees.push(employeeShown(employee, selection, view));
      if (isFaulty) abnormals.push({ id, row_error: ABNORMAL.ok, field_errors: fieldErrors });
    }
  }
  return { employees, abnormals };
}
