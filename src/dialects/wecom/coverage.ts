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

/** An operation that is posted to: GET is refused as the platform refuses it. (wecom-more 2.4) */
function posted(row: Omit<Coverage, 'method'>): readonly Coverage[] {
  const { operation, path } = row;
  return [
    { ...row, method: 'POST' },
    { operation: `${operation}.by-get`, method: 'GET', path, status: 'same', source: page(90313) },
  ];
}

const post = (operation: string, source: number, note?: string): readonly Coverage[] =>
  posted({
    operation,
    path: `/cgi-bin/${operation.replace('.', '/')}`,
    status: note === undefined ? 'same' : 'partial',
    source: page(source),
    ...(note === undefined ? {} : { note }),
  });

const show = (operation: string, path: string, source: number, note: string): Coverage => ({
  operation,
  method: 'GET',
  path,
  status: 'partial',
  source: page(source),
  note,
});

const PEOPLE = 'no user logs in: the page asks who signs in, and login_hint answers it';

const EXPORTED =
  'done before the answer, and no event follows one that failed; 32 MiB at most, kept in the memory of one node';

const IMPORTED = '100,000 rows at most; the sentences of 40092, 45026 and 3020xx are made up';

/** Calls that clients make next to reading and writing members. (wecom-more 5, 9) */
const MORE: readonly Coverage[] = [
  ...post('user.getuserid', 95402, 'the sentence of 46004 is made up'),
  ...post('user.get_userid_by_email', 95895, 'the sentence of 46004 is made up'),
  ...post('user.convert_to_openid', 90202, 'the sentence of 43004 is that of a sister platform'),
  ...post('user.convert_to_userid', 90202),
  ...post(
    'auth.get_tfa_info',
    99499,
    'where limits are enforced, each node counts the calls at the same time (45033) for itself',
  ),
  ...post(
    'user.tfa_succ',
    99500,
    'nothing follows from it, as no user logs in here; the sentences of 40207 to 40210 are made up',
  ),
  ...post('user.get_active_stat', 92714, 'who signed in is counted by each node for itself, and not kept'),
  ...queried({ operation: 'user.authsucc', path: '/cgi-bin/user/authsucc', status: 'same', source: page(90203) }),
  ...queried({
    operation: 'corp.get_join_qrcode',
    path: '/cgi-bin/corp/get_join_qrcode',
    status: 'partial',
    source: page(91714),
    note: 'the picture names the company and is no code that could be scanned',
  }),
  show('picture.join', '/wwopen/join_qrcode', 91714, 'an address of our own'),
  ...queried({
    operation: 'auth.getuserinfo',
    path: '/cgi-bin/auth/getuserinfo',
    status: 'partial',
    source: page(91023),
    note: 'no external_userid',
  }),
  ...queried({
    operation: 'user.getuserinfo',
    path: '/cgi-bin/user/getuserinfo',
    status: 'partial',
    source: page(91023),
    note: 'DeviceId is a fixed text for each person',
  }),
  ...post('auth.getuserdetail', 95833, 'no avatar of the member, no qr_code'),
  ...post('user.getuserdetail', 95833, 'no avatar of the member, no qr_code'),
  ...post('message.send', 90236, 'into the outbox of the administration interface'),
  ...post(
    'media.upload',
    90253,
    'of a company 500 files and 64 MiB are kept, the latest; what a file contains is not checked',
  ),
  ...post('batch.syncuser', 90980, IMPORTED),
  ...post('batch.replaceuser', 90981, IMPORTED),
  ...post('batch.replaceparty', 90982, IMPORTED),
  ...queried({
    operation: 'batch.getresult',
    path: '/cgi-bin/batch/getresult',
    status: 'partial',
    source: page(90983),
    note: 'the sentence of 40089 is made up; departments that are deleted are not listed',
  }),
  ...post('batch.invite', 90975, 'into the outbox of the administration interface; the sentence of 40063 is made up'),
  ...queried({ operation: 'media.get', path: '/cgi-bin/media/get', status: 'same', source: page(90254) }),
  ...post('message.recall', 94867, 'the sentence of 42052 is made up'),
  ...queried({ operation: 'agent.get', path: '/cgi-bin/agent/get', status: 'same', source: page(90227) }),
  ...queried({ operation: 'agent.list', path: '/cgi-bin/agent/list', status: 'same', source: page(90227) }),
  ...queried({
    operation: 'get_api_domain_ip',
    path: '/cgi-bin/get_api_domain_ip',
    status: 'same',
    source: page(92520),
  }),
  ...queried({ operation: 'getcallbackip', path: '/cgi-bin/getcallbackip', status: 'same', source: page(92521) }),
  ...post('export.simple_user', 94849, EXPORTED),
  ...post('export.user', 94851, EXPORTED),
  ...post('export.department', 94852, EXPORTED),
  ...post('export.taguser', 94853, EXPORTED),
  ...queried({
    operation: 'export.get_result',
    path: '/cgi-bin/export/get_result',
    status: 'partial',
    source: page(94854),
    note: 'the sentence of 40088 is made up',
  }),
  show('export.file', '/wwopen/export', 94854, 'an address of our own'),
  ...post('tag.create', 90210, 'the sentences of 40071, 40072 and 40126 are made up'),
  ...post('tag.update', 90211, 'the sentence of 81011 is made up'),
  ...queried({
    operation: 'tag.delete',
    path: '/cgi-bin/tag/delete',
    status: 'partial',
    source: page(90212),
    note: 'the sentence of 81011 is made up',
  }),
  ...queried({ operation: 'tag.get', path: '/cgi-bin/tag/get', status: 'same', source: page(90213) }),
  ...queried({ operation: 'tag.list', path: '/cgi-bin/tag/list', status: 'same', source: page(90216) }),
  ...post(
    'tag.addtagusers',
    90214,
    'the sentences of 40035 and 81003 are made up; all tags together have 300,000 entries at most',
  ),
  ...post('tag.deltagusers', 90215, 'the sentence of 40035 is made up'),
  show('connect.oauth2.authorize', '/connect/oauth2/authorize', 91022, PEOPLE),
  show('wwlogin.sso.login', '/wwlogin/sso/login', 98152, PEOPLE),
  show('wwopen.sso.qrConnect', '/wwopen/sso/qrConnect', 91019, PEOPLE),
  show('wwopen.sso.v1.qrConnect', '/wwopen/sso/v1/qrConnect', 91019, PEOPLE),
  show('picture.avatar', '/wwopen/avatar', 95833, 'an address of our own; the picture is of no one'),
];

