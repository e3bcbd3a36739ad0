import type { Call } from '../../dialect.ts';
import type { IdKinds } from '../auth/guarded-route.ts';
import { runOperation } from '../auth/run-operation.ts';
import { RegularBody, ToBeResignedBody } from '../employees/lifecycle/body-schemas.ts';
import {
  cancelResignation,
  markToBeResigned,
  type EmployeeRef,
  type LeavingRequest,
} from '../employees/lifecycle/to-be-resigned.ts';
import { directoryRoute } from '../employees/operation-routes.ts';
import type { FieldViolation } from '../protocol/envelope.ts';
import { lengthOf } from '../protocol/localized-text.ts';

const path = '/open-apis/directory/v1/employees/:employee_id';

/** 更新在职员工为待离职 */
export const employeeToBeResigned = directoryRoute({
  operation: 'employee.to-be-resigned',
  method: 'PATCH',
  path: `${path}/to_be_resigned`,
  body: ToBeResignedBody,
  violationsIn: idTooLong,
  answer: (operation, kinds, { employee }) => {
    const { resign_date, resign_reason, resign_remark = '', resign_type } = employee;
    const given = {
      resignDate: resign_date,
      resignReason: String(resign_reason),
      resignRemark: resign_remark,
      resignType: String(resign_type),
    };
    const request: LeavingRequest = { ...namedIn(operation.call, kinds), given };
    return runOperation(operation, (caller, origin) => markToBeResigned(request, caller, origin));
  },
});

/** 更新待离职成员为在职 */
export const employeeRegular = directoryRoute({
  operation: 'employee.regular',
  method: 'PATCH',
  path: `${path}/regular`,
  body: RegularBody,
  isBodyOptional: true,
  violationsIn: idTooLong,
  answer: (operation, kinds) => {
    const named = namedIn(operation.call, kinds);
    return runOperation(operation, (caller, origin) => cancelResignation(named, caller, origin));
  },
});

const ID_LIMIT = 255; // [public: dir/employee/to_be_resigned]

function idTooLong({ params }: Call): readonly FieldViolation[] {
  return lengthOf(params['employee_id'] ?? '') > ID_LIMIT
    ? [{ field: 'employee_id', value: '', description: `the max len is ${String(ID_LIMIT)}` }]
    : [];
}

function namedIn({ params }: Call, { idKind }: IdKinds): EmployeeRef {
  return { id: params['employee_id'] ?? '', idKind };
}
