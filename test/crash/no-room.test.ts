import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { disableRateLimits, startServer, type RunningServer } from '../support/running-server.ts';
import { feishuWire, hoseWire, openLook, wecomWire, type Look, type PlatformClient } from '../support/clients/crash.ts';

/* Where nothing can be kept, nothing is said to have been; and it goes on by itself once something can. */

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'mingce-room-'))));
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A way to take the room from a running server and give it back. */
interface Tightness {
  readonly start: () => Promise<RunningServer>;
  readonly take: (server: RunningServer) => void;
  readonly give: (server: RunningServer) => void;
}

const OWN_MOUNTS = ['unshare', '--map-root-user', '--mount', 'sh', '-c'];

const works = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;
/** A mount of the process's own needs a Linux that lets users have namespaces. */
const hasMounts = works('unshare', '--map-root-user', '--mount', 'mount', '-t', 'tmpfs', '-o', 'size=1m', 't', '/mnt');
const hasLimits = works('prlimit', '--version');

const NOT_HERE = 'this machine has no means to arrange it';

/** The server has a disk of 16 MiB to itself, which something else fills up. */
const fullDisk: Tightness = {
  start: () =>
    startServer(['--data', join(folder, 'data')], {
      through: [...OWN_MOUNTS, 'mount -t tmpfs -o size=16m tmpfs "$0" && exec "$@"', folder],
    }),
  take: (server) => {
    const ballast = ballastOf(server);
    let isFull = false;
    for (let size = 2 ** 20; size >= 512; size = isFull ? size / 2 : size) {
      try {
        writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' });
      } catch {
        isFull = true;
      }
    }
  },
  give: (server) => {
    rmSync(ballastOf(server));
  },
};

function ballastOf(server: RunningServer): string {
  return join(`/proc/${String(server.process.pid)}/root`, folder, 'ballast');
}

/** No file may grow beyond the size that the log has now. */
const limitedFiles: Tightness = {
  start: () => startServer(['--data', join(folder, 'data')]),
  take: (server) => {
    const { size } = statSync(join(folder, 'data', 'mingce.db-wal'));
    spawnSync('prlimit', ['--pid', String(server.process.pid), `--fsize=${String(size)}:unlimited`]);
  },
  give: (server) => {
    spawnSync('prlimit', ['--pid', String(server.process.pid), '--fsize=unlimited:unlimited']);
  },
};

/** Writes until each wire was put off, so many times at most; answers the last number that each had acknowledged. */
async function writeUntilBusy(wires: readonly PlatformClient[], from: number): Promise<readonly number[]> {
  return await Promise.all(
    wires.map(async (wire) => {
      for (let number = from; number < from + 20_000; number++) {
        if ((await wire.write(`n${String(number)}`)) === 'busy') return number - 1;
      }
      throw new Error(`${wire.name} was never put off`);
    }),
  );
}

const PEOPLE = ['linfeng', 'hebin', 'tangjing'] as const;

async function openWires(url: string): Promise<readonly PlatformClient[]> {
  await disableRateLimits(url);
  return await Promise.all([feishuWire(url, [PEOPLE[0]]), wecomWire(url, [PEOPLE[1]]), hoseWire(url, [PEOPLE[2]])]);
}

async function shownNumbers(look: Look): Promise<readonly (readonly string[])[]> {
  const shown = await look(PEOPLE);
  return PEOPLE.map((person) => shown.filter((one) => one.person === person).map(({ name }) => name));
}

const three = (numbers: readonly number[]): unknown => numbers.map((number) => Array(3).fill(`n${String(number)}`));

async function readiness(url: string): Promise<number> {
  return (await fetch(`${url}/readyz`)).status;
}

describe.each([
  ['a full disk', fullDisk, hasMounts],
  ['files that may not grow', limitedFiles, hasLimits],
] as const)('%s', (_what, tightness, isPossible) => {
  test('what is acknowledged is kept, the rest put off, and it goes on when there is room', async ({ skip }) => {
    skip(!isPossible, NOT_HERE);
    const server = await tightness.start();
    const wires = await openWires(server.url);
    const look = await openLook(server.url);
    for (const wire of wires) expect(await wire.write('n0')).toBe('kept');
    expect(await readiness(server.url)).toBe(200);

    tightness.take(server);
    const kept = await writeUntilBusy(wires, 1);
    // All three are put off now, and what they had is what everyone reads.
    for (const wire of wires) expect(await wire.write('n99999')).toBe('busy');
    expect(await shownNumbers(look)).toEqual(three(kept));
    expect(await readiness(server.url)).toBe(503);

    tightness.give(server);
    expect(await readiness(server.url)).toBe(200);
    for (const wire of wires) expect(await wire.write('n100000')).toBe('kept');
    expect(await shownNumbers(look)).toEqual(three([100_000, 100_000, 100_000]));
    expect(await server.stop()).toBe(0);
  });
});

describe('a data folder that cannot be written', () => {
  test('is said so in a sentence, and left as it is', async ({ skip }) => {
    skip(!hasMounts, NOT_HERE);
    await (await startServer(['--data', join(folder, 'data')])).stop();
    const through = [...OWN_MOUNTS, 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"', folder];
    await expect(startServer(['--data', join(folder, 'data')], { through })).rejects.toThrow(
      /ended with 1 .*\n.*cannot be written\. Check its permissions/,
    );
    await (await startServer(['--data', join(folder, 'data')])).stop();
  });
});

test('a database that only reads for a while: put off in the platforms’ words, and on by itself afterwards', async () => {
  const main = new URL(inject('postgresUrl'));
  const name = `d${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ connectionString: main.href });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  const restrict = async (to: 'on' | 'off'): Promise<void> => {
    await admin.query(`ALTER DATABASE ${name} SET default_transaction_read_only = ${to}`);
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
  };
  main.pathname = `/${name}`;
  const server = await startServer(['--store', main.href]);
  const wires = await openWires(server.url);
  const look = await openLook(server.url);
  for (const wire of wires) expect(await wire.write('n1')).toBe('kept');

  await restrict('on');
  for (const wire of wires) expect(await wire.write('n2')).toBe('busy');
  expect(await readiness(server.url)).toBe(503);
  expect(await shownNumbers(look)).toEqual(three([1, 1, 1]));

  await restrict('off');
  for (const wire of wires) expect(await wire.write('n3')).toBe('kept');
  expect(await readiness(server.url)).toBe(200);
  expect(await shownNumbers(look)).toEqual(three([3, 3, 3]));
  expect(await server.stop()).toBe(0);
  await admin.query(`DROP DATABASE ${name}`);
  await admin.end();
});
