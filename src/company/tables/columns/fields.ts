import type { CatalogName } from '../../../directory/catalog.ts';
import type { Employee, EmployeeStatus } from '../../../directory/employees/employee.ts';
import { membershipsOf } from '../../../directory/employees/membership.ts';
import { plainText } from '../../../directory/text.ts';
import type { ValueWords } from '../contract.ts';
import type { CellProblem } from './cell-problem.ts';
import { bareKey } from '../formats/bare-text.ts';
import type { TableField } from './field.ts';
import { choiceIn, dayIn, listIn, phoneIn, phoneText } from './values.ts';

type TextMember = 'alias' | 'email' | 'enterpriseEmail' | 'telephone' | 'extensionNumber' | 'jobNumber' | 'note';
type EntryMember = 'jobTitle' | 'jobLevel' | 'jobFamily' | 'workPlace' | 'workCountry';

/** Texts by which someone is found or reached. A job number is settled once it is known who has it. */
const KEYS: ReadonlySet<TextMember> = new Set([
  'email',
  'enterpriseEmail',
  'telephone',
  'extensionNumber',
  'jobNumber',
]);

/** Texts that are one person's own. */
const OWN: ReadonlySet<TextMember> = new Set(['alias', 'email', 'enterpriseEmail', 'jobNumber']);

/** A column of free text. */
function text(name: string, member: TextMember, zh: string, en: string, headers: readonly string[]): TableField {
  return {
    name,
    zh,
    en,
    headers,
    ...(KEYS.has(member) ? { isKey: true } : {}),
    input: OWN.has(member) ? null : { kind: 'text' },
    read: (cell, { patch }) => {
      patch[member] = KEYS.has(member) && member !== 'jobNumber' ? bareKey(cell) : cell;
      return null;
    },
    clear: ({ patch }) => {
      patch[member] = null;
    },
    write: (employee) => employee[member] ?? '',
  };
}

/** A column that names an entry of a list. */
function entry(
  name: string,
  member: EntryMember,
  catalog: CatalogName,
  [zh, en, ...headers]: readonly [string, string, ...string[]],
): TableField {
  return {
    name,
    zh,
    en,
    headers,
    input: { kind: 'entry', catalog },
    read: (cell, { patch }, { names }) => {
      const id = names.entry(catalog, cell);
      if (typeof id !== 'string') return id;
      patch[member] = id;
      return null;
    },
    clear: ({ patch }) => {
      patch[member] = null;
    },
    write: (employee, { names }) => {
      const id = employee[member];
      return id === null ? '' : names.nameOf(catalog, id);
    },
  };
}

/** A column with a day. */
function day(
  name: string,
  member: 'joinDate' | 'leftOn',
  zh: string,
  en: string,
  headers: readonly string[],
): TableField {
  return {
    name,
    zh,
    en,
    headers,
    input: { kind: 'day' },
    read: (cell, { patch }, { is1904 }) => {
      const read = dayIn(bareKey(cell), is1904);
      if (read === null)
        return { en: `${cell} is not a day; write 2024-03-01.`, zh: `「${cell}」不是日期，请写 2024-03-01。` };
      patch[member] = read;
      return null;
    },
    clear: ({ patch }) => {
      patch[member] = null;
    },
    write: (employee) => employee[member] ?? '',
  };
}

const GENDERS = [
  [1, '男', 'male', 'm', 'man', '1'],
  [2, '女', 'female', 'f', 'woman', '2'],
  [3, '其他', 'other', '3'],
  [0, '未知', '保密', 'unknown', '0', '未定义'],
] as const satisfies readonly (readonly [Employee['gender'], ...string[]])[];

const STATUSES = [
  ['regular', '正式', '在职', '已转正', 'regular'],
  ['probation', '试用', '试用期', 'probation'],
  ['pre-hire', '待入职', 'pre-hire'],
  ['pre-hire-cancelled', '取消入职', 'pre-hire-cancelled'],
  ['pre-resigned', '待离职', 'pre-resigned'],
  ['resigned', '已离职', '离职', 'resigned'],
] as const satisfies readonly (readonly [EmployeeStatus, ...string[]])[];

