import { e164 } from '../../directory/employees/phone.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { isObject } from '../../lib/json-equal.ts';
import type { PersonFacts, PersonField, PersonReader, ShownField, ShownRule } from '../dialect-facts.ts';
import { memberStatusOf } from './model/member-status.ts';
import { DEPARTMENT_ID, USERID } from './model/ids.ts';
import { appSettings } from './model/app-settings.ts';
import type { Canonical } from './model/roster-fields.ts';
import { rosterOf, type PlacedField } from './roster/roster.ts';

const GET_STAFF = 'https://developer.work.weixin.qq.com/document/path/99132';
const GET_USER = 'https://developer.work.weixin.qq.com/document/path/90196';

const hr = (en: string, zh: string, mark: ShownRule['mark'] = 'seed'): ShownRule => ({ mark, en, zh, link: GET_STAFF });
const contacts = (en: string, zh: string, mark: ShownRule['mark'] = 'public'): ShownRule => ({
  mark,
  en,
  zh,
  link: GET_USER,
});

type Means = ShownField['means'];

const isName: Means = (value, { employee }) => value === employee.name.value;
const isAlias: Means = (value, { employee }) => value === (employee.alias ?? '');
const isJobNumber: Means = (value, { employee }) => value === (employee.jobNumber ?? '');
const STAFF_STATUS = {
  'pre-hire': 1,
  'pre-hire-cancelled': null,
  probation: 2,
  regular: 3,
  'pre-resigned': 4,
  resigned: 5,
};

/** Whether an option of a roster field is the entry of a list, whose name it has. */
function isOption(field: PlacedField, name: string | null): (value: unknown) => boolean {
  return (value) => name !== null && typeof value === 'number' && field.options.get(value) === name;
}

function nameOf(tenant: Tenant, catalog: 'job-title' | 'job-level' | 'work-place', id: string | null): string | null {
  return id === null ? null : (tenant.catalog(catalog).get(id)?.name.value ?? null);
}

function isPhone(value: unknown, { employee: { mobile } }: PersonFacts): boolean {
  if (!isObject(value) || mobile === null) return false;
  const { value_country_code: country = '86', value_mobile: number } = value;
  return typeof country === 'string' && typeof number === 'string' && `+${country}${number}` === e164(mobile);
}

/** Seconds since 1970 at midnight in China. */
function isDay(value: unknown, { employee: { joinDate } }: PersonFacts): boolean {
  return joinDate !== null && Number(value) * 1_000 === Date.parse(`${joinDate}T00:00:00+08:00`);
}

/** How each attribute of the roster means the record's field. */
const ROSTER: Readonly<Partial<Record<Canonical, readonly [PersonField, (field: PlacedField) => Means, ShownRule]>>> = {
  name: ['name', () => isName, hr('A text under its field id.', '以字段 ID 表示的文本。')],
  english_name: [
    'second_name',
    () =>
      (value, { tenant, employee }) =>
        value === employee.name.i18n[tenant.parts.secondLocale],
    hr('The name in the company’s second language.', '公司第二语言的姓名。', 'proposed'),
  ],
  nickname: ['alias', () => isAlias, hr('A text under its field id.', '以字段 ID 表示的文本。')],
  gender: [
    'gender',
    () =>
      (value, { employee }) =>
        value === employee.gender,
    hr('An option: 1 man, 2 woman.', '选项：1 男，2 女。', 'public'),
  ],
  mobile: [
    'mobile',
    () => isPhone,
    hr('A mobile has its country code apart: value_mobile.', '手机号的国家码与号码分开：value_mobile。'),
  ],
  email: [
    'email',
    () =>
      (value, { employee }) =>
        value === employee.email,
    hr('A text under its field id.', '以字段 ID 表示的文本。'),
  ],
  telephone: [
    'telephone',
    () =>
      (value, { employee }) =>
        value === employee.telephone,
    hr('A text under its field id.', '以字段 ID 表示的文本。'),
  ],
  extension_number: [
    'extension_number',
    () =>
      (value, { employee }) =>
        value === employee.extensionNumber,
    hr('A text under its field id.', '以字段 ID 表示的文本。'),
  ],
  work_station: [
    'work_station',
    () =>
      (value, { employee }) =>
        value === employee.workStation?.value,
    hr('A text under its field id.', '以字段 ID 表示的文本。'),
  ],
  job_number: ['job_number', () => isJobNumber, hr('A text under its field id.', '以字段 ID 表示的文本。')],
  position: [
    'job_title',
    (field) =>
      (value, { tenant, employee }) =>
        isOption(field, nameOf(tenant, 'job-title', employee.jobTitle))(value),
    hr('An option, whose number the company’s roster gives.', '选项，编号由公司花名册决定。'),
  ],
  job_level: [
    'job_level',
    () =>
      (value, { tenant, employee }) =>
        value === nameOf(tenant, 'job-level', employee.jobLevel),
    hr('The name of the level, as a text.', '职级名称文本。', 'proposed'),
  ],
  work_place: [
    'work_place',
    () =>
      (value, { tenant, employee }) =>
        value === nameOf(tenant, 'work-place', employee.workPlace),
    hr('The name of the place, as a text.', '办公地点名称文本。', 'proposed'),
  ],
  employment_type: [
    'employment_type',
    () =>
      (value, { employee }) =>
        value === employee.employmentType,
    hr('An option of the roster.', '花名册选项。', 'proposed'),
  ],
  join_date: [
    'join_date',
    () => isDay,
    hr('Seconds since 1970, at midnight in China.', '自 1970 年起的秒数，取北京时间零点。', 'derived'),
  ],
  status: [
    'status',
    () =>
      (value, { employee }) =>
        value === STAFF_STATUS[employee.status],
    hr(
      'An option: 1 to come, 2 probation, 3 regular, 4 about to leave, 5 left.',
      '选项：1 待入职，2 试用，3 正式，4 待离职，5 已离职。',
      'proposed',
    ),
  ],
  note: [
    'note',
    () =>
      (value, { employee }) =>
        value === employee.note,
    hr('A text under its field id.', '以字段 ID 表示的文本。'),
  ],
};

