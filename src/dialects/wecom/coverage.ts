import type { Coverage } from '../dialect.ts';

const page = (path: number): string => `https://developer.work.weixin.qq.com/document/path/${String(path)}`;

/** An operation whose parameters are in the URL: clients post to it as well. (wecom-more 2.4) */
function queried(row: Omit<Coverage, 'method'>): readonly Coverage[] {
  return [
    { ...row, method: 'GET' },
    {
      ...row,
      method: 'POST',
      operation: `${row.operation}.by-post`,
      status: 'partial',
      note: 'as with GET; no body is read',
    },
  ];
}

/** Every operation of the contract, and how far it is imitated. */
export const coverage: readonly Coverage[] = [
  {
    operation: 'gettoken',
    method: 'GET',
    path: '/cgi-bin/gettoken',
    status: 'same',
    source: page(91039),
  },
  {
    operation: 'hr.update_staff_info',
    method: 'POST',
    path: '/cgi-bin/hr/update_staff_info',
    status: 'same',
    source: page(99133),
  },
  {
    operation: 'hr.update_staff_info.by-get',
    method: 'GET',
    path: '/cgi-bin/hr/update_staff_info',
    status: 'same',
    source: page(90313),
  },
  {
    operation: 'hr.get_fields',
    method: 'GET',
    path: '/cgi-bin/hr/get_fields',
    status: 'partial',
    source: page(99131),
    note: 'most of the real fields are not published; the default data is a consistent guess, and a company may bring its own',
  },
  {
    operation: 'hr.get_fields.by-post',
    method: 'POST',
    path: '/cgi-bin/hr/get_fields',
    status: 'partial',
    source: page(99131),
    note: 'the same as with GET; some clients post to it',
  },
  {
    operation: 'hr.get_staff_info',
    method: 'POST',
    path: '/cgi-bin/hr/get_staff_info',
    status: 'partial',
    source: page(99132),
    note: 'files can come from the company file only: no media are kept',
  },
  {
    operation: 'hr.get_staff_info.by-get',
    method: 'GET',
    path: '/cgi-bin/hr/get_staff_info',
    status: 'same',
    source: page(90313),
  },
  ...queried({
    operation: 'user.get',
    path: '/cgi-bin/user/get',
    status: 'partial',
    source: page(90196),
    note: 'no avatar, qr_code or open_userid',
  }),
  ...queried({ operation: 'department.list', path: '/cgi-bin/department/list', status: 'same', source: page(90208) }),
  ...queried({
    operation: 'department.simplelist',
    path: '/cgi-bin/department/simplelist',
    status: 'same',
    source: page(95350),
  }),
  ...queried({ operation: 'department.get', path: '/cgi-bin/department/get', status: 'same', source: page(95351) }),
  {
    operation: 'user.update',
    method: 'POST',
    path: '/cgi-bin/user/update',
    status: 'partial',
    source: page(90197),
    note: 'avatars are not fetched; a mailbox and the rest are written together or not at all',
  },
  ...queried({
    operation: 'user.list',
    path: '/cgi-bin/user/list',
    status: 'partial',
    source: page(90201),
    note: 'each member as user.get shows it, and as little',
  }),
  ...queried({ operation: 'user.simplelist', path: '/cgi-bin/user/simplelist', status: 'same', source: page(90200) }),
  {
    operation: 'user.list_id',
    method: 'POST',
    path: '/cgi-bin/user/list_id',
    status: 'partial',
    source: page(96067),
    note: 'the order of the rows and the sentence of 50100 are made up',
  },
  {
    operation: 'user.create',
    method: 'POST',
    path: '/cgi-bin/user/create',
    status: 'partial',
    source: page(90195),
    note: 'avatars are not fetched; nobody is invited by WeChat; the name of a department that is made is its id',
  },
  ...queried({
    operation: 'user.delete',
    path: '/cgi-bin/user/delete',
    status: 'partial',
    source: page(90198),
    note: 'what becomes of the reports and departments of a member who leaves is made up',
  }),
  {
    operation: 'user.batchdelete',
    method: 'POST',
    path: '/cgi-bin/user/batchdelete',
    status: 'partial',
    source: page(90199),
    note: 'the code for an unknown userid, 40031, is a choice',
  },
  {
    operation: 'department.create',
    method: 'POST',
    path: '/cgi-bin/department/create',
    status: 'partial',
    source: page(90205),
    note: 'the sentences of 60007, 60010, 81001 and 81002 are made up',
  },
  {
    operation: 'department.update',
    method: 'POST',
    path: '/cgi-bin/department/update',
    status: 'partial',
    source: page(90206),
    note: 'the sentences of 60010 and 81002 are made up',
  },
  ...queried({
    operation: 'department.delete',
    path: '/cgi-bin/department/delete',
    status: 'partial',
    source: page(90207),
    note: 'the sentence of 60007 is made up',
  }),
];
