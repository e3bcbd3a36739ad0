import type { FieldRow, Words } from '../connector.ts';

const ANSWER = 'GET v1.1/staffs, and each answer of a write';
const UPDATE = 'PUT v1.1/staffs/update, v1.1/staffs/batch/update';

const NOT_CLEARED: Words = {
  en: 'Sent empty it has no effect and no error.',
  zh: '传空值不生效，也不报错。',
};

const rows: readonly FieldRow[] = [
  {
    field: 'name',
    theirs: 'name',
    read: ANSWER,
    write: UPDATE,
    clear: null,
    care: { en: 'Every update must carry it.', zh: '每次更新均必填。' },
  },
  {
    field: 'englishName',
    theirs: 'enName',
    read: null,
    write: UPDATE,
    clear: null,
    care: {
      en: 'Accepted, but no answer carries it, so nothing proves that it was cleared.',
      zh: '可写入，但任何应答均不返回，无法证实已清空。',
    },
  },
  { field: 'alias', theirs: 'nickName', read: ANSWER, write: UPDATE, clear: '""' },
  {
    field: 'mobile',
    theirs: 'cellphone',
    read: ANSWER,
    write: UPDATE,
    clear: '""',
    care: {
      en: 'The contact number only; the login changes with modifyAccountPhone, and is refused (412) where it is taken.',
      zh: '仅为联系电话；登录手机号须 modifyAccountPhone，已被占用时返回 412。',
    },
  },
  {
    field: 'email',
    theirs: 'showEmail',
    read: ANSWER,
    write: UPDATE,
    clear: null,
    care: { en: 'The login mail changes by a flag of its own.', zh: '登录邮箱须另加标志。' },
    same: (value) => (typeof value === 'string' ? value.toLowerCase() : value),
  },
  { field: 'jobNumber', theirs: 'code', read: ANSWER, write: UPDATE, clear: null, care: NOT_CLEARED },
  {
    field: 'department',
    theirs: 'departments',
    read: ANSWER,
    write: UPDATE,
    clear: null,
    care: { en: 'Sent together with defaultDepartment, or not at all.', zh: '须与 defaultDepartment 同时传或都不传。' },
  },
  { field: 'mainDepartment', theirs: 'defaultDepartment', read: ANSWER, write: UPDATE, clear: null },
  { field: 'jobTitle', theirs: 'staffCustomForm.postType', read: ANSWER, write: UPDATE, clear: '""' },
  { field: 'jobLevel', theirs: 'staffCustomForm.rankType', read: ANSWER, write: UPDATE, clear: '""' },
  { field: 'note', theirs: 'note', read: ANSWER, write: UPDATE, clear: '""' },
];

/** Which fields Hose knows, and how (contract 2.2, 2.7). After an update its own page no longer changes the person (2.8). */
export const fields: readonly FieldRow[] = rows.map((row) => ({
  ...row,
  effects: [{ effect: 'lock', when: 'always' }],
}));
