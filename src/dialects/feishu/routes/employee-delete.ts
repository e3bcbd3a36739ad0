import type { Route } from '../../dialect.ts';
import { authenticated } from '../employees/lifecycle/authenticated.ts';
import { idKindsOf, validationErrorReply } from '../auth/guarded-route.ts';
import { DeleteBody, RESOURCES, type ReceiverMember } from '../employees/lifecycle/body-schemas.ts';
import { runOperation, emptyObjectIfMissing } from '../employees/write-operation.ts';
import { resign, type ResignRequest } from '../employees/lifecycle/resign.ts';
import { createBodyReader } from '../protocol/body-validation.ts';

const OPERATION = 'employee.delete';
const readBody = createBodyReader(DeleteBody);

/** 离职员工 */
export const employeeDelete: Route = {
  operation: OPERATION,
  method: 'DELETE',
  path: '/open-apis/directory/v1/employees/:employee_id',
  body: DeleteBody,
  answer: authenticated(OPERATION, async (guarded) => {
    const { call, exchange } = guarded;
    const { idKind, violations } = idKindsOf(call.query, guarded.caller);
    const read = readBody(emptyObjectIfMissing(call.body));
    if (read.body === null || violations.length > 0) {
      return validationErrorReply(exchange, read.body === null ? read.violations : [], violations);
    }
    const named = read.body.options?.resigned_employee_resource_receiver ?? {};
    const request: ResignRequest = {
      id: call.params['employee_id'] ?? '',
      idKind,
      receivers: RESOURCES.flatMap((resource) => {
        const member: ReceiverMember = `${resource}_acceptor_employee_id`;
        const receiver = named[member] ?? '';
        return receiver === '' ? [] : [[member, receiver] as const];
      }),
    };
    return runOperation(guarded, OPERATION, request, resign);
  }),
};
