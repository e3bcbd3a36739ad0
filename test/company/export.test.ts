// An export is a file that a person could have written: it can be held against its source.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';

const ACME = `mingce: 1
key: acme
name: Acme
feishu:
  certified: true
  rate_limit_enabled: false
  apps:
    - app_id: cli_acme
      app_secret: secret
wecom:
  limits:
    debug_per_minute: 4
  apps:
    - agentid: "7"
      secret: secret
hose:
  corporation_id: CorpA
  apps:
    - app_key: k
      app_security: s
departments:
  - id: root
    name: Acme
  - id: sales
    name: Sales
    parent: root
job_titles:
  - id: clerk
    name: Clerk
employees:
  - id: li
    name: 李四
    mobile: "+8613800000001"
    job_title: clerk
  - id: wang
    name: 王五
    departments:
      - sales
    status: probation
    feishu:
      mobile_verified: true
  - id: gone
    name: 赵六
    status: resigned
`;

const opened: TestDirectory[] = [];
afterEach(async () => {
  for (const directory of opened.splice(0)) await directory.close();
});

async function open(...companies: readonly string[]): Promise<TestDirectory> {
  const directory = await openTestDirectory({ companies });
  opened.push(directory);
  return directory;
}

/** A file's contents without secrets, which an export has as hashes, and without the company's own times. */
function comparable(text: string): unknown {
  const { created_at: _created, updated_at: _updated, ...rest } = parse(text) as Record<string, unknown>;
  return JSON.parse(
    JSON.stringify(rest, (name, value: unknown) =>
      /^(app_secret|secret|secret_hash|app_security|security_hash)$/.test(name) ? undefined : value,
    ),
  );
}

test('an export says what its source says, and nothing more', async () => {
  const directory = await open(ACME);
  const exported = (await directory.companies.export('acme')) ?? '';
  expect(comparable(exported)).toEqual(comparable(ACME));
});

test('what differs from a default is there', async () => {
  const changed = ACME.replace('    status: probation\n', '    status: probation\n    seated: false\n').replace(
    '  - id: sales\n',
    '  - id: sales\n    wecom: { id: 77 }\n',
  );
  const directory = await open(changed);
  const exported = (await directory.companies.export('acme')) ?? '';
  expect(comparable(exported)).toEqual(comparable(changed));
});

const DEMO = ['demo', 'demo-2'].map((key) => [
  key,
  readFileSync(fileURLToPath(new URL(`../../companies/${key}.yaml`, import.meta.url)), 'utf8'),
]) as readonly (readonly [string, string])[];

test.each(DEMO)('the export of %s makes the very same company elsewhere', async (key, text) => {
  const exported = (await (await open(text)).companies.export(key)) ?? '';
  const elsewhere = await open(exported);
  expect(await elsewhere.companies.export(key)).toBe(exported);
  const plan = await elsewhere.companies.apply(key, exported, { plan: true });
  expect(plan.steps).toEqual([]);
});

test('what a new thing is not dated by has the times that the file gives the company', async () => {
  const dated = ACME.replace('name: Acme\n', 'name: Acme\ncreated_at: 2020-01-01T00:00:00.000Z\n');
  const directory = await open(dated);
  expect((await directory.employee('acme', 'li')).createdAt).toBe(Date.UTC(2020, 0, 1));
});

test('a text that a platform cleared is in the export as it is, and read back', async () => {
  const directory = await openTestDirectory({
    companies: [ACME.replace('    name: 李四', '    name: 李四\n    email: li@acme.example\n    job_number: "7"')],
  });
  const token = await directory.send('POST', '/api/openapi/v1/auth/getAccessToken', {
    body: { appKey: 'k', appSecurity: 's' },
  });
  const { accessToken } = token.json.value;
  const cleared = await directory.send(
    'GET',
    `/api/openapi/v1/staffs/clearInfo?accessToken=${accessToken}&type=CODE&conditionIds=7&clearType=email`,
  );
  expect(cleared.status).toBeLessThan(300);
  expect((await directory.employee('acme', 'li')).email).toBe('');
  const file = (await directory.companies.export('acme')) ?? '';
  expect(file).toContain('email: ""');
  expect((await directory.companies.apply('acme', file)).steps).toEqual([]);
  await directory.close();
});
