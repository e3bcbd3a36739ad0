import { expect, test } from 'vitest';
import { judge, tokenOf } from './answers.ts';
import { judgeWrite } from './judge-writes.ts';
import { memberOf } from './reads.ts';
import { rosterFieldsIn, rosterValues } from './roster-fields.ts';

const answered = (body: unknown, status = 200): Parameters<typeof judge>[0] => ({
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

test('a live refusal of reading is named with its remedy, without the link (contract wecom-more 1.3)', () => {
  const live = `{ "errcode": 48009, "errmsg": "api forbidden for contact assistant, hint: [1709649011424270725404086], from ip: 203.0.113.7, more info at https://open.work.weixin.qq.com/devtool/query?e=48009", "userlist": [] }`;
  const { kind, code, message, remedy } = judge(answered(live));
  expect([kind, code]).toEqual(['refused', '48009']);
  expect(message).toBe('api forbidden for contact assistant, hint: [1709649011424270725404086], from ip: 203.0.113.7');
  expect(remedy?.zh).toContain('自建应用');
});

test('the address that the platform saw is in the remedy of 60020 (contract wecom-more 1.3)', () => {
  const errmsg =
    'not allow to access from your ip, hint: [1772760200378853266228220], from ip: 203.0.113.7, more info at x';
  expect(judge(answered({ errcode: 60020, errmsg })).remedy?.en).toContain('Add the address 203.0.113.7');
});

test.each([
  [{ errcode: 0, errmsg: 'ok' }, 'ok', undefined],
  [{ errcode: 40014, errmsg: 'invalid access_token' }, 'token', undefined],
  [{ errcode: 42001, errmsg: 'access_token expired' }, 'token', undefined],
  [{ errcode: 45009, errmsg: 'api freq out of limit' }, 'limit', 60_000],
  [{ errcode: 45033, errmsg: 'api concurrent out of limit' }, 'limit', 2_000],
  [{ errcode: -1, errmsg: 'system busy' }, 'trouble', undefined],
  [{ errcode: 60111, errmsg: 'userid not found' }, 'refused', undefined],
] as const)('an answer %j is %s', (body, kind, waitMs) => {
  expect(judge(answered(body))).toMatchObject({ kind, ...(waitMs === undefined ? {} : { waitMs }) });
});

test('an unknown path is HTTP 404 without a body, and no refusal of WeCom (contract wecom 1.3)', () => {
  expect(judge(answered('', 404)).kind).toBe('foreign');
});

test('the documented token lasts as long as it says (contract wecom 1.1)', () => {
  const body = { errcode: 0, errmsg: 'ok', access_token: 'accesstoken000001', expires_in: 7200 };
  expect(tokenOf(answered(body), 1_000)).toEqual({ token: 'accesstoken000001', until: 1_000 + 7_170_000 });
});

test('the roster of the pages is read: fields by number, an option by its name, a mobile (contract wecom 4.1, 4.2)', () => {
  const listed = JSON.parse(`{ "group_list": [
    { "group_id": 1001, "group_name": "个人信息", "field_list": [
      { "fieldid": 11001, "field_name": "姓名", "field_type": 1, "value_type": 1, "is_must": true },
      { "fieldid": 12010, "field_name": "职位", "field_type": 2, "value_type": 3, "is_must": false,
        "option_list": [ { "id": 1, "value": "总经理" }, { "id": 2, "value": "秘书" } ] } ] },
    { "group_id": 1002, "group_name": "在职信息", "field_list": [
      { "fieldid": 12024, "field_name": "工号", "field_type": 1, "value_type": 1, "is_must": true },
      { "fieldid": 11003, "field_name": "手机号", "field_type": 1, "value_type": 5 },
      { "fieldid": 11004, "field_name": "性别", "field_type": 2, "value_type": 3 } ] } ] }`) as unknown;
  const fields = rosterFieldsIn(listed, { ids: {}, secrets: new Set(), fields: {} });
  expect(fields.map(({ field, id }) => [field, id])).toEqual([
    ['name', 11001],
    ['mobile', 11003],
    ['gender', 11004],
    ['jobTitle', 12010],
    ['jobNumber', 12024],
  ]);
  const info = JSON.parse(`{ "field_info": [
    { "fieldid": 11004, "sub_idx": 0, "result": 1, "value_type": 3, "value_uint32": 1 },
    { "fieldid": 11003, "sub_idx": 0, "result": 1, "value_type": 5,
      "value_mobile": { "value_country_code": "86", "value_mobile": "13800000000" } },
    { "fieldid": 12010, "sub_idx": 0, "result": 1, "value_type": 3, "value_uint32": 2 },
    { "fieldid": 12024, "sub_idx": 0, "result": 3 } ] }`) as unknown;
  expect(rosterValues(info, fields)).toEqual({ gender: 1, mobile: '+8613800000000', jobTitle: '秘书' });
});

test('the member of the page is read; what an app may not see is absent, not empty (contract wecom 4.3, wecom-more 1.4)', () => {
  const page = {
    userid: 'zhangsan',
    name: '张三',
    department: [1, 2],
    position: '后台工程师',
    main_department: 1,
    direct_leader: ['lisi'],
    alias: 'jackzhang',
  };
  const today = memberOf(page);
  expect(today).toMatchObject({
    name: '张三',
    department: ['1', '2'],
    mainDepartment: '1',
    leader: 'lisi',
    jobTitle: '后台工程师',
  });
  expect(today).not.toHaveProperty('mobile');
  const before = memberOf({ ...page, mobile: '13800000000', gender: '1', email: 'ZhangSan@example.com' });
  expect(before).toMatchObject({ mobile: '+8613800000000', gender: 1, email: 'zhangsan@example.com' });
});

test('the roster is judged by item, as the page answers it; an item without a result is in doubt (contract wecom 2.7, 2.8)', () => {
  const fields = [
    { field: 'name', to: '张三', theirs: '11001' },
    { field: 'alias', to: '三', theirs: '11002' },
    { field: 'jobNumber', to: null, theirs: '12024' },
    { field: 'note', to: '出差', theirs: '12022' },
  ] as const;
  const request = {
    operation: 'update',
    call: 'hr/update_staff_info',
    method: 'POST',
    path: '/cgi-bin/hr/update_staff_info',
    query: [],
    headers: {},
    body: '{}',
    parts: [{ subject: 'zhangsan', fields }],
    isRepeatable: true,
  } as const;
  const page = `{ "errcode": 0, "errmsg": "ok",
    "update_results": [ { "fieldid": 11001, "sub_idx": 0, "result": 1 }, { "fieldid": 12024, "sub_idx": 0, "result": 4 },
      { "fieldid": 12022, "sub_idx": 0, "result": 2 } ],
    "remove_results": [ { "group_type": 1, "sub_idx": 20, "result": 3 } ],
    "insert_result":  [ { "group_type": 1, "idx": 1, "result": 4 } ] }`;
  const verdicts = judgeWrite(request, { kind: 'answered', answer: answered(page) });
  expect(verdicts.map(({ field, fate, code }) => [field, fate, code])).toEqual([
    ['name', 'written', null],
    ['alias', 'doubt', 'NOT_IN_ANSWER'],
    ['jobNumber', 'refused', 'result 4'],
    ['note', 'refused', 'result 2'],
  ]);
});
