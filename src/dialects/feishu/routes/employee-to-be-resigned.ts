import type { Route } from '../../dialect.ts';
import type { FieldViolation } from '../protocol/envelope.ts';
import { authenticated } from '../employees/lifecycle/authenticated.ts';
import { idKindsOf, validationErrorReply, type OperationContext } from '../auth/guarded-route.ts';
import {
  markToBeResigned,
  cancelResignation,
  type LeavingRequest,
  type EmployeeRef,
} from '../employees/lifecycle/to-be-resigned.ts';
import { RegularBody, ToBeResignedBody } from '../employees/lifecycle/body-schemas.ts';
import { runOperation, emptyObjectIfMissing } from '../employees/write-operation.ts';
import { lengthOf } from '../protocol/localized-text.ts';
import { createBodyReader } from '../protocol/body-validation.ts';

const path = '/open-apis/directory/v1/employees/:employee_id';
const readToBeResigned = createBodyReader(ToBeResignedBody);
const readRegular = createBodyReader(RegularBody);

/** 更新在职员工为待离职 */
export const employeeToBeResigned: Route = {
  operation: 'employee.to-be-resigned',
  method: 'PATCH',
  path: `${path}/to_be_resigned`,
  body: ToBeResignedBody,
  answer: authenticated('employee.to-be-resigned', async (guarded) => {
    const { call, exchange } = guarded;
    const { named, violations } = namedIn(guarded);
    const read = readToBeResigned(call.body);
    if (read.body === null || violations.length > 0) {
      return validationErrorReply(exchange, read.body === null ? read.violations : [], violations);
    }
    const { resign_date, resign_reason, resign_remark = '', resign_type } = read.body.employee;
    const given = {
      resignDate: resign_date,
      resignReason: String(resign_reason),
      resignRemark: resign_remark,
      resignType: String(resign_type),
    };
    const request: LeavingRequest = { ...named, given };
    return runOperation(guarded, 'employee.to-be-resigned', request, markToBeResigned);
  }),
};

/** 更新待离职成员为在职 */
export const employeeRegular: Route = {
  operation: 'employee.regular',
  method: 'PATCH',
  path: `${path}/regular`,
  body: RegularBody,
  answer: authenticated('employee.regular', async (guarded) => {
    const { call, exchange } = guarded;
    const { named, violations } = namedIn(guarded);
    const read = readRegular(emptyObjectIfMissing(call.body));
    if (read.body === null || violations.length > 0) {
      return validationErrorReply(exchange, read.body === null ? read.violations : [], violations);
    }
    return runOperation(guarded, 'employee.regular', named, cancelResignation);
  }),
};

const ID_LIMIT = 255; // [public: dir/employee/to_be_resigned]

/** Who is meant, with what is wrong about the way it is said. */
function namedIn({ call: { params, query }, caller }: OperationContext): {
  readonly named: EmployeeRef;
  readonly violations: readonly FieldViolation[];
} {
  const { idKind, violations } = idKindsOf(query, caller);
  const id = params['employee_id'] ?? '';
  const tooLong = { field: 'employee_id', value: '', description: `the max len is ${String(ID_LIMIT)}` };
  return { named: { id, idKind }, violations: lengthOf(id) > ID_LIMIT ? [...violations, tooLong] : violations };
}
