import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startMingce, type CompanyOf } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { companyInHooks } from '../../src/testing/current.ts';
import { judges } from '../../src/testing/judge.ts';
import { assertThat } from '../../src/testing/node-test.ts';
import { TestCompanies } from '../../src/testing/test-companies.ts';

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

test('with several companies one is named, and an app without a known secret is an error in a sentence', async () => {
  await using mingce = await startMingce({ companies: [small, demo], log: silentLog });
  await expect(mingce.reset()).rejects.toThrow('name one');
  await expect(mingce.fork()).rejects.toThrow('name one');
  expect(() => mingce.client.feishu()).toThrow('name one');
  await mingce.company('acme').reset();
  expect(() => mingce.company('acme').client.feishu('cli_other')).toThrow('No secret of the app cli_other');
  await expect(mingce.company('nobody').reset()).rejects.toThrow('There is no company "nobody".');
});

test('fifty tests at once have a company each', async () => {
  const companies = new TestCompanies({ company: small, log: silentLog });
  const mingce = await companies.start();
  await Promise.all(
    Array.from({ length: 50 }, async () => {
      const { company, end } = await companies.next();
      expect(await setMobile(mingce, company, '+8613800000003')).toBe(0);
      expect(company.request('operation:employee.patch').field('mobile')?.verdict).toBe('applied');
      await end();
    }),
  );
  expect(await mingce.companies.keys()).toEqual(['acme']);
  await companies.stop();
}, 120_000);

describe.each(['fork', 'reset'] as const)('a company for each test, by %s', (isolation) => {
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
    assertThat.toHaveBeenRefused(company.request(), 2221103);
    expect(judges.toHaveBeenRefused(company.request(), 2221104).pass).toBe(false);
  });
});
