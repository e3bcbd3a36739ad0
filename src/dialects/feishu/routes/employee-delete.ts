import { runOperation } from '../auth/run-operation.ts';
import { DeleteBody, RESOURCES, type ReceiverMember } from '../employees/lifecycle/body-schemas.ts';
import { resign, type ResignRequest } from '../employees/lifecycle/resign.ts';
import { directoryRoute } from '../employees/operation-routes.ts';

/** 离职员工 */
export const employeeDelete = directoryRoute({
  operation: 'employee.delete',
  method: 'DELETE',
  path: '/open-apis/directory/v1/employees/:employee_id',
  body: DeleteBody,
  isBodyOptional: true,
  answer: (operation, { idKind }, body) => {
    const named = body.options?.resigned_employee_resource_receiver ?? {};
    const request: ResignRequest = {
      id: operation.call.params['employee_id'] ?? '',
      idKind,
      receivers: RESOURCES.flatMap((resource) => {
        const member: ReceiverMember = `${resource}_acceptor_employee_id`;
        const receiver = named[member] ?? '';
        return receiver === '' ? [] : [[member, receiver] as const];
      }),
    };
    return runOperation(operation, (caller, origin) => resign(request, caller, origin));
  },
});
