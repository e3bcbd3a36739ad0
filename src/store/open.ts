import { BackupError, type Backups, type BackupSummary } from '../directory/backup.ts';
import type { Checked } from '../directory/checked.ts';
import { StoreBusyError, StoreDamagedError } from '../directory/errors.ts';
import { silentLog, type Log } from '../lib/log.ts';
import { backupsOf, contentsOf } from './backups.ts';
import { lookThrough } from './check.ts';
import { StoreUnusableError, unknownStore, type Engine } from './engine.ts';
import { exists, assertIntact, removeDatabase, quarantine } from './engines/sqlite-backup-files.ts';
import { companionsOf, lockOf, restorePath } from './engines/sqlite-names.ts';
import { SqliteEngine } from './engines/sqlite.ts';
import { formatOf, migrate } from './migrate.ts';
import { endLeases } from './queries/consumers.ts';
import { migrations } from './migrations/index.ts';
import { finishRewritings } from './rewriting/rewriting-pieces.ts';
import { ReplaceableStore, type OpenedStore } from './replaceable-store.ts';

/**
 * Opens the store named by `sqlite:<file>` or `postgres://…`, brought up to today's tables. Throws `StoreUnusableError` with
 * a sentence.
 */
export async function openStore(url: string, log: Log = silentLog): Promise<OpenedStore> {
  const engine = await engineFor(url, { log });
  try {
    await openWhole(engine);
  } catch (error) {
    await engine.close();
    if (error instanceof StoreDamagedError) refuseDamage([error.message]);
    if (!(error instanceof StoreBusyError)) throw error;
    throw new StoreUnusableError(
      'The store cannot be written just now. Is its disk full, or another Mingce busy with it?',
      {
        cause: error,
      },
    );
  }
  const { files, folders } = engine.wasOpen;
  if (files + folders > 0) log.warn('data-was-open', { files, folders });
  return new ReplaceableStore(engine);
}

/** Brings a store up to date, and refuses one that is damaged, as far as a start has time to find out. */
async function openWhole(engine: Engine): Promise<void> {
  const { damage, isSmall } = engine.form('quick');
  refuseDamage(damage);
  const format = await migrate(engine);
  // Nothing is kept in a store whose tables were just made.
  if (format === 0) return;
  if (!engine.isShared) {
    await finishRewritings(engine);
    await engine.write(endLeases);
  }
  if (isSmall) refuseDamage((await engine.read(lookThrough)).damage);
}

function refuseDamage(damage: readonly string[]): void {
  const [first] = damage;
  if (first === undefined) return;
  throw new StoreUnusableError(
    `The data is damaged (${first}); mingce check tells of everything. Restore it from a backup, or choose another folder with --data.`,
    { isDamaged: true },
  );
}

/**
 * Checks a store that no other process has open, without changing it. Throws `StoreUnusableError` and `BackupError` with
 * a sentence.
 */
export async function checkStore(url: string, { isCopy }: { readonly isCopy: boolean }): Promise<Checked> {
  refuseAbsent(url, 'check');
  const engine = await engineFor(url, { isCopy });
  try {
    const { damage } = engine.form('whole');
    if (damage.length > 0) return { companies: 0, employees: 0, damage };
    if ((await formatOf(engine)) === migrations.length) return await engine.read(lookThrough);
    return { ...(await contentsOf(engine)), damage };
  } catch (error) {
    if (!(error instanceof StoreDamagedError)) throw error;
    return { companies: 0, employees: 0, damage: [error.message] };
  } finally {
    await engine.close();
  }
}

/** Whether the file of a store is not there yet, and neither is what a server that runs, or that ended early, leaves beside it. */
export function isAbsent(url: string): boolean {
  const file = fileOf(url);
  if (file === undefined || file === ':memory:') return false;
  return ![...companionsOf(file), lockOf(file), restorePath(file)].some(exists);
}

function refuseAbsent(url: string, purpose: 'copy' | 'check'): void {
  const file = fileOf(url);
  if (file === undefined || exists(file)) return;
  throw new BackupError(
    'pointless',
    `There is no data in ${file} to ${purpose}; name the folder it is in with --data.`,
  );
}

function fileOf(url: string): string | undefined {
  return /^sqlite:(.*)$/s.exec(url)?.[1];
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
 * where something damaged is. Throws `BackupError` and `StoreUnusableError` with a sentence.
 */
export async function openBackups(
  url: string,
  purpose: { readonly restore: boolean; readonly force: boolean },
): Promise<OpenedBackups> {
  const file = fileOf(url);
  if (!purpose.restore) refuseAbsent(url, 'copy');
  let aside: string | null = null;
  let engine: Engine;
  try {
    engine = await engineFor(url);
  } catch (error) {
    const isInTheWay = error instanceof StoreUnusableError && error.isDamaged && purpose.restore && purpose.force;
    if (!isInTheWay || file === undefined) throw error;
    aside = quarantine(file);
    engine = await engineFor(url);
  }
  return { backups: backupsOf(engine, () => undefined), aside, close: () => engine.close() };
}

/** Reads a copy through, as a file, and says what is in it. Throws `BackupError`. */
export async function checkCopy(file: string): Promise<BackupSummary> {
  await assertIntact(file);
  const copy = new SqliteEngine(file, { isCopy: true });
  try {
    return await contentsOf(copy);
  } finally {
    await copy.close();
  }
}

/** Removes a copy that was not finished, with what was kept beside it. */
export async function removeCopy(file: string): Promise<void> {
  await removeDatabase(file);
}

const SQLITE = 'sqlite:';

async function engineFor(url: string, how: { readonly isCopy?: boolean; readonly log?: Log } = {}): Promise<Engine> {
  const unknown = unknownStore(url);
  if (unknown !== null) throw new StoreUnusableError(unknown);
  if (url.startsWith(SQLITE)) return new SqliteEngine(url.slice(SQLITE.length), how);
  // Imported only here, so that other starts do not load its driver.
  const { PostgresEngine } = await import('./engines/postgres.ts');
  return await PostgresEngine.open(url);
}
