import type { Route } from '../../dialect.ts';
import { create, type CreateRequest } from '../employees/lifecycle/create.ts';
import { authenticated } from '../employees/lifecycle/authenticated.ts';
import { idKindsOf, validationErrorReply } from '../auth/guarded-route.ts';
import { CreateBody, IGNORED_ON_CREATE } from '../employees/lifecycle/body-schemas.ts';
import { runOperation } from '../employees/write-operation.ts';
import { burstCounter } from '../employees/lifecycle/create-burst.ts';
import { createBodyReader } from '../protocol/body-validation.ts';
import { decodePatch, type PatchInput } from '../protocol/wire.ts';

const OPERATION = 'employee.create';
const readBody = createBodyReader(CreateBody);

/** 创建员工 */
export const employeeCreate: Route = {
  operation: OPERATION,
  method: 'POST',
  path: '/open-apis/directory/v1/employees',
  body: CreateBody,
  answer: authenticated(OPERATION, async (guarded) => {
    const { call, context, exchange } = guarded;
    const { idKind, departmentKind, violations } = idKindsOf(call.query, guarded.caller);
    const read = readBody(call.body);
    if (read.body === null || violations.length > 0) {
      return validationErrorReply(exchange, read.body === null ? read.violations : [], violations);
    }
    const notification = read.body.options?.need_send_notification?.need_send_notification;
    const request: CreateRequest = {
      idKind,
      departmentKind,
      given: decodeCreate(read.body),
      isInvited: notification !== false,
      newcomers: context.recordFactory,
      id: context.ids.fresh(''),
      employeeIds: Array.from({ length: EMPLOYEE_ID_TRIES }, () => context.ids.fresh('').slice(0, EMPLOYEE_ID_LENGTH)),
      accountId: context.ids.fresh('acc_'),
      burst: burstCounter(context, exchange.at),
    };
    return runOperation(guarded, OPERATION, request, create);
  }),
};

/** An id that is made up has so many characters of `[0-9a-z]`. [derived, contract 4.1] */
const EMPLOYEE_ID_LENGTH = 8;
const EMPLOYEE_ID_TRIES = 4;

/** What the update says in the same words, without what nobody can have at first. */
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
