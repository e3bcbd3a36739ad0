// The program that users start finds the right Node and starts it; what holds for one process must hold for all of them.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../support/program.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Whether a process runs; one that ended and was not waited for does not count. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !(
      existsSync(`/proc/${String(pid)}/stat`) && /\) Z /.test(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'))
    );
  } catch {
    return false;
  }
}

/** Starts a server by the command, sends signals to that command, and returns what the server then did. */
async function signalled(command: readonly string[], send: (child: ChildProcess) => void): Promise<unknown> {
  using folder = scratchFolder();
  // A project that has mingce as a dependency: npx finds it here and asks no registry.
  mkdirSync(folder.file('node_modules/.bin'), { recursive: true });
  writeFileSync(folder.file('package.json'), '{ "name": "a-project", "version": "1.0.0" }\n');
  symlinkSync(join(ROOT, 'bin/mingce.js'), folder.file('node_modules/.bin/mingce'));
  const ready = folder.file('ready.json');
  const out = folder.file('out');
  const args = ['serve', '--port', '0', '--no-demo', '--store', 'sqlite::memory:', '--ready-file', ready];
  const [program = '', ...first] = command;
  const fd = openSync(out, 'w');
  const child = spawn(program, [...first, ...args], {
    cwd: folder.path,
    stdio: ['ignore', fd, 'inherit'],
    detached: true,
  });
  closeSync(fd);
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  while (!existsSync(ready) && !isOver()) await setTimeout(20);
  const { pid } = JSON.parse(readFileSync(ready, 'utf8')) as { pid: number };
  send(child);
  for (let tries = 0; runs(pid) && tries < 400; tries++) await setTimeout(20);
  const outlivesIt = runs(pid);
  // What is left of a test that fails is in one process group.
  if (outlivesIt) process.kill(-(child.pid ?? 0), 'SIGKILL');
  const [code] = await ended;
  return { outlivesIt, saysGoodbye: readFileSync(out, 'utf8').includes('stopped'), code };
}

const LAUNCHER = [process.execPath, join(ROOT, 'bin/mingce.js')];
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

describe.skipIf(process.platform === 'win32')('no server outlives the command that started it', () => {
  test.each(SIGNALS)('the launcher passes %s on and ends with the code of the server', async (signal) => {
    const done = await signalled(LAUNCHER, (child) => child.kill(signal));
    expect(done).toEqual({ outlivesIt: false, saysGoodbye: true, code: 0 });
  });

  test.each(SIGNALS)(
    '%s to launcher and server together, as terminals and systemd send it, is one signal',
    async (signal) => {
      const done = await signalled(LAUNCHER, (child) => process.kill(-(child.pid ?? 0), signal));
      expect(done).toEqual({ outlivesIt: false, saysGoodbye: true, code: 0 });
    },
  );

  test('a signal that the launcher sees when the server is ending already does not end it otherwise', async () => {
    const ending = `process.disconnect(); setTimeout(() => process.exit(0), 1_000); console.log('ending')`;
    const launcher = `
      import { start } from ${JSON.stringify(new URL('../../bin/pinned-node.js', import.meta.url).href)};
      start(process.execPath, ['-e', ${JSON.stringify(ending)}], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', launcher], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit') as Promise<[number | null]>;
    await once(child.stdout, 'data');
    // Until the launcher sees that the channel is closed.
    await setTimeout(300);
    child.kill('SIGHUP');
    expect(await ended).toEqual([0, null]);
  });

  test('a server whose launcher is killed stops as usual', async () => {
    const done = await signalled(LAUNCHER, (child) => child.kill('SIGKILL'));
    expect(done).toEqual({ outlivesIt: false, saysGoodbye: true, code: null });
  });

  // npm leaves SIGINT to the terminal, which sends it to all of them.
  test.each(['SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
    'a server of npx that gets %s stops as usual',
    async (signal) => {
      const done = await signalled(['npx', 'mingce'], (child) => child.kill(signal));
      expect(done).toMatchObject({ outlivesIt: false, saysGoodbye: true });
    },
  );

  test('a server of npx stops as usual on Ctrl-C', async () => {
    const done = await signalled(['npx', 'mingce'], (child) => process.kill(-(child.pid ?? 0), 'SIGINT'));
    expect(done).toMatchObject({ outlivesIt: false, saysGoodbye: true });
  });
});
