import { load } from '../../../../directory/store.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import type { Route } from '../../../dialect.ts';
import { revokedTokenCode } from '../../auth/caller.ts';
import type { OperationContext } from '../../auth/guarded-route.ts';
import { authenticated } from '../../employees/lifecycle/authenticated.ts';
import { userInfoOf } from '../../employees/read/user-info.ts';
import { errorReply, plainReply, successReply } from '../../protocol/envelope.ts';

/** 获取用户信息 [public: au/user_info/get] */
const userInfo: Route = {
  operation: 'authen.user-info',
  method: 'GET',
  path: '/open-apis/authen/v1/user_info',
  answer: authenticated('authen.user-info', async (operation) => {
    const { call, caller, exchange } = operation;
    const employee = await ownerOf(operation);
    return employee === undefined
      ? errorReply(exchange, revokedTokenCode(caller))
      : successReply(exchange, userInfoOf(employee, caller, call.origin));
  }),
};

/** The same as a client of OpenID Connect reads it. [public: eiam, contract feishu-contact.md 5.4] */
const passport: Route = {
  operation: 'passport.user-info',
  method: 'GET',
  path: '/suite/passport/oauth/userinfo',
  answer: authenticated('passport.user-info', async (operation) => {
    const { call, caller, exchange } = operation;
    const employee = await ownerOf(operation);
    if (employee === undefined) return errorReply(exchange, revokedTokenCode(caller));
    const info = userInfoOf(employee, caller, call.origin);
    return plainReply(exchange, { sub: info['open_id'], picture: info['avatar_url'], ...info });
  }),
};

/** Who the owner of a user token is. */
export const userInfos: readonly Route[] = [userInfo, passport];

async function ownerOf({ caller, context }: OperationContext): Promise<Employee | undefined> {
  const id = caller.user?.employee ?? '';
  const found = await context.store.read(() => load('employees-by-id', { tenant: caller.tenant.number, ids: [id] }));
  return found.get(id);
}
