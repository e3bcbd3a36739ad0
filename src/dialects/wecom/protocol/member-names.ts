import type { MemberNames } from '../../dialect.ts';
import { QUERY_NAMES } from './query-names.ts';
import { REASONS_IN_CHINESE } from './reasons.ts';

/** What the names of members mean in WeCom's requests and answers. */
export const memberNames: MemberNames = {
  secrets: [
    'corpsecret',
    'access_token',
    'provider_secret',
    'suite_secret',
    'code',
    'user_ticket',
    'ticket',
    'encoding_aeskey',
    'encodingaeskey',
    'token',
    'tfa_code',
  ],
  personal: {
    name: 'name',
    english_name: 'name',
    alias: 'name',
    mobile: 'mobile',
    telephone: 'mobile',
    email: 'email',
    biz_mail: 'email',
    address: 'text',
    value_mobile: 'mobile',
    value_string: 'text',
  },
  selectors: ['userid', 'fieldid', 'group_type', 'sub_idx'],
  query: QUERY_NAMES,
  tokens: ['access_token'],
  volatile: ['expires_in', 'next_cursor'],
  // contract wecom.md: `hint: [1741000000123456789], from ip: 1.2.3.4, more info at …`
  varying: [
    [/hint: ?\[[^[\]]*\]/g, 'hint: […]'],
    [/from ip: ?[0-9A-Fa-f.:]+/g, 'from ip: …'],
  ],
  support: /,? hint: ?\[.*$/s,
  reasons: REASONS_IN_CHINESE,
};
