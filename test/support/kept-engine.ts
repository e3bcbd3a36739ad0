import type { Engine, SqlTask, Statement, WriteResult } from '../../src/store/engine.ts';
import { PostgresEngine } from '../../src/store/engines/postgres.ts';
import { SqliteEngine } from '../../src/store/engines/sqlite.ts';
import { migrate } from '../../src/store/migrate.ts';
import { StoreBusyError } from '../../src/directory/errors.ts';
import { freshSchema } from './fresh-store.ts';

/** An engine with today's tables that outlives the stores on it; opening one takes longer than most tests. */
export interface KeptEngine {
  readonly kind: EngineKind;
  readonly engine: Engine;
  /** Its schema on the run's PostgreSQL server; null for a database in memory. */
  readonly schema: string | null;
  /** The name of what was filled in last; null where it may hold anything. */
  filling: string | null;
  /** The tables that were written to since. */
  readonly written: Set<string>;
}

/** Whether tests are to run on PostgreSQL just now. */
const isOnPostgres = (): boolean => process.env['MINGCE_TEST_ENGINE'] === 'postgres';

/** A database in memory, or one of PostgreSQL; without locks by name it is serializable. */
export type EngineKind = 'memory' | 'postgres' | 'serializable';

/** Engines that were given back. */
const spare: Readonly<Record<EngineKind, KeptEngine[]>> = { memory: [], postgres: [], serializable: [] };

/** Lends an engine, by default on the database under test; what was kept on it before is still there. */
export async function lendEngine(kind: EngineKind = isOnPostgres() ? 'postgres' : 'memory'): Promise<KeptEngine> {
  return spare[kind].pop() ?? (await openEngine(kind));
}

/** Gives an engine back for the next test. */
export function giveBack(kept: KeptEngine): void {
  spare[kept.kind].push(kept);
}

async function openEngine(kind: EngineKind): Promise<KeptEngine> {
  const url = kind === 'memory' ? null : await freshSchema();
  const isolation = kind === 'serializable' ? '&isolation=serializable' : '';
  const engine = url === null ? new SqliteEngine(':memory:') : await PostgresEngine.open(url + isolation);
  await migrate(engine);
  const schema = url === null ? null : (new URL(url).searchParams.get('options')?.split('=')[1] ?? '');
  return { kind, engine, schema, filling: null, written: new Set() };
}

/**
 * The engine as one store uses it: closing waits for what is under way and refuses what comes later, but leaves the
 * engine open. Notes which tables are written to.
 */
export function closable({ engine, written }: KeptEngine, closed: () => void = () => undefined): Engine {
  const underWay = new Set<Promise<unknown>>();
  let isClosed = false;
  const counted = <Result>(run: () => Promise<Result>): Promise<Result> => {
    if (isClosed) return Promise.reject(new StoreBusyError('the store is closed'));
    const running = run();
    const settled = Promise.allSettled([running]);
    underWay.add(settled);
    void settled.finally(() => underWay.delete(settled));
    return running;
  };
  return {
    flavor: engine.flavor,
    backups: engine.backups,
    metrics: engine.metrics,
    isShared: engine.isShared,
    wasOpen: engine.wasOpen,
    get rollbackCount() {
      return engine.rollbackCount;
    },
    read: <Result>(work: () => SqlTask<Result>) => counted(() => engine.read(work)),
    write: <Result>(work: () => SqlTask<WriteResult<Result>>) =>
      counted(() => engine.write(() => noting(work(), written))),
    form: (how) => engine.form(how),
    check: () => engine.check(),
    isReady: () => engine.isReady(),
    close: async () => {
      isClosed = true;
      while (underWay.size > 0) await Promise.all(underWay);
      closed();
    },
  };
}

/** Runs work and notes the tables that its statements write to. */
function* noting<Result>(work: SqlTask<WriteResult<Result>>, written: Set<string>): SqlTask<WriteResult<Result>> {
  let step = work.next();
  while (step.done !== true) {
    noteTables(step.value, written);
    step = work.next(yield step.value);
  }
  noteTables(step.value.deferred, written);
  return step.value;
}

/** The tables that each statement writes to, by its text. */
const tablesOf = new Map<string, readonly string[]>();

function noteTables(statements: readonly Statement[], written: Set<string>): void {
  for (const { text } of statements) {
    let tables = tablesOf.get(text);
    if (tables === undefined) {
      tables = [...text.matchAll(/\b(?:(?:INTO|UPDATE|DELETE FROM)\s+(\w+)|(nextval)\b)/gi)].map(
        ([, table, number]) => table ?? number ?? '',
      );
      tablesOf.set(text, tables);
    }
    for (const table of tables) written.add(table);
  }
}
