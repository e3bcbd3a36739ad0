import type { Call, House, Reply, Route } from '../../dialect.ts';
import { isTurnedAway, namedBy, tokenFor } from '../auth/caller.ts';
import { addressOf, answered, refused } from '../protocol/envelope.ts';
import { refusalOf } from '../protocol/errors.ts';

/** 获取access_token. https://developer.work.weixin.qq.com/document/path/91039 */
export const gettoken: Route = {
  operation: 'gettoken',
  method: 'GET',
  path: '/cgi-bin/gettoken',
  answer: async (call: Call, house: House): Promise<Reply> => {
    const named = await namedBy(call.query, addressOf(call), house);
    if (isTurnedAway(named)) return refused(call, refusalOf(named).returned);
    const { token, expiresIn } = await tokenFor(named, house);
    return answered({ access_token: token, expires_in: expiresIn });
  },
};
