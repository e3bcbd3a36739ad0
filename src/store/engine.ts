import type { Checked } from '../directory/checked.ts';
import type { Metric } from '../lib/metrics.ts';

/** What goes into a statement and comes out of it; booleans are 0 and 1 on every engine. */
export type SqlValue = string | number | bigint | null;

/** One row, by column name. */
export type Row = Readonly<Record<string, SqlValue>>;

/** One statement. The text is the key under which an engine keeps it prepared, so values are never part of it. */
export interface Statement {
  /** Parameters stand in it as `$1`, `$2`, … */
  readonly text: string;
  readonly params: readonly SqlValue[];
  /**
   * Set where rows of one table are sought for any number of rows of another, or tables are gone through whole. A database that keeps its plan of a
   * statement may have made it when there was one row of each, and would then go through the whole of one table for each
   * row of the other: such a statement is planned each time.
   */
  readonly isPlannedEachTime?: true;
  /** Set where it adds an employee: with them grows whatever a company has. */
  readonly addsEmployee?: true;
}

/**
 * Work on the database: a generator that yields statements, any number at a time, and receives the rows of each. An
 * engine may run it again from the start, so it must do nothing else.
 */
export type SqlTask<Result> = Generator<readonly Statement[], Result, readonly (readonly Row[])[]>;

/** Whether someone waits for a write; one that no one waits for may go with others a moment later. */
export type When = 'now' | 'soon';

/** The result of a write, and statements whose rows are not needed, which are sent with the commit. */
export interface WriteResult<Result> {
  readonly result: Result;
  readonly deferred: readonly Statement[];
}

/** Takes a lock, if there is one, and asks under it, in one step; answers the rows. */
export function* queryUnderLock(lock: Statement | null, query: Statement): SqlTask<readonly Row[]> {
  return (yield lock === null ? [query] : [lock, query]).at(-1) ?? [];
}

/** The statement, if there is one. */
export function listed(statement: Statement | null): readonly Statement[] {
  return statement === null ? [] : [statement];
}

/** Whether an engine could keep the text at all; no value with a NUL is ever kept, so none need be looked for. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0');
}

/** A table whose numbers are never given again, though its rows may be removed one by one. */
export type CountedTable = keyof typeof COUNTERS;

/** The column that counts, for each such table. */
export const COUNTERS = { tenant: 'number', employee: 'seq', invitation: 'number' } as const;

/** The few texts in which the engines differ, each an expression or condition. */
export interface SqlSyntax {
  /** The type of a whole number of 64 bits. */
  readonly integer: string;
  /** The type and constraint of a key that counts up by itself. */
  readonly counter: string;
  /** Appended to a table whose rows lie in the order of its key, where the engine has such a thing. */
  readonly clustered: string;
  /** The database's time, in epoch milliseconds. */
  readonly nowMs: string;
  /**
   * Asks for the names of the transactions that may yet commit a row with a lower number than one that was read; null
   * where an engine cannot say, and of no use where numbers appear in order.
   */
  writersOf(table: string): Statement | null;
  /** The number of the change inserted by the statement before. */
  readonly lastChange: string;
  /** The number of the next row of such a table, one that no row ever had. */
  next(table: CountedTable): string;
  /** A statement to run before rows of the table are removed, so that `next` stays true; null where it does anyway. */
  beforeRemoval(table: CountedTable): Statement | null;
  /** A row for each member of a JSON list, in a column `value`; `alias` names the rows. */
  jsonEach(list: string, alias: string): string;
  /** The values of a column in all rows as the text of one JSON list, in no order. */
  jsonArrayAgg(column: string): string;
  /** A member of the JSON text in a column, as text. */
  jsonText(column: string, name: string): string;
  /** A member of the JSON text in a column, as JSON. */
  jsonGet(column: string, name: string): string;
  /** The operator that finds texts by how they begin, through an index, and what matches the rest of them. */
  readonly prefix: readonly [operator: string, rest: string];
  /**
   * Appended to a select inside a write to lock the rows of that table; empty where there are no other writers.
   */
  forUpdate(alias: string): string;
  /** Ends a subquery that is worked out before anything is joined to it, in the order of a column; empty where that is so anyway. */
  first(column: string): string;
  /** A statement that lets no other transaction pass that names one of the locks; null where writes never overlap. */
  lock(names: readonly string[]): Statement | null;
  /** The same, passing by others who share the lock. */
  sharedLock(name: string): Statement | null;
  /**
   * Statements that lock the table against inserts, and against this lock, until this transaction is done; none where
   * writes never overlap. Null where an engine has no such lock.
   */
  readonly lockTable: ((table: string) => readonly Statement[]) | null;
}

