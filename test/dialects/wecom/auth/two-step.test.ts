import { afterEach, beforeEach, expect, test } from 'vitest';
import { acme, openTestCompany, type Acme } from '../test-company.ts';

/* 二次验证: the code of the two-step page says whose it is, and its tfa_code confirms the member, once. (wecom-more 5, 15) */

const PAGE = 'https://app.cn/two';
const withTwoStep = (members: string): string => acme.replace('corpid: ww_acme', `corpid: ww_acme\n  ${members}`);
const file = withTwoStep(`two_step: { url: "${PAGE}", userids: [ZhangSan], department_ids: [4] }`);

let company: Acme;
beforeEach(async () => {
  company = await openTestCompany(file);
});
afterEach(() => company.directory.close());

const codeFor = async (userid: string, members: Record<string, string> = {}): Promise<string> => {
  const about = { appid: 'ww_acme', redirect_uri: PAGE, response_type: 'code', login_hint: userid, ...members };
  const query = new URLSearchParams(about).toString();
  const { headers } = await company.directory.send('GET', `/connect/oauth2/authorize?${query}`);
  return new URL(headers['location'] ?? '').searchParams.get('code') ?? '';
};
const info = async (code: unknown, secret = 'hr') => (await company.post('auth/get_tfa_info', { code }, secret)).json;
const succeed = async (userid: unknown, tfa_code: unknown, secret = 'hr') =>
  (await company.post('user/tfa_succ', { userid, tfa_code }, secret)).json;
const apply = (text: string): Promise<unknown> =>
  company.directory.companies.apply('acme', text, { plan: false, request: 't' });

test('a code of the page gives userid and tfa_code once; the tfa_code confirms the member once', async () => {
  const code = await codeFor('zhangsan');
  const reply = await info(code);
  expect(reply).toEqual({
    errcode: 0,
    errmsg: 'ok',
    userid: 'ZhangSan',
    tfa_code: expect.stringMatching(/^[\w-]{40,512}$/),
  });
  expect((await info(code)).errcode).toBe(40029);
  expect(await succeed('zhangsan', reply.tfa_code)).toEqual({ errcode: 0, errmsg: 'ok' });
  expect((await succeed('ZhangSan', reply.tfa_code)).errcode).toBe(40207);
});

test.each(['contacts', 'hr'])(
  'the app with the secret %s may ask, a third of a range sees only its own',
  async (secret) => {
    expect(await info(await codeFor('lisi'), secret)).toMatchObject({ errcode: 0, userid: 'LiSi' });
    const code = await codeFor('boss');
    expect((await info(code, 'rd')).errcode).toBe(60011);
    // The refused call left it unused.
    expect((await info(code, secret)).errcode).toBe(0);
  },
);

test('what is no code of the page is 40029', async () => {
  for (const code of ['x', 'A'.repeat(513), await codeFor('zhangsan', { agentid: '1' }), await codeFor('!openid')])
    expect((await info(code)).errcode).toBe(40029);
  const late = await codeFor('zhangsan');
  company.directory.clock.advance(5 * 60_000);
  expect((await info(late)).errcode).toBe(40029);
  for (const code of [undefined, '']) expect((await info(code)).errcode).toBe(40058);
});

test('a tfa_code is good for its member, for five minutes', async () => {
  const { tfa_code } = await info(await codeFor('zhangsan'));
  expect((await succeed('lisi', tfa_code)).errcode).toBe(40207);
  expect((await succeed('zhangsan', 'made-up')).errcode).toBe(40207);
  expect((await succeed('zhangsan', await codeFor('zhangsan'))).errcode).toBe(40207);
  for (const [userid, code] of [
    ['', tfa_code],
    ['zhangsan', ''],
    [undefined, undefined],
  ])
    expect((await succeed(userid, code)).errcode).toBe(40058);
  company.directory.clock.advance(5 * 60_000);
  expect((await succeed('zhangsan', tfa_code)).errcode).toBe(40207);
});

test('used at once by two it is used by one', async () => {
  const { tfa_code } = await info(await codeFor('zhangsan'));
  const both = await Promise.all([succeed('zhangsan', tfa_code), succeed('zhangsan', tfa_code)]);
  expect(both.map(({ errcode }) => errcode as number).toSorted((one, other) => one - other)).toEqual([0, 40207]);
});

test('a member for whom the check is not, another domain, no page at all: each has its code', async () => {
  // 李四 is in the department that is listed, the head of the company in none.
  const ofLisi = await info(await codeFor('lisi'));
  expect((await succeed('lisi', ofLisi.tfa_code)).errcode).toBe(0);
  const ofBoss = await info(await codeFor('boss'));
  expect((await succeed('boss', ofBoss.tfa_code)).errcode).toBe(40208);
  const { tfa_code } = await info(await codeFor('zhangsan'));
  await apply(withTwoStep('two_step: { url: "https://elsewhere.cn/two" }'));
  expect((await succeed('zhangsan', tfa_code)).errcode).toBe(40209);
  await apply(acme);
  expect((await succeed('zhangsan', tfa_code)).errcode).toBe(40210);
  await apply(withTwoStep(`two_step: { url: "${PAGE}" }`));
  // Lists that are absent name everybody.
  expect((await succeed('zhangsan', tfa_code)).errcode).toBe(0);
});

test('twenty calls at one time are carried out, further ones are 45033 where limits are enforced', async () => {
  const callMany = async (): Promise<readonly number[]> => {
    const codes = await Promise.all(Array.from({ length: 30 }, () => codeFor('zhangsan')));
    await company.token();
    return (await Promise.all(codes.map((code) => info(code)))).map(({ errcode }) => errcode);
  };
  expect(new Set(await callMany())).toEqual(new Set([0]));
  await apply(file.replace('corpid: ww_acme', 'corpid: ww_acme\n  limits: { enforced: true }'));
  const answers = await callMany();
  expect(new Set(answers)).toEqual(new Set([0, 45033]));
  expect(answers.filter((errcode) => errcode === 0).length).toBeGreaterThanOrEqual(20);
  // Those that ended made room.
  expect((await info(await codeFor('zhangsan'))).errcode).toBe(0);
});
