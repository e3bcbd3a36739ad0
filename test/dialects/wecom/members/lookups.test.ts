import { afterEach, beforeEach, expect, test } from 'vitest';
import { acme, openTestCompany, type Acme } from '../test-company.ts';

/* What clients call next to the members themselves. (wecom-more 5) */

const OPENID = 'oDjGHs-1yCnGrRovBj2yHij5JAAA';
let company: Acme;
beforeEach(async () => {
  company = await openTestCompany(
    acme.replace(
      'wecom: { userid: LiSi }',
      `enterprise_email: li@corp.cn, wecom: { userid: LiSi, status: 4, openid: ${OPENID} }`,
    ),
  );
});
afterEach(() => company.directory.close());

const post = async (path: string, body: object | string, secret = 'hr') =>
  (await company.post(`user/${path}`, body, secret)).json;
const LISI = { errcode: 0, errmsg: 'ok', userid: 'LiSi' };

test.each(['13800000002', '+86 13800000002', '+86-13800000002'])('getuserid finds a member by %s', async (mobile) => {
  expect(await post('getuserid', { mobile })).toEqual(LISI);
});

test.each<[body: object, secret: string, errcode: number, text: string]>([
  [{ mobile: '13800000099' }, 'hr', 46004, 'user no exist'],
  [{ mobile: '13800000003' }, 'hr', 46004, 'user no exist'],
  [{ mobile: '' }, 'hr', 40058, 'missing field `mobile`'],
  [{}, 'hr', 40058, 'missing field `mobile`'],
  [{ mobile: 'abcdef' }, 'hr', 60103, 'invalid mobile'],
  [{ mobile: '1380' }, 'hr', 60103, 'invalid mobile'],
  [{ mobile: 13_800_000_099 }, 'hr', 46004, 'Warning: wrong json format. user no exist'],
])('getuserid of %j to %s is %i', async (body, secret, errcode, text) => {
  const answer = await post('getuserid', body, secret);
  expect(answer.errcode).toBe(errcode);
  expect(String(answer.errmsg).startsWith(text)).toBe(true);
});

test('a member out of range is nobody to getuserid and get_userid_by_email', async () => {
  await company.post('user/update', { userid: 'boss', email: 'boss@example.com' }, 'contacts');
  expect((await post('get_userid_by_email', { email: 'boss@example.com', email_type: 2 })).errcode).toBe(0);
  expect((await post('get_userid_by_email', { email: 'boss@example.com', email_type: 2 }, 'rd')).errcode).toBe(46004);
});

test('get_userid_by_email looks for the company mailbox, or the own one, without case', async () => {
  expect(await post('get_userid_by_email', { email: 'LI@corp.cn' })).toEqual(LISI);
  expect(await post('get_userid_by_email', { email: 'LiSi@example.com', email_type: 2 })).toEqual(LISI);
  expect((await post('get_userid_by_email', { email: 'lisi@example.com' })).errcode).toBe(46004);
  expect((await post('get_userid_by_email', { email: 'lisi@example.com', email_type: 3 })).errcode).toBe(40058);
  expect((await post('get_userid_by_email', { email: '' })).errcode).toBe(40058);
});

test('look-ups of nobody beyond the limit block both until the day ends in China (ruling 20)', async () => {
  await company.directory.close();
  const limited = 'corpid: ww_acme\n  member_limit: 10\n  limits: { enforced: true }';
  company = await openTestCompany(acme.replace('corpid: ww_acme', limited));
  const miss = async (): Promise<number> => (await post('getuserid', { mobile: '13800000099' })).errcode as number;
  expect([await miss(), await miss(), await miss(), await miss()]).toEqual([46004, 46004, 46004, 45009]);
  expect((await post('get_userid_by_email', { email: 'a@b.cn' })).errcode).toBe(45009);
  company.directory.clock.advance(16 * 3_600_000);
  expect(await miss()).toBe(46004);
});

test('a userid and an openid become each other', async () => {
  expect(await post('convert_to_openid', { userid: 'LISI' })).toEqual({ errcode: 0, errmsg: 'ok', openid: OPENID });
  expect(await post('convert_to_userid', { openid: OPENID })).toEqual(LISI);
  const text = (await company.directory.companies.export('acme')) ?? '';
  expect(text).toContain(`openid: ${OPENID}`);
});