/** A statement's text in an engine's words, put together once: the longest part of finding what was prepared by it. */
export function memoizeSql(make: (flavor: SqlSyntax) => string): (flavor: SqlSyntax) => string {
  const texts = new WeakMap<SqlSyntax, string>();
  return (flavor) => {
    const known = texts.get(flavor);
    if (known !== undefined) return known;
    const text = make(flavor);
    texts.set(flavor, text);
    return text;
  };
}

/** How an engine copies all it holds, and puts such a copy in its place, while it is in use. */
export interface EngineBackups {
  /** Everything as of one moment. The copy is complete before the first piece is given out; read it, or break off. */
  copy(): Promise<AsyncIterable<Uint8Array>>;
  /**
   * Takes a copy in beside what is there, looks for damage, has it prepared as an engine of its own, and puts it in the
   * place of everything at one moment, unless `last`, which looks at what is there in that moment, throws. `replaced` is
   * called in that moment: no work runs on what came before it. Rejects with `BackupError`, or what was thrown, and
   * leaves all as it was.
   */
  replace<Result>(
    pieces: AsyncIterable<Uint8Array>,
    prepare: (copy: Engine) => Promise<Result>,
    last: () => SqlTask<void>,
    replaced: () => void,
  ): Promise<Result>;
}

/** A database that can run work. It decides nothing and knows no table. */
export interface Engine {
  readonly flavor: SqlSyntax;
  /** Where a database is copied by tools of its own: the sentence that names them. */
  readonly backups: EngineBackups | string;
  readonly metrics: readonly Metric[];
  /** Whether other processes may write the same data, so that what was read before must not be believed unasked. */
  readonly isShared: boolean;
  /** How many of its files and folders others on the machine could read until it was opened. */
  readonly wasOpen: { readonly files: number; readonly folders: number };
  /** How often a write was undone that had been run; whatever was learnt from it is not so. */
  readonly rollbackCount: number;
  /** Runs work that only reads, all of it from one state. */
  read<Result>(work: () => SqlTask<Result>): Promise<Result>;
  /**
   * Runs work in a transaction and answers once it is durable. Work that throws leaves nothing behind; rejects with
   * `StoreBusyError` when the database cannot be written.
   */
  write<Result>(work: () => SqlTask<WriteResult<Result>>, when?: When): Promise<Result>;
  /**
   * What is damaged in the database's own form: `quick` as far as a start can wait for it, with whether there is time
   * for what is in it, too. None where the database looks after that by itself.
   */
  form(how: 'quick' | 'whole'): { readonly damage: readonly string[]; readonly isSmall: boolean };
  /** Looks through everything while work goes on. */
  check(): Promise<Checked>;
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

/** Says why no engine is meant by an address, without the secrets in it; null where one is. */
export function unknownStore(url: string): string | null {
  const [, scheme = '', rest = ''] = /^([a-z]+):(.*)$/s.exec(url) ?? [];
  if (scheme === 'postgres' || scheme === 'postgresql' || (scheme === 'sqlite' && rest !== '')) return null;
  return `The store "${scheme}:…" is not known. Give --store sqlite:FILE or postgres://USER:PASSWORD@HOST:PORT/DATABASE, or leave it out.`;
}

/** Why a start failed and must not be retried, in one sentence for the operator. */
export class StoreUnusableError extends Error {
  /** Whether another process has the store open: that one can be asked instead. */
  readonly isInUse: boolean;
  /** Whether what is there cannot be read at all. */
  readonly isDamaged: boolean;

  constructor(
    message: string,
    options: { readonly cause?: unknown; readonly isInUse?: boolean; readonly isDamaged?: boolean } = {},
  ) {
    super(message, options);
    this.name = 'StoreUnusableError';
    this.isInUse = options.isInUse ?? false;
    this.isDamaged = options.isDamaged ?? false;
  }
}
