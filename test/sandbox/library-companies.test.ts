import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startMingce, type CompanyOf } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { companyInHooks } from '../../src/testing/current.ts';
import { judges } from '../../src/testing/judge.ts';
import { assertThat } from '../../src/testing/node-test.ts';
import { TestCompanies, type TestCompany } from '../../src/testing/test-companies.ts';

const demo = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');
const small = `
mingce: 1
key: acme
name: Acme
feishu: { apps: [{ app_id: cli_acme, app_secret: secret-of-acme }] }
wecom: { corpid: ww_acme, apps: [{ agentid: 7, secret: secret-of-agent, kind: contact_sync }] }
hose: { corporation_id: acme-corp, apps: [{ app_key: key-of-acme, app_security: security-of-acme }] }
employees:
  - { id: li, name: 李四, mobile: "+8613800000001" }
  - { id: wang, name: 王五, mobile: "+8613800000002" }
`;

interface Directory {
  readonly url: string;
  readonly fetch: typeof globalThis.fetch;
}

async function setMobile({ url, fetch }: Directory, company: CompanyOf, mobile: string): Promise<number> {
  const answer = await fetch(`${url}/open-apis/directory/v1/employees/li?employee_id_type=employee_id`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${await company.tokens.feishu()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ employee: { mobile, job_levl_id: 'x' } }),
  });
  return ((await answer.json()) as { code: number }).code;
}

test('a company gives tokens and what clients need, is put back, and is copied', async () => {
  await using mingce = await startMingce({ company: small, log: silentLog });
  expect(mingce.key).toBe('acme');
  expect(mingce.client.feishu()).toEqual({
    appId: 'cli_acme',
    appSecret: 'secret-of-acme',
    domain: mingce.url,
    baseUrl: mingce.url,
  });
  expect(mingce.client.wecom('7')).toEqual({
    corpid: 'ww_acme',
    agentid: '7',
    corpsecret: 'secret-of-agent',
    baseUrl: mingce.url,
  });
  expect(mingce.client.hose()).toMatchObject({ appKey: 'key-of-acme', appSecurity: 'security-of-acme' });
  for (const platform of ['feishu', 'wecom', 'hose'] as const) {
    expect(await mingce.tokens[platform]()).toMatch(/^\S{10,}$/);
  }
  expect(await setMobile(mingce, mingce, '+8613800000003')).toBe(0);
  const taken = await mingce.snapshot('one');
  expect((await taken.diff('@applied')).changed).toMatchObject([{ kind: 'employee', id: 'li' }]);
  expect(await setMobile(mingce, mingce, '+8613800000004')).toBe(0);
  await taken.restore();
  expect(await mingce.companies.export('acme')).toContain('+8613800000003');
  await mingce.reset();
  expect(await mingce.companies.export('acme')).toContain('+8613800000001');
  {
    await using copy = await mingce.fork();
    expect(copy.client.feishu()['appId']).not.toBe('cli_acme');
    expect(await setMobile(mingce, copy, '+8613800000005')).toBe(0);
    expect(await mingce.companies.export(copy.key)).toContain('+8613800000005');
  }
  expect(await mingce.companies.keys()).toEqual(['acme']);
  expect(await mingce.companies.export('acme')).not.toContain('+8613800000005');
});

test('a token that is newer than a snapshot ends with its restore, unless it is kept', async () => {
  await using mingce = await startMingce({ company: small, log: silentLog });
  const taken = await mingce.snapshot();
  const newer = await mingce.tokens.feishu();
  const codeOf = async (token: string): Promise<unknown> => {
    const path = '/open-apis/directory/v1/employees/li?employee_id_type=employee_id';
    const body = JSON.stringify({ employee: { mobile: '+8613800000003' } });
    const headers = { authorization: `Bearer ${token}` };
    const answer = await mingce.fetch(mingce.url + path, { method: 'PATCH', headers, body });
    return ((await answer.json()) as { readonly code: unknown }).code;
  };
  expect(await codeOf(newer)).toBe(0);
  await taken.restore({ tokens: 'keep' });
  expect(await mingce.companies.export('acme')).toContain('+8613800000001');
  expect(await codeOf(newer)).toBe(0);
  await taken.restore();
  expect(await codeOf(newer)).toBe(99991663);
});

test('with several companies one is named, and an app without a known secret is an error in a sentence', async () => {
  await using mingce = await startMingce({ companies: [small, demo], log: silentLog });
  await expect(mingce.reset()).rejects.toThrow('name one');
  await expect(mingce.fork()).rejects.toThrow('name one');
  expect(() => mingce.client.feishu()).toThrow('name one');
  await mingce.company('acme').reset();
  expect(() => mingce.company('acme').client.feishu('cli_other')).toThrow('No secret of the app cli_other');
  await expect(mingce.company('nobody').reset()).rejects.toThrow('There is no company "nobody".');
});

