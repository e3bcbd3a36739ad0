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
  /** The type of a whole number of 64 bits. */
  readonly integer: string;
  /** The type and constraint of a key that counts up by itself. */
  readonly counter: string;
  /** Appended to a table whose rows lie in the order of its key, where the engine has such a thing. */
  readonly clustered: string;
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
  /** A statement that lets no other transaction pass that names one of the locks; null where writes never overlap. */
  lock(names: readonly string[]): Statement | null;
  /** The same, passing by others who share the lock. */
  share(name: string): Statement | null;
  /** A statement that tells every other process on the same data, once this is committed; null where there is none. */
  tell(message: string): Statement | null;
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
  /**
   * Calls back with what other processes told (`Flavor.tell`), and with null when something may have been missed.
   * Does nothing where no other process can be.
   */
  listen(hear: (message: string | null) => void): Promise<void>;
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

/** What a start that must not be retried ran into, in one sentence for whoever started it. */
export class StoreUnusable extends Error {
  /** Whether another process has the store open: that one can be asked instead. */
  readonly isInUse: boolean;

  constructor(message: string, options: { readonly cause?: unknown; readonly isInUse?: boolean } = {}) {
    super(message, options);
    this.name = 'StoreUnusable';
    this.isInUse = options.isInUse ?? false;
  }
}
