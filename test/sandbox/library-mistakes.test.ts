// Mistakes that a test makes: each is said in a sentence, and none passes for a success.

import { describe, expect, expectTypeOf, test } from 'vitest';
import { startMingce, type Mingce, type StartOptions } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { companyInHooks, type Hooks } from '../../src/testing/current.ts';
import { judges } from '../../src/testing/judge.ts';
import { assertThat } from '../../src/testing/node-test.ts';
import { TestCompanies } from '../../src/testing/test-companies.ts';

const small = `
mingce: 1
key: acme
name: Acme
feishu: { rate_limit_enabled: false, apps: [{ app_id: cli_acme, app_secret: secret-of-acme }] }
wecom: { corpid: ww_acme, apps: [{ agentid: 7, secret: secret-of-agent, kind: contact_sync }] }
employees:
  - { id: boss, name: 老板, mobile: "+8613800000000" }
  - { id: li, name: 李四, mobile: "+8613800000001" }
`;

const start = (options: StartOptions = {}): Promise<Mingce> =>
  startMingce({ company: small, listen: false, log: silentLog, ...options });

async function patch(mingce: Mingce, employee: object): Promise<number> {
  const answer = await mingce.fetch(`${mingce.url}/open-apis/directory/v1/employees/li?employee_id_type=employee_id`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${await mingce.tokens.feishu()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ employee }),
  });
  return ((await answer.json()) as { code: number }).code;
}

async function wecom(mingce: Mingce, operation: string, body: object): Promise<number> {
  const url = `${mingce.url}/cgi-bin/${operation}?access_token=${await mingce.tokens.wecom()}`;
  const answer = await mingce.fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return ((await answer.json()) as { errcode: number }).errcode;
}

describe('matchers', () => {
  test('a member was applied as it was sent, and as nothing else', async () => {
    await using mingce = await start();
    expect(await patch(mingce, { mobile: '+8613800000003', name: { name: { default_value: '李四四' } } })).toBe(0);
    const [entry] = mingce.requests?.list('operation:employee.patch') ?? [];
    if (entry === undefined) throw new Error('no call is kept');
    assertThat.toHaveApplied(entry, 'mobile', '+8613800000003');
    assertThat.toHaveApplied(entry, 'name', { default_value: '李四四' });
    const wrong = judges.toHaveApplied(entry, 'mobile', '+8613800000004');
    expect(wrong.pass).toBe(false);
    expect(wrong.message()).toContain('employee.mobile: applied as "+8613800000003"');
  });

  test('a member that is named by its entry is found there', () => {
    const entry = {
      fields: [],
      field: (name: string) => ({ field: name, verdict: 'applied' }) as const,
      request: {
        body: {
          staffList: [{ name: '甲' }],
          update_items: [{ fieldid: 11003, mobile: { value: '138' } }],
          extattr: { attrs: [{ name: '爱好', text: { value: '读书' } }] },
        },
      },
    };
    const applied = (field: string, value: unknown): boolean => judges.toHaveApplied(entry as never, field, value).pass;
    expect(applied('staffList[0].name', '甲')).toBe(true);
    expect(applied('staffList[1].name', '甲')).toBe(false);
    expect(applied('update_items[0].11003', { value: '138' })).toBe(true);
    expect(applied('update_items[0].11003', '138')).toBe(true);
    expect(applied('update_items[0].11004', '138')).toBe(false);
    expect(applied('extattr.attrs[爱好]', '读书')).toBe(true);
    expect(applied('extattr.attrs[爱好]', '写字')).toBe(false);
  });

  test('what is no call, or no company, is named, also with not', async () => {
    await using mingce = await start();
    for (const judge of [judges.toHaveApplied, judges.toHaveNormalised, judges.toHaveIgnored])
      expect(() => judge(mingce as never, 'mobile')).toThrow('This is no call that was kept');
    expect(() => judges.toHaveBeenRefused({ code: 0 } as never)).toThrow('mingce.request(');
    expect(() => judges.toHaveNoSilentDrops(undefined as never)).toThrow('This is no call');
    expect(() => judges.toHaveReceived({} as never, '')).toThrow('This is no company');
    await expect(judges.toHaveNoFindings({} as never)).rejects.toThrow('This is no company');
  });

  test('a call that did not come is answered with those that did', async () => {
    const companies = new TestCompanies({ company: small, log: silentLog, listen: false });
    const { company } = await companies.next();
    expect(judges.toHaveReceived(company, 'operation:employee.ptch').message()).toBe(
      'Wanted: a call that "operation:employee.ptch" finds; it finds 0.\nNo call was received.',
    );
    await company.tokens.feishu();
    expect(judges.toHaveReceived(company, 'platform:feishu', 2).message()).toBe(
      'Wanted: 2 calls that "platform:feishu" finds; it finds 1.\nReceived, the newest first:\n' +
        '  POST /open-apis/auth/v3/tenant_access_token/internal answered 200, code 0',
    );
    expect(() => company.request('platform:hose')).toThrow('The newest is POST /open-apis/auth/v3/');
    expect((await judges.toHaveNoFindings(company)).message()).toContain('Not wanted: no findings');
    await companies.stop();
  });

  test('a call that is missing is not answered with that of another test', async () => {
    const companies = new TestCompanies({ company: small, log: silentLog, listen: false });
    const { company: before } = await companies.next();
    await before.tokens.feishu();
    const { company } = await companies.next();
    expect(() => company.request('employee:li')).toThrow(
      /^No call to this test's company was answered that "employee:li" finds. None came at all.$/,
    );
    await company.fetch(`${company.url}/open-apis/directory/v1/employees/li`, {
      method: 'PATCH',
      headers: { authorization: 'Bearer t-of-no-app' },
      body: '{}',
    });
    expect(() => company.request()).toThrow(
      /^No call to this test's company was answered. The newest is of no company, .*: PATCH \/open-apis\/.* 99991663.$/,
    );
    await companies.stop();
  });
});

