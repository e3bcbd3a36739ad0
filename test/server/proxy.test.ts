import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMingce } from '../../src/app.ts';
import type { Mingce } from '../../src/mingce.ts';
import { dialects } from '../../src/dialects/registry.ts';
import { Proxy } from '../../src/proxy/proxy.ts';
import { authorityIn } from '../../src/tls/authority.ts';
import { issueCertificate } from '../../src/tls/certificates.ts';

/* Clients with a platform's host built in, as they are published, through the proxy to the directory. */

let folder: string;
let mingce: Mingce;
let proxy: Proxy;
let url: string;
let ca: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingce-proxy-'));
  mingce = await startMingce({ demo: true });
  const authority = await authorityIn(join(folder, 'tls'), Date.now());
  ca = authority.file;
  const hosts = dialects.flatMap((dialect) => dialect.hosts);
  const certificate = await issueCertificate(authority, hosts, Date.now());
  proxy = new Proxy({ hosts, to: new URL(mingce.url), certificate, ca: authority.cert });
  url = await proxy.listen('127.0.0.1', 0);
});
afterAll(async () => {
  await proxy.close();
  await mingce.close();
  rmSync(folder, { recursive: true });
});

/** What a program prints that knows nothing of Mingce but its environment. */
function said(command: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const home = fileURLToPath(new URL('../../', import.meta.url));
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(command, args, { cwd: home, env: { PATH, HOME, ...env } });
  return new Promise((resolve, reject) => {
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (text += piece.toString()));
    child.once('error', reject);
    child.once('exit', () => {
      resolve(text);
    });
  });
}

test('the Lark SDK with its own domain', async () => {
  const file = join(folder, 'lark.mjs');
  const sdk = import.meta.resolve('@larksuiteoapi/node-sdk');
  writeFileSync(
    file,
    `import * as lark from '${sdk}';
const client = new lark.Client({ appId: 'cli_mingce_demo', appSecret: 'mingce-demo-secret', loggerLevel: lark.LoggerLevel.error });
const answer = await client.request({ method: 'PATCH',
  url: '/open-apis/directory/v1/employees/zhangsan', params: { employee_id_type: 'employee_id' },
  data: { employee: { mobile: '13912345678' } } });
console.log(JSON.stringify(answer), client.domain);`,
  );
  const text = await said(process.execPath, [file], { HTTPS_PROXY: url, NODE_EXTRA_CA_CERTS: ca });
  expect(text).toMatch(/"code":0.*open\.feishu\.cn/);
  const changes = `${mingce.url}/mingce/v1/companies/demo/employees/zhangsan/changes`;
  const reply = await fetch(changes, { headers: { authorization: 'Bearer mingce-demo-admin' } });
  expect(await reply.text()).toContain('13912345678');
});

test('fetch of Node, with TLS to the host itself', async () => {
  const file = join(folder, 'wecom.mjs');
  writeFileSync(
    file,
    `const answer = await fetch('https://qyapi.weixin.qq.com/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-secret');
console.log(answer.status, await answer.text());`,
  );
  const env = { HTTPS_PROXY: url, NODE_USE_ENV_PROXY: '1', NODE_EXTRA_CA_CERTS: ca };
  expect(await said(process.execPath, [file], env)).toMatch(/^200 \{"errcode":0/);
  // Without the authority a client is right not to believe it.
  const strict = { HTTPS_PROXY: url, NODE_USE_ENV_PROXY: '1' };
  expect(await said(process.execPath, [file], strict)).toMatch(/UNABLE_TO_VERIFY|unable to verify|self-signed/i);
});

test.skipIf(!hasPython())('urllib of Python', async () => {
  const program = `import json, urllib.request
body = json.dumps({"appKey": "mingce-demo-key", "appSecurity": "mingce-demo-security"}).encode()
request = urllib.request.Request("https://app.ekuaibao.com/api/openapi/v2.1/auth/getAccessToken", body, {"Content-Type": "application/json"})
print(urllib.request.urlopen(request).read().decode())`;
  const text = await said('python3', ['-c', program], { HTTPS_PROXY: url, https_proxy: url, SSL_CERT_FILE: ca });
  expect(text).toMatch(/"corporationId":"xgJ3wajigF25H0"/);
});

function hasPython(): boolean {
  return (process.env['PATH'] ?? '').split(':').some((path) => {
    try {
      return statSync(join(path, 'python3')).isFile();
    } catch {
      return false;
    }
  });
}

describe('everything else is refused', () => {
  function answerTo(head: string): Promise<string> {
    return new Promise((resolve, reject) => {
      let text = '';
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
        socket.write(`${head}\r\n\r\n`);
      });
      socket.setTimeout(2_000, () => socket.destroy());
      socket.on('data', (piece) => (text += piece.toString()));
      socket.on('error', reject).on('close', () => {
        resolve(text);
      });
    });
  }

  test.each([
    'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443',
    'CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1:22',
    'CONNECT open.feishu.cn.example.com:443 HTTP/1.1\r\nHost: x',
    'GET http://example.com/ HTTP/1.1\r\nHost: example.com\r\nConnection: close',
    'GET http://open.feishu.cn@example.com/ HTTP/1.1\r\nHost: open.feishu.cn\r\nConnection: close',
    'GET /open-apis/x HTTP/1.1\r\nHost: open.feishu.cn\r\nConnection: close',
  ])('%j', async (head) => {
    expect(await answerTo(head)).toMatch(/^HTTP\/1\.1 403 [^]*X-Mingce-Reason: not-a-platform/i);
  });

  test('a platform’s host without TLS leads to the directory', async () => {
    const head =
      'GET http://qyapi.weixin.qq.com/cgi-bin/gettoken?corpid=x&corpsecret=y HTTP/1.1\r\nHost: h\r\nConnection: close';
    expect(await answerTo(head)).toMatch(/^HTTP\/1\.1 200 [^]*"errcode":40/);
  });
});

test('a directory that does not answer is said so', async () => {
  const authority = {
    cert: readFileSync(ca, 'utf8'),
    key: readFileSync(join(folder, 'tls/authority-key.pem'), 'utf8'),
  };
  const certificate = await issueCertificate(authority, ['qyapi.weixin.qq.com'], Date.now());
  const to = new URL('http://127.0.0.1:1');
  const lonely = new Proxy({ hosts: ['qyapi.weixin.qq.com'], to, certificate, ca: authority.cert });
  const address = await lonely.listen('127.0.0.1', 0);
  const file = join(folder, 'lonely.mjs');
  writeFileSync(
    file,
    `const answer = await fetch('http://qyapi.weixin.qq.com/cgi-bin/x'); console.log(answer.status);`,
  );
  expect(await said(process.execPath, [file], { HTTP_PROXY: address, NODE_USE_ENV_PROXY: '1' })).toMatch(/^502/);
  await lonely.close();
});

test('the authority is the same the next time', async () => {
  const again = await authorityIn(join(folder, 'tls'), Date.now());
  expect(again.cert).toBe(readFileSync(ca, 'utf8'));
});

test.skipIf(process.platform === 'win32')('the authority is its owner’s alone', () => {
  for (const name of ['', '/authority.pem', '/authority-key.pem'])
    expect(statSync(join(folder, `tls${name}`)).mode & 0o077).toBe(0);
});
