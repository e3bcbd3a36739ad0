import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../../support/test-directory.ts';
import { acme, openTestCompany, type Acme } from '../test-company.ts';

/* 网页授权 and 扫码登录: a browser is sent to a page, comes back with a code, and an app learns who it is. (wecom-more 9) */

let company: Acme;
beforeEach(async () => {
  company = await openTestCompany(
    acme
      .replace('agentid: 1, secret: hr,', 'agentid: 1, secret: hr, name: HR, trusted_domains: ["app.cn:8080", app.cn],')
      .replace('agentid: 2, secret: rd,', 'agentid: 2, secret: rd, sensitive_choice: [mobile, gender, qr_code],')
      .replace('corpid: ww_acme', 'corpid: ww_acme\n  two_step: { url: "https://app.cn/two" }'),
  );
});
afterEach(() => company.directory.close());

const BACK = 'https://app.cn/back?x=1#top';
const open = (members: Record<string, string>, path = '/connect/oauth2/authorize', headers = {}): Promise<Answer> => {
  const query = new URLSearchParams({ appid: 'ww_acme', redirect_uri: BACK, response_type: 'code', ...members });
  return company.directory.send('GET', `${path}?${query.toString()}`, { headers });
};
const codeOf = ({ status, headers }: Answer): string => {
  expect(status).toBe(302);
  return new URL(headers['location'] ?? '').searchParams.get('code') ?? '';
};
const signIn = async (members: Record<string, string>): Promise<string> => codeOf(await open(members));
const info = async (code: string, secret = 'hr', path = 'auth/getuserinfo') =>
  (await company.get(path, { code }, secret)).json;
const detail = async (user_ticket: string, secret = 'hr') =>
  (await company.post('auth/getuserdetail', { user_ticket }, secret)).json;

