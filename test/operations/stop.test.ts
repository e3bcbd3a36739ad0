import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { scratchFolder, serveProgram } from '../support/program.ts';
import { NumberedWriters } from './numbered.ts';

test('stopped while many write, it answers all it accepted, keeps what it answered, and ends with 0', async () => {
  using folder = scratchFolder();
  const writers = new NumberedWriters();
  for (const enough of [1, 40, 160]) {
    const server = await serveProgram(['--data', folder.file('data')]);
    const { ended } = await writers.begin(server.url);
    const before = writers.acknowledged.reduce((sum, number) => sum + number, 0);
    const written = (): number => writers.acknowledged.reduce((sum, number) => sum + number, 0) - before;
    while (written() < enough) await sleep(1);
    // Only the server is stopped: each client goes on until it is refused.
    const { code, stderr } = await server.stop();
    await ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });

    const again = await serveProgram(['--data', folder.file('data')]);
    // Less would be lost; more would have been done without being said.
    expect(await writers.read(again.url)).toEqual(writers.acknowledged);
    expect((await again.stop()).code).toBe(0);
    for (const one of writers.writers) {
      expect(one.sent - one.acknowledged, 'every client was still writing').toBe(1);
      one.sent = one.acknowledged;
    }
  }
});

test('stopped while a copy is sent, it sends the rest of it first', async () => {
  using folder = scratchFolder();
  const server = await serveProgram(['--data', folder.file('data')]);
  const answer = await fetch(`${server.url}/mingce/v1/backup`, {
    method: 'POST',
    headers: { authorization: 'Bearer mingce-demo-admin' },
  });
  const stopping = server.stop();
  const { byteLength } = await answer.arrayBuffer();
  expect(byteLength).toBeGreaterThan(50_000);
  expect((byteLength / 4_096) % 1, 'whole pages').toBe(0);
  expect(await stopping).toMatchObject({ code: 0, stderr: '' });
});
