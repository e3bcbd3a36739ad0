import type { MemberNames } from '../../dialect.ts';
import { QUERY_NAMES } from './query-names.ts';
import { REASONS_IN_CHINESE } from './reasons.ts';

/** What the names of members mean in Feishu's requests and answers. */
export const memberNames: MemberNames = {
  secrets: [
    'app_secret',
    // Of the call that leads to the long connection.
    'AppSecret',
    'ClientAssertion',
    'client_secret',
    'app_access_token',
    'tenant_access_token',
    'user_access_token',
    'access_token',
    'refresh_token',
    'app_ticket',
    'code_verifier',
    'id_token',
    // Of a log-in; a number under this name is the code of an answer.
    'code',
  ],
  personal: {
    name: 'name',
    default_value: 'name',
    another_name: 'name',
    en_name: 'name',
    nickname: 'name',
    i18n_value: 'name',
    mobile: 'mobile',
    email: 'email',
    enterprise_email: 'email',
    resign_remark: 'text',
    description: 'text',
  },
  selectors: ['employee_id', 'employee_ids', 'department_id', 'options'],
  query: QUERY_NAMES,
  tokens: [],
  volatile: ['log_id', 'troubleshooter', 'expire', 'page_token'],
  varying: [[/\blog_?id[:= ]+[0-9A-Za-z]{10,}/gi, 'log_id …']],
  support: null,
  reasons: REASONS_IN_CHINESE,
};
