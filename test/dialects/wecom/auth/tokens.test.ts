import { afterEach, beforeEach, expect, test } from 'vitest';
import { acme, openTestCompany, type Acme } from '../test-company.ts';

const HOUR = 3_600_000;
let company: Acme;
beforeEach(async () => {
  company = await openTestCompany();
});
afterEach(() => company.directory.close());

test.each<[what: string, query: string, errcode: number, text: string]>([
  ['neither parameter', '', 41004, 'corpsecret missing'],
  ['no corpsecret', '?corpid=ww_acme', 41004, 'corpsecret missing'],
  ['an empty corpsecret', '?corpid=ww_acme&corpsecret=', 41004, 'corpsecret missing'],
  ['no corpid', '?corpsecret=hr', 41002, 'corpid missing'],
  ['a company nobody knows', '?corpid=ww_other&corpsecret=hr', 40013, 'invalid corpid'],
  ['a wrong secret', '?corpid=ww_acme&corpsecret=wrong', 40001, 'invalid credential'],
  ['the secret of a disabled app', '?corpid=ww_acme&corpsecret=off', 40001, 'invalid credential'],
])('gettoken with %s', async (_what, query, errcode, text) => {
  const answer = await company.directory.send('GET', `/cgi-bin/gettoken${query}`);
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual({ errcode, errmsg: expect.any(String) });
  expect(answer.json.errmsg).toMatch(
    new RegExp(
      `^${text}, hint: \\[[0-9]{25}\\], from ip: 127\\.0\\.0\\.1, more info at https://open\\.work\\.weixin\\.qq\\.com/devtool/query\\?e=${String(errcode)}$`,
    ),
  );
  expect(answer.headers).toMatchObject({ 'error-code': String(errcode), 'error-msg': answer.json.errmsg });
});

test('gettoken can be posted to, and no body is read (wecom-more 2.4)', async () => {
  const query = '?corpid=ww_acme&corpsecret=hr';
  const { json } = await company.directory.send('POST', `/cgi-bin/gettoken${query}`, { body: '{' });
  expect(json).toEqual({ errcode: 0, errmsg: 'ok', access_token: await company.token(), expires_in: 7200 });
  expect((await company.directory.send('POST', '/cgi-bin/gettoken')).json.errcode).toBe(41004);
});

test.each([
  ['dissolved everywhere', acme.replace('name: 恒信\n', 'name: 恒信\nstate: dissolved\n')],
  ['dissolved on this platform', acme.replace('corpid: ww_acme\n', 'corpid: ww_acme\n  state: dissolved\n')],
])('a company that is %s gets no token, and its tokens no answer', async (_what, text) => {
  const token = await company.token();
  await company.directory.companies.apply('acme', text, { plan: false, request: 'r' });
  const { json } = await company.directory.send('GET', '/cgi-bin/gettoken?corpid=ww_acme&corpsecret=hr');
  expect(json.errcode).toBe(301007);
  const later = await company.directory.send('GET', `/cgi-bin/hr/get_fields?access_token=${token}`);
  expect(later.json).toMatchObject({ errcode: 301007, group_list: [] });
});

test('the same token is told again while it lives, with the seconds that are left, and asking does not prolong it', async () => {
  const ask = async () => (await company.directory.send('GET', '/cgi-bin/gettoken?corpid=ww_acme&corpsecret=hr')).json;
  const first = await ask();
  expect(first).toMatchObject({ errcode: 0, errmsg: 'ok', expires_in: 7200 });
  company.directory.clock.advance(7_198_500);
  expect(await ask()).toEqual({ ...first, expires_in: 1 });
  company.directory.clock.advance(1_500);
  const second = await ask();
  expect(second.expires_in).toBe(7200);
  expect(second.access_token).not.toBe(first.access_token);
});

test('two who ask at once are told one token', async () => {
  const tokens = await Promise.all([company.token(), company.token(), company.token()]);
  expect(new Set(tokens).size).toBe(1);
});

test('apps have tokens of their own', async () => {
  expect(await company.token('hr')).not.toBe(await company.token('rd'));
});

test('a token that expired is answered as expired for as long again, and as unknown after that', async () => {
  const token = await company.token();
  const call = async () => (await company.directory.send('GET', `/cgi-bin/hr/get_fields?access_token=${token}`)).json;
  company.directory.clock.advance(2 * HOUR - 1);
  expect((await call()).errcode).toBe(0);
  company.directory.clock.advance(1);
  expect(await call()).toMatchObject({ errcode: 42001, group_list: [] });
  company.directory.clock.advance(2 * HOUR - 1);
  expect((await call()).errcode).toBe(42001);
  company.directory.clock.advance(1);
  expect(await call()).toEqual({ errcode: 40014, errmsg: 'invalid access_token', group_list: [] });
});

