import { afterEach, expect, test } from 'vitest';
import { CompanyFileError, startMingce, type Mingce } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';

let mingce: Mingce | null = null;
afterEach(async () => {
  await mingce?.close();
  mingce = null;
});

const PLAIN = 'mingce: 1\nkey: acme\nname: Acme\n';
const TARGETS = `targets:
  feishu:
    base_url: https://open.feishu.cn
    credentials:
      app_id: cli_a1b2c3d4e5f60718
      app_secret:
        env: ACME_FEISHU_SECRET
    authority:
      name: ours
      alias: hands-off
  wecom:
    credentials:
      corpid: ww0123456789abcdef
      hr:
        file: /run/secrets/hr
    fields:
      note: 12022
`;

async function opened(): Promise<Mingce> {
  mingce = await startMingce({ log: silentLog, adminKey: 'sesame' });
  return mingce;
}

test('targets are kept and exported as the file has them, and applying the export changes nothing', async () => {
  const { companies } = await opened();
  await companies.apply('acme', PLAIN + TARGETS);
  const file = (await companies.export('acme')) ?? '';
  expect(file).toContain(TARGETS);
  expect((await companies.apply('acme', file)).steps).toEqual([]);
  expect(await companies.isAsApplied('acme')).toBe(true);
});

test('a change of them is a step of the plan, and is in the history; a file without them removes them', async () => {
  const { companies, store } = await opened();
  await companies.apply('acme', PLAIN + TARGETS);
  const { steps } = await companies.apply('acme', (PLAIN + TARGETS).replace('12022', '12023'));
  expect(steps).toMatchObject([{ action: 'change', kind: 'company', fields: ['targets.wecom.fields.note'] }]);
  await companies.apply('acme', PLAIN);
  expect((await store.tenantByKey('acme'))?.parts.targets).toBeUndefined();
  expect(await companies.export('acme')).not.toContain('targets');
});

test('a field that is theirs on two live tenants is warned of, and applied', async () => {
  const { companies } = await opened();
  const hose =
    '  hose:\n    credentials: { app_key: k, app_security: { env: A } }\n    authority: { alias: theirs, name: theirs }\n';
  const file = (PLAIN + TARGETS + hose).replace('alias: hands-off', 'alias: theirs');
  const { warnings = [] } = await companies.apply('acme', file);
  expect(warnings.map(({ path, message }) => [path, message])).toEqual([
    ['targets.hose.authority.alias', 'is theirs at targets.feishu, too: only one can have the say'],
  ]);
  expect(warnings[0]?.message_zh).toContain('targets.feishu');
});

test.each([
  ['a secret in the file', 'feishu: { credentials: { app_id: cli_a, app_secret: the-secret } }'],
  ['a secret beside its place', 'hose: { credentials: { app_key: k, app_security: { env: A, value: the-secret } } }'],
  ['a platform that is not known', 'dingtalk: { credentials: {} }'],
  [
    'an address that is none',
    'hose: { base_url: "file:///etc", credentials: { app_key: k, app_security: { env: A } } }',
  ],
])('%s is refused', async (_, target) => {
  const { companies } = await opened();
  await expect(companies.apply('acme', `${PLAIN}targets: { ${target} }\n`)).rejects.toThrow(CompanyFileError);
});

test('a copy of a company cannot reach the live tenants of the original', async () => {
  const server = await opened();
  const { companies, store } = server;
  await companies.apply('acme', PLAIN + TARGETS);
  await server.company('acme').fork('staging');
  expect((await store.tenantByKey('staging'))?.parts.targets).toBeUndefined();
  expect((await store.tenantByKey('acme'))?.parts.targets).toBeDefined();
});
