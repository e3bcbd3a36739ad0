import type { Words } from '../../words/language.tsx';
import { FIELD_WORDS, VALUE_WORDS } from '../target/live-words.ts';

/* Words for what a record and a company file have: each name of the file is that of the record in another case. */

/** Fields of a person, a department, an entry of a list or the company. */
export const RECORD_FIELD_WORDS: Words = {
  ...FIELD_WORDS,
  departments: { zh: '部门', en: 'Departments' },
  secret: { zh: '密钥', en: 'Secret' },
  enterpriseEmailAliases: { zh: '企业邮箱别名', en: 'Further company mail' },
  telephone: { zh: '座机', en: 'Telephone' },
  dottedLeaders: { zh: '虚线上级', en: 'Dotted-line leaders' },
  jobFamily: { zh: '序列', en: 'Job family' },
  workCountry: { zh: '国家或地区', en: 'Country' },
  leftOn: { zh: '离职日期', en: 'Left on' },
  activation: { zh: '激活状态', en: 'Activation' },
  seated: { zh: '席位', en: 'Seat' },
  external: { zh: '外部人员', en: 'From outside' },
  account: { zh: '登录账号', en: 'Login' },
  leaders: { zh: '负责人', en: 'Leaders' },
  enabled: { zh: '启用', en: 'In use' },
  order: { zh: '排序', en: 'Order' },
  options: { zh: '选项', en: 'Options' },
  type: { zh: '类型', en: 'Kind' },
  catalog: { zh: '列表', en: 'List' },
  targets: { zh: '真实租户', en: 'Live tenants' },
  faults: { zh: '故障规则', en: 'Fault rules' },
};

/** What a platform keeps of a person besides, by the name in the record. */
export const PLATFORM_FIELD_WORDS: Words = {
  invitedAt: { zh: '邀请时间', en: 'invited' },
  origin: { zh: '来源', en: 'origin' },
  edited: { zh: '改过', en: 'edited' },
  'lastApiChange.app': { zh: '最近更改的应用', en: 'last changed by' },
};

/** Values that are known by a word of the record. */
export const RECORD_VALUE_WORDS: Readonly<Record<string, Words>> = {
  ...VALUE_WORDS,
  // What the server answers in place of a secret.
  secret: { '[changed]': { zh: '不显示', en: 'not shown' } },
  status: {
    'pre-hire': { zh: '待入职', en: 'to join' },
    'pre-hire-cancelled': { zh: '取消入职', en: 'cancelled' },
    probation: { zh: '试用期', en: 'probation' },
    regular: { zh: '正式', en: 'regular' },
    'pre-resigned': { zh: '待离职', en: 'leaving' },
    resigned: { zh: '已离职', en: 'left' },
  },
  activation: {
    'not-joined': { zh: '未加入', en: 'not joined' },
    'not-activated': { zh: '未激活', en: 'not activated' },
    active: { zh: '已激活', en: 'active' },
    exited: { zh: '已退出', en: 'exited' },
  },
};

/** What can be changed, as a history and a plan name it; a list of choices is named as the company file does. */
export const THING_WORDS: Words = {
  employee: { zh: '员工', en: 'Employee' },
  department: { zh: '部门', en: 'Department' },
  app: { zh: '应用', en: 'App' },
  account: { zh: '登录账号', en: 'Login' },
  company: { zh: '公司', en: 'Company' },
  fault: { zh: '故障规则', en: 'Fault rule' },
  'custom-field': { zh: '自定义字段', en: 'Custom field' },
  'catalog-entry': { zh: '基础数据', en: 'Entry of a list' },
  job: { zh: '导入', en: 'Import' },
  job_titles: { zh: '职务', en: 'Job title' },
  job_levels: { zh: '职级', en: 'Job level' },
  job_families: { zh: '序列', en: 'Job family' },
  work_places: { zh: '工作地点', en: 'Place of work' },
  countries: { zh: '国家与地区', en: 'Country' },
  employee_types: { zh: '人员类型', en: 'Employee type' },
  cities: { zh: '城市', en: 'City' },
};

/** Fields whose value is the id of an entry, with the list that it is in. */
export const LIST_OF: Readonly<Record<string, string>> = {
  jobTitle: 'job_titles',
  jobLevel: 'job_levels',
  jobFamily: 'job_families',
  workPlace: 'work_places',
  workCountry: 'countries',
};
