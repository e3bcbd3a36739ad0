import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { beginServing, runProgram, scratchFolder, serveProgram } from '../support/program.ts';

interface Ready {
  readonly url: string;
  readonly port: number;
  readonly adminKey: string;
  readonly credentials: readonly Readonly<Record<string, string>>[];
}

const post = async (url: string, body: unknown): Promise<unknown> =>
  await (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).json();

/** Asks the platform's own call for a token. */
async function tokenFor(url: string, { platform, ...credential }: Readonly<Record<string, string>>): Promise<unknown> {
  switch (platform) {
    case 'feishu':
      return await post(`${url}/open-apis/auth/v3/tenant_access_token/internal`, credential);
    case 'wecom':
      return await (await fetch(`${url}/cgi-bin/gettoken?${new URLSearchParams(credential).toString()}`)).json();
    default:
      return await post(`${url}/api/openapi/v1/auth/getAccessToken`, credential);
  }
}

test('--json prints one line when it is ready, whose credentials all give a token, and nothing more', async () => {
  const server = beginServing(['--store', 'sqlite::memory:', '--json']);
  const ready = JSON.parse(await server.line()) as Ready;
  expect(ready.url).toBe(`http://127.0.0.1:${String(ready.port)}`);
  expect(ready.credentials.length).toBe(5);
  for (const credential of ready.credentials) {
    const token = JSON.stringify(await tokenFor(ready.url, credential));
    expect(token, JSON.stringify(credential)).toMatch(/"(tenant_access_token|access_token|accessToken)":"[^"]+"/);
  }
  const headers = { authorization: `Bearer ${ready.adminKey}` };
  expect((await fetch(`${ready.url}/mingce/v1/companies`, { headers })).status).toBe(200);
  const { code, stdout, stderr } = await server.stop();
  expect({ code, stderr, lines: stdout.split('\n').length - 1 }).toEqual({ code: 0, stderr: '', lines: 1 });
});

test('--quiet prints nothing, and --ready-file says where it listens until it ends', async () => {
  using folder = scratchFolder();
  const path = folder.file('ready.json');
  writeFileSync(path, '{"url":"http://127.0.0.1:1","of":"one that was killed"}\n');
  const server = beginServing(['--store', 'sqlite::memory:', '--no-demo', '--quiet', '--ready-file', path]);
  const ready = await server.readyFile<Ready>(path, ({ port }) => port > 1);
  expect((await fetch(`${ready.url}/healthz`)).status).toBe(200);
  expect(ready.credentials).toEqual([]);
  const forOthers = process.platform === 'win32' ? 0 : statSync(path).mode & 0o077;
  expect(forOthers, 'others cannot read it').toBe(0);
  expect(await server.stop()).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(existsSync(path)).toBe(false);
});

test('a ready file never takes the place of another file', async () => {
  using folder = scratchFolder();
  const path = folder.file('acme.yaml');
  writeFileSync(path, 'mingce: 1\n');
  const refused = await runProgram(['serve', '--port', '0', '--store', 'sqlite::memory:', '--ready-file', path]);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(/^mingce: --ready-file .*acme\.yaml is there already and is no ready file.*\n$/);
  expect(readFileSync(path, 'utf8')).toBe('mingce: 1\n');
});

test('a start that fails leaves no ready file', async () => {
  using folder = scratchFolder();
  const path = folder.file('ready.json');
  const running = await serveProgram(['--store', 'sqlite::memory:', '--no-demo']);
  const taken = ['--port', new URL(running.url).port, '--store', 'sqlite::memory:', '--no-demo'];
  expect(await runProgram(['serve', ...taken, '--ready-file', path])).toMatchObject({ code: 1 });
  expect(existsSync(path)).toBe(false);
  await running.stop();
});
