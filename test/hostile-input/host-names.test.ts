// Who may be called what: a page in a browser whose name was made to point to this machine (DNS rebinding), and pages of
// other sites, get nothing; programs get everything, under every name that the operator listed.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMingce, type Mingce, type StartOptions } from '../../src/index.ts';
import { exchange, type Answer } from './socket.ts';

const KEY = 'mingce-demo-admin';
let demo: Mingce;
beforeAll(async () => {
  demo = await startMingce({ demo: true });
});
afterAll(() => demo.close());

/** Sends a request whose headers are these and no other. */
async function ask(
  port: number,
  line: string,
  headers: Readonly<Record<string, string>>,
  version = '1.1',
): Promise<Answer> {
  const head = Object.entries({ ...headers, Connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`);
  const [answer] = await exchange(port, `${line} HTTP/${version}\r\n${head.join('')}\r\n`);
  if (answer === undefined) throw new Error('no answer');
  return answer;
}

describe('a server on loopback', () => {
  const authorization = `Bearer ${KEY}`;
  const token = `GET /cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-secret`;

  test.each([
    'GET /mingce/v1/companies',
    'GET /mingce/v1/companies/demo/file',
    'DELETE /mingce/v1/companies/demo',
    'POST /mingce/v1/restore?force=true',
    'POST /mingce/v1/backup',
    'GET /metrics',
    'GET /healthz',
    'GET /nothing',
    token,
    'GET /open-apis/authen/v1/authorize?client_id=cli_mingce_demo',
  ])('refuses %s under a name that was made to point to it, and says which setting to use', async (line) => {
    for (const host of [
      'evil.example',
      `evil.example:${String(demo.port)}`,
      '127.0.0.1.evil.example',
      '10.0.0.1',
      '',
    ]) {
      const answer = await ask(demo.port, line, { Host: host, Authorization: authorization });
      expect([answer.status, answer.headers['content-type']], host).toEqual([421, 'text/plain; charset=utf-8']);
      expect(answer.text).toContain('MINGCE_HOSTS');
      expect(answer.text).not.toContain('evil');
    }
    expect(await demo.companies.keys()).toContain('demo');
  });

  test.each(['localhost', 'LocalHost:6464', 'mingce.localhost', '127.0.0.1', '127.0.0.2:80', '[::1]:6464'])(
    'serves %s',
    async (host) => {
      expect((await ask(demo.port, token, { Host: host })).json.errcode).toBe(0);
      const answer = await ask(demo.port, 'GET /mingce/v1/companies', { Host: host, Authorization: authorization });
      expect(answer.status).toBe(200);
    },
  );

  test('serves a program that says no name, as HTTP 1.0 allows', async () => {
    expect((await ask(demo.port, token, {}, '1.0')).json.errcode).toBe(0);
  });

  const statuses = async (options: StartOptions, hosts: readonly string[]): Promise<readonly number[]> => {
    const mingce = await startMingce(options);
    const answers = await Promise.all(hosts.map((Host) => ask(mingce.port, 'GET /healthz', { Host })));
    await mingce.close();
    return answers.map(({ status }) => status);
  };

  test('serves the names that are configured, and that of its origin', async () => {
    const options = { hosts: ['mingce.test', 'Directory:6464'], origin: 'https://mingce.example:8443' };
    const hosts = ['mingce.test:6464', 'directory', 'mingce.example', 'localhost', 'other.test', 'test'];
    expect(await statuses(options, hosts)).toEqual([200, 200, 200, 200, 421, 421]);
  });

  test('that others reach serves every name unless some are configured', async () => {
    const open = { host: '0.0.0.0' };
    expect(await statuses(open, ['directory', '10.0.0.1', 'localhost'])).toEqual([200, 200, 200]);
    expect(await statuses({ ...open, hosts: ['directory'] }, ['directory:6464', 'evil.example', 'localhost'])).toEqual([
      200, 421, 200,
    ]);
  });
});

describe('a page of another site', () => {
  const Host = 'localhost';

  test.each([
    ['GET /mingce/v1', 200],
    ['GET /mingce/v1/companies', 200],
    ['GET /mingce/v1/nothing', 404],
    ['GET /metrics', 200],
  ])('gets nothing from %s, by a script, a form or a frame', async (line, otherwise) => {
    const Authorization = `Bearer ${KEY}`;
    for (const foreign of [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' },
      { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' },
    ]) {
      const answer = await ask(demo.port, line, { Host, Authorization, ...foreign });
      expect([answer.status, answer.headers['content-type']]).toEqual([403, 'application/problem+json; charset=utf-8']);
      expect(answer.text).toContain('MINGCE_ORIGIN');
    }
    const own = await ask(demo.port, line, { Host, Authorization, Origin: 'http://localhost' });
    expect(own.status).toBe(otherwise);
  });

  test('changes nothing by a form', async () => {
    const headers = { Host, Authorization: `Bearer ${KEY}`, 'Sec-Fetch-Site': 'cross-site' };
    const answer = await ask(demo.port, 'DELETE /mingce/v1/companies/demo', headers);
    expect([answer.status, await demo.companies.keys()]).toEqual([403, ['demo', 'demo-2']]);
  });

  test('is not sent a code without the user seeing it, but may lead to the page', async () => {
    const line = `GET /open-apis/authen/v1/authorize?client_id=cli_mingce_demo&response_type=code&login_hint=zhangsan&redirect_uri=http://127.0.0.1/back`;
    const link = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
    expect((await ask(demo.port, line, { Host, ...link })).status).toBe(302);
    for (const foreign of [{ ...link, 'Sec-Fetch-Dest': 'iframe' }, { Origin: 'https://evil.example' }]) {
      const answer = await ask(demo.port, line, { Host, ...foreign });
      expect([answer.status, answer.headers['location']]).toEqual([403, undefined]);
    }
  });

  test('does not keep programs from the platforms’ own calls, whatever they send', async () => {
    const line = 'GET /cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-secret';
    for (const more of [{}, { Origin: 'https://app.example' }, { 'Sec-Fetch-Site': 'cross-site' }]) {
      expect((await ask(demo.port, line, { Host, ...more })).json.errcode).toBe(0);
    }
  });
});

