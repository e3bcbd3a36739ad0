import type { Route } from '../../dialect.ts';
import { rescheduleExited } from '../employees/lifecycle/exit.ts';
import { authenticated } from '../employees/lifecycle/authenticated.ts';
import { idKindsOf, validationErrorReply } from '../auth/guarded-route.ts';
import { ResurrectBody } from '../employees/lifecycle/body-schemas.ts';
import { runOperation, emptyObjectIfMissing } from '../employees/write-operation.ts';
import { resurrect, type ResurrectRequest } from '../employees/lifecycle/resurrect.ts';
import { createBodyReader } from '../protocol/body-validation.ts';
import { decodePatch } from '../protocol/wire.ts';

const OPERATION = 'employee.resurrect';
const readBody = createBodyReader(ResurrectBody);

/** 恢复离职员工 */
export const employeeResurrect: Route = {
  operation: OPERATION,
  method: 'POST',
  path: '/open-apis/directory/v1/employees/:employee_id/resurrect',
  body: ResurrectBody,
  answer: authenticated(OPERATION, async (guarded) => {
    const { call, exchange } = guarded;
    const { idKind, departmentKind, violations } = idKindsOf(call.query, guarded.caller);
    const read = readBody(emptyObjectIfMissing(call.body));
    if (read.body === null || violations.length > 0) {
      return validationErrorReply(exchange, read.body === null ? read.violations : [], violations);
    }
    const { employee_order_in_departments: departments = [], options } = read.body;
    const request: ResurrectRequest = {
      id: call.params['employee_id'] ?? '',
      idKind,
      departmentKind,
      given: decodePatch({
        // Whoever is put nowhere is put into the root. [public: contact/user/resurrect]
        employee: { employee_order_in_departments: departments.length === 0 ? [{ department_id: '0' }] : departments },
        ...(options === undefined ? {} : { options }),
      }),
    };
    const reply = await runOperation(guarded, OPERATION, request, resurrect);
    rescheduleExited(guarded.caller.tenant);
    return reply;
  }),
};
