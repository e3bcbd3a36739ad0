import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startMingce } from '../../src/app.ts';
import type { Mingce } from '../../src/mingce.ts';
import { certificateFor } from '../../src/cli/tls-certificate.ts';
import { authorityIn } from '../../src/tls/authority.ts';
import { createAuthority, issueCertificate } from '../../src/tls/certificates.ts';
import { PROGRAM } from '../support/program-path.ts';

let folder: string;
let mingce: Mingce | undefined;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mingce-tls-'));
});
afterEach(async () => {
  await mingce?.close();
  mingce = undefined;
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const config = { data: '', host: '127.0.0.1', hosts: ['mingce.test'], origin: null };

function get(url: string, ca: string, servername?: string): Promise<readonly [status: number, body: string]> {
  return new Promise((resolve, reject) => {
    request(url, { ca, ...(servername === undefined ? {} : { servername }) }, (answer) => {
      let body = '';
      answer.on('data', (piece: Buffer) => (body += piece.toString()));
      answer.on('end', () => {
        resolve([answer.statusCode ?? 0, body]);
      });
    })
      .on('error', reject)
      .end();
  });
}

const LOCATION = '/api/openapi/v2/location?corpId=xgJ3wajigF25H0';

test('a certificate made on the spot counts for every name of the server, and addresses are told with https', async () => {
  const made = await certificateFor({ tls: true }, { ...config, data: folder });
  mingce = await startMingce({ demo: true, tls: made?.certificate });
  expect(mingce.url).toMatch(/^https:/);
  const ca = readFileSync(made?.authority ?? '', 'utf8');
  expect(await get(mingce.url + LOCATION, ca)).toEqual([200, JSON.stringify({ value: `${mingce.url}/` })]);
  expect((await get(mingce.url + LOCATION, ca, 'mingce.test'))[0]).toBe(200);
  await expect(get(mingce.url + LOCATION, ca, 'elsewhere.test')).rejects.toThrow(/altnames/i);
  const other = await createAuthority('Another', Date.now());
  await expect(get(mingce.url + LOCATION, other.cert)).rejects.toThrow(/certificate/i);
});

test('a certificate that is given is shown; one half of it is a mistake', async () => {
  const authority = await authorityIn(join(folder, 'given'), Date.now());
  const { cert, key } = await issueCertificate(authority, ['127.0.0.1'], Date.now());
  const [tlsCert, tlsKey] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  writeFileSync(tlsCert, cert);
  writeFileSync(tlsKey, key);
  const given = await certificateFor({ tls: false, tlsCert, tlsKey }, config);
  expect(given?.authority).toBe(null);
  mingce = await startMingce({ tls: given?.certificate });
  expect((await get(`${mingce.url}/healthz`, authority.cert))[0]).toBe(200);
  await expect(certificateFor({ tls: true, tlsCert }, config)).rejects.toThrow(/come together/);
  await expect(certificateFor({ tls: true, tlsCert: '/nothing', tlsKey }, config)).rejects.toThrow(/cannot be read/);
});

test('a caller without TLS is not answered, and others go on', async () => {
  const authority = await authorityIn(join(folder, 'given'), Date.now());
  mingce = await startMingce({ tls: await issueCertificate(authority, ['127.0.0.1'], Date.now()) });
  const { port } = mingce;
  const reply = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'));
    socket.on('data', (piece) => (text += piece.toString('latin1')));
    socket
      .on('error', () => undefined)
      .on('close', () => {
        resolve(text);
      });
  });
  expect(reply).not.toMatch(/200 OK/);
  expect((await get(`${mingce.url}/healthz`, authority.cert))[0]).toBe(200);
});

test('many requests on one connection are answered, and stopping answers what was accepted', async () => {
  const authority = await authorityIn(join(folder, 'given'), Date.now());
  mingce = await startMingce({ demo: true, tls: await issueCertificate(authority, ['127.0.0.1'], Date.now()) });
  const ca = join(folder, 'given', 'authority.pem');
  const { url } = mingce;
  const script = `const all = await Promise.all(Array.from({ length: 50 }, () => fetch('${url}${LOCATION}').then((a) => a.text())));
console.log(new Set(all).size, all[0]);`;
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: ca };
  const args = ['--input-type=module', '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  expect(stdout.trim()).toBe(`1 {"value":"${url}/"}`);
});

test('the command serves so, and says where', async () => {
  const args = ['serve', '--tls', '--json', '--port', '0', '--store', 'sqlite::memory:', '--data', join(folder, 'cli')];
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { url } = JSON.parse(line.toString()) as { readonly url: string };
  expect(url).toMatch(/^https:\/\/127\.0\.0\.1:/);
  expect((await get(`${url}/readyz`, readFileSync(join(folder, 'cli/tls/authority.pem'), 'utf8')))[0]).toBe(200);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
