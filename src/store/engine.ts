/** What goes into a statement and comes out of it; booleans are 0 and 1 on every engine. */
export type SqlValue = string | number | bigint | null;

/** One row, by column name. */
export type Row = Readonly<Record<string, SqlValue>>;

/** One statement. The text is the key under which an engine keeps it prepared, so values are never part of it. */
export interface Statement {
  /** Parameters stand in it as `$1`, `$2`, … */
  readonly text: string;
  readonly params: readonly SqlValue[];
}

/**
 * Work on the database: a generator that yields statements, any number at a time, and receives the rows of each. An
 * engine may run it again from the start, so it must do nothing else.
 */
export type Steps<Result> = Generator<readonly Statement[], Result, readonly (readonly Row[])[]>;

/** The few texts in which the engines differ, each an expression or condition. */
export interface Flavor {
  /** The number of the change inserted by the statement before. */
  readonly lastChange: string;
  /** A row for each member of a JSON list, in a column `value`; `alias` names the rows. */
  each(list: string, alias: string): string;
  /** A member of the JSON text in a column, as text. */
  member(column: string, name: string): string;
  /** A member of the JSON text in a column, as JSON. */
  part(column: string, name: string): string;
  /** Appended to a select inside a write, so that nobody else changes the rows meanwhile; empty where no one could. */
  readonly forUpdate: string;
  /** A statement that lets no other transaction pass that names the same lock; null where writes never overlap. */
  lock(names: readonly string[]): Statement | null;
}

/** A database that can run work. It decides nothing and knows no table. */
export interface Engine {
  readonly flavor: Flavor;
  /** Runs work that only reads. */
  read<Result>(work: () => Steps<Result>): Promise<Result>;
  /**
   * Runs work in a transaction and answers once it is durable. Work that throws leaves nothing behind; rejects with
   * `StoreBusy` when the database cannot be written.
   */
  write<Result>(work: () => Steps<Result>): Promise<Result>;
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

/** What a start that must not be retried ran into, in one sentence for whoever started it. */
export class StoreUnusable extends Error {
  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.name = 'StoreUnusable';
  }
}