describe('the pages', () => {
  test('send the browser back with code and state, keeping query and fragment', async () => {
    const { status, headers } = await open({ login_hint: 'LISI', state: 'S 1', scope: 'snsapi_base', agentid: '1' });
    expect(status).toBe(302);
    expect(headers['location']).toMatch(/^https:\/\/app\.cn\/back\?x=1&code=[A-Za-z0-9_-]{40,512}&state=S\+1#top$/);
  });

  test.each(['/wwlogin/sso/login', '/wwopen/sso/qrConnect', '/wwopen/sso/v1/qrConnect'])(
    '%s signs in to an app, and needs one',
    async (path) => {
      const code = codeOf(await open({ login_hint: 'lisi', agentid: '1', login_type: 'CorpApp' }, path));
      expect(await info(code)).toEqual({ errcode: 0, errmsg: 'ok', userid: 'LiSi' });
      const { status, text } = await open({ login_hint: 'lisi' }, path);
      expect([status, text]).toEqual([200, expect.stringContaining('agentid')]);
    },
  );

  test.each<[what: string, members: Record<string, string>, path: string, text: string]>([
    ['a company nobody knows', { appid: 'ww_other' }, '/connect/oauth2/authorize', 'appid参数错误'],
    ['an app that is off', { agentid: '5' }, '/connect/oauth2/authorize', 'agentid参数错误'],
    ['the assistant', { agentid: '3' }, '/connect/oauth2/authorize', 'agentid参数错误'],
    [
      'a domain not listed',
      { agentid: '1', redirect_uri: 'https://evil.cn/' },
      '/wwlogin/sso/login',
      'redirect_uri参数错误',
    ],
    [
      'a port not listed',
      { agentid: '1', redirect_uri: 'https://app.cn:81/' },
      '/wwlogin/sso/login',
      'redirect_uri参数错误',
    ],
    ['a subdomain', { agentid: '1', redirect_uri: 'https://x.app.cn/' }, '/wwlogin/sso/login', 'redirect_uri参数错误'],
    ['no address', { agentid: '1', redirect_uri: '' }, '/wwlogin/sso/login', 'redirect_uri参数错误'],
    [
      'a script as address',
      { agentid: '2', redirect_uri: 'javascript:alert(1)' },
      '/wwlogin/sso/login',
      'redirect_uri',
    ],
    ['ServiceApp', { agentid: '1', login_type: 'ServiceApp' }, '/wwlogin/sso/login', 'login_type'],
    ['an unknown member', { agentid: '1', login_hint: 'nobody' }, '/wwlogin/sso/login', '没有这个成员'],
    ['a member who left', { agentid: '1', login_hint: 'gone' }, '/wwlogin/sso/login', '没有这个成员'],
    [
      'a member out of range who is asked for fields',
      { agentid: '2', login_hint: 'boss', scope: 'snsapi_privateinfo' },
      '/connect/oauth2/authorize',
      '不在应用可见范围内',
    ],
  ])('show an error for %s, and lead nowhere', async (_what, members, path, text) => {
    const answer = await open({ login_hint: 'lisi', ...members }, path);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(answer.headers).not.toHaveProperty('location');
    expect(answer.text).toContain(text);
  });

  test('ask who signs in, find members, and let one refuse; only at this machine are members shown', async () => {
    const all = await open({ agentid: '1', state: 's' });
    for (const text of ['ZhangSan', 'LiSi', 'login_hint=%21openid', 'https://app.cn/back?x=1&amp;state=s#top'])
      expect(all.text).toContain(text);
    expect(all.text).not.toContain('gone');
    const found = await open({ agentid: '1', q: '张' });
    expect(found.text).toContain('member=ZhangSan');
    expect(found.text).not.toContain('member=LiSi');
    const far = await open({ agentid: '1' }, undefined, { 'x-forwarded-for': '203.0.113.7' });
    expect(far.text).not.toContain('ZhangSan');
  });

  test('ask for consent once, and remember it for 30 days', async () => {
    const about = { agentid: '2', scope: 'snsapi_privateinfo' };
    const asked = await open({ ...about, member: 'lisi' });
    expect([asked.status, asked.text]).toEqual([200, expect.stringContaining('name="consent" value="mobile"')]);
    await open({ ...about, login_hint: 'LiSi', remember: '1', consent: 'gender' });
    const { user_ticket } = await info(await signIn({ ...about, member: 'lisi' }), 'rd');
    expect(await detail(user_ticket, 'rd')).not.toHaveProperty('mobile');
    await open({ ...about, login_hint: 'LiSi', remember: '1', consent: 'mobile' });
    const again = await info(await signIn({ ...about, member: 'lisi' }), 'rd');
    expect(await detail(again.user_ticket, 'rd')).toMatchObject({ mobile: '13800000002', gender: '0' });
    company.directory.clock.advance(30 * 86_400_000);
    expect((await open({ ...about, member: 'lisi' })).status).toBe(200);
  });

  test('what a caller writes is text on them', async () => {
    const { text } = await open({ agentid: '1', q: '"><script>', state: '<b>' });
    expect(text).not.toMatch(/<script>|<b>/);
  });
});

describe('a code', () => {
  test('is good once, for five minutes', async () => {
    const code = await signIn({ login_hint: 'lisi', agentid: '1' });
    expect(await info(code)).toEqual({ errcode: 0, errmsg: 'ok', userid: 'LiSi' });
    expect(await info(code)).toMatchObject({ errcode: 40029 });
    const late = await signIn({ login_hint: 'lisi', agentid: '1' });
    company.directory.clock.advance(5 * 60_000);
    expect((await info(late)).errcode).toBe(40029);
  });

  test('used at once by two is used by one', async () => {
    const code = await signIn({ login_hint: 'lisi', agentid: '1' });
    const codes = (await Promise.all([info(code), info(code)])).map(({ errcode }) => errcode as number);
    expect(codes.toSorted((one, other) => one - other)).toEqual([0, 40029]);
  });

  test('of one app is no other app’s, and stays unused; without an app it is the company’s', async () => {
    const code = await signIn({ login_hint: 'lisi', agentid: '1' });
    expect((await info(code, 'rd')).errcode).toBe(40029);
    expect((await info(code)).errcode).toBe(0);
    expect((await info(await signIn({ login_hint: 'lisi' }), 'rd')).errcode).toBe(0);
  });

  test('made for a domain that the app does not trust is 50001, and stays unused', async () => {
    const code = await signIn({ login_hint: 'lisi', redirect_uri: 'https://other.cn/' });
    expect(await info(code)).toMatchObject({ errcode: 50001 });
    expect((await info(code, 'rd')).errcode).toBe(0);
  });

  test('is nothing to the assistant, known or not, but for one of the two-step page (9.4)', async () => {
    const code = await signIn({ login_hint: 'lisi', agentid: '1' });
    for (const one of [code, 'made-up']) expect((await info(one, 'contacts')).errcode).toBe(50001);
    const two = await signIn({ login_hint: 'lisi', redirect_uri: 'https://app.cn/two' });
    expect(await info(two, 'contacts')).toMatchObject({ errcode: 0, userid: 'LiSi' });
  });

  test('that is absent is 41008; empty, altered or too long 40029', async () => {
    expect((await company.get('auth/getuserinfo')).json.errcode).toBe(41008);
    const code = await signIn({ login_hint: 'lisi', agentid: '1' });
    const altered = `${code.startsWith('A') ? 'B' : 'A'}${code.slice(1)}`;
    for (const one of ['', 'x', altered, `${code}=`, 'A'.repeat(513)])
      expect((await info(one)).errcode, one).toBe(40029);
  });

  test('of a person who is no member is an openid, of a member out of range a userid without ticket (9.3)', async () => {
    const stranger = await signIn({ login_hint: '!openid', agentid: '1' });
    expect(await info(stranger)).toEqual({ errcode: 0, errmsg: 'ok', openid: expect.stringMatching(/^o.{27}$/) });
    expect(await info(await signIn({ login_hint: 'boss', agentid: '2' }), 'rd')).toEqual({
      errcode: 0,
      errmsg: 'ok',
      userid: 'boss',
    });
  });

  test('by the older path is answered with capitals, as seen live (9.3)', async () => {
    const about = { agentid: '1', scope: 'snsapi_privateinfo' };
    expect(await info(await signIn({ ...about, login_hint: 'lisi' }), 'hr', 'user/getuserinfo')).toEqual({
      errcode: 0,
      errmsg: 'ok',
      UserId: 'LiSi',
      DeviceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      user_ticket: expect.any(String),
      expires_in: 1800,
    });
    const stranger = await info(await signIn({ ...about, login_hint: '!openid' }), 'hr', 'user/getuserinfo');
    expect(stranger).toMatchObject({ OpenId: expect.any(String) });
    expect(stranger).not.toHaveProperty('user_ticket');
  });

  test('that is good is not counted by the limits, a bad one is', async () => {
    await company.directory.close();
    const limits = 'limits: { enforced: true, corp_per_minute: 1 }';
    company = await openTestCompany(acme.replace('corpid: ww_acme', `corpid: ww_acme\n  ${limits}`));
    for (let times = 0; times < 3; times++)
      expect((await info(await signIn({ login_hint: 'lisi', agentid: '1' }))).errcode).toBe(0);
    expect([(await info('x')).errcode, (await info('x')).errcode]).toEqual([40029, 45009]);
    expect((await info(await signIn({ login_hint: 'lisi', agentid: '1' }))).errcode).toBe(0);
  });
});

describe('a ticket', () => {
  const ticketFor = async (members: Record<string, string>, secret = 'hr'): Promise<string> =>
    (await info(await signIn({ scope: 'snsapi_privateinfo', ...members }), secret)).user_ticket as string;

  test('gives what the app offers and the member confirms, and no name (9.5)', async () => {
    await company.post('user/update', { userid: 'lisi', address: '某路', gender: 2 }, 'contacts');
    const all = await detail(await ticketFor({ agentid: '1', login_hint: 'lisi' }));
    expect(all).toEqual({
      errcode: 0,
      errmsg: 'ok',
      userid: 'LiSi',
      gender: '2',
      avatar: 'http://127.0.0.1:6464/wwopen/avatar',
      mobile: '13800000002',
      email: 'lisi@example.com',
      biz_mail: '',
      address: '某路',
    });
    expect((await company.directory.send('GET', '/wwopen/avatar')).headers['content-type']).toBe('image/svg+xml');
    const some = await detail(await ticketFor({ agentid: '1', login_hint: 'lisi', consent: 'mobile,name' }));
    expect(some).toMatchObject({ mobile: '13800000002', gender: '0' });
    expect(some).not.toHaveProperty('email');
    const none = await detail(await ticketFor({ agentid: '1', login_hint: 'lisi', consent: '' }));
    expect(Object.keys(none as object).toSorted()).toEqual(['avatar', 'errcode', 'errmsg', 'gender', 'userid']);
  });

  test('is not given without an agentid, nor for snsapi_base', async () => {
    expect(await ticketFor({ login_hint: 'lisi' })).toBeUndefined();
    expect(await ticketFor({ login_hint: 'lisi', agentid: '1', scope: 'snsapi_base' })).toBeUndefined();
  });

  test('absent is 84090, unknown, a code or another app’s 84015, after half an hour 84014', async () => {
    expect((await detail('')).errcode).toBe(84090);
    expect((await company.post('user/getuserdetail', '', 'hr')).json.errcode).toBe(84090);
    const ticket = await ticketFor({ agentid: '1', login_hint: 'lisi' });
    const code = await signIn({ agentid: '1', login_hint: 'lisi' });
    for (const one of ['x', code]) expect((await detail(one)).errcode).toBe(84015);
    expect((await detail(ticket, 'rd')).errcode).toBe(84015);
    company.directory.clock.advance(1_799_999);
    expect((await detail(ticket)).errcode).toBe(0);
    company.directory.clock.advance(1);
    expect((await detail(ticket)).errcode).toBe(84014);
  });

  test('of a member who is out of range meanwhile is 60011', async () => {
    const ticket = await ticketFor({ agentid: '2', login_hint: 'zhangsan' }, 'rd');
    await company.post('user/update', { userid: 'zhangsan', department: [4] }, 'contacts');
    expect((await detail(ticket, 'rd')).errcode).toBe(60011);
  });
});
