/** A thing's name in Chinese and English. */
type BilingualName = readonly [zh: string, en: string];

/** One branch of a company: its name, and the titles of who works there. */
export interface Branch {
  readonly name: BilingualName;
  /** What its larger and smaller parts are called, after a number. */
  readonly titles: readonly string[];
  readonly family: string;
}

/** The branches of a company, the first ones being the first it has. */
export const BRANCHES: readonly Branch[] = [
  {
    name: ['研发中心', 'R&D'],
    titles: ['t-engineer', 't-senior-engineer', 't-architect', 't-tester', 't-operator'],
    family: 'f-technology',
  },
  { name: ['销售中心', 'Sales'], titles: ['t-sales', 't-account-manager', 't-presales'], family: 'f-business' },
  { name: ['产品中心', 'Product'], titles: ['t-product', 't-designer', 't-analyst'], family: 'f-product' },
  { name: ['生产中心', 'Manufacturing'], titles: ['t-technician', 't-worker', 't-inspector'], family: 'f-production' },
  { name: ['客户服务中心', 'Customer Service'], titles: ['t-support', 't-consultant'], family: 'f-business' },
  { name: ['市场中心', 'Marketing'], titles: ['t-marketing', 't-designer'], family: 'f-business' },
  { name: ['供应链中心', 'Supply Chain'], titles: ['t-buyer', 't-warehouse', 't-planner'], family: 'f-production' },
  {
    name: ['职能中心', 'Corporate Functions'],
    titles: ['t-hr', 't-accountant', 't-counsel', 't-assistant'],
    family: 'f-function',
  },
];

/** What the parts of a company are called, from the second level under a branch down. */
export const LEVEL_WORDS: readonly BilingualName[] = [
  ['事业部', 'Division'],
  ['部', 'Department'],
  ['室', 'Section'],
  ['组', 'Team'],
];

/** Job titles: id, name. */
export const TITLES: readonly (readonly [id: string, name: BilingualName])[] = [
  ['t-general-manager', ['总经理', 'General Manager']],
  ['t-head', ['部门负责人', 'Head of Department']],
  ['t-team-lead', ['组长', 'Team Lead']],
  ['t-engineer', ['软件工程师', 'Software Engineer']],
  ['t-senior-engineer', ['高级软件工程师', 'Senior Software Engineer']],
  ['t-architect', ['架构师', 'Architect']],
  ['t-tester', ['测试工程师', 'Test Engineer']],
  ['t-operator', ['运维工程师', 'Site Reliability Engineer']],
  ['t-sales', ['销售代表', 'Sales Representative']],
  ['t-account-manager', ['大客户经理', 'Key Account Manager']],
  ['t-presales', ['售前顾问', 'Presales Consultant']],
  ['t-product', ['产品经理', 'Product Manager']],
  ['t-designer', ['设计师', 'Designer']],
  ['t-analyst', ['数据分析师', 'Data Analyst']],
  ['t-technician', ['技术员', 'Technician']],
  ['t-worker', ['操作工', 'Operator']],
  ['t-inspector', ['质检员', 'Quality Inspector']],
  ['t-support', ['客服专员', 'Support Agent']],
  ['t-consultant', ['实施顾问', 'Implementation Consultant']],
  ['t-marketing', ['市场专员', 'Marketing Specialist']],
  ['t-buyer', ['采购专员', 'Buyer']],
  ['t-warehouse', ['仓库管理员', 'Warehouse Keeper']],
  ['t-planner', ['计划员', 'Planner']],
  ['t-hr', ['人事专员', 'HR Specialist']],
  ['t-accountant', ['会计', 'Accountant']],
  ['t-counsel', ['法务专员', 'Counsel']],
  ['t-assistant', ['行政助理', 'Administrative Assistant']],
];

/** Job levels of employees without reports, then of leaders; each the lowest first. */
export const LEVELS = {
  own: ['P4', 'P5', 'P6', 'P7', 'P8', 'P9'],
  leading: ['M1', 'M2', 'M3', 'M4', 'M5', 'M6'],
} as const;

/** Job families: id, name. */
export const FAMILIES: readonly (readonly [id: string, name: BilingualName])[] = [
  ['f-technology', ['技术序列', 'Technology']],
  ['f-business', ['业务序列', 'Business']],
  ['f-product', ['产品序列', 'Product']],
  ['f-production', ['生产序列', 'Production']],
  ['f-function', ['职能序列', 'Functions']],
  ['f-management', ['管理序列', 'Management']],
];

/** Work places: id, name. */
export const PLACES: readonly (readonly [id: string, name: BilingualName])[] = [
  ['w-beijing', ['北京总部', 'Beijing']],
  ['w-shanghai', ['上海办公室', 'Shanghai']],
  ['w-shenzhen', ['深圳办公室', 'Shenzhen']],
  ['w-hangzhou', ['杭州办公室', 'Hangzhou']],
  ['w-chengdu', ['成都办公室', 'Chengdu']],
  ['w-wuhan', ['武汉工厂', 'Wuhan']],
];

/** Countries: code, name. */
export const COUNTRIES: readonly (readonly [code: string, name: BilingualName])[] = [
  ['CN', ['中国', 'China']],
  ['SG', ['新加坡', 'Singapore']],
  ['HK', ['中国香港', 'Hong Kong, China']],
  ['US', ['美国', 'United States']],
  ['GB', ['英国', 'United Kingdom']],
  ['JP', ['日本', 'Japan']],
];

/** What companies are called: a word, and what follows it. */
export const COMPANY_WORDS: readonly BilingualName[] = [
  ['恒远', 'Hengyuan'],
  ['星河', 'Xinghe'],
  ['云帆', 'Yunfan'],
  ['瑞丰', 'Ruifeng'],
  ['博创', 'Bochuang'],
  ['天成', 'Tiancheng'],
  ['海岳', 'Haiyue'],
  ['明德', 'Mingde'],
  ['启明', 'Qiming'],
  ['联科', 'Lianke'],
];
/** See {@link COMPANY_WORDS}. */
export const COMPANY_KINDS: readonly BilingualName[] = [
  ['科技', 'Technology'],
  ['制造', 'Manufacturing'],
  ['贸易', 'Trading'],
  ['信息', 'Information'],
  ['医疗', 'Medical'],
];
