import type { Employee } from '../../../directory/employees/employee.ts';
import type { StoreTask } from '../../../directory/store.ts';
import type { Caller } from '../auth/caller.ts';
import { MgetBody } from '../protocol/body-schemas.ts';
import { ABNORMAL } from '../protocol/codes.ts';
import { successReply } from '../protocol/envelope.ts';
import { serializeEmployeeView, type EmployeeView } from '../employees/read/view.ts';
import { directoryRead } from '../employees/operation-routes.ts';
import { employeesNamed, type EmployeeIdKind } from '../model/ids.ts';
import { isInScope } from '../auth/data-scope.ts';
import {
  fieldErrorsOf,
  loadForEmployees,
  selectionFor,
  viewOf,
  type LoadedEmployees,
} from '../employees/read/view-data.ts';
import type { Selection } from '../protocol/required-fields.ts';

/** 批量获取员工信息 */
export const employeeMget = directoryRead({
  operation: 'employee.mget',
  method: 'POST',
  path: '/open-apis/directory/v1/employees/mget',
  body: MgetBody,
  answer: async ({ call, context, caller, exchange }, kinds, body) => {
    const selection = selectionFor(caller, body.required_fields);
    const { found, loaded } = await context.store.read(() =>
      loadFound(caller, kinds.idKind, body.employee_ids, selection),
    );
    const view = viewOf(caller, loaded, kinds, call.origin);
    return successReply(exchange, shown(caller, found, view, body.employee_ids, selection));
  },
});

interface Found {
  /** By id as sent. */
  readonly found: ReadonlyMap<string, Employee>;
  readonly loaded: LoadedEmployees;
}

function* loadFound(
  caller: Caller,
  kind: EmployeeIdKind,
  ids: readonly string[],
  selection: Selection,
): StoreTask<Found> {
  const found = yield* employeesNamed(caller.tenant, kind, caller.ids, [...new Set(ids)]);
  return { found, loaded: yield* loadForEmployees(caller, [...found.values()], selection) };
}

function shown(
  caller: Caller,
  found: ReadonlyMap<string, Employee>,
  view: EmployeeView,
  ids: readonly string[],
  selection: Selection,
): object {
  const fieldErrors = fieldErrorsOf(selection);
  const employees: object[] = [];
  const abnormals: object[] = [];
  for (const id of new Set(ids)) {
    const employee = found.get(id);
    if (employee === undefined) {
      abnormals.push({ id, row_error: ABNORMAL.ok, field_errors: { 'base_info.employee_id': ABNORMAL.userMissing } });
    } else if (!isInScope(caller, employee)) {
      abnormals.push({ id, row_error: ABNORMAL.noPermission, field_errors: {} });
    } else {
      employees.push(serializeEmployeeView(employee, selection, view));
      if (fieldErrors !== null) abnormals.push({ id, row_error: ABNORMAL.ok, field_errors: fieldErrors });
    }
  }
  return { employees, abnormals };
}
