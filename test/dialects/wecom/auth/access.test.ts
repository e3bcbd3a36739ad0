import { afterEach, expect, test } from 'vitest';
import { acme, openTestCompany, type Acme } from '../test-company.ts';

/* Who may read and write what: each answer is reached by a state of the company file. (wecom-more 1, 13.2) */

let company: Acme;
afterEach(() => company.directory.close());

const AFTER = '2022-06-20T20:00:00+08:00';
const apps = (...lines: string[]): string =>
  acme.replace(/( {2}apps:\n)[\s\S]*?departments:/, `$1${lines.map((line) => `    - ${line}\n`).join('')}departments:`);

const call = async (
  path: string,
  secret: string,
  peer = '127.0.0.1',
  query = '',
): Promise<{ errcode: number; errmsg: string } & Record<string, unknown>> => {
  const token = await company.token(secret);
  const [method, what = ''] = path.split(' ');
  const url = `/cgi-bin/${what}?access_token=${token}${query}`;
  return (await company.directory.send(method ?? 'GET', url, { peer, ...(method === 'POST' ? { body: {} } : {}) }))
    .json;
};

const READS: readonly (readonly [path: string, query: string, lists: object])[] = [
  ['GET user/get', '&userid=lisi', { department: [], order: [], is_leader_in_dept: [], direct_leader: [] }],
  ['GET user/simplelist', '&department_id=1', { userlist: [] }],
  ['GET user/list', '&department_id=1', { userlist: [] }],
  ['GET department/list', '', { department: [] }],
  ['GET department/get', '&id=1', {}],
];
const EXPORTS: typeof READS = ['simple_user', 'user', 'department'].map((what) => [`POST export/${what}`, '', {}]);
const WRITES = [
  'POST user/create',
  'POST user/update',
  'GET user/delete',
  'POST user/batchdelete',
  'POST department/create',
  'POST department/update',
  'GET department/delete',
  'POST batch/syncuser',
  'POST batch/replaceuser',
  'POST batch/replaceparty',
];
/** Calls of any app, which no stop and no switch but `off` refuses. (wecom-more 1.1, ruling 15) */
const OTHERS = ['GET media/get', 'POST media/upload', 'POST batch/invite', 'GET tag/list'];

test('the assistant from a new address reads no details, 48009 with empty lists, but ids, and writes (1.3)', async () => {
  company = await openTestCompany(apps('{ agentid: 3, secret: contacts, kind: contact_sync, reading_ips: [] }'));
  for (const [path, query, lists] of [...READS, ...EXPORTS]) {
    const answer = await call(path, 'contacts', '203.0.113.7', query);
    expect(answer, path).toEqual({
      errcode: 48009,
      errmsg: expect.stringMatching(
        /^api forbidden for contact assistant, hint: \[[0-9]{25}\], from ip: 203\.0\.113\.7, more info at https:\/\/open\.work\.weixin\.qq\.com\/devtool\/query\?e=48009$/,
      ),
      ...lists,
    });
  }
  expect((await call('POST user/list_id', 'contacts')).errcode).toBe(0);
  expect((await call('GET department/simplelist', 'contacts')).errcode).toBe(0);
  for (const path of [...WRITES, ...OTHERS, 'GET batch/getresult'])
    expect([48002, 48009, 60020], path).not.toContain((await call(path, 'contacts')).errcode);
});

