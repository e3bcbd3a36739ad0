import { runOperation } from '../auth/run-operation.ts';
import { CreateBody, IGNORED_ON_CREATE } from '../employees/lifecycle/body-schemas.ts';
import { burstCounter } from '../employees/lifecycle/create-burst.ts';
import { create, type CreateRequest } from '../employees/lifecycle/create.ts';
import { directoryRoute } from '../employees/operation-routes.ts';
import { decodePatch, type PatchInput } from '../protocol/wire.ts';

/** 创建员工 */
export const employeeCreate = directoryRoute({
  operation: 'employee.create',
  method: 'POST',
  path: '/open-apis/directory/v1/employees',
  body: CreateBody,
  answer: (operation, { idKind, departmentKind }, body) => {
    const { context, exchange } = operation;
    const notification = body.options?.need_send_notification?.need_send_notification;
    const request: CreateRequest = {
      idKind,
      departmentKind,
      given: decodeCreate(body),
      isInvited: notification !== false,
      recordFactory: context.recordFactory,
      id: context.ids.fresh(''),
      employeeIds: Array.from({ length: EMPLOYEE_ID_TRIES }, () => context.ids.fresh('').slice(0, EMPLOYEE_ID_LENGTH)),
      accountId: context.ids.fresh('acc_'),
      burst: burstCounter(context, exchange.at),
    };
    return runOperation(operation, (caller, origin) => create(request, caller, origin));
  },
});

/** The length of a generated id, in characters of `[0-9a-z]`. [derived, contract 4.1] */
const EMPLOYEE_ID_LENGTH = 8;
const EMPLOYEE_ID_TRIES = 4;

/** Decodes the body like that of an update, without the fields that no new employee can have. */
function decodeCreate(body: CreateBody): PatchInput {
  const given = decodePatch(body);
  const passedOver = IGNORED_ON_CREATE.filter((member) => Object.hasOwn(body.employee, member));
  return {
    ...given,
    resignDate: undefined,
    resignReason: undefined,
    resignRemark: undefined,
    resignType: undefined,
    frozen: undefined,
    ignored: [...given.ignored, ...passedOver.map((member) => `employee.${member}`)],
  };
}
