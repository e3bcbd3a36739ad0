import { afterEach, expect, test } from 'vitest';
import { startMingce, type Mingce, type StartOptions } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { freshSchema } from '../support/fresh-store.ts';

const KEY = 'fork-test-admin-key';
const running: Mingce[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
});

async function start(options: StartOptions = {}): Promise<Mingce> {
  const mingce = await startMingce({ adminKey: KEY, log: silentLog, demo: true, ...options });
  running.push(mingce);
  return mingce;
}

interface Names {
  readonly appId: string;
  readonly corpid: string;
  readonly appKey: string;
}
const DEMO: Names = { appId: 'cli_mingce_demo', corpid: 'ww_mingce_demo', appKey: 'mingce-demo-key' };

interface Tokens {
  readonly feishu: string;
  readonly wecom: string;
  readonly hose: string;
}

// oxlint-disable-next-line typescript/no-explicit-any -- answers of every shape
async function ask(mingce: Mingce, method: string, path: string, body?: unknown, bearer?: string): Promise<any> {
  const answer = await mingce.fetch(mingce.url + path, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return text === '' ? null : JSON.parse(text);
}

// oxlint-disable-next-line typescript/no-explicit-any -- answers of every shape, too
const admin = (mingce: Mingce, method: string, path: string, body?: unknown): Promise<any> =>
  ask(mingce, method, `/mingce/v1/companies/${path}`, body, KEY);

async function fork(mingce: Mingce, to: string): Promise<Names> {
  const { apps, names } = await admin(mingce, 'POST', 'demo/fork', { key: to });
  const nameOf = (from: string): string =>
    [...apps, ...names].find((one: { from: string }) => one.from === from)?.to ?? '';
  return { appId: nameOf(DEMO.appId), corpid: nameOf(DEMO.corpid), appKey: nameOf(DEMO.appKey) };
}

async function tokensOf(mingce: Mingce, { appId, corpid, appKey }: Names): Promise<Tokens> {
  const feishu = await ask(mingce, 'POST', '/open-apis/auth/v3/tenant_access_token/internal', {
    app_id: appId,
    app_secret: 'mingce-demo-secret',
  });
  const wecom = await ask(mingce, 'GET', `/cgi-bin/gettoken?corpid=${corpid}&corpsecret=mingce-demo-contact-secret`);
  const hose = await ask(mingce, 'POST', '/api/openapi/v1/auth/getAccessToken', {
    appKey,
    appSecurity: 'mingce-demo-security',
  });
  return { feishu: feishu.tenant_access_token, wecom: wecom.access_token, hose: hose.value.accessToken };
}

const IDS = 'employee_id_type=employee_id&department_id_type=department_id';

function setMobile(mingce: Mingce, { feishu }: Tokens, id: string, mobile: string): Promise<{ code: number }> {
  return ask(mingce, 'PATCH', `/open-apis/directory/v1/employees/${id}?${IDS}`, { employee: { mobile } }, feishu);
}

/** What each platform shows of everyone, without what is the copy's own. */
async function shown(mingce: Mingce, tokens: Tokens): Promise<readonly unknown[]> {
  const list = await ask(
    mingce,
    'GET',
    `/cgi-bin/user/list?access_token=${tokens.wecom}&department_id=1&fetch_child=1`,
  );
  const staffs = await ask(mingce, 'GET', `/api/openapi/v1.1/staffs?accessToken=${tokens.hose}&start=0&count=100`);
  const people = await ask(
    mingce,
    'POST',
    `/open-apis/directory/v1/employees/mget?${IDS}`,
    { employee_ids: ['zhangsan', 'linfeng'], required_fields: ['base_info.mobile', 'work_info.*'] },
    tokens.feishu,
  );
  return [
    list.userlist.map(({ userid, name, mobile }: Record<string, unknown>) => [userid, name, mobile]),
    staffs.items.map(({ id, name, cellphone, code }: Record<string, unknown>) => [id, name, cellphone, code]),
    people.data.employees,
  ];
}

async function openIdOf(mingce: Mingce, { feishu }: Tokens, id: string): Promise<string> {
  const ids = 'user_id_type=open_id&department_id_type=department_id';
  const { data } = await ask(
    mingce,
    'GET',
    `/open-apis/contact/v3/users/${id}?${ids.replace('open_id', 'user_id')}`,
    undefined,
    feishu,
  );
  return data.user.open_id;
}

test.each(['sqlite', 'postgres'])(
  'a copy shows the same people, and neither side sees the other (%s)',
  async (engine) => {
    const mingce = await start(engine === 'sqlite' ? {} : { store: await freshSchema(), sandbox: 'on' });
    const original = await tokensOf(mingce, DEMO);
    const before = await shown(mingce, original);
    const copy = await tokensOf(mingce, await fork(mingce, 'copy'));
    expect(await shown(mingce, copy)).toEqual(before);
    expect(await admin(mingce, 'GET', 'demo/diff?from=@now&to=copy')).toMatchObject({ added: expect.any(Array) });
    // The ids of one company mean nothing in the other.
    const [mine, yours] = [await openIdOf(mingce, original, 'zhangsan'), await openIdOf(mingce, copy, 'zhangsan')];
    expect(mine).not.toBe(yours);
    for (const [tokens, id] of [
      [original, yours],
      [copy, mine],
    ] as const) {
      const answer = await ask(
        mingce,
        'GET',
        `/open-apis/contact/v3/users/${id}?user_id_type=open_id`,
        undefined,
        tokens.feishu,
      );
      expect(answer.code).not.toBe(0);
    }
    // A mobile that a colleague in the original has is free in the copy, and the other way round.
    expect(await setMobile(mingce, copy, 'zhangsan', '+8613700001111')).toMatchObject({ code: 0 });
    expect(await setMobile(mingce, original, 'linfeng', '+8613700001111')).toMatchObject({ code: 0 });
    const phone = (tokens: Tokens, cellphone: string): Promise<unknown> =>
      ask(mingce, 'PUT', `/api/openapi/v1.1/staffs/update/$xgJ3wajigF25H0:zhouhao?accessToken=${tokens.hose}`, {
        name: '周浩',
        departments: ['xgJ3wajigF25H0:rd'],
        defaultDepartment: 'xgJ3wajigF25H0:rd',
        cellphone,
        modifyAccountPhone: true,
      });
    expect(await phone(copy, '13711112222')).not.toHaveProperty('errorCode');
    expect(await phone(original, '13711112222')).not.toHaveProperty('errorCode');
    expect(await admin(mingce, 'POST', 'copy/reset')).toMatchObject({ name: '@applied', left: [] });
    expect(await shown(mingce, copy)).toEqual(before);
    expect(await shown(mingce, original)).not.toEqual(before);
    expect(await admin(mingce, 'POST', 'demo/fork', { key: 'copy' })).toMatchObject({ status: 409 });
    expect(await admin(mingce, 'POST', 'demo/fork', { key: 'Copy' })).toMatchObject({ status: 400 });
  },
  90_000,
);

test('fifty copies written side by side keep apart, each with the tokens of the others in vain', async () => {
  const mingce = await start();
  const keys = Array.from({ length: 50 }, (_, index) => `copy-${String(index)}`);
  const copies = await Promise.all(keys.map(async (key) => await tokensOf(mingce, await fork(mingce, key))));
  await Promise.all(
    copies.map(async (tokens, index) => {
      const mobile = `+86137${String(index).padStart(8, '0')}`;
      expect(await setMobile(mingce, tokens, 'zhangsan', mobile)).toMatchObject({ code: 0 });
      // The same mobile in every copy, which only one company of a realm could have.
      expect(await setMobile(mingce, tokens, 'linfeng', '+8613799999999')).toMatchObject({ code: 0 });
      const other = copies[(index + 1) % copies.length] ?? tokens;
      const answer = await ask(
        mingce,
        'GET',
        `/open-apis/contact/v3/users/${await openIdOf(mingce, tokens, 'zhangsan')}?user_id_type=open_id`,
        undefined,
        other.feishu,
      );
      expect(answer.code).not.toBe(0);
    }),
  );
  for (const [index, tokens] of copies.entries()) {
    const [, , people] = await shown(mingce, tokens);
    expect(people).toMatchObject([
      { base_info: { mobile: `+86137${String(index).padStart(8, '0')}` } },
      { base_info: { mobile: '+8613799999999' } },
    ]);
  }
}, 120_000);

test('what differs between two states is named in the words of company files', async () => {
  const mingce = await start();
  const tokens = await tokensOf(mingce, DEMO);
  expect(await admin(mingce, 'GET', 'demo/diff')).toEqual({ added: [], removed: [], changed: [] });
  await setMobile(mingce, tokens, 'zhangsan', '+8613700001111');
  await admin(mingce, 'POST', 'demo/snapshots', { name: 'one' });
  const made = await ask(
    mingce,
    'POST',
    `/open-apis/directory/v1/employees?${IDS}`,
    { employee: { name: { name: { default_value: '新人' } }, mobile: '+8613700002222' } },
    tokens.feishu,
  );
  expect(made).toMatchObject({ code: 0 });
  expect(await admin(mingce, 'GET', 'demo/diff')).toMatchObject({
    added: [{ kind: 'employee' }],
    removed: [],
    changed: [{ kind: 'employee', id: 'zhangsan', fields: expect.arrayContaining(['mobile']) }],
  });
  expect(await admin(mingce, 'GET', 'demo/diff?from=one')).toMatchObject({
    added: [{ kind: 'employee' }],
    changed: [],
  });
  expect(await admin(mingce, 'GET', 'demo/diff?from=@now&to=one')).toMatchObject({
    added: [],
    removed: [{ kind: 'employee' }],
  });
  expect(await admin(mingce, 'GET', 'demo/diff?from=none')).toMatchObject({ status: 404 });
});