/** Every operation of the contract, and how far it is imitated. */
export const coverage: readonly Coverage[] = [
  ...queried({
    operation: 'gettoken',
    path: '/cgi-bin/gettoken',
    status: 'partial',
    source: page(91039),
    note: 'calling it too often is not refused, as no figure is published',
  }),
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
    note: 'files can come from the company file only',
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
  ...posted({
    operation: 'user.update',
    path: '/cgi-bin/user/update',
    status: 'partial',
    source: page(90197),
    note: 'avatars are not fetched; a mailbox and the rest are written together or not at all',
  }),
  ...queried({
    operation: 'user.list',
    path: '/cgi-bin/user/list',
    status: 'partial',
    source: page(90201),
    note: 'each member as user.get shows it, and as little',
  }),
  ...queried({ operation: 'user.simplelist', path: '/cgi-bin/user/simplelist', status: 'same', source: page(90200) }),
  ...posted({
    operation: 'user.list_id',
    path: '/cgi-bin/user/list_id',
    status: 'partial',
    source: page(96067),
    note: 'the order of the rows and the sentence of 50100 are made up',
  }),
  ...posted({
    operation: 'user.create',
    path: '/cgi-bin/user/create',
    status: 'partial',
    source: page(90195),
    note: 'avatars are not fetched; no member is invited by WeChat; the name of a department that is made is its id',
  }),
  ...queried({
    operation: 'user.delete',
    path: '/cgi-bin/user/delete',
    status: 'partial',
    source: page(90198),
    note: 'what becomes of the reports and departments of a member who leaves is made up',
  }),
  ...posted({
    operation: 'user.batchdelete',
    path: '/cgi-bin/user/batchdelete',
    status: 'partial',
    source: page(90199),
    note: 'the code for an unknown userid, 40031, is a choice',
  }),
  ...MORE,
  ...posted({
    operation: 'department.create',
    path: '/cgi-bin/department/create',
    status: 'partial',
    source: page(90205),
    note: 'the sentences of 60007, 60010, 81001 and 81002 are made up',
  }),
  ...posted({
    operation: 'department.update',
    path: '/cgi-bin/department/update',
    status: 'partial',
    source: page(90206),
    note: 'the sentences of 60010 and 81002 are made up',
  }),
  ...queried({
    operation: 'department.delete',
    path: '/cgi-bin/department/delete',
    status: 'partial',
    source: page(90207),
    note: 'the sentence of 60007 is made up',
  }),
];