test('an address that is added takes effect after trusted_ip_delay_seconds, one that was there before at once (1.3)', async () => {
  const apply = (settings: string, addresses: string) =>
    company.directory.companies.apply(
      'acme',
      apps(`{ agentid: 1, secret: hr, trusted_ips: [${addresses}] }`).replace('corpid: ww_acme', settings),
      { plan: false, request: 'test' },
    );
  const code = async (peer: string): Promise<number> => (await call('GET department/simplelist', 'hr', peer)).errcode;
  company = await openTestCompany(apps('{ agentid: 1, secret: hr, trusted_ips: [10.0.0.1] }'));
  const slow = 'corpid: ww_acme\n  trusted_ip_delay_seconds: 60';
  await apply(slow, '10.0.0.1, 10.0.0.2');
  expect([await code('10.0.0.1'), await code('10.0.0.2')]).toEqual([0, 60020]);
  company.directory.clock.advance(30_000);
  // Applied once more, it is no younger for that.
  expect(await apply(slow, '10.0.0.1, 10.0.0.2')).toMatchObject({ steps: [] });
  company.directory.clock.advance(29_999);
  expect(await code('10.0.0.2')).toBe(60020);
  company.directory.clock.advance(1);
  expect([await code('10.0.0.1'), await code('10.0.0.2')]).toEqual([0, 0]);
  await apply(slow, '10.0.0.1');
  await apply(slow, '10.0.0.1, 10.0.0.2');
  expect(await code('10.0.0.2')).toBe(60020);
  await apply('corpid: ww_acme', '10.0.0.1, 10.0.0.2');
  expect(await code('10.0.0.2')).toBe(0);
});

test('a historic address reads as before, by itself or in a range', async () => {
  company = await openTestCompany(
    apps(
      '{ agentid: 3, secret: contacts, kind: contact_sync, reading_ips: [10.0.0.1, 192.0.2.0/24, "2001:db8::/32"] }',
    ),
  );
  for (const peer of ['10.0.0.1', '::ffff:10.0.0.1', '192.0.2.200', '2001:db8:1::1'])
    expect((await call('GET department/list', 'contacts', peer)).errcode, peer).toBe(0);
  for (const peer of ['10.0.0.2', '192.0.3.1', '2001:db9::1', '', 'unknown'])
    expect((await call('GET department/list', 'contacts', peer)).errcode, peer).toBe(48009);
});

test('an address that is not listed calls nothing, 60020, before 48009 and for hr, too (1.2)', async () => {
  company = await openTestCompany(
    apps(
      '{ agentid: 1, secret: hr, trusted_ips: [10.0.0.0/8] }',
      '{ agentid: 3, secret: contacts, kind: contact_sync, trusted_ips: [10.0.0.1], reading_ips: [] }',
    ),
  );
  expect((await call('GET department/list', 'contacts', '10.0.0.2')).errcode).toBe(60020);
  expect((await call('GET department/list', 'contacts', '10.0.0.1')).errcode).toBe(48009);
  expect((await call('GET hr/get_fields', 'hr', '11.0.0.1')).errcode).toBe(60020);
  expect((await call('GET hr/get_fields', 'hr', '10.200.0.1')).errcode).toBe(0);
});

test('from 2022-06-20 20:00 on an app without addresses calls nothing but gettoken, the assistant as well', async () => {
  company = await openTestCompany(
    apps(
      `{ agentid: 1, secret: new, created_at: "${AFTER}" }`,
      `{ agentid: 2, secret: old, created_at: "2022-06-20T11:59:59Z" }`,
      `{ agentid: 3, secret: contacts, kind: contact_sync, created_at: "${AFTER}" }`,
      `{ agentid: 4, secret: provider, kind: provider, created_at: "2024-01-01T00:00:00Z" }`,
    ),
  );
  for (const secret of ['new', 'contacts', 'provider'])
    expect((await call('GET department/simplelist', secret)).errcode, secret).toBe(60020);
  expect((await call('GET department/simplelist', 'old')).errcode).toBe(0);
});

test('an app made since is not given the sensitive fields, in user/get and user/list; the assistant is (1.4)', async () => {
  const since = `created_at: "${AFTER}", trusted_ips: [127.0.0.1]`;
  company = await openTestCompany(
    apps(
      `{ agentid: 1, secret: new, ${since} }`,
      '{ agentid: 2, secret: old }',
      `{ agentid: 3, secret: contacts, kind: contact_sync, ${since} }`,
      `{ agentid: 4, secret: given, ${since}, sensitive_fields: true }`,
    ),
  );
  const keys = ['gender', 'mobile', 'email', 'biz_mail', 'address'];
  await company.post('user/update', { userid: 'zhangsan', address: '某路' }, 'contacts');
  for (const secret of ['old', 'contacts', 'given']) {
    const shown = await call('GET user/get', secret, undefined, '&userid=zhangsan');
    for (const key of keys) expect(shown, `${secret} ${key}`).toHaveProperty(key);
  }
  const shown = await call('GET user/get', 'new', undefined, '&userid=zhangsan');
  const [listed] = (await call('GET user/list', 'new', undefined, '&department_id=30'))['userlist'] as object[];
  for (const one of [shown, listed]) {
    for (const key of keys) expect(one).not.toHaveProperty(key);
    expect(one).toMatchObject({ name: '张三', department: [30, 4], telephone: '', direct_leader: ['boss'] });
  }
});