test('a secret that is reset ends the tokens made with it', async () => {
  const token = await company.token();
  const reset = acme.replace('secret: hr,', 'secret: another,');
  await company.directory.companies.apply('acme', reset, { plan: false, request: 'r' });
  const { json } = await company.directory.send('GET', `/cgi-bin/hr/get_fields?access_token=${token}`);
  expect(json.errcode).toBe(40014);
  expect((await company.get('hr/get_fields', {}, 'another')).json.errcode).toBe(0);
});

test('an app that is disabled later can call nothing', async () => {
  const token = await company.token();
  const disabled = acme.replace('secret: hr,', 'secret: hr, enabled: false,');
  await company.directory.companies.apply('acme', disabled, { plan: false, request: 'r' });
  const { json } = await company.directory.send('GET', `/cgi-bin/hr/get_fields?access_token=${token}`);
  expect(json.errcode).toBe(50003);
});

test.each<[what: string, headers: Record<string, string>, body: object]>([
  ['nowhere', {}, {}],
  ['in Authorization', { authorization: 'Bearer TOKEN' }, {}],
  ['in the body', {}, { access_token: 'TOKEN' }],
])('a token that is %s is missing', async (_what, headers, body) => {
  const token = await company.token();
  const fill = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value).replace('TOKEN', token)) as Value;
  const answer = await company.directory.send('POST', '/cgi-bin/hr/update_staff_info', {
    headers: fill(headers),
    body: fill(body),
  });
  expect(answer.json).toMatchObject({ errcode: 41001, update_results: [], remove_results: [], insert_result: [] });
});

test('trusted addresses are looked at before the permission, and the permission before the body', async () => {
  const token = await company.token('office');
  const call = async (peer: string) =>
    (await company.directory.send('POST', `/cgi-bin/hr/get_staff_info?access_token=${token}`, { body: '{', peer }))
      .json;
  expect((await call('10.0.0.2')).errcode).toBe(60020);
  expect((await call('10.0.0.1')).errcode).toBe(40058);
  expect((await call('::ffff:10.0.0.1')).errcode).toBe(40058);
  for (const secret of ['contacts', 'unlisted']) {
    expect((await company.post('hr/get_staff_info', '{', secret)).json.errcode).toBe(48002);
    expect((await company.post('hr/update_staff_info', '{', secret)).json.errcode).toBe(48002);
    expect((await company.get('hr/get_fields', {}, secret)).json.errcode).toBe(48002);
  }
});

test('an operation that is posted to answers GET with 40058, after the token was looked at', async () => {
  expect((await company.get('hr/update_staff_info')).json).toMatchObject({ errcode: 40058, insert_result: [] });
  const { json } = await company.directory.send('GET', '/cgi-bin/hr/get_staff_info?access_token=x');
  expect(json).toEqual({ errcode: 40014, errmsg: 'invalid access_token', field_info: [] });
});

test.each([
  ['user/update', 'missing field `userid`'],
  ['department/create', 'missing field `name`'],
  ['batch/replaceuser', 'missing field `media_id`'],
  ['media/upload', 'missing field `media`'],
  ['auth/get_tfa_info', 'missing field `code`'],
  ['user/tfa_succ', 'missing field `userid`'],
])(
  'GET of %s is asked for its token, then for the address and the kind of app, then refused with 40058',
  async (path, text) => {
    const { json } = await company.directory.send('GET', `/cgi-bin/${path}`);
    expect(json.errcode).toBe(41001);
    const madeUp = await company.directory.send('GET', `/cgi-bin/${path}?access_token=x`);
    expect(madeUp.json.errcode).toBe(40014);
    expect((await company.get(path, {}, 'office')).json.errcode).toBe(60020);
    const refused = (await company.get(path, {}, 'contacts')).json;
    expect(refused.errcode).toBe(40058);
    expect(refused.errmsg).toContain(`${text}. invalid Request Parameter, hint: [`);
  },
);

test('GET of what a kind of app may not call is 48002', async () => {
  for (const path of ['user/update', 'department/create', 'batch/syncuser', 'user/list_id'])
    expect((await company.get(path, {}, 'hr')).json.errcode, path).toBe(48002);
});

test('an unknown path is 404 with nothing in it', async () => {
  const answer = await company.directory.send('POST', '/cgi-bin/hr/update_staff');
  expect([answer.status, answer.text]).toEqual([404, '']);
});
