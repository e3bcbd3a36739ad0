import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import { silentLog, startMingce } from '../../src/index.ts';
import { scratchFolder } from '../support/program.ts';
import { startServer } from '../support/running-server.ts';
import { command } from '../support/command.ts';

const OWN = ['mingce.db', 'mingce.db-wal', 'mingce.db.lock'];

/** Sends the beginning of a copy to be put back, and no end. */
function beginRestore(url: string, bytes: Buffer): void {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  // The server is killed.
  socket.on('error', () => undefined);
  const head = `POST /mingce/v1/restore?force=true HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer mingce-demo-admin\r\nContent-Length: ${String(bytes.byteLength)}\r\n\r\n`;
  socket.write(head);
  socket.write(bytes.subarray(0, bytes.byteLength / 2));
}

test('what a server left that was killed while a copy was put back is cleared away at the next start', async () => {
  using folder = scratchFolder();
  const data = folder.file('data');
  const server = await startServer(['--data', data]);
  const copy = folder.file('copy.db');
  expect((await command('backup', '--out', copy, '--server', server.url)).code).toBe(0);
  beginRestore(server.url, readFileSync(copy));
  await vi.waitFor(() => {
    expect(readdirSync(data)).toContain('mingce.db.incoming');
  });
  await server.kill();
  expect(readdirSync(data)).toContain('mingce.db.incoming');

  // And all else that may be left.
  for (const name of ['copy', 'incoming']) {
    for (const ending of ['', '-wal', '-journal', '-shm']) writeFileSync(`${data}/mingce.db.${name}${ending}`, 'left');
  }
  const again = await startMingce({ data, log: silentLog });
  expect(readdirSync(data).toSorted()).toEqual(OWN);
  expect(await again.companies.keys()).toEqual(['demo', 'demo-2']);
  await again.close();
});

test('what is left is cleared away by a command that opens the data, too', async () => {
  using folder = scratchFolder();
  const data = folder.file('data');
  await (await startMingce({ data, demo: true, log: silentLog })).close();
  writeFileSync(`${data}/mingce.db.incoming`, 'left');
  expect((await command('backup', '--out', folder.file('copy.db'), '--data', data)).code).toBe(0);
  expect(existsSync(`${data}/mingce.db.incoming`)).toBe(false);
});

test('a database that was being closed when the process ended is where it belongs at the next start', async () => {
  using folder = scratchFolder();
  const data = folder.file('data');
  await (await startMingce({ data, demo: true, log: silentLog })).close();
  renameSync(`${data}/mingce.db`, `${data}/mingce.db.closing`);
  const again = await startMingce({ data, log: silentLog });
  expect(readdirSync(data).toSorted()).toEqual(OWN);
  expect(await again.companies.keys()).toEqual(['demo', 'demo-2']);
  await again.close();
});

test('what a backup left that was killed is cleared away by the next one of that name', async () => {
  using folder = scratchFolder();
  const data = folder.file('data');
  await (await startMingce({ data, demo: true, log: silentLog })).close();
  const out = folder.file('copy.db');
  for (const ending of ['', '-wal', '-journal', '-shm']) writeFileSync(`${out}.part${ending}`, 'left');
  expect(await command('backup', '--out', out, '--data', data)).toMatchObject({ code: 0, stderr: '' });
  expect(readdirSync(folder.path).toSorted()).toEqual(['copy.db', 'data']);
});
