// A server that others can reach, by its address or by a proxy before it, serves nothing that everybody knows the secret
// of: neither an admin key that is easily guessed, nor a company with secrets that stand in the documentation.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashSecret } from '../src/directory/auth/secret.ts';
import { StartError, startMingce, type Mingce, type ProblemDetails, type StartOptions } from '../src/index.ts';
import { command } from './support/command.ts';
import { scratchFolder } from './support/program.ts';

const KEY = 'f2c1d5a98b7e4603';
const folder = scratchFolder();
const read = (name: string): string => readFileSync(new URL(`../companies/${name}.yaml`, import.meta.url), 'utf8');
const headers = { authorization: `Bearer ${KEY}` };

describe('the admin key of a server that others can reach', () => {
  test.each<[string, StartOptions]>([
    ['is not short', { host: '0.0.0.0', adminKey: 'abc' }],
    ['is not short where a proxy leads to it', { origin: 'https://mingce.example', adminKey: 'abc' }],
    ['is not easily guessed', { host: '0.0.0.0', adminKey: 'passwordpassword' }],
    ['is not that of the demo', { host: '0.0.0.0', adminKey: 'mingce-demo-admin' }],
  ])('%s', async (_what, options) => {
    const refused = startMingce(options);
    await expect(refused).rejects.toBeInstanceOf(StartError);
    await expect(refused).rejects.toThrow(/^[^.]*MINGCE_ADMIN_KEY[^.]*\.$/);
  });

  test.each<[string, StartOptions]>([
    ['may be none', { host: '0.0.0.0' }],
    ['may be long and made at random', { host: '0.0.0.0', adminKey: KEY }],
    ['may be short where nobody else can reach it', { adminKey: 'abc' }],
    ['may be short where only its own name is another', { origin: 'http://localhost:8080', adminKey: 'abc' }],
  ])('%s', async (_what, options) => {
    const mingce = await startMingce(options);
    expect(mingce.adminKey).toBe(options.adminKey ?? null);
    await mingce.close();
  });
});

describe('a company with published secrets', () => {
  let exposed: Mingce;
  beforeAll(async () => {
    exposed = await startMingce({
      host: '0.0.0.0',
      data: folder.file('exposed'),
      adminKey: KEY,
      companies: [companyOf()],
    });
  });
  afterAll(() => exposed.close());
  const url = (): string => `http://127.0.0.1:${String(exposed.port)}`;
  const put = async (key: string, body: string, query = ''): Promise<[number, readonly string[]]> => {
    const answer = await fetch(`${url()}/mingce/v1/companies/${key}${query}`, { method: 'PUT', headers, body });
    const { faults = [] } = (await answer.json()) as Partial<ProblemDetails>;
    return [answer.status, faults.map(({ path }) => path)];
  };
  const salted = hashSecret('mingce-demo-security', 'ab12');

  test.each<[string, string, readonly string[], string?]>([
    ['demo', read('demo'), ['feishu.apps', 'wecom.apps', 'wecom.apps', 'hose.apps']],
    ['demo-2', read('demo-2'), ['hose.apps']],
    ['demo', read('demo'), ['feishu.apps', 'wecom.apps', 'wecom.apps', 'hose.apps'], '?plan=true'],
    ['own', companyOf({ feishu: 'app_secret: mingce-demo-secret' }), ['feishu.apps']],
    ['own', companyOf({ wecom: 'secret: mingce-demo-contact-secret' }), ['wecom.apps']],
    ['own', companyOf({ hose: 'app_security: mingce-demo-security-2' }), ['hose.apps']],
    ['own', companyOf({ hose: `secret_hash: "${salted}"` }), ['hose.apps']],
    ['own', companyOf({ feishu: 'app_secret: mingce-generated-secret' }), ['feishu.apps']],
  ])('is not applied over the admin API: %s (%#)', async (key, file, faults, query) => {
    expect(await put(key, file, query)).toEqual([422, faults]);
    expect(await exposed.companies.keys()).toEqual(['own']);
  });

  test('is not applied by the command either, nor on starting', async () => {
    const file = folder.file('demo.yaml');
    writeFileSync(file, read('demo'));
    const refused = await command('apply', file, '--server', url(), '--admin-key', KEY);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('published with Mingce')]);
    const started = startMingce({ host: '0.0.0.0', companies: [read('demo')] });
    await expect(started).rejects.toThrow(/published with Mingce/);
    expect(await exposed.companies.keys()).toEqual(['own']);
  });

  test('does not come with a copy', async () => {
    const demo = await startMingce({ adminKey: KEY, companies: [companyOf({ hose: `secret_hash: "${salted}"` })] });
    const copy = await copyOf(demo);
    await demo.close();
    const restore = async (body: Uint8Array): Promise<[number, string]> => {
      const answer = await fetch(`${url()}/mingce/v1/restore?force=true`, { method: 'POST', headers, body });
      return [answer.status, await answer.text()];
    };
    expect(await restore(copy)).toEqual([422, expect.stringContaining('published with Mingce')]);
    const own = await startMingce({ adminKey: KEY, companies: [companyOf()] });
    const good = await copyOf(own);
    await own.close();
    expect(await restore(good)).toEqual([200, expect.any(String)]);
  });

  test('is not served from a data folder, whatever its key', async () => {
    const data = folder.file('left');
    await (await startMingce({ data, companies: [companyOf({ wecom: 'secret: mingce-demo-secret' })] })).close();
    for (const how of [{ host: '0.0.0.0' }, { origin: 'https://mingce.example' }])
      await expect(startMingce({ data, ...how })).rejects.toThrow(/app .* of company own is published/);
    await (await startMingce({ data })).close();
  });
});

/** A copy, as the command makes it of a running server. */
async function copyOf(mingce: Mingce): Promise<Uint8Array> {
  const file = folder.file('copy.db');
  rmSync(file, { force: true });
  expect((await command('backup', '--out', file, '--server', mingce.url, '--admin-key', KEY)).code).toBe(0);
  return readFileSync(file);
}

/** A company with an app on each platform; one of them has the secret that is given. */
function companyOf(
  secrets: { readonly feishu?: string; readonly wecom?: string; readonly hose?: string } = {},
): string {
  const { feishu = 'app_secret: own-1', wecom = 'secret: own-2', hose = 'app_security: own-3' } = secrets;
  return `mingce: 1
key: own
name: Own
feishu: { apps: [{ app_id: cli_own, ${feishu} }] }
wecom: { corpid: ww_own, apps: [{ agentid: 1, kind: self_built, ${wecom} }] }
hose: { corporation_id: own, apps: [{ app_key: own, ${hose} }] }
departments: [{ id: root, name: Own }]
`;
}