test('withheld gender is "0" where the company says so', async () => {
  const text = apps('{ agentid: 1, secret: new, sensitive_fields: false }');
  company = await openTestCompany(text.replace('corpid: ww_acme', 'corpid: ww_acme\n  withheld_gender: zero'));
  const shown = await call('GET user/get', 'new', undefined, '&userid=zhangsan');
  expect(shown).toMatchObject({ gender: '0' });
  expect(shown).not.toHaveProperty('mobile');
});

test('API接口同步 off refuses the assistant everything, 读取 what writes; a self-built app writes nothing (1.1)', async () => {
  company = await openTestCompany(
    apps(
      '{ agentid: 1, secret: own }',
      '{ agentid: 2, secret: "off", kind: contact_sync, api_sync: "off" }',
      '{ agentid: 3, secret: read, kind: contact_sync, api_sync: read }',
      '{ agentid: 4, secret: provider, kind: provider }',
      '{ agentid: 5, secret: third, kind: third_party }',
    ),
  );
  for (const path of WRITES)
    for (const secret of ['own', 'off', 'read', 'provider', 'third'])
      expect((await call(path, secret)).errcode, `${path} ${secret}`).toBe(48002);
  for (const [path, query] of READS) {
    for (const secret of ['own', 'read', 'provider'])
      expect((await call(path, secret, undefined, query)).errcode, `${path} ${secret}`).toBe(0);
    for (const secret of ['off', 'third'])
      expect((await call(path, secret, undefined, query)).errcode, `${path} ${secret}`).toBe(48002);
  }
  for (const secret of ['off', 'read', 'provider', 'third'])
    expect((await call('GET hr/get_fields', secret)).errcode, secret).toBe(48002);
  for (const secret of ['own', 'off', 'provider'])
    expect(await call('POST user/list_id', secret), secret).toMatchObject({ errcode: 48002, dept_user: [] });
  expect((await call('POST user/list_id', 'read')).errcode).toBe(0);
});

test('more members than one answer may have are 45029 (3.7)', async () => {
  company = await openTestCompany(acme.replace('corpid: ww_acme', 'corpid: ww_acme\n  reply_limit_members: 1'));
  for (const path of ['GET user/list', 'GET user/simplelist']) {
    expect(await call(path, 'hr', undefined, '&department_id=4')).toMatchObject({ errcode: 45029, userlist: [] });
    expect((await call(path, 'hr', undefined, '&department_id=30')).errcode).toBe(0);
  }
});

test('made members are counted: more than a month may have are 45009 for 30 days (12)', async () => {
  const limits = 'limits: { enforced: true, accounts_per_month: 1 }';
  company = await openTestCompany(acme.replace('corpid: ww_acme', `corpid: ww_acme\n  ${limits}`));
  const make = async (userid: string): Promise<number> =>
    (await company.post('user/create', { userid, name: 'n', email: `${userid}@example.com` }, 'contacts')).json.errcode;
  expect([await make('-'), await make('a1'), await make('a2')]).toEqual([40003, 0, 45009]);
  company.directory.clock.advance(30 * 86_400_000);
  expect(await make('a2')).toBe(0);
  // The block begins with the member that was refused, not with the first that was made.
  company.directory.clock.advance(20 * 86_400_000);
  expect(await make('a3')).toBe(45009);
  company.directory.clock.advance(29 * 86_400_000);
  expect(await make('a3'), 'what is sent while it holds does not make it longer').toBe(45009);
  company.directory.clock.advance(86_400_000);
  expect(await make('a3')).toBe(0);
});