/** The choices with the word that a table has for each, and the English one. */
function choicesOf(choices: readonly (readonly [unknown, string, ...string[]])[]): readonly ValueWords[] {
  return choices.map(([, zh, ...words]) => ({ value: zh, zh, en: words.find((word) => /^[a-z]/.test(word)) ?? zh }));
}

function notAChoice(cell: string, words: readonly string[]): CellProblem {
  return {
    en: `${cell} is not a choice.`,
    zh: `「${cell}」不在可选值中。`,
    did_you_mean: words,
  };
}

/** Every column that is the same for all companies, in the order of an export. */
export const FIELDS: readonly TableField[] = [
  {
    name: 'id',
    zh: '员工 ID',
    en: 'Employee ID',
    headers: ['id', '员工ID', 'employee_id', '人员ID'],
    isKey: true,
    input: null,
    read: (cell, { keys }) => {
      if (!/^\S{1,64}$/.test(bareKey(cell)) || bareKey(cell) === '__proto__') {
        return { en: 'An id has at most 64 characters and no space.', zh: 'ID 最长 64 个字符，不能有空格。' };
      }
      keys.id = cell;
      return null;
    },
    write: ({ id }) => id,
  },
  text('job_number', 'jobNumber', '工号', 'Job number', [
    '员工工号',
    '员工编号',
    '员工号',
    'employee number',
    'job no',
    'code',
    '编号',
  ]),
  {
    name: 'name',
    zh: '姓名',
    en: 'Name',
    headers: ['名字', '员工姓名', '姓名（中文）', 'full name', '中文名'],
    input: null,
    read: (cell, { patch }) => {
      patch.name = plainText(cell);
      return null;
    },
    write: ({ name }) => name.value,
  },
  text('alias', 'alias', '别名', 'Alias', ['昵称', '花名', 'nickname', 'another name']),
  {
    name: 'gender',
    zh: '性别',
    en: 'Gender',
    headers: ['sex'],
    input: { kind: 'choice', choices: choicesOf(GENDERS) },
    read: (cell, { patch }) => {
      const gender = choiceIn<Employee['gender']>(cell, GENDERS);
      if (gender === undefined) return notAChoice(cell, ['男', '女', '其他']);
      patch.gender = gender;
      return null;
    },
    clear: ({ patch }) => {
      patch.gender = 0;
    },
    write: ({ gender }) => (gender === 0 ? '' : (GENDERS.find(([value]) => value === gender)?.[1] ?? '')),
  },
  {
    name: 'mobile',
    zh: '手机号',
    en: 'Mobile',
    isKey: true,
    headers: ['手机', '手机号码', '电话', '联系电话', '移动电话', 'mobile phone', 'phone', 'cellphone'],
    input: null,
    read: (cell, { patch }) => {
      const phone = phoneIn(bareKey(cell));
      if (phone === null) {
        return {
          en: `${cell} is not a mobile; write 13800010001 or +852 61234567.`,
          zh: `「${cell}」不是手机号，请写 13800010001 或 +852 61234567。`,
        };
      }
      patch.mobile = phone;
      return null;
    },
    clear: ({ patch }) => {
      patch.mobile = null;
    },
    write: ({ mobile }) => (mobile === null ? '' : phoneText(mobile)),
  },
  text('email', 'email', '邮箱', 'Email', ['个人邮箱', '邮箱地址', 'mail', 'e-mail', 'personal email', '电子邮箱']),
  text('enterprise_email', 'enterpriseEmail', '企业邮箱', 'Enterprise email', [
    '工作邮箱',
    'work email',
    'business email',
  ]),
  text('telephone', 'telephone', '座机', 'Telephone', ['固定电话', 'landline']),
  text('extension_number', 'extensionNumber', '分机号', 'Extension', ['分机', 'extension number']),
  {
    name: 'departments',
    zh: '部门',
    en: 'Departments',
    headers: ['所在部门', '所属部门', '部门名称', '部门路径', 'department', '主部门'],
    input: { kind: 'department' },
    read: (cell, { patch }, { names }) => {
      const ids: string[] = [];
      for (const name of listIn(cell)) {
        const id = names.department(name);
        if (typeof id !== 'string') return id;
        ids.push(id);
      }
      if (ids[0] === undefined) return null;
      patch.departments = membershipsOf(ids, []);
      patch.mainDepartment = ids[0];
      return null;
    },
    write: ({ departments, mainDepartment }, { names }) =>
      departments
        .map(({ department }) => department)
        .toSorted((one, other) => Number(other === mainDepartment) - Number(one === mainDepartment))
        .map((id) => names.pathOf(id))
        .join(';'),
  },
  {
    name: 'leader',
    zh: '直属上级',
    en: 'Leader',
    isKey: true,
    headers: ['上级', '直接上级', '直属领导', '汇报对象', 'manager', 'reports to', 'direct leader'],
    input: { kind: 'employee' },
    read: (cell, draft) => {
      draft.leader = cell;
      return null;
    },
    clear: (draft) => {
      draft.leader = null;
    },
    write: ({ leader }, { personOf }) => (leader === null ? '' : personOf(leader)),
  },
  entry('job_title', 'jobTitle', 'job-title', ['职务', 'Job title', '职位', '岗位', 'title', 'position']),
  entry('job_level', 'jobLevel', 'job-level', ['职级', 'Job level', '级别', 'level']),
  entry('job_family', 'jobFamily', 'job-family', ['序列', 'Job family', '职位序列', 'family']),
  entry('work_place', 'workPlace', 'work-place', ['工作地点', 'Work place', '工作城市', '办公地点', 'location']),
  entry('work_country', 'workCountry', 'country', ['国家或地区', 'Country', '国家/地区', '工作国家', 'work country']),
  {
    name: 'work_station',
    zh: '工位',
    en: 'Work station',
    headers: ['座位', 'seat', 'desk'],
    input: { kind: 'text' },
    read: (cell, { patch }) => {
      patch.workStation = plainText(cell);
      return null;
    },
    clear: ({ patch }) => {
      patch.workStation = null;
    },
    write: ({ workStation }) => workStation?.value ?? '',
  },
  {
    name: 'employment_type',
    zh: '人员类型',
    en: 'Employment type',
    headers: ['员工类型', '用工类型', 'employee type'],
    input: { kind: 'text' },
    read: (cell, { patch }) => {
      if (!/^[0-9]{1,6}$/.test(cell)) {
        return { en: 'An employment type is its number.', zh: '人员类型请填写编号。' };
      }
      patch.employmentType = Number(cell);
      return null;
    },
    write: ({ employmentType }) => (employmentType === 0 ? '' : String(employmentType)),
  },
  day('join_date', 'joinDate', '入职日期', 'Join date', [
    '入职',
    '入职时间',
    'hire date',
    'start date',
    'date of joining',
  ]),
  {
    name: 'status',
    zh: '状态',
    en: 'Status',
    headers: ['员工状态', '在职状态', 'employment status'],
    input: { kind: 'choice', choices: choicesOf(STATUSES) },
    read: (cell, { patch }) => {
      const status = choiceIn<EmployeeStatus>(cell, STATUSES);
      if (status === undefined)
        return notAChoice(
          cell,
          STATUSES.map(([, word]) => word),
        );
      patch.status = status;
      return null;
    },
    write: ({ status }) => STATUSES.find(([value]) => value === status)?.[1] ?? '',
  },
  day('left_on', 'leftOn', '离职日期', 'Left on', ['离职', '离职时间', 'leave date']),
  text('note', 'note', '备注', 'Note', ['说明', 'remark', 'remarks', 'comment']),
];
