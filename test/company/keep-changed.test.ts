// A company file given at the start makes the company, and never undoes what was done since.

import { writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { silentLog, startMingce } from '../../src/index.ts';
import { command } from '../support/command.ts';
import { scratchFolder, serveProgram, type Finished } from '../support/program.ts';

const KEY = 'an-admin-key-of-the-test';
const file = (name: string): string => `mingce: 1
key: acme
name: Acme
feishu: { rate_limit_enabled: false, apps: [{ app_id: cli_acme, app_secret: secret }] }
employees:
  - { id: li, name: ${name} }
`;

/** A start, of the program or in this process. */
interface Started {
  readonly url: string;
  stop(): Promise<Finished | undefined>;
}

let folder: ReturnType<typeof scratchFolder>;
let server: Started | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
  folder[Symbol.dispose]();
});

async function start(name: string, ...options: readonly string[]): Promise<void> {
  await server?.stop();
  const path = folder.file('acme.yaml');
  writeFileSync(path, file(name));
  server = await serveProgram(['--no-demo', '--data', folder.file('data'), '--company', path, ...options], {
    MINGCE_ADMIN_KEY: KEY,
  });
}

/** As the program starts without options, in this process, which saves starting another. */
async function startHere(name: string): Promise<void> {
  await server?.stop();
  const text = file(name);
  writeFileSync(folder.file('acme.yaml'), text);
  const companies = [{ name: 'acme.yaml', text }];
  const data = folder.file('data');
  const mingce = await startMingce({ data, companies, keepChanged: true, adminKey: KEY, log: silentLog });
  server = {
    url: mingce.url,
    stop: async () => {
      await mingce.close();
      return undefined;
    },
  };
}

async function nameNow(): Promise<string | undefined> {
  const answer = await fetch(`${server?.url ?? ''}/mingce/v1/companies/acme/file`, {
    headers: { authorization: `Bearer ${KEY}` },
  });
  return /id: li\n\s+name: (.*)/.exec(await answer.text())?.[1];
}

/** Changes the name of the employee over Feishu's API. */
async function rename(name: string): Promise<void> {
  const url = `${server?.url ?? ''}/open-apis`;
  const body = JSON.stringify({ app_id: 'cli_acme', app_secret: 'secret' });
  const auth = await fetch(`${url}/auth/v3/tenant_access_token/internal`, { method: 'POST', body });
  const { tenant_access_token: token } = (await auth.json()) as { tenant_access_token: string };
  const changed = await fetch(`${url}/directory/v1/employees/li?employee_id_type=employee_id`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ employee: { name: { name: { default_value: name } } } }),
  });
  expect(await changed.json()).toMatchObject({ code: 0 });
}

test('a company that nobody changed follows its file from start to start', async () => {
  folder = scratchFolder();
  await startHere('李一');
  await startHere('李二');
  expect(await nameNow()).toBe('李二');
});

test('a company that was changed is kept, and the start says so; --company-reset applies the file', async () => {
  folder = scratchFolder();
  await start('李一');
  await rename('李三');
  await start('李二');
  expect(await nameNow()).toBe('李三');
  const said = await server?.stop();
  expect(said?.stderr).toMatch(/acme\.yaml was not applied.*--company-reset/);
  expect(said?.stderr).toContain('保持现状');
  server = undefined;
  await start('李二', '--company-reset');
  expect(await nameNow()).toBe('李二');
  await start('李四');
  expect(await nameNow(), 'the file was the last to change it').toBe('李四');
});

test('a change of the company itself counts, and mingce apply makes the file its state again', async () => {
  folder = scratchFolder();
  await startHere('李一');
  const { url } = server ?? { url: '' };
  const body = JSON.stringify({ app_id: 'cli_acme', app_secret: 'secret' });
  const auth = await fetch(`${url}/open-apis/auth/v3/tenant_access_token/internal`, { method: 'POST', body });
  const { tenant_access_token: token } = (await auth.json()) as { tenant_access_token: string };
  const made = await fetch(`${url}/open-apis/directory/v1/departments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ department: { name: { default_value: '新部门' }, parent_department_id: '0' } }),
  });
  expect(await made.json()).toMatchObject({ code: 0 });
  await startHere('李二');
  expect(await nameNow()).toBe('李一');
  const { url: now } = server ?? { url: '' };
  expect(await command('apply', folder.file('acme.yaml'), '--server', now, '--admin-key', KEY)).toMatchObject({
    code: 0,
  });
  await startHere('李五');
  expect(await nameNow()).toBe('李五');
});
