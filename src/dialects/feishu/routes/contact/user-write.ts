import { windowOwner } from '../../../../directory/company-clock.ts';
import type { StoreTask } from '../../../../directory/store.ts';
import type { Origin } from '../../../../directory/history/change.ts';
import type { Route } from '../../../dialect.ts';
import type { Caller } from '../../auth/caller.ts';
import { clientTokenOf, firstAnswerTo, keepFirstAnswer, type ClientToken } from '../../auth/client-token.ts';
import type { IdKinds, OperationContext } from '../../auth/guarded-route.ts';
import { runOperation, type OperationResult } from '../../auth/run-operation.ts';
import type { UserRequest } from '../../employees/contact/load-user.ts';
import { createUser, updateUser, type NewUserIds } from '../../employees/contact/write.ts';
import { burstCounter } from '../../employees/lifecycle/create-burst.ts';
import { contactRoute } from '../../employees/operation-routes.ts';
import { UserBody, type UserWrite } from '../../protocol/contact/user-body.ts';
import { USER_CODES } from '../../protocol/contact/user-codes.ts';

const path = '/open-apis/contact/v3/users';

/** The length of a generated id, in characters of `[0-9a-z]`, as over the directory API. */
const USER_ID_LENGTH = 8;
const USER_ID_TRIES = 4;

/** 创建用户 */
const create = contactRoute({
  operation: 'contact.user.create',
  method: 'POST',
  path,
  body: UserBody,
  answer: (operation, kinds, body) => {
    const { call, caller, context } = operation;
    const request = requestOf(operation, 'create', kinds, body);
    const made: NewUserIds = {
      id: context.ids.fresh(''),
      userIds: Array.from({ length: USER_ID_TRIES }, () => context.ids.fresh('').slice(0, USER_ID_LENGTH)),
      accountId: context.ids.fresh('acc_'),
    };
    const token = clientTokenOf(call, caller, 'contact.user.create');
    return runOperation(operation, (current, origin) => createOnce(request, made, current, origin, token, call.origin));
  },
});

/** The same `client_token` gets the first answer again. [contract feishu-contact.md 2.6] */
function* createOnce(
  request: UserRequest,
  made: NewUserIds,
  caller: Caller,
  origin: Origin,
  token: ClientToken | null,
  url: string,
): StoreTask<OperationResult> {
  const first = token === null ? null : yield* firstAnswerTo(token, origin.at);
  if (first === 'other') return { failure: USER_CODES.otherRequest };
  if (first !== null) return { data: first, effects: [] };
  const decided = yield* createUser(request, made, caller, origin, url);
  if (token === null || !('data' in decided)) return decided;
  return { ...decided, effects: [...decided.effects, ...keepFirstAnswer(token, caller, decided.data, origin.at)] };
}

function change(
  write: 'patch' | 'put',
  operation: 'contact.user.patch' | 'contact.user.put',
  method: 'PATCH' | 'PUT',
): Route {
  return contactRoute({
    operation,
    method,
    path: `${path}/:user_id`,
    body: UserBody,
    answer: (current, kinds, body) => {
      const { call, context } = current;
      const request = requestOf(current, write, kinds, body);
      const freshAccount = context.ids.fresh('acc_');
      return runOperation(current, (caller, origin) => updateUser(request, freshAccount, caller, origin, call.origin));
    },
  });
}

/** 创建用户, 修改用户部分信息, 更新用户所有信息 */
export const userWrites: readonly Route[] = [
  create,
  change('patch', 'contact.user.patch', 'PATCH'),
  change('put', 'contact.user.put', 'PUT'),
];

/** Departments and freezing of one person change once in so long a time, where a company is strict. [contract 1.4] */
const MOVE_MS = 1_000;

function requestOf(
  { call, context, exchange }: OperationContext,
  write: UserWrite,
  { idKind, departmentKind }: IdKinds,
  body: UserBody,
): UserRequest {
  const burst = burstCounter(context, exchange.at);
  let isMoved: boolean | null = null;
  const isMovedTooFast = (caller: Caller, employee: string): boolean => {
    const name = `feishu.contact-move ${windowOwner(caller.tenant)} ${employee}`;
    isMoved ??= context.rateLimiter.tryAcquire(name, [{ requests: 1, ms: MOVE_MS }], exchange.at) !== null;
    return isMoved;
  };
  return {
    write,
    id: write === 'create' ? '' : (call.params['user_id'] ?? ''),
    idKind,
    departmentKind,
    body,
    entries: {
      recordFactory: context.recordFactory,
      placeId: context.ids.fresh('w'),
      titleId: context.ids.fresh('t'),
      at: exchange.at,
    },
    isTooFast: write === 'create' ? ({ tenant }) => burst(tenant) !== null : isMovedTooFast,
  };
}