test('tests of one file that run at the same time are refused, but for the first', async () => {
  const hooks = new Map<string, () => Promise<void>>();
  const keep = (name: string) => (run: () => Promise<void>) => void hooks.set(name, run);
  const names = ['beforeAll', 'afterAll', 'beforeEach', 'afterEach'];
  const given = Object.fromEntries(names.map((name) => [name, keep(name)])) as unknown as Hooks;
  const company = companyInHooks(given, { company: small, log: silentLog, listen: false });
  const run = async (name: string): Promise<void> => await hooks.get(name)?.();
  await run('beforeAll');
  await run('beforeEach');
  const { key } = company;
  await expect(run('beforeEach')).rejects.toThrow('run at the same time');
  await run('afterEach');
  expect(company.key).toBe(key);
  await run('afterEach');
  expect(() => company.key).toThrow('There is a company only while a test runs');
  await run('beforeEach');
  expect(company.key).not.toBe(key);
  await run('afterEach');
  await run('afterAll');
});

test.each<[object, RegExp]>([
  [{ compny: small }, /no option compny; did you mean company/],
  [{ company: './acme.yaml' }, /not by its path: read the file first.*readFileSync\("\.\/acme\.yaml"/],
  [{ companies: ['C:\\acme.yml'] }, /not by its path/],
  [{ company: { mingce: 1, key: 'acme' } }, /option company is the text of a company file/],
  [{ companies: small }, /option companies is a list/],
  [{ sandbox: true }, /option sandbox is 'on', 'read-only' or 'off'/],
  [{ demo: 'no' }, /option demo is true or false/],
  [{ clock: new Date() }, /option clock is an object with now/],
  [{ log: 'info' }, /option log is an object with isEnabled/],
  [{ journal: 'off' }, /option journal is an object/],
])('a start with %j is refused', async (options, message) => {
  await expect(startMingce(options)).rejects.toThrow(message);
});

test('a start takes no text for its options, and tests no kind of isolation that there is not', async () => {
  await expect(startMingce('acme' as never)).rejects.toThrow('startMingce takes an object of options');
  expect(() => new TestCompanies({ company: small, isolation: 'forks' as never })).toThrow(
    "isolation is 'fork', 'reset' or 'instance'",
  );
});

test('after the end every call says that it is closed', async () => {
  const mingce = await start();
  await mingce.close();
  await mingce.close();
  await expect(mingce.fetch(`${mingce.url}/healthz`)).rejects.toThrow('this Mingce is closed');
  await expect(mingce.tokens.feishu()).rejects.toThrow('this Mingce is closed');
  for (const ask of [
    () => mingce.reset(),
    () => mingce.clock.now(),
    () => mingce.companies.keys(),
    () => mingce.fork(),
  ])
    await expect(ask()).rejects.toThrow('the store is closed');
});

test('what is gone already is disposed of without an error', async () => {
  await using mingce = await start();
  const change = async (): Promise<void> => {
    await using _rule = await mingce.faults.add('slow');
    await using snapshot = await mingce.snapshot();
    await using copy = await mingce.fork();
    await mingce.faults.clear();
    await snapshot.remove();
    expect(await mingce.companies.remove(copy.key)).toBe(true);
    expect(await patch(mingce, { mobile: '+8613800000003' })).toBe(0);
  };
  await change();
  // A snapshot that was removed puts nothing back.
  expect(await mingce.companies.export('acme')).toContain('+8613800000003');
});

test('a length of time with other parts moves no clock', async () => {
  await using mingce = await start();
  await expect(mingce.clock.advance({ hour: 2 } as object)).rejects.toThrow('A length of time has no hour');
  await expect(mingce.clock.advance({ hours: Number.NaN })).rejects.toThrow('are numbers');
});

test('what a client is given has its names in the types', async () => {
  await using mingce = await start();
  const { appId, appSecret, domain } = mingce.client.feishu();
  expectTypeOf(appId).toEqualTypeOf<string>();
  expect([appId, appSecret, domain]).toEqual(['cli_acme', 'secret-of-acme', mingce.url]);
  expect(Object.keys(mingce.client.wecom()).toSorted()).toEqual(['agentid', 'baseUrl', 'corpid', 'corpsecret']);
  expectTypeOf(mingce.client.hose).returns.toEqualTypeOf<{
    readonly appKey: string;
    readonly appSecurity: string;
    readonly baseUrl: string;
  }>();
});

test('what is inside an object of WeCom is no unknown member', async () => {
  await using mingce = await start();
  const attrs = [{ type: 0, name: '爱好', text: { value: '读书' } }];
  expect(await wecom(mingce, 'user/update', { userid: 'li', extattr: { attrs }, postion: 'x' })).toBe(0);
  expect(mingce.requests?.last().fields).toEqual([
    expect.objectContaining({ field: 'extattr.attrs[爱好]', verdict: 'ignored' }),
    { field: 'userid', verdict: 'used' },
    expect.objectContaining({ field: 'postion', verdict: 'unknown' }),
    { field: '?access_token', verdict: 'used' },
  ]);
  const profile = { external_corp_name: 'x', external_attr: [{ type: 0, name: 'y', text: { value: 'z' } }] };
  const member = { userid: 'zhao', name: '赵', mobile: '13800000009', department: [1], external_profile: profile };
  expect(await wecom(mingce, 'user/create', { ...member, extattr: { attrs } })).toBe(0);
  await wecom(mingce, 'message/send', { touser: 'li', msgtype: 'text', agentid: 7, text: { content: 'x' } });
  const about = mingce.requests?.list('platform:wecom').flatMap(({ fields }) => fields) ?? [];
  expect(about.filter(({ verdict, field }) => verdict === 'unknown' && field !== 'postion')).toEqual([]);
  expect(about.filter(({ reason }) => reason === 'no result was given')).toEqual([]);
});

test('what WeCom shows already is unchanged, and no member was lost', async () => {
  await using mingce = await start();
  expect(await wecom(mingce, 'user/update', { userid: 'li', name: '李四', gender: '0' })).toBe(0);
  const [entry] = mingce.requests?.list('operation:user.update') ?? [];
  expect(entry?.fields.filter(({ verdict }) => verdict !== 'used')).toEqual([
    { field: 'name', verdict: 'unchanged' },
    { field: 'gender', verdict: 'unchanged' },
  ]);
});
