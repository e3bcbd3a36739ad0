import type { MemberNames } from '../../dialect.ts';
import { QUERY_NAMES } from './query-names.ts';
import { REASONS_IN_CHINESE } from './reasons.ts';

/** What the names of members mean in Hose's requests and answers. */
export const memberNames: MemberNames = {
  secrets: ['appSecurity', 'appSecret', 'accessToken', 'refreshToken', 'secretMsg'],
  personal: {
    name: 'name',
    userName: 'name',
    enName: 'name',
    nickName: 'name',
    cellphone: 'mobile',
    phone: 'mobile',
    email: 'email',
    note: 'text',
  },
  selectors: ['id', 'type', 'useNewAccount', 'useSendEmail'],
  query: QUERY_NAMES,
  tokens: ['accessToken'],
  volatile: ['expireTime', 'updateTime', 'createTime'],
  varying: [],
  support: null,
  reasons: REASONS_IN_CHINESE,
};
