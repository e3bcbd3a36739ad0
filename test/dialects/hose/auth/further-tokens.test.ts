import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, corporationA, failure, type Client } from '../hose-client.ts';

/* Tokens of apps and addresses for one staff: contract hose-more.md 2 and 9.2; field log 85. */

let directory: TestDirectory;
let hose: Client;
beforeEach(async () => {
  const apps =
    '{ app_key: own, app_security: o, kind: app, token_seconds: 60 }, { app_key: off, app_security: o, kind: app, enabled: false }';
  const file = corporationA().replace('{ app_key: key-a', `${apps}, { app_key: key-a`);
  directory = await openTestDirectory({ companies: [file] });
  hose = await clientOf(directory, 'key-a', 's');
});
afterEach(() => directory.close());

describe('the token of an app', () => {
  const ask = (body: object, path = '/api/openapi/v1/auth/getAppAccessToken'): Promise<Answer> =>
    directory.send('POST', path, { body });

  test('has 32 letters and its life in seconds, under both names of the secret', async () => {
    for (const body of [
      { appKey: 'own', appSecret: 'o' },
      { appKey: 'own', appSecurity: 'o' },
    ])
      expect((await ask(body)).json).toEqual({
        value: { accessToken: expect.stringMatching(/^[A-Za-z]{32}$/), timeout: 60 },
      });
    expect((await ask({ appKey: 'own', appSecret: 'o' }, '/api/realms/auth')).json.value.timeout).toBe(60);
  });

  test('opens no operation on staff', async () => {
    const { accessToken } = (await ask({ appKey: 'own', appSecret: 'o' })).json.value;
    const refused = await directory.send('GET', `/api/openapi/v2/staffs?start=0&count=1&accessToken=${accessToken}`);
    expect([refused.status, refused.json]).toEqual([403, failure(403, '未授权')]);
  });

  test.each([
    [{ appKey: 'nobody', appSecret: 'o' }, '应用不存在'],
    [{ appKey: 'key-a', appSecret: 's' }, '应用不存在'],
    [{ appKey: 'off', appSecret: 'o' }, '应用不存在'],
    [{}, '应用不存在'],
    [{ appKey: 'own', appSecret: 'x' }, '应用鉴权失败'],
    [{ appKey: 'own' }, '应用鉴权失败'],
  ])('is refused with HTTP 200: %j', async (body, message) => {
    const refused = await ask(body);
    expect([refused.status, refused.text]).toEqual([200, JSON.stringify({ value: { code: '500', message } })]);
    expect((await ask(body, '/api/realms/auth')).status).toBe(400);
  });

  test('is not got with getAccessToken, and the other way round', async () => {
    const refused = await ask({ appKey: 'own', appSecurity: 'o' }, '/api/openapi/v1/auth/getAccessToken');
    expect([refused.status, refused.json.value.errorMessage]).toEqual([403, '密钥无效']);
  });
});

describe('an address that lets one staff in', () => {
  const ask = (body: object, version = 'v1.1'): Promise<Answer> =>
    hose.send('POST', `/api/openapi/${version}/provisional/getProvisionalAuth`, { body });
  const good = { uid: 'CorpA:li', pageType: 'home', expireDate: '86400' };
  const addressOf = async (body: object): Promise<string> => (await ask(body)).json.value.message;
  const open = async (address: string): Promise<Answer> => {
    const { pathname, search } = new URL(address);
    return await directory.send('GET', pathname + search);
  };

  test('has its token first and the corporation behind it, and the redirection only where it was sent', async () => {
    const token = '[A-Za-z0-9]{22}';
    const base = 'http://127\\.0\\.0\\.1:6464/applet/thirdparty\\.html';
    expect(await addressOf(good)).toMatch(new RegExp(`^${base}\\?accessToken=${token}&ekbCorpId=CorpA&pageType=home$`));
    const redirect = { ...good, userId: 'nobody', overdueTokenRedirect: 'https://www.ekuaibao.com/a?b=1&c=2' };
    expect(await addressOf(redirect)).toMatch(
      new RegExp(`&pageType=home&overdueTokenRedirect=https://www\\.ekuaibao\\.com/a%3Fb%3D1%26c%3D2$`),
    );
    expect((await ask({ userId: 'li', pageType: 'home', expireDate: 7200 }, 'v1')).json.value.code).toBe('true');
  });

  test('shows who is let in, as often as wanted until it ends', async () => {
    const address = await addressOf({ ...good, expireDate: 60, overdueTokenRedirect: 'https://www.ekuaibao.com' });
    for (let times = 0; times < 2; times++) {
      const page = await open(address);
      expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.text).toContain('李雷');
      expect(page.text).toContain('2026-01-05 08:01:00');
    }
    directory.clock.advance(60_000);
    const over = await open(address);
    expect([over.status, over.headers['location']]).toEqual([302, 'https://www.ekuaibao.com/']);
  });

  test('opens once where that was asked for', async () => {
    const address = await addressOf({ ...good, authType: 'CODE', overdueTokenRedirect: 'https://www.ekuaibao.com' });
    expect((await open(address)).text).toContain('李雷');
    const again = await open(address);
    expect([again.status, again.text]).toEqual([200, '临时访问地址已过期，请重新获取访问临时授权']);
  });

  test('sends to no address of another kind, nor to one that only the address names', async () => {
    const address = await addressOf({ ...good, expireDate: 1, overdueTokenRedirect: 'javascript:alert(1)' });
    directory.clock.advance(1_000);
    expect((await open(address)).status).toBe(200);
    const made = '/applet/thirdparty.html?accessToken=x&overdueTokenRedirect=https://elsewhere.example';
    expect((await directory.send('GET', made)).status).toBe(200);
  });

  test('opens no operation, and ends with the staff', async () => {
    const address = await addressOf(good);
    const token = new URL(address).searchParams.get('accessToken') ?? '';
    const refused = await directory.send('GET', `/api/openapi/v2/staffs?start=0&count=1&accessToken=${token}`);
    expect(refused.json).toEqual(failure(403, '未授权'));
    await hose.send('PUT', '/api/openapi/v1.1/staffs/disableOrEnableStaff/[CorpA:li]?active=false');
    expect((await open(address)).text).not.toContain('李雷');
  });

  test.each([
    [{ expireDate: 604_801 }, 'expireDate最多只能指定7天内的秒数！'],
    [{ expireDate: '0' }, 'expireDate参数不合法'],
    [{ expireDate: 1.5 }, 'expireDate参数不合法'],
    [{ expireDate: null }, 'expireDate参数不合法'],
    [{ uid: '' }, 'uid和userId不能同时为空'],
    [{ uid: 'CorpA:nobody' }, '没有查到此员工信息'],
    [{ uid: 'CorpA:left' }, '没有查到此员工信息'],
    [{ pageType: 'desk' }, 'pageType参数不合法'],
    [{ pageType: 'form' }, 'flowId不能为空'],
    [{ pageType: 'new', pathname: 'x' }, 'specificationOriginalId不能为空'],
    [{ pageType: 'assistPlatform' }, 'assistId不能为空'],
    [{ pageType: 'mall' }, '未开通商城'],
  ])('is refused with HTTP 200: %j', async (more, message) => {
    const refused = await ask({ ...good, ...more });
    expect([refused.status, refused.json]).toEqual([200, { value: { code: 'false', message } }]);
  });
});
