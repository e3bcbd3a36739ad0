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
  volatile: ['expires_in', 'next_cursor'],
  reasons: REASONS_IN_CHINESE,
};
