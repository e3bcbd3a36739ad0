import type { FieldRow, LiveValue, Words } from '../connector.ts';

const CONTACTS = 'user/update (contact)';
const ROSTER = 'hr/update_staff_info (hr)';
const BOTH = `${CONTACTS}, ${ROSTER}`;
const LIST = 'user/list (reading), hr/get_staff_info (hr)';
const SENSITIVE = 'user/list of apps before 2022-06-20 (reading), hr/get_staff_info (hr)';
const STAFF = 'hr/get_staff_info (hr)';

const NUMBER_UNPUBLISHED: Words = {
  en: 'Its number in the roster is not published: it is found by name, and confirmed under `fields`.',
  zh: '花名册字段编号未公开：按名称查找，可在 `fields` 中确认。',
};

const roster = (field: FieldRow['field'], theirs: string, clear: string | null = 'no value'): FieldRow => ({
  field,
  theirs,
  read: STAFF,
  write: ROSTER,
  clear,
  care: NUMBER_UNPUBLISHED,
});

/** 3 (other) is known to no call of WeCom. */
const knownGender = (value: LiveValue): LiveValue => (value === 1 || value === 2 ? value : 0);

/** Which fields WeCom knows, and how (contract wecom 3, 4.3, 4.4, 6; wecom-more 1.4). */
export const fields: readonly FieldRow[] = [
  { field: 'name', theirs: 'name, 11001', read: LIST, write: BOTH, clear: null },
  { field: 'englishName', theirs: 'english_name', read: LIST, write: BOTH, clear: 'no value' },
  { field: 'alias', theirs: 'alias, 11002', read: LIST, write: BOTH, clear: '""' },
  { field: 'gender', theirs: 'gender, 11004', read: SENSITIVE, write: BOTH, clear: 'no value', same: knownGender },
  {
    field: 'mobile',
    theirs: 'mobile, 11003',
    read: SENSITIVE,
    write: BOTH,
    clear: '"" if a mail address stays',
    care: {
      en: 'Once the member has activated, user/update ignores it and answers errcode 0.',
      zh: '成员激活后，user/update 会忽略手机号且返回 errcode 0。',
    },
  },
  {
    field: 'email',
    theirs: 'email, 工作邮箱',
    read: SENSITIVE,
    write: BOTH,
    clear: '"" if a mobile stays',
    same: (value) => (typeof value === 'string' ? value.toLowerCase() : value),
  },
  {
    ...roster('jobNumber', '12024', null),
    care: { en: 'Required there: it cannot be cleared.', zh: '必填，不可清空。' },
  },
  {
    field: 'department',
    theirs: 'department',
    read: 'user/list (reading)',
    write: CONTACTS,
    clear: null,
    care: {
      en: 'Only departments in the visible range of the app are returned.',
      zh: '仅返回应用可见范围内的部门。',
    },
  },
  { field: 'mainDepartment', theirs: 'main_department', read: 'user/list (reading)', write: CONTACTS, clear: null },
  { field: 'leader', theirs: 'direct_leader', read: 'user/list (reading)', write: CONTACTS, clear: '[]' },
  { field: 'jobTitle', theirs: 'position, 12010', read: LIST, write: BOTH, clear: '""' },
  roster('jobLevel', '职级'),
  roster('workPlace', '办公地点'),
  roster('workStation', '工位'),
  roster('extensionNumber', '分机号'),
  roster('joinDate', '入职日期'),
  roster('employmentType', '员工类型'),
  roster('note', '备注'),
  {
    field: 'enterpriseEmail',
    theirs: 'biz_mail',
    read: 'user/list of apps before 2022-06-20 (reading)',
    write: CONTACTS,
    clear: null,
    care: { en: 'It can be changed once.', zh: '仅可修改一次。' },
  },
  { field: 'frozen', theirs: 'enable, status', read: 'user/list (reading)', write: CONTACTS, clear: null },
];
