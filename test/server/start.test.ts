import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { banner } from '../../src/cli/output/banner.ts';
import { createCall } from '../../src/http/incoming-call.ts';
import { CompanySourceError, StartError, startMingce, type ChangeList, type StartOptions } from '../../src/index.ts';
import { randomIds } from '../../src/lib/ids.ts';
import { logTo } from '../../src/lib/log.ts';
import { runProgram, scratchFolder, serveProgram } from '../support/program.ts';

/** The commands in a text: the blocks of lines that begin with four spaces. */
function commandsOf(text: string): readonly string[] {
  return text
    .split(/^(?! {4}).*$/m)
    .map((block) => block.replaceAll(/^ {4}/gm, '').trim())
    .filter((block) => block !== '');
}

async function bash(script: string): Promise<string> {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', script], { env: { ...process.env, NO_PROXY: '127.0.0.1' } });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`bash ended with ${String(code)}`);
  return said;
}

const admin = { headers: { authorization: 'Bearer mingce-demo-admin' } };

async function changesOf(url: string, id: string): Promise<ChangeList['changes']> {
  const answer = await fetch(`${url}/mingce/v1/companies/demo/employees/${id}/changes`, admin);
  return ((await answer.json()) as ChangeList).changes;
}

test('each command that is printed works as printed, and one record shows them all', async () => {
  using folder = scratchFolder();
  const server = await serveProgram(['--data', folder.file('data')]);
  const commands = commandsOf((await runProgram(['demo', '--server', server.url])).stdout);
  expect(commands).toHaveLength(3);
  const { url } = server;
  const started = { url, port: Number(new URL(url).port), adminKey: 'mingce-demo-admin' };
  const onTerminal = banner(started, { demo: true, colour: false, terminal: true });
  expect(commandsOf(onTerminal), 'the banner shows the first').toEqual(commands.slice(0, 1));
  const answers: unknown[] = [];
  for (const command of commands) answers.push(JSON.parse(await bash(command)));
  expect(answers).toMatchObject([
    { code: 0 },
    { errcode: 0, update_results: [{ result: 1 }] },
    { value: { name: '张三丰', nickName: '三哥', cellphone: '13912345678' } },
  ]);
  const changes = await changesOf(server.url, 'zhangsan');
  expect(changes.map(({ platform }) => platform)).toEqual(['hose', 'wecom', 'feishu', 'company-file']);

  expect(await server.stop('SIGINT')).toMatchObject({ code: 0, stderr: '' });
  const again = await serveProgram(['--data', folder.file('data')]);
  expect(await changesOf(again.url, 'zhangsan'), 'a restart keeps what was changed').toEqual(changes);
  await again.stop();
});

test('SIGTERM answers what was accepted, says so in one line, and ends with 0', async () => {
  const server = await serveProgram(['--store', 'sqlite::memory:', '--no-demo']);
  const { port } = new URL(server.url);
  const socket = connect(Number(port), '127.0.0.1').setEncoding('utf8');
  let answer = '';
  socket.on('data', (text: string) => (answer += text));
  await once(socket, 'connect');
  socket.write('POST /open-apis/nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{');
  await setTimeout(100);
  const stopping = server.stop('SIGTERM');
  await setTimeout(200);
  socket.write('}');
  const { code, stdout, stderr } = await stopping;
  expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  expect(code).toBe(0);
  expect(stderr).toBe('');
  expect(stdout.slice(server.banner.length)).toMatch(/^[^\n]*stopped[^\n]*\n$/);
});

test('a second signal, whichever it is, ends it at once', async () => {
  const server = await serveProgram(['--store', 'sqlite::memory:', '--no-demo']);
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write('POST /open-apis/nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{');
  await setTimeout(100);
  const stopping = server.stop('SIGTERM');
  await setTimeout(100);
  expect((await server.stop('SIGINT')).code).toBe(130);
  await stopping;
});

