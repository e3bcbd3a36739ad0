import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { startServer, type RunningServer } from '../support/running-server.ts';

let server: RunningServer | null = null;
afterEach(async () => {
  await server?.kill();
});

test.each(['stdout', 'stderr'] as const)('a server whose %s nobody reads any more goes on serving', async (name) => {
  server = await startServer(['--store', 'sqlite::memory:', '--log', 'info']);
  const stream = server.process[name];
  stream?.destroy();
  if (stream?.closed === false) await once(stream, 'close');
  for (let turn = 0; turn < 20; turn++) {
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await sleep(5);
  }
  expect(await server.stop()).toBe(0);
});
