import type { PersonFacts, PersonField } from '../../dialects/dialect-facts.ts';
import type { CatalogName } from '../../directory/catalog.ts';
import { e164 } from '../../directory/employees/phone.ts';
import type { ViewRow } from './contract.ts';
import type { Language } from '../../lib/language.ts';

/** A field of the record as it is compared. */
interface RecordField {
  readonly group: ViewRow['group'];
  readonly zh: string;
  readonly en: string;
  /** As a platform that shows it unchanged writes it; null where the record says nothing. */
  readonly value: (person: PersonFacts) => string | null;
  /** The name of what it refers to, or its word in a language. */
  readonly name?: (person: PersonFacts, language: Language) => string | null;
}

const text = (value: string | null | undefined): string | null => (value === undefined || value === '' ? null : value);

function listed(
  group: ViewRow['group'],
  zh: string,
  en: string,
  [catalog, member]: readonly [CatalogName, 'jobTitle' | 'jobLevel' | 'jobFamily' | 'workPlace' | 'workCountry'],
): RecordField {
  return {
    group,
    zh,
    en,
    value: ({ employee }) => text(employee[member]),
    name: ({ tenant, employee }) => {
      const id = employee[member];
      return id === null ? null : (tenant.catalog(catalog).get(id)?.name.value ?? null);
    },
  };
}

const GENDERS_ZH = [null, '男', '女', '其他'] as const;

/** The words of a state, by its value in the record. */
type StateWords = Readonly<Record<string, Readonly<Record<Language, string>>>>;

const STATUS_WORDS: StateWords = {
  'pre-hire': { zh: '待入职', en: 'to join' },
  'pre-hire-cancelled': { zh: '取消入职', en: 'cancelled' },
  probation: { zh: '试用期', en: 'in probation' },
  regular: { zh: '正式', en: 'regular' },
  'pre-resigned': { zh: '待离职', en: 'leaving' },
  resigned: { zh: '已离职', en: 'left' },
};

const ACCOUNT_WORDS: StateWords = {
  'not-joined': { zh: '未加入', en: 'not joined' },
  'not-activated': { zh: '未激活', en: 'not activated' },
  active: { zh: '已激活', en: 'active' },
  exited: { zh: '已退出', en: 'exited' },
  frozen: { zh: '已冻结', en: 'frozen' },
};

const YES_OR_NO: StateWords = { true: { zh: '是', en: 'yes' }, false: { zh: '否', en: 'no' } };

/** A field that is a state: with its value, and the word for it. */
function state(zh: string, en: string, words: StateWords, value: (person: PersonFacts) => string): RecordField {
  return {
    group: 'state',
    zh,
    en,
    value,
    name: (person, language) => {
      const known = value(person);
      return Object.hasOwn(words, known) ? (words[known]?.[language] ?? null) : null;
    },
  };
}

/** The fields of the record that platforms are compared by, in our words. */
export const RECORD_FIELDS: Readonly<Record<PersonField, RecordField>> = {
  name: { group: 'identity', zh: '姓名', en: 'Name', value: ({ employee }) => text(employee.name.value) },
  second_name: {
    group: 'identity',
    zh: '英文名',
    en: 'Second name',
    value: ({ tenant, employee }) => text(employee.name.i18n[tenant.parts.secondLocale]),
  },
  alias: { group: 'identity', zh: '别名', en: 'Alias', value: ({ employee }) => text(employee.alias) },
  gender: {
    group: 'identity',
    zh: '性别',
    en: 'Gender',
    value: ({ employee }) => (employee.gender === 0 ? null : (['', 'man', 'woman', 'other'][employee.gender] ?? null)),
    name: ({ employee }, language) => (language === 'zh' ? (GENDERS_ZH[employee.gender] ?? null) : null),
  },
  mobile: {
    group: 'contact',
    zh: '手机号',
    en: 'Mobile',
    value: ({ employee }) =>
      employee.mobile === null ? null : `+${employee.mobile.country} ${employee.mobile.number}`,
  },
  email: { group: 'contact', zh: '工作邮箱', en: 'Work mail', value: ({ employee }) => text(employee.email) },
  enterprise_email: {
    group: 'contact',
    zh: '企业邮箱',
    en: 'Enterprise mail',
    value: ({ employee }) => text(employee.enterpriseEmail),
  },
  telephone: { group: 'contact', zh: '座机', en: 'Telephone', value: ({ employee }) => text(employee.telephone) },
  extension_number: {
    group: 'contact',
    zh: '分机号',
    en: 'Extension',
    value: ({ employee }) => text(employee.extensionNumber),
  },
  work_station: {
    group: 'contact',
    zh: '工位',
    en: 'Work station',
    value: ({ employee }) => text(employee.workStation?.value),
  },
  department: {
    group: 'organisation',
    zh: '部门',
    en: 'Main department',
    value: ({ employee }) => employee.mainDepartment,
    name: ({ tenant, employee: { mainDepartment } }) =>
      mainDepartment === null ? null : (tenant.departments.get(mainDepartment)?.name.value ?? null),
  },
  leader: {
    group: 'organisation',
    zh: '直属上级',
    en: 'Direct leader',
    value: ({ employee }) => employee.leader,
    name: ({ employee, people }) => people.find(({ id }) => id === employee.leader)?.name.value ?? null,
  },
  job_number: { group: 'job', zh: '工号', en: 'Job number', value: ({ employee }) => text(employee.jobNumber) },
  job_title: listed('job', '职务', 'Job title', ['job-title', 'jobTitle']),
  job_level: listed('job', '职级', 'Job level', ['job-level', 'jobLevel']),
  job_family: listed('job', '序列', 'Job family', ['job-family', 'jobFamily']),
  work_place: listed('job', '办公地点', 'Work place', ['work-place', 'workPlace']),
  work_country: listed('job', '工作国家/地区', 'Work country', ['country', 'workCountry']),
  employment_type: {
    group: 'job',
    zh: '人员类型',
    en: 'Employment type',
    value: ({ employee }) => (employee.employmentType === 0 ? null : String(employee.employmentType)),
  },
  join_date: { group: 'job', zh: '入职日期', en: 'Joined on', value: ({ employee }) => employee.joinDate },
  status: state('状态', 'Status', STATUS_WORDS, ({ employee }) => employee.status),
  account_state: state('账号状态', 'Account state', ACCOUNT_WORDS, ({ employee }) =>
    employee.frozen ? 'frozen' : employee.activation,
  ),
  external: state('外部人员', 'External', YES_OR_NO, ({ employee }) => String(employee.external)),
  seated: state('席位', 'Seat', YES_OR_NO, ({ employee }) => String(employee.seated)),
  login_mobile: { group: 'state', zh: '登录手机号', en: 'Login mobile', value: ({ account }) => text(account?.mobile) },
  login_email: { group: 'state', zh: '登录邮箱', en: 'Login mail', value: ({ account }) => text(account?.email) },
  note: { group: 'state', zh: '备注', en: 'Note', value: ({ employee }) => text(employee.note) },
};

/** Returns the record's value as a platform that shows it unchanged would write it. */
export function plainOf(field: PersonField, person: PersonFacts): string | null {
  if (field === 'mobile' && person.employee.mobile !== null) return e164(person.employee.mobile);
  return RECORD_FIELDS[field].value(person);
}