test('without the demo nothing of it is printed, and the log stays quiet', async () => {
  const server = await serveProgram(['--store', 'sqlite::memory:', '--no-demo']);
  expect(server.banner).toMatch(/listening on http:\/\/127\.0\.0\.1:[0-9]+\n/);
  expect(server.banner).not.toContain('demo');
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect((await server.stop()).stderr).toBe('');
});

describe('in this process', () => {
  const company = 'mingce: 1\nkey: acme\nname: Acme\ndepartments: [{ id: root, name: Acme }]\n';

  test('a company is there from the first request, with and without a socket', async () => {
    const mingce = await startMingce({ companies: [company], adminKey: 'sesame' });
    expect(await mingce.companies.keys()).toEqual(['acme']);
    expect((await fetch(`${mingce.url}/readyz`)).status).toBe(200);
    const headers = { authorization: 'Bearer sesame' };
    const reply = await mingce.handle(createCall('GET', '/mingce/v1/companies', { ids: randomIds, headers }));
    expect(JSON.parse(String(reply.body))).toEqual({ companies: [{ key: 'acme' }] });
    await mingce.close();
    await expect(fetch(`${mingce.url}/healthz`)).rejects.toThrow('fetch failed');
  });

  test('two know nothing of each other', async () => {
    const [one, other] = await Promise.all([startMingce({ companies: [company] }), startMingce()]);
    expect(other.port).not.toBe(one.port);
    expect(await other.companies.keys()).toEqual([]);
    await Promise.all([one.close(), other.close()]);
  });

  test('a file with mistakes is refused with its faults, and nothing goes on running', async () => {
    const source = { name: 'acme.yaml', text: `${company}colour: red\n` };
    const refused = startMingce({ companies: [source] });
    await expect(refused).rejects.toBeInstanceOf(CompanySourceError);
    await expect(refused).rejects.toMatchObject({ source: 'acme.yaml', faults: [{ path: 'colour', line: 5 }] });
  });

  test('two files of one company are refused by their names, before anything is applied', async () => {
    using folder = scratchFolder();
    const data = folder.file('data');
    const json = JSON.stringify({
      mingce: 1,
      key: 'acme',
      name: 'Other',
      departments: [{ id: 'root', name: 'Other' }],
    });
    const both: [StartOptions, string][] = [
      [{ companies: [company, json] }, 'companies[0] and companies[1] are both of the company acme'],
      [{ company, companies: [json] }, 'company and companies[0] are both of the company acme'],
      [
        {
          companies: [
            { name: 'a.yaml', text: company },
            { name: 'b.json', text: json },
          ],
        },
        'a.yaml and b.json are both of the company acme',
      ],
    ];
    for (const [options, said] of both) {
      const refused = startMingce({ ...options, data });
      await expect(refused).rejects.toBeInstanceOf(StartError);
      await expect(refused).rejects.toThrow(said);
    }
    const mingce = await startMingce({ data });
    expect(await mingce.companies.keys()).toEqual([]);
    await mingce.close();
  });

  test.each(['0.0.0.0', '::', '192.0.2.1'])('the demo company is not served on %s', async (host) => {
    await expect(startMingce({ demo: true, host })).rejects.toBeInstanceOf(StartError);
  });

  test('nor is one that an earlier start left in the data folder', async () => {
    using folder = scratchFolder();
    const data = folder.file('data');
    await (await startMingce({ demo: true, data })).close();
    await expect(startMingce({ data, host: '0.0.0.0' })).rejects.toThrow(/demo company/);
  });
});

test('a start that fails leaves nothing running that asks the store', async () => {
  await using running = await startMingce({ demo: true });
  const lines: string[] = [];
  const log = logTo((line) => lines.push(line), 'info');
  await expect(startMingce({ demo: true, port: running.port ?? 0, log })).rejects.toThrow(StartError);
  // Apps that receive events are looked for within the first second.
  await setTimeout(1_200);
  expect(lines).toEqual([]);
});