describe('who is on this machine', () => {
  const page = `GET /open-apis/authen/v1/authorize?client_id=cli_mingce_demo&response_type=code&redirect_uri=http://127.0.0.1/back`;
  /** Whether the page names administrators, and whether metrics are served without a key. */
  const trusted = async (options: StartOptions, headers: Readonly<Record<string, string>>, version = '1.1') => {
    const mingce = await startMingce({ companies: [named], adminKey: 'sesame-of-the-admin', ...options });
    const answers = [
      await ask(mingce.port, page, headers, version),
      await ask(mingce.port, 'GET /metrics', headers, version),
    ];
    await mingce.close();
    expect(answers[0]?.status).toBe(200);
    return [answers[0]?.text.includes('陈建国'), answers[1]?.status];
  };
  const named = `mingce: 1\nkey: inn\nname: Inn\nfeishu:\n  founder: chen\n  apps: [{ app_id: cli_mingce_demo, app_secret: hush-hush-hush }]\nemployees:\n  - { id: chen, name: 陈建国 }\n`;

  test('is one who calls it by its own name, with nobody between', async () => {
    expect(await trusted({}, { Host: 'localhost:6464' })).toEqual([true, 200]);
  });

  test.each<[string, StartOptions, Readonly<Record<string, string>>, string?]>([
    ['an address is configured under which others call', { origin: 'https://mingce.example' }, { Host: 'localhost' }],
    ['it is called by another name', { hosts: ['mingce.test'] }, { Host: 'mingce.test' }],
    ['it is called by no name', {}, {}, '1.0'],
    ['others can reach it', { host: '0.0.0.0' }, { Host: 'localhost' }],
    ['a proxy says for whom it asks', {}, { Host: 'localhost', 'X-Forwarded-For': '192.0.2.1' }],
    ['a proxy says under which name it was called', {}, { Host: 'localhost', 'X-Forwarded-Host': 'mingce.example' }],
    ['a proxy says for whom it asks, as the standard has it', {}, { Host: 'localhost', Forwarded: 'for=192.0.2.1' }],
    ['a proxy says that it is one', {}, { Host: 'localhost', Via: '1.1 proxy' }],
    ['a proxy says for whom it asks, in its own way', {}, { Host: 'localhost', 'X-Real-IP': '192.0.2.1' }],
  ])('nobody counts as such where %s', async (_what, options, headers, version) => {
    expect(await trusted(options, headers, version)).toEqual([false, 401]);
  });
});
