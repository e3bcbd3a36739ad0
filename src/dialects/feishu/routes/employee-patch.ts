import { runOperation } from '../auth/run-operation.ts';
import type { PatchRequest } from '../employees/facts.ts';
import { directoryRoute } from '../employees/operation-routes.ts';
import { update } from '../employees/update.ts';
import { PatchBody } from '../protocol/body-schemas.ts';
import { decodePatch } from '../protocol/wire.ts';

/** 更新员工信息 */
export const employeePatch = directoryRoute({
  operation: 'employee.patch',
  method: 'PATCH',
  path: '/open-apis/directory/v1/employees/:employee_id',
  body: PatchBody,
  answer: (operation, { idKind, departmentKind }, body) => {
    const { call, context } = operation;
    const request: PatchRequest = {
      id: call.params['employee_id'] ?? '',
      idKind,
      departmentKind,
      given: decodePatch(body),
    };
    const { mobile, email } = request.given;
    // Made before the transaction, which may run again; an employee without a login may be given one.
    const freshAccount = mobile === undefined && email === undefined ? '' : context.ids.fresh('acc_');
    return runOperation(operation, (caller, origin) => update(request, freshAccount, caller, origin));
  },
});
