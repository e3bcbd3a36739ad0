import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import { isRejected, findAppByCredentials, tokenFor } from '../auth/caller.ts';
import { addressOf, successReply, refused } from '../protocol/envelope.ts';
import { refusalOf } from '../protocol/errors.ts';

const path = '/cgi-bin/gettoken';

/** 获取access_token: clients post to it as well, and no body is read. https://developer.work.weixin.qq.com/document/path/91039 */
export const tokenRoutes: readonly Route[] = [
  { operation: 'gettoken', method: 'GET', path, answer },
  { operation: 'gettoken.by-post', method: 'POST', path, answer },
];

async function answer(call: Call, context: DialectContext): Promise<Reply> {
  const named = await findAppByCredentials(call.query, addressOf(call), context);
  if (isRejected(named)) return refused(call, refusalOf(named).returned);
  await context.identified?.(call, { tenant: named.tenant, app: named.app, token: null });
  const { token, expiresIn } = await tokenFor(named, context);
  return successReply({ access_token: token, expires_in: expiresIn });
}
