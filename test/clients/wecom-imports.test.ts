import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { startMingce, type Mingce } from '../../src/index.ts';

/*
 * What two published clients ask WeCom for, in their order and form, over sockets: casdoor logs members in (internal
 * app, silent and by a QR code) and copies them, go-ldap-admin copies departments and the members of each.
 * https://github.com/casdoor/casdoor idp/wecom_internal.go, object/syncer_wecom.go;
 * https://github.com/opsre/go-ldap-admin public/client/wechat/wecom.go
 */

const demo = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');
const CORP = 'ww_mingce_demo';
const BACK = 'http://127.0.0.1:9/callback';

let mingce: Mingce;
beforeAll(async () => {
  mingce = await startMingce({ port: 0, store: 'sqlite::memory:', companies: [demo] });
});
afterAll(() => mingce.close());

// oxlint-disable-next-line typescript/no-explicit-any -- a client reads answers of every shape
type Json = any;

async function get(path: string): Promise<Json> {
  const answer = await fetch(`${mingce.url}/cgi-bin/${path}`);
  expect(answer.status).toBe(200);
  return await answer.json();
}

async function post(path: string, body: object): Promise<Json> {
  const answer = await fetch(`${mingce.url}/cgi-bin/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body: JSON.stringify(body),
  });
  return await answer.json();
}

async function tokenOf(secret: string): Promise<string> {
  const { errcode, access_token } = await get(`gettoken?corpid=${CORP}&corpsecret=${secret}`);
  expect(errcode).toBe(0);
  return access_token;
}

/** The code with which a page sends the browser back; login_hint replaces the member's choice. */
async function codeFrom(page: string): Promise<string> {
  const answer = await fetch(`${mingce.url}${page}&login_hint=zhangsan`, { redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? '');
  expect(back.searchParams.get('state')).toBe('s');
  return back.searchParams.get('code') ?? '';
}

/** Members in service of the demo company by userid. */
async function everyone(): Promise<ReadonlySet<string>> {
  const tenant = await mingce.store.tenantByKey('demo');
  const ids = new Set<string>();
  for await (const { status, ids: own } of mingce.store.employees(tenant?.number ?? 0))
    if (!['resigned', 'pre-hire', 'pre-hire-cancelled'].includes(status)) ids.add(own['wecom.userid'] ?? '');
  return ids;
}

/** What its log-in does with a code: who it is, then more of the member by a ticket, else by user/get. */
async function logIn(code: string): Promise<Json> {
  const token = await tokenOf('mingce-demo-secret');
  const who = await get(`user/getuserinfo?access_token=${token}&code=${code}`);
  expect(who).toMatchObject({ errcode: 0, UserId: 'zhangsan' });
  expect(who.OpenId ?? '').toBe('');
  if (who.user_ticket !== undefined)
    return post(`user/getuserdetail?access_token=${token}`, { user_ticket: who.user_ticket });
  return get(`user/get?access_token=${token}&userid=${String(who.UserId)}`);
}

describe('casdoor', () => {
  test('logs a member in by the page with a QR code', async () => {
    const code = await codeFrom(
      `/wwlogin/sso/login?login_type=CorpApp&appid=${CORP}&agentid=1000001&redirect_uri=${BACK}&state=s`,
    );
    expect(await logIn(code)).toMatchObject({ errcode: 0, userid: 'zhangsan', name: '张三' });
  });

  test('logs a member in silently, with consent to sensitive fields', async () => {
    const code = await codeFrom(
      `/connect/oauth2/authorize?appid=${CORP}&redirect_uri=${BACK}&state=s&scope=snsapi_privateinfo&response_type=code&agentid=1000001`,
    );
    expect(await logIn(code)).toMatchObject({ errcode: 0, userid: 'zhangsan', mobile: '13800010001' });
  });

  test('copies everybody: all departments, then the members of each', async () => {
    const token = await tokenOf('mingce-demo-secret');
    const { errcode, department } = await get(`department/list?access_token=${token}`);
    expect([errcode, department.length]).toEqual([0, 17]);
    const members = new Map<string, Json>();
    for (const { id } of department) {
      const list = await get(`user/list?access_token=${token}&department_id=${String(id)}`);
      expect(list.errcode).toBe(0);
      for (const member of list.userlist) members.set(member.userid, member);
    }
    expect(new Set(members.keys())).toEqual(await everyone());
    expect(members.get('zhangsan')).toMatchObject({
      name: '张三',
      mobile: '13800010001',
      gender: '1',
      email: 'zhangsan@hengda.example',
      status: 1,
      department: expect.arrayContaining([expect.any(Number)]),
    });
  });
});

describe('go-ldap-admin', () => {
  test('copies departments and members, and what it read can be written back', async () => {
    const token = await tokenOf('mingce-demo-contact-secret');
    const { department } = await get(`department/list?access_token=${token}`);
    const known = new Set<number>([0]);
    for (const one of department) {
      // A parent comes before what is below it.
      expect(known).toContain(one.parentid);
      known.add(one.id);
    }
    const members = new Map<string, Json>();
    for (const { id } of department) {
      const list = await get(`user/list?access_token=${token}&department_id=${String(id)}&fetch_child=1`);
      for (const member of list.userlist) members.set(member.userid, member);
    }
    expect(new Set(members.keys())).toEqual(await everyone());
    const before = await mingce.companies.export('demo');
    for (const member of members.values())
      expect(await post(`user/update?access_token=${token}`, member)).toEqual({ errcode: 0, errmsg: 'updated' });
    for (const one of department)
      expect(await post(`department/update?access_token=${token}`, one)).toMatchObject({ errcode: 0 });
    expect(withoutTimes(await mingce.companies.export('demo'))).toBe(withoutTimes(before));
  });

  test('from an address that was not there before is told so with the codes that it knows (48009)', async () => {
    const file = demo
      .replace('kind: contact_sync }', 'kind: contact_sync, reading_ips: [] }')
      .replace('key: demo', 'key: demo-3');
    await mingce.companies.apply(
      'demo-3',
      file
        .replaceAll('ww_mingce_demo', 'ww_mingce_3')
        .replaceAll('xgJ3wajigF25H0', 'third')
        .replaceAll('mingce-demo-key', 'third-key')
        .replaceAll('cli_mingce_demo', 'cli_third'),
      { plan: false, request: 'test' },
    );
    const { access_token: token } = await get('gettoken?corpid=ww_mingce_3&corpsecret=mingce-demo-contact-secret');
    expect(await get(`department/list?access_token=${String(token)}`)).toMatchObject({
      errcode: 48009,
      department: [],
    });
  });
});

function withoutTimes(text: string | null): string {
  return (text ?? '').replaceAll(/^ *(updated_at|created_at):.*\n/gm, '');
}
