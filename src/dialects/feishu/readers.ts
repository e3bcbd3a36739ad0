import type { CatalogName } from '../../directory/catalog.ts';
import { e164 } from '../../directory/employees/phone.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { isObject } from '../../lib/json-equal.ts';
import type { PersonReader, ShownField, ShownRule } from '../dialect-facts.ts';
import { ROOT, SPACE } from './model/ids.ts';

const MGET = 'https://open.feishu.cn/document/directory-v1/employee/mget';

const rule = (en: string, zh: string, mark: ShownRule['mark'] = 'public'): ShownRule => ({ mark, en, zh, link: MGET });

/** The value at a path of members. */
function at(shown: Readonly<Record<string, unknown>>, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), shown);
}

function field(path: string, means: ShownField['means'], why: ShownRule): ShownField {
  return { at: path, value: (shown) => at(shown, path), means, rule: why };
}

const asIs = rule('Returned as it is kept.', '按存储的值返回。');
const byId = rule('Things are named by their id on Feishu.', '以飞书侧的 ID 表示。');

/** A thing of a list by its Feishu id. */
function entry(
  path: string,
  catalog: CatalogName,
  member: 'jobTitle' | 'jobLevel' | 'jobFamily' | 'workPlace' | 'workCountry',
): ShownField {
  return field(
    path,
    (value, { tenant, employee }) =>
      value === '0' || value === ''
        ? employee[member] === null
        : entryId(tenant, catalog, value) === employee[member] && employee[member] !== null,
    byId,
  );
}

function entryId(tenant: Tenant, catalog: CatalogName, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return (tenant.catalog(catalog).by(SPACE.entry, value) ?? tenant.catalog(catalog).get(value))?.id;
}

/** The first of the departments, which is the main one. */
function mainDepartment(shown: Readonly<Record<string, unknown>>): unknown {
  const list = at(shown, 'base_info.departments');
  const [first] = Array.isArray(list) ? (list as readonly unknown[]) : [];
  return isObject(first) ? first['department_id'] : undefined;
}

const STAFF_STATUS = {
  probation: 1,
  regular: 1,
  resigned: 2,
  'pre-hire': 3,
  'pre-hire-cancelled': 4,
  'pre-resigned': 5,
};
const ACTIVE_STATUS = { 'not-activated': 1, active: 2, exited: 4, 'not-joined': 5 };
const FROZEN = 3;

const fields: ReturnType<PersonReader['fields']> = {
  name: field('base_info.name.name.default_value', (value, { employee }) => value === employee.name.value, asIs),
  second_name: field(
    'base_info.name.name.i18n_value.en_us',
    (value, { employee }) => value === employee.name.i18n['en-US'],
    rule('Translations are keyed by locale.', '多语言姓名按语言返回。'),
  ),
  alias: field('base_info.name.another_name', (value, { employee }) => value === (employee.alias ?? ''), asIs),
  gender: field(
    'base_info.gender',
    (value, { employee }) => value === employee.gender,
    rule('0 unknown, 1 man, 2 woman, 3 other.', '0 未知，1 男，2 女，3 其他。'),
  ),
  mobile: field(
    'base_info.mobile',
    (value, { employee }) => value === (employee.mobile === null ? '' : e164(employee.mobile)),
    rule('A mobile is one text in E.164 form.', '手机号为 E.164 格式的字符串。'),
  ),
  email: field('base_info.email', (value, { employee }) => value === (employee.email ?? ''), asIs),
  enterprise_email: field(
    'base_info.enterprise_email',
    (value, { employee }) => value === (employee.enterpriseEmail ?? ''),
    asIs,
  ),
  extension_number: field(
    'work_info.extension_number',
    (value, { employee }) => value === (employee.extensionNumber ?? ''),
    asIs,
  ),
  work_station: field(
    'work_info.work_station.default_value',
    (value, { employee }) => value === (employee.workStation?.value ?? ''),
    asIs,
  ),
  department: {
    at: 'base_info.departments[0].department_id',
    value: mainDepartment,
    means: (value, { tenant, employee }) => {
      if (typeof value !== 'string') return employee.mainDepartment === null;
      const found = value === ROOT ? tenant.departments.root : tenant.departments.by(SPACE.department, value);
      return (found ?? tenant.departments.get(value))?.id === employee.mainDepartment;
    },
    rule: rule('The main department comes first, by its department_id.', '主部门排在第一位，以 department_id 表示。'),
  },
  leader: field(
    'base_info.leader_id',
    (value, { employee, people }) =>
      value === ''
        ? employee.leader === null
        : people.some(({ id, ids }) => id === employee.leader && (ids[SPACE.employee] ?? id) === value),
    rule('People are named by the id kind that was asked for.', '人员以所请求的 ID 类型表示。'),
  ),
  job_number: field('work_info.job_number', (value, { employee }) => value === (employee.jobNumber ?? ''), asIs),
  job_title: entry('work_info.job_title.job_title_id', 'job-title', 'jobTitle'),
  job_level: entry('work_info.job_level.job_level_id', 'job-level', 'jobLevel'),
  job_family: entry('work_info.job_family.job_family_id', 'job-family', 'jobFamily'),
  work_place: entry('work_info.work_place.place_id', 'work-place', 'workPlace'),
  work_country: entry('work_info.work_country_or_region', 'country', 'workCountry'),
  employment_type: field(
    'work_info.employment_type',
    (value, { employee }) => value === employee.employmentType,
    rule('A number of the list of employee types.', '人员类型编号。'),
  ),
  join_date: field('work_info.join_date', (value, { employee }) => value === (employee.joinDate ?? ''), asIs),
  status: field(
    'work_info.staff_status',
    (value, { employee }) => value === STAFF_STATUS[employee.status],
    rule(
      '1 in service, 2 resigned, 3 to come, 4 cancelled, 5 about to leave; probation is in service, too.',
      '1 在职，2 离职，3 待入职，4 取消入职，5 待离职；不区分试用期。',
    ),
  ),
  account_state: field(
    'base_info.active_status',
    (value, { employee }) => value === (employee.frozen ? FROZEN : ACTIVE_STATUS[employee.activation]),
    rule(
      '1 not activated, 2 active, 3 frozen, 4 left the workspace, 5 not joined.',
      '1 未激活，2 正常，3 冻结，4 主动退出，5 未加入。',
    ),
  ),
  login_mobile: { at: null, value: () => undefined, means: () => false, rule: notReturned() },
  login_email: { at: null, value: () => undefined, means: () => false, rule: notReturned() },
  note: field('base_info.description', (value, { employee }) => value === (employee.note ?? ''), asIs),
};

function notReturned(): ShownRule {
  return rule(
    'Login identifiers are kept apart from contact data and are not returned.',
    '登录凭证与联系方式分开存储，不返回。',
    'derived',
  );
}

/** How apps read a person. */
export const readers: readonly PersonReader[] = [
  {
    name: 'directory',
    suits: () => true,
    asks: [
      {
        operation: 'employee.mget',
        request: ({ employee }) => ({
          query: { employee_id_type: 'employee_id', department_id_type: 'department_id' },
          body: {
            employee_ids: [employee.ids[SPACE.employee] ?? employee.id],
            required_fields: ['base_info.*', 'work_info.*'],
          },
        }),
        find: (answer) => {
          const list = isObject(answer) ? at(answer, 'data.employees') : undefined;
          const [first] = Array.isArray(list) ? (list as readonly unknown[]) : [];
          return isObject(first) ? first : null;
        },
      },
    ],
    fields: () => fields,
  },
];
