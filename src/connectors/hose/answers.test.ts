import { expect, test } from 'vitest';
import { judge, tokenOf } from './answers.ts';
import { personOf } from './reads.ts';

const body = (errorCode: number, errorMessage: string): string =>
  JSON.stringify({ errorCode, errorMessage, errorDetails: null, code: null, data: null });
const answered = (status: number, text: string, headers = {}): Parameters<typeof judge>[0] => ({
  status,
  headers,
  body: text,
});

test.each([
  // contract 1.1: the one failure that is inside `value`
  [403, '{"value": {"errorCode": 403, "errorMessage": "密钥无效", "errorDetail": null}}', 'refused'],
  [403, body(403, '未授权'), 'token'],
  [403, '未授权', 'token'],
  [403, body(403, '未开通功能，无权访问'), 'refused'],
  [400, body(400, '输入存在错误:\n- 缺少start参数'), 'refused'],
  [404, body(404, '请求的接口不存在'), 'refused'],
  [500, body(500, '服务器内部错误'), 'trouble'],
  [502, '<html>Bad Gateway</html>', 'trouble'],
  [302, '', 'foreign'],
  [403, 'Forbidden', 'foreign'],
  [404, '404 page not found', 'foreign'],
  [407, '<h1>Proxy Authentication Required</h1>', 'foreign'],
  [200, '<html></html>', 'foreign'],
  [200, '{"count":0,"items":[]}', 'ok'],
] as const)('an answer of %i %s is %s', (status, text, kind) => {
  expect(judge(answered(status, text)).kind).toBe(kind);
});

test('a limit is waited for as long as the platform asks', () => {
  const text = body(429, '请求过于频繁，请稍后再试');
  expect(judge(answered(429, text, { 'retry-after': '7' }))).toMatchObject({ kind: 'limit', waitMs: 7_000 });
  expect(judge(answered(429, text))).toMatchObject({ kind: 'limit', waitMs: 1_000 });
});

test('the documented token is read, and renewed ten minutes before its end', () => {
  // contract 1.1
  const text = `{"value": {"accessToken": "ID01iWYs8eUjHV:xgJ3wajigF25H0", "refreshToken": "ID01iWYs8eUjHW:xgJ3wajigF25H0",
    "expireTime": 1531046137469, "corporationId":"xgJ3wajigF25H0"}}`;
  const now = 1531046137469 - 7_200_000;
  expect(tokenOf(answered(200, text), now)).toEqual({
    token: 'ID01iWYs8eUjHV:xgJ3wajigF25H0',
    until: 1531046137469 - 600_000,
  });
  expect(tokenOf(answered(200, '{"value":{}}'), now)).toMatchObject({ kind: 'foreign' });
});

test('the staff object of the page is read (contract 2.7)', () => {
  const staff = JSON.parse(`{
    "id": "xgJ3wajigF25H0:ID_3Be8RKT03bg", "name": "赵六", "nickName": "老六", "code": "00005",
    "departments": ["xgJ3wajigF25H0"], "defaultDepartment": "xgJ3wajigF25H0", "cellphone": "15588881010",
    "active": true, "userId": "ID_3Be8RKT03bg", "email": "15588881010@163.com", "showEmail": "15588881010@163.com",
    "external": false, "authState": true, "globalRoaming": "+86", "note": "Code修改",
    "staffCustomForm": { "base": "[]", "postType": "ID_3D5RavktVRM", "rankType": "ID_3D5RavktTRM", "u_张国阳001": "ID_3yrzERx1pf0" },
    "updateTime": "2022-04-11 16:15:10", "createTime": "2022-03-16 11:34:42"}`) as unknown;
  const posts = new Map([['ID_3D5RavktVRM', '工程师']]);
  expect(personOf(staff, posts, null)).toEqual({
    id: 'xgJ3wajigF25H0:ID_3Be8RKT03bg',
    isInService: true,
    values: {
      name: '赵六',
      alias: '老六',
      jobNumber: '00005',
      mobile: '+8615588881010',
      email: '15588881010@163.com',
      department: ['xgJ3wajigF25H0'],
      mainDepartment: 'xgJ3wajigF25H0',
      note: 'Code修改',
      jobTitle: '工程师',
    },
    custom: { u_张国阳001: 'ID_3yrzERx1pf0' },
  });
});