/** The value of a roster field in an answer, whatever its type. */
function inFieldInfo(shown: Readonly<Record<string, unknown>>, fieldid: number): unknown {
  const list = shown['field_info'];
  const found = Array.isArray(list)
    ? (list as readonly unknown[]).find((one) => isObject(one) && one['fieldid'] === fieldid && one['sub_idx'] === 0)
    : undefined;
  if (!isObject(found)) return undefined;
  return Object.entries(found).find(([name]) => name.startsWith('value_') && name !== 'value_type')?.[1];
}

function rosterFields(tenant: Tenant): ReturnType<PersonReader['fields']> {
  const shown = rosterOf(tenant).groups.flatMap(({ fields }) => fields);
  const entries = shown.flatMap((field) => {
    const known = field.canonical === null ? undefined : ROSTER[field.canonical];
    if (known === undefined) return [];
    const [name, means, rule] = known;
    const value: ShownField['value'] = (all) => inFieldInfo(all, field.fieldid);
    return [[name, { at: String(field.fieldid), value, means: means(field), rule } satisfies ShownField] as const];
  });
  const login: ShownField = {
    at: null,
    value: () => undefined,
    means: () => false,
    rule: hr('Login identifiers are not in the roster.', '登录凭证不在花名册中。', 'derived'),
  };
  return { ...Object.fromEntries(entries), login_mobile: login, login_email: login };
}

const member = (name: string, means: Means, rule: ShownRule): ShownField => ({
  at: name,
  value: (shown) => shown[name],
  means,
  rule,
});

const asIs = contacts('Returned as it is kept.', '按存储的值返回。');

const memberFields: ReturnType<PersonReader['fields']> = {
  name: member('name', isName, asIs),
  alias: member('alias', isAlias, asIs),
  gender: member(
    'gender',
    (value, { employee }) => value === String(employee.gender),
    contacts('A digit as a text.', '数字字符串。'),
  ),
  mobile: member(
    'mobile',
    (value, { employee: { mobile } }) =>
      mobile === null
        ? value === ''
        : value === mobile.number || value === e164(mobile) || value === `+${mobile.country}-${mobile.number}`,
    contacts('A mainland mobile has no country code.', '大陆手机号不带国家码。'),
  ),
  email: member('email', (value, { employee }) => value === (employee.email ?? ''), asIs),
  enterprise_email: member('biz_mail', (value, { employee }) => value === (employee.enterpriseEmail ?? ''), asIs),
  telephone: member('telephone', (value, { employee }) => value === (employee.telephone ?? ''), asIs),
  department: member(
    'main_department',
    (value, { tenant, employee }) =>
      tenant.departments.by(DEPARTMENT_ID, String(value))?.id === employee.mainDepartment,
    contacts('Departments have numbers on WeCom.', '企业微信以数字 ID 表示部门。'),
  ),
  leader: member(
    'direct_leader',
    (value, { employee, people }) => {
      const [first] = Array.isArray(value) ? (value as readonly unknown[]) : [];
      if (first === undefined) return employee.leader === null;
      return people.some(({ id, ids }) => id === employee.leader && ids[USERID] === first);
    },
    contacts('Leaders are a list of userids.', '直属上级为 userid 列表。'),
  ),
  job_title: member(
    'position',
    (value, { tenant, employee }) => value === (nameOf(tenant, 'job-title', employee.jobTitle) ?? ''),
    contacts('The name of the title, as a text.', '职务名称文本。'),
  ),
  account_state: member(
    'status',
    (value, { employee }) => value === memberStatusOf(employee),
    contacts('1 activated, 2 disabled, 4 not activated, 5 left.', '1 已激活，2 已禁用，4 未激活，5 退出企业。'),
  ),
};

const named = ({ employee }: PersonFacts): string => employee.ids[USERID] ?? employee.id;

/** Finds the whole answer, where it is no refusal. */
function whole(answer: unknown): Readonly<Record<string, unknown>> | null {
  return isObject(answer) && answer['errcode'] === 0 ? answer : null;
}

/** How apps read a person. */
export const readers: readonly PersonReader[] = [
  {
    name: 'hr',
    suits: (app) => {
      const { kind, hr_callable } = appSettings(app);
      return kind === 'self_built' && hr_callable;
    },
    asks: [
      {
        operation: 'hr.get_staff_info',
        request: (person) => ({ body: { userid: named(person), get_all: true } }),
        find: whole,
      },
    ],
    fields: rosterFields,
  },
  {
    name: 'contacts',
    suits: () => true,
    asks: [{ operation: 'user.get', request: (person) => ({ query: { userid: named(person) } }), find: whole }],
    fields: () => memberFields,
  },
];