test.each<[path: string, body: object, secret: string, errcode: number]>([
  ['convert_to_openid', { userid: 'zhangsan' }, 'hr', 43004],
  ['convert_to_openid', { userid: 'nobody' }, 'hr', 60111],
  ['convert_to_openid', { userid: 'boss' }, 'rd', 60011],
  ['convert_to_openid', {}, 'hr', 41009],
  ['convert_to_userid', { openid: 'oNobody' }, 'hr', 40073],
  ['convert_to_userid', {}, 'hr', 40058],
])('%s of %j to %s is %i', async (path, body, secret, errcode) => {
  expect((await post(path, body, secret)).errcode).toBe(errcode);
});

test('authsucc makes who joins for the first time an activated member, for every platform', async () => {
  const joined = async (userid: string, secret = 'contacts') =>
    (await company.get('user/authsucc', { userid }, secret)).json.errcode;
  expect(await joined('LISI')).toBe(0);
  expect((await company.get('user/get', { userid: 'lisi' })).json.status).toBe(1);
  expect(await company.directory.employee('acme', 'lisi')).toMatchObject({ activation: 'active' });
  expect(await joined('LISI')).toBe(0);
  expect(await company.directory.history('acme', 'lisi')).toHaveLength(1);
  expect([await joined(''), await joined('nobody'), await joined('lisi', 'hr')]).toEqual([41009, 60111, 48002]);
});

test('get_join_qrcode answers the address of a picture, good for seven days', async () => {
  const ask = async (query: Record<string, string>, secret = 'contacts') =>
    (await company.get('corp/get_join_qrcode', query, secret)).json;
  const { join_qrcode } = await ask({ size_type: '2' });
  const path = String(join_qrcode).slice('http://127.0.0.1:6464'.length);
  const shown = await company.directory.send('GET', path);
  expect([shown.status, shown.headers['content-type'], shown.text]).toEqual([
    200,
    'image/svg+xml',
    expect.stringContaining('width="399"'),
  ]);
  expect((await company.directory.send('GET', path.replace('size=399', 'size=999999'))).status).toBe(404);
  company.directory.clock.advance(7 * 86_400_000);
  expect((await company.directory.send('GET', path)).status).toBe(404);
  expect((await ask({ size_type: '5' })).errcode).toBe(40058);
  expect((await ask({}, 'hr')).errcode).toBe(48002);
});

test('get_active_stat counts each who signed in on a day once, unless the company file says (5.1)', async () => {
  await company.directory.close();
  company = await openTestCompany(
    acme.replace('corpid: ww_acme', 'corpid: ww_acme\n  active_counts: { "2026-01-03": 100 }'),
  );
  const count = async (body: object | string, secret = 'contacts') => post('get_active_stat', body, secret);
  const page = '/connect/oauth2/authorize?appid=ww_acme&redirect_uri=https%3A%2F%2Fa.cn&login_hint=';
  for (const hint of ['lisi', 'LISI', 'boss', '!openid']) await company.directory.send('GET', page + hint);
  await company.get('user/authsucc', { userid: 'zhangsan' }, 'contacts');
  expect(await count({ date: '2026-01-05' })).toEqual({ errcode: 0, errmsg: 'ok', active_cnt: 3 });
  expect((await count({ date: '2026-01-04' })).active_cnt).toBe(0);
  expect((await count({ date: '2026-01-03' })).active_cnt).toBe(100);
  expect((await count({ date: '2025-12-06' })).errcode).toBe(0);
  for (const date of ['2025-12-05', '2026-01-06', '2026-02-30', 'today', ''])
    expect((await count({ date })).errcode, date).toBe(40058);
  expect((await count('')).errmsg).toMatch(/^Warning: wrong json format\. missing field `date`\. invalid Request/);
  expect((await count({ date: '2026-01-05' }, 'hr')).errcode).toBe(48002);
  company.directory.clock.advance(86_400_000);
  expect((await count({ date: '2026-01-05' })).active_cnt).toBe(3);
  expect((await count({ date: '2026-01-06' })).active_cnt).toBe(0);
});
