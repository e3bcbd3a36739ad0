import type { Effect, FieldRow, Words } from '../connector.ts';

const PATCH = 'PATCH directory/v1/employees';
const BOTH = 'PATCH directory/v1/employees, PATCH contact/v3/users';
const READ = 'directory/v1/employees/filter, mget';

const LOGIN: Words = {
  en: 'Of a member who has not joined or activated it also changes the login, and sends an SMS or a mail.',
  zh: '成员未加入或未激活时会同时变更登录凭证，并发送短信或邮件。',
};

/** A member who has not joined or activated logs in with the new one, and is invited again (contract feishu 2.7). */
const RESET: readonly Effect[] = [
  { effect: 'login', when: 'not-activated' },
  { effect: 'reset-activation', when: 'not-activated' },
];
const RESET_BY_SMS: readonly Effect[] = [...RESET, { effect: 'sms', when: 'not-activated' }];
const RESET_BY_MAIL: readonly Effect[] = [...RESET, { effect: 'mail', when: 'not-activated' }];

/** A field of Feishu, with the selector that asks for it and the scopes of which one shows it. */
export interface FeishuField extends FieldRow {
  readonly selector: string;
  readonly scopes: readonly string[];
}

const field = (
  name: FieldRow['field'],
  selector: string,
  scope: string,
  rest: Partial<FieldRow> & Pick<FieldRow, 'clear'>,
): FeishuField => ({
  field: name,
  theirs: selector,
  selector,
  read: READ,
  write: PATCH,
  scopes: scope.split(' ').map((one) => `directory:employee.${one}:read`),
  ...rest,
});

/** Which fields Feishu knows, and how (contract feishu 2.3, 4.6). */
export const fields: readonly FeishuField[] = [
  field('name', 'base_info.name.name', 'base.name.name base.base', { write: BOTH, clear: null }),
  field('englishName', 'base_info.name.name', 'base.name.name base.base', {
    theirs: 'base_info.name.name.i18n_value.en_us',
    clear: '""',
  }),
  field('alias', 'base_info.name.another_name', 'base.name.another_name base.base', { write: BOTH, clear: '""' }),
  field('gender', 'base_info.gender', 'base.gender', { write: BOTH, clear: '0' }),
  field('mobile', 'base_info.mobile', 'base.mobile', { write: BOTH, clear: null, care: LOGIN, effects: RESET_BY_SMS }),
  field('email', 'base_info.email', 'base.email', {
    write: BOTH,
    clear: '"" if a mainland mobile stays',
    care: LOGIN,
    effects: RESET_BY_MAIL,
    same: (value) => (typeof value === 'string' ? value.toLowerCase() : value),
  }),
  field('jobNumber', 'work_info.job_number', 'work.job_number work.base_work', { write: BOTH, clear: '""' }),
  field('department', 'base_info.departments.department_id', 'base.department', {
    write: BOTH,
    clear: null,
    care: {
      en: 'Old and new departments must be in the range of the app.',
      zh: '原部门与新部门均须在应用权限范围内。',
    },
  }),
  field('mainDepartment', 'base_info.departments.department_id', 'base.department', { write: BOTH, clear: null }),
  field('leader', 'base_info.leader_id', 'base.leader_id base.leader', { write: BOTH, clear: '""' }),
  field('jobTitle', 'work_info.job_title.*', 'work.job_title', {
    clear: '""',
    care: { en: 'Contact v3 makes a title of a new name.', zh: '通讯录 v3 会以新名称创建职务。' },
  }),
  field('jobLevel', 'work_info.job_level.*', 'work.job_level', { write: BOTH, clear: '""' }),
  field('workPlace', 'work_info.work_place.*', 'work.work_place work.base_work', { clear: '""' }),
  field('workStation', 'work_info.work_station', 'work.work_station work.base_work', { clear: '""' }),
  field('extensionNumber', 'work_info.extension_number', 'work.extension_number work.base_work', { clear: '""' }),
  field('joinDate', 'work_info.join_date', 'work.join_date work.employment', {
    write: BOTH,
    clear: 'join_time 0 of contact v3 only',
  }),
  field('employmentType', 'work_info.employment_type', 'work.employment_type work.employment', {
    write: BOTH,
    clear: '0',
  }),
  field('enterpriseEmail', 'base_info.enterprise_email', 'base.enterprise_email', {
    clear: '""',
    care: { en: 'The domain and the mail service must be there first.', zh: '须先有域名并开通邮箱服务。' },
  }),
  field('frozen', 'base_info.active_status', 'base.active_status base.status', {
    theirs: 'is_frozen, base_info.active_status',
    write: BOTH,
    clear: null,
  }),
];

/** The selectors that ask for all of them, each once. */
export const selectors: readonly string[] = [
  ...new Set([
    ...fields.map(({ selector }) => selector),
    'base_info.is_resigned',
    'base_info.is_primary_admin',
    'base_info.custom_field_values',
  ]),
];
