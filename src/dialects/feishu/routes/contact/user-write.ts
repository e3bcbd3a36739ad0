import { windowOwner } from '../../../../directory/company-clock.ts';
import type { StoreTask } from '../../../../directory/store.ts';
import type { Origin } from '../../../../directory/change.ts';
import type { Reply, Route } from '../../../dialect.ts';
import type { Caller } from '../../auth/caller.ts';
import { clientTokenOf, firstAnswerTo, keepFirstAnswer, type ClientToken } from '../../auth/client-token.ts';
import { contactIdKindsOf, validationErrorReply, type OperationContext } from '../../auth/guarded-route.ts';
import type { UserRequest } from '../../employees/contact/load-user.ts';
import { createUser, updateUser, type NewUserIds, type UserDecision } from '../../employees/contact/write.ts';
import { authenticated } from '../../employees/lifecycle/authenticated.ts';
import { burstCounter } from '../../employees/lifecycle/create-burst.ts';
import { createBodyReader } from '../../protocol/body-validation.ts';
import { UserBody, type UserWrite } from '../../protocol/contact/user-body.ts';
import { USER_CODES } from '../../protocol/contact/user-codes.ts';
import { runUserWrite, type UserWork } from './run-user-write.ts';

const path = '/open-apis/contact/v3/users';
const readBody = createBodyReader(UserBody);

/** An id that is made up has so many characters of `[0-9a-z]`, as over the directory API. */
const USER_ID_LENGTH = 8;
const USER_ID_TRIES = 4;

/** 创建用户 */
const create: Route = {
  operation: 'contact.user.create',
  method: 'POST',
  path,
  body: UserBody,
  answer: authenticated('contact.user.create', async (guarded) => {
    const { call, caller, context } = guarded;
    const request = requestOf(guarded, 'create');
    if ('status' in request) return request;
    const made: NewUserIds = {
      id: context.ids.fresh(''),
      userIds: Array.from({ length: USER_ID_TRIES }, () => context.ids.fresh('').slice(0, USER_ID_LENGTH)),
      accountId: context.ids.fresh('acc_'),
    };
    const token = clientTokenOf(call, caller, 'contact.user.create');
    const work: UserWork = (current, origin) => createOnce(request, made, current, origin, token, call.origin);
    return runUserWrite(guarded, 'contact.user.create', work);
  }),
};

/** The same `client_token` gets the first answer again. [contract feishu-contact.md 2.6] */
function* createOnce(
  request: UserRequest,
  made: NewUserIds,
  caller: Caller,
  origin: Origin,
  token: ClientToken | null,
  url: string,
): StoreTask<UserDecision> {
  const first = token === null ? null : yield* firstAnswerTo(token, origin.at);
  if (first === 'other') return { told: { failure: USER_CODES.otherRequest }, effects: [] };
  if (first !== null) return { told: { data: first }, effects: [] };
  const decided = yield* createUser(request, made, caller, origin, url);
  if (token === null || !('data' in decided.told)) return decided;
  const kept = keepFirstAnswer(token, caller, decided.told.data, origin.at);
  return { ...decided, effects: [...decided.effects, ...kept] };
}

function change(
  write: 'patch' | 'put',
  operation: 'contact.user.patch' | 'contact.user.put',
  method: 'PATCH' | 'PUT',
): Route {
  return {
    operation,
    method,
    path: `${path}/:user_id`,
    body: UserBody,
    answer: authenticated(operation, async (guarded) => {
      const { call, context } = guarded;
      const request = requestOf(guarded, write);
      if ('status' in request) return request;
      const freshAccount = context.ids.fresh('acc_');
      const work: UserWork = (current, origin) => updateUser(request, freshAccount, current, origin, call.origin);
      return runUserWrite(guarded, operation, work);
    }),
  };
}

/** 创建用户, 修改用户部分信息, 更新用户所有信息 */
export const userWrites: readonly Route[] = [
  create,
  change('patch', 'contact.user.patch', 'PATCH'),
  change('put', 'contact.user.put', 'PUT'),
];

/** Departments and freezing of one person change once in so long a time, where a company is strict. [contract 1.4] */
const MOVE_MS = 1_000;

function requestOf({ call, context, exchange }: OperationContext, write: UserWrite): UserRequest | Reply {
  const { violations, idKind, departmentKind } = contactIdKindsOf(call.query);
  const read = readBody(call.body);
  if (read.body === null || violations.length > 0)
    return validationErrorReply(exchange, read.body === null ? read.violations : [], violations);
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
    body: read.body,
    entries: {
      recordFactory: context.recordFactory,
      placeId: context.ids.fresh('w'),
      titleId: context.ids.fresh('t'),
      at: exchange.at,
    },
    isTooFast: write === 'create' ? ({ tenant }) => burst(tenant) !== null : isMovedTooFast,
  };
}