test('fifty tests at once have a company each, and none finds what is of another', async () => {
  const companies = new TestCompanies({ company: small, log: silentLog });
  const all = await Promise.all(Array.from({ length: 50 }, () => companies.next()));
  const read = async (company: TestCompany, id: string, token: string, kind: string): Promise<Read> => {
    const answer = await company.fetch(`${company.url}/open-apis/contact/v3/users/${id}?user_id_type=${kind}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return (await answer.json()) as Read;
  };
  const mobileOf = (index: number): string => `+86138000001${String(index).padStart(2, '0')}`;
  // All write the same employee's own id at the same time, and read back what is theirs.
  const seen = await Promise.all(
    all.map(async ({ company }, index) => {
      const token = await company.tokens.feishu();
      expect(await setMobile(company, company, mobileOf(index))).toBe(0);
      expect(company.request('operation:employee.patch').field('mobile')?.verdict).toBe('applied');
      const { data } = await read(company, 'li', token, 'user_id');
      return { token, openId: data?.user.open_id ?? '', mobile: data?.user.mobile };
    }),
  );
  expect(seen.map(({ mobile }) => mobile)).toEqual(all.map((_, index) => mobileOf(index)));
  for (const what of ['token', 'openId'] as const) expect(new Set(seen.map((one) => one[what])).size).toBe(50);
  // Each tries its neighbour's ids and tokens, and is reset meanwhile.
  await Promise.all(
    all.map(async ({ company }, index) => {
      const { token = '' } = seen[index] ?? {};
      const other = seen[(index + 1) % 50] ?? { token: '', openId: '', mobile: '' };
      if (index % 5 === 0) await company.reset();
      expect((await read(company, other.openId, token, 'open_id')).code).not.toBe(0);
      // A token is of its own company, wherever it is sent from.
      const { data } = await read(company, 'li', other.token, 'user_id');
      expect(data?.user.mobile).not.toBe(mobileOf(index));
      // What is kept of calls is asked for by company.
      expect(company.calls().every((call) => call.company === company.key)).toBe(true);
      expect(company.calls('operation:employee.patch')).toHaveLength(1);
    }),
  );
  for (const [index, { company, end }] of all.entries()) {
    const { token = '' } = seen[index] ?? {};
    const { data } = await read(company, 'li', token, 'user_id');
    expect(data?.user.mobile).toBe(index % 5 === 0 ? '+8613800000001' : mobileOf(index));
    await end();
  }
  await companies.stop();
}, 120_000);

interface Read {
  readonly code: number;
  readonly data?: { readonly user: { readonly open_id: string; readonly mobile: string } };
}

test('without listening only the own fetch answers, also for the hosts that clients have built in', async () => {
  await using mingce = await startMingce({ company: small, listen: false, log: silentLog });
  expect([mingce.url, mingce.port]).toEqual(['http://mingce.test', 0]);
  expect(await setMobile(mingce, mingce, '+8613800000003')).toBe(0);
  const read = await mingce.fetch('https://open.feishu.cn/open-apis/contact/v3/users/li?user_id_type=user_id', {
    headers: { authorization: `Bearer ${await mingce.tokens.feishu()}` },
  });
  expect(await read.json()).toMatchObject({ code: 0, data: { user: { mobile: '+8613800000003' } } });
  await expect(mingce.fetch('https://example.com/')).rejects.toThrow('not https://example.com');
  await expect(fetch(mingce.url)).rejects.toThrow('fetch failed');
  expect((await mingce.fetch('https://qyapi.weixin.qq.com/cgi-bin/gettoken?corpid=ww_acme&corpsecret=no')).status).toBe(
    200,
  );
  expect(await mingce.tokens.hose()).toMatch(/^\S{10,}$/);
});

describe.each(['fork', 'reset', 'instance'] as const)('a company for each test, by %s', (isolation) => {
  const company = companyInHooks(
    { beforeAll, afterAll, beforeEach, afterEach },
    { company: small, isolation, log: silentLog },
  );

  test.each([1, 2])('is as the file made it, and matchers judge its calls (%i)', async () => {
    expect(await setMobile(company, company, '+8613800000003')).toBe(0);
    const entry = company.request('operation:employee.patch');
    assertThat.toHaveApplied(entry, 'mobile');
    assertThat.toHaveUnknown(entry, 'job_levl_id');
    expect(judges.toHaveCleared(entry, 'mobile').pass).toBe(false);
    expect(judges.toHaveBeenRefused(entry).pass).toBe(false);
    expect(() => {
      assertThat.toHaveNoSilentDrops(entry);
    }).toThrow(/job_levl_id: unknown/);
    expect(await setMobile(company, company, '+8613800000002')).toBe(2221103);
    assertThat.toHaveBeenRefused(company.request(), 2221103, 'mobile');
    expect(judges.toHaveBeenRefused(company.request(), 2221103, 'email').pass).toBe(false);
    assertThat.toHaveReceived(company, 'operation:employee.patch', 2);
    expect(judges.toHaveReceived(company, 'operation:employee.delete').pass).toBe(false);
    expect(judges.toHaveReceived(company, 'code:0 OR code:2221103').pass).toBe(true);
    // The member is misspelt.
    await expect(assertThat.toHaveNoFindings(company)).rejects.toThrow(/unknown-member/);
    const changed = { ...entry, field: () => ({ field: 'mobile', verdict: 'normalised', to: '+86138' }) as const };
    assertThat.toHaveNormalised(changed, 'mobile', '+86138');
    expect(judges.toHaveNormalised(changed, 'mobile', '138').pass).toBe(false);
    expect(judges.toHaveNormalised(entry, 'mobile').pass).toBe(false);
    expect(judges.toHaveBeenRefused(company.request(), 2221104).pass).toBe(false);
  });
});
