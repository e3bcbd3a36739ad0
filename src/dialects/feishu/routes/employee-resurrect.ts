import { runOperation } from '../auth/run-operation.ts';
import { ResurrectBody } from '../employees/lifecycle/body-schemas.ts';
import { rescheduleExited } from '../employees/lifecycle/exit.ts';
import { resurrect, type ResurrectRequest } from '../employees/lifecycle/resurrect.ts';
import { directoryRoute } from '../employees/operation-routes.ts';
import { decodePatch } from '../protocol/wire.ts';

/** 恢复离职员工 */
export const employeeResurrect = directoryRoute({
  operation: 'employee.resurrect',
  method: 'POST',
  path: '/open-apis/directory/v1/employees/:employee_id/resurrect',
  body: ResurrectBody,
  isBodyOptional: true,
  answer: async (operation, { idKind, departmentKind }, body) => {
    const { employee_order_in_departments: departments = [], options } = body;
    const request: ResurrectRequest = {
      id: operation.call.params['employee_id'] ?? '',
      idKind,
      departmentKind,
      given: decodePatch({
        // Without a department the employee joins the root department. [public: contact/user/resurrect]
        employee: { employee_order_in_departments: departments.length === 0 ? [{ department_id: '0' }] : departments },
        ...(options === undefined ? {} : { options }),
      }),
    };
    const reply = await runOperation(operation, (caller, origin) => resurrect(request, caller, origin));
    rescheduleExited(operation.caller.tenant);
    return reply;
  },
});
