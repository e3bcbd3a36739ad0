import type { Route } from '../../dialect.ts';
import { guarded } from '../employees/lifecycle/authenticated.ts';
import { idKindsOf, refuseShape } from '../auth/guarded-route.ts';
import { DeleteBody, RESOURCES, type ReceiverMember } from '../employees/lifecycle/body-schemas.ts';
import { carriedOut, orNothing } from '../employees/write-operation.ts';
import { resign, type ResignRequest } from '../employees/lifecycle/resign.ts';
import { bodyReader } from '../protocol/body-validation.ts';

const OPERATION = 'employee.delete';
const readBody = bodyReader(DeleteBody);

/** 离职员工 */
export const employeeDelete: Route = {
  operation: OPERATION,
  method: 'DELETE',
  path: '/open-apis/directory/v1/employees/:employee_id',
  body: DeleteBody,
  answer: guarded(OPERATION, async (guarded) => {
    const { call, exchange } = guarded;
    const { idKind, violations } = idKindsOf(call.query);
    const read = readBody(orNothing(call.body));
    if (read.body === null || violations.length > 0) {
      return refuseShape(exchange, read.body === null ? read.violations : [], violations);
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
    return carriedOut(guarded, OPERATION, request, resign);
  }),
};
