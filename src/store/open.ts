import { BackupRefused, type Backups, type Contents } from '../directory/backup.ts';
import { StoreBusy } from '../directory/errors.ts';
import { silentLog, type Log } from '../lib/log.ts';
import { backupsOf, contentsOf } from './backups.ts';
import { StoreUnusable, type Engine } from './engine.ts';
import { isThere, refuseDamaged, setAside } from './engines/sqlite-backups.ts';
import { SqliteEngine } from './engines/sqlite.ts';
import { migrate } from './migrate.ts';
import { ReplaceableStore, type OpenedStore } from './replaceable-store.ts';

/**
 * Opens the store named by `sqlite:<file>` or `postgres://…`, brought up to today's tables. Throws `StoreUnusable` with
 * a sentence.
 */
export async function openStore(url: string, log: Log = silentLog): Promise<OpenedStore> {
  const engine = await engineFor(url, log);
  try {
    await migrate(engine);
  } catch (error) {
    await engine.close();
    if (!(error instanceof StoreBusy)) throw error;
    throw new StoreUnusable('The store cannot be written just now. Is its disk full, or another Mingce busy with it?', {
      cause: error,
    });
  }
  return new ReplaceableStore(engine);
}

/** A store opened for its copies alone: what is kept in it stays as it is. */
export interface OpenedBackups {
  readonly backups: Backups | string;
  /** Where something went that could not be opened, to make place; null where nothing had to. */
  readonly aside: string | null;
  close(): Promise<void>;
}

/**
 * Opens a store to copy it, which must be there, or to put a copy back, for which a place is made; with `force` also
 * where something damaged is. Throws `BackupRefused` and `StoreUnusable` with a sentence.
 */
export async function openBackups(
  url: string,
  purpose: { readonly restore: boolean; readonly force: boolean },
): Promise<OpenedBackups> {
  const file = /^sqlite:(.*)$/s.exec(url)?.[1];
  if (file !== undefined && !purpose.restore && !isThere(file)) {
    throw new BackupRefused('pointless', `There is no data in ${file} to copy; name the folder it is in with --data.`);
  }
  let aside: string | null = null;
  let engine: Engine;
  try {
    engine = await engineFor(url);
  } catch (error) {
    const isInTheWay = error instanceof StoreUnusable && error.isDamaged && purpose.restore && purpose.force;
    if (!isInTheWay || file === undefined) throw error;
    aside = setAside(file);
    engine = await engineFor(url);
  }
  return { backups: backupsOf(engine, () => undefined), aside, close: () => engine.close() };
}

/** Reads a copy through, as a file, and says what is in it. Throws `BackupRefused`. */
export async function checkCopy(file: string): Promise<Contents> {
  await refuseDamaged(file);
  const copy = new SqliteEngine(file);
  try {
    return await contentsOf(copy);
  } finally {
    await copy.close();
  }
}

async function engineFor(url: string, log: Log = silentLog): Promise<Engine> {
  const [, scheme = '', rest = ''] = /^([a-z]+):(.*)$/s.exec(url) ?? [];
  if (scheme === 'sqlite' && rest !== '') return new SqliteEngine(rest, log);
  if (scheme === 'postgres' || scheme === 'postgresql') {
    // Only now, so that nobody else waits for its driver to be loaded.
    const { PostgresEngine } = await import('./engines/postgres.ts');
    return await PostgresEngine.open(url);
  }
  throw new StoreUnusable(
    `The store "${scheme}:…" is not known. Give --store sqlite:FILE or postgres://USER:PASSWORD@HOST:PORT/DATABASE, or leave it out.`,
  );
}
