import { afterEach, expect, test } from 'vitest';
import { acme, openTestCompany, type Acme } from '../test-company.ts';

/* 45009: how often an operation may be called, and what follows from calling it too often. */

let company: Acme;
afterEach(() => company.directory.close());

const limited = (limits: string): Promise<Acme> =>
  openTestCompany(acme.replace('corpid: ww_acme\n', `corpid: ww_acme\n  limits: ${limits}\n`));
const fields = async (query: Record<string, string> = {}): Promise<number> =>
  (await company.get('hr/get_fields', query)).json.errcode;

test('a company that called one operation too often in a minute waits a minute from then on, with that operation alone', async () => {
  company = await limited('{ enforced: true, corp_per_minute: 2 }');
  expect([await fields(), await fields()]).toEqual([0, 0]);
  company.directory.clock.advance(50_000);
  const { json, headers } = await company.get('hr/get_fields');
  expect(json).toEqual({
    errcode: 45009,
    errmsg: expect.stringMatching(/^api freq out of limit, hint: \[/),
    group_list: [],
  });
  expect(headers['error-code']).toBe('45009');
  expect((await company.get('department/list')).json.errcode).toBe(0);
  company.directory.clock.advance(59_999);
  expect(await fields()).toBe(45009);
  company.directory.clock.advance(1);
  expect(await fields()).toBe(0);
});

test('a limit of an hour blocks for an hour', async () => {
  company = await limited('{ enforced: true, corp_per_hour: 1 }');
  expect([await fields(), await fields()]).toEqual([0, 45009]);
  company.directory.clock.advance(3_599_999);
  expect(await fields()).toBe(45009);
  company.directory.clock.advance(1);
  expect(await fields()).toBe(0);
});

test('an operation is counted once, however its path is written', async () => {
  company = await limited('{ enforced: true, corp_per_minute: 2, debug_per_minute: 1 }');
  const token = await company.token();
  const call = async (path: string, query = ''): Promise<unknown> =>
    (await company.directory.send('GET', `/cgi-bin/${path}?access_token=${token}${query}`)).json;
  await call('hr/get_fields');
  await call('hr/get%5Ffields');
  for (const path of ['hr/get_fields', 'hr/get%5Ffields', 'hr/get%5ffields', '%68r/get_fields', 'h%72/g%65t_fields'])
    expect(await call(path), path).toMatchObject({ errcode: 45009, group_list: [] });
});

test('addresses are counted apart', async () => {
  company = await limited('{ enforced: true, ip_per_minute: 1 }');
  const token = await company.token();
  const from = async (peer: string): Promise<number> =>
    (await company.directory.send('GET', `/cgi-bin/hr/get_fields?access_token=${token}`, { peer })).json.errcode;
  expect([await from('10.0.0.1'), await from('10.0.0.1'), await from('10.0.0.2')]).toEqual([0, 45009, 0]);
});

test('messages are not counted, as they have limits of their own (wecom-more 12)', async () => {
  company = await limited('{ enforced: true, corp_per_minute: 1 }');
  const message = { agentid: 1, touser: 'boss', msgtype: 'text', text: { content: '你好' } };
  for (let sent = 0; sent < 3; sent++)
    expect((await company.post('message/send', message, 'hr')).json).toMatchObject({ errcode: 0 });
});

test('debug=1 has a limit of its own, five a minute where limits are enforced', async () => {
  company = await limited('{ enforced: true }');
  const codes = [];
  for (let call = 0; call < 6; call++) codes.push(await fields({ debug: '1' }));
  expect(codes).toEqual([0, 0, 0, 0, 0, 45009]);
  expect(await fields()).toBe(0);
});

test('a limit comes after the trusted addresses and the permission (wecom-more 1.2)', async () => {
  company = await limited('{ enforced: true, corp_per_minute: 1 }');
  const code = async (path: string, secret: string): Promise<number> =>
    (await company.get(path, {}, secret)).json.errcode;
  expect([await code('hr/get_fields', 'unlisted'), await code('hr/get_fields', 'unlisted')]).toEqual([48002, 48002]);
  expect([await code('hr/get_fields', 'hr'), await code('hr/get_fields', 'hr')]).toEqual([0, 45009]);
  expect(await code('hr/get_fields', 'office')).toBe(60020);
});

test('a company that does not switch limits on is never told to wait', async () => {
  company = await limited('{ corp_per_minute: 1, bad_secret_threshold: 1 }');
  expect([await fields(), await fields()]).toEqual([0, 0]);
  const ask = async (secret: string): Promise<number> =>
    (await company.directory.send('GET', `/cgi-bin/gettoken?corpid=ww_acme&corpsecret=${secret}`)).json.errcode;
  expect([await ask('x'), await ask('x'), await ask('hr')]).toEqual([40001, 40001, 0]);
});

test('wrong secrets block their address for an hour, and it is told the same of a right one and a wrong one', async () => {
  company = await limited('{ enforced: true, bad_secret_threshold: 2 }');
  const ask = async (secret: string, peer = '10.0.0.1'): Promise<number> =>
    (await company.directory.send('GET', `/cgi-bin/gettoken?corpid=ww_acme&corpsecret=${secret}`, { peer })).json
      .errcode;
  expect([await ask('x'), await ask('hr'), await ask('x')]).toEqual([40001, 0, 40001]);
  for (const secret of ['hr', 'x', 'off', 'hr']) expect(await ask(secret), secret).toBe(45009);
  expect(await ask('hr', '10.0.0.2')).toBe(0);
  company.directory.clock.advance(3_599_999);
  expect(await ask('x'), 'what is sent while it is blocked does not make it longer').toBe(45009);
  company.directory.clock.advance(1);
  expect(await ask('hr')).toBe(0);
});

test('wrong secrets from many addresses of one IPv6 network count as those of one address', async () => {
  company = await limited('{ enforced: true, bad_secret_threshold: 2 }');
  const ask = async (peer: string): Promise<number> =>
    (await company.directory.send('GET', '/cgi-bin/gettoken?corpid=ww_acme&corpsecret=x', { peer })).json.errcode;
  expect([await ask('2001:db8::1'), await ask('2001:db8::2'), await ask('2001:db8::3')]).toEqual([40001, 40001, 45009]);
  expect(await ask('2001:db8:0:1::1')).toBe(40001);
});
