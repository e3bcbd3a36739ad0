import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';
import { ASKED, IDLE, RUNNING, startCheckpointThread } from './sqlite-checkpoint-thread.ts';
import { canShare } from './sqlite-names.ts';
import { WAL_CHECKPOINT_PAGES } from './sqlite-open.ts';
import type { OwnFiles } from './sqlite-presence.ts';

/** Statements that write before the length of the log is looked at. */
const BETWEEN_LOOKS = 500;
/** The same after a pass, as long as the log has not started again. */
const BETWEEN_PASSES = 50;
/** So few pages are brought into the file here and now: a few milliseconds. Then nothing is left, and the log starts again. */
const FEW_PAGES = 250;
/**
 * Pages in the log at which the engine itself brings the rest into the file, in a commit, which may take 100 ms. Only where
 * nothing is left does the log start again, and while callers go on writing a pass of the thread leaves what came
 * meanwhile. The next pass is shorter, so the rest is soon small, unless more is written than a pass brings in.
 */
const MAX_LOG_PAGES = 4 * WAL_CHECKPOINT_PAGES;
/** How long the close of a database waits for a pass that is under way. */
const MAX_WAIT_MS = 60_000;

/** What a look at the log answers. */
interface LogLength {
  readonly log: number;
  readonly checkpointed: number;
}

/**
 * Brings the log of an open database into its file in a thread, so that no update waits for it. The thread opens the
 * file for each pass and closes it again: see `openDatabase` on how that leaves other processes out.
 */
export class Checkpoints {
  readonly #file: string;
  readonly #state = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #look: StatementSync | null = null;
  #rest: StatementSync | null = null;
  #isBetweenPasses = false;
  #thread: Worker | null = null;
  #hasFailed = false;
  #statements = 0;
  #passes = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** How many passes were begun, in the thread or here. */
  get passes(): number {
    return this.#passes;
  }

  /** Whether the thread may be writing into the file now. */
  get isUnderWay(): boolean {
    return Atomics.load(this.#state, 0) !== IDLE;
  }

  /** Takes over a database that was opened just now. */
  opened(db: DatabaseSync): void {
    if (!canShare) return;
    db.exec(`PRAGMA wal_autocheckpoint = ${String(MAX_LOG_PAGES)}`);
    this.#look = db.prepare('PRAGMA wal_checkpoint(NOOP)');
    this.#rest = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');
  }

  /** Takes in that statements that write were committed; begins a pass where the log has become long. */
  wrote(statements: number, own: OwnFiles): void {
    this.#statements += statements;
    const least = this.#isBetweenPasses ? BETWEEN_PASSES : BETWEEN_LOOKS;
    if (this.#statements < least || this.#look === null || this.isUnderWay || this.#hasFailed) return;
    this.#statements = 0;
    const { log, checkpointed } = this.#look.get() as unknown as LogLength;
    const left = log - checkpointed;
    this.#isBetweenPasses = log >= WAL_CHECKPOINT_PAGES && left > FEW_PAGES;
    if (log < WAL_CHECKPOINT_PAGES) return;
    if (left <= FEW_PAGES) {
      if (left === 0) return;
      this.#rest?.get();
      // A pass as well: what it wrote into the file is our own.
      this.#passes++;
      return;
    }
    this.#thread ??= this.#started();
    this.#passes++;
    Atomics.store(this.#state, 0, ASKED);
    this.#thread.postMessage(own);
  }

  /** Waits for the pass that is under way, so that the database can be closed; one that has not begun does not begin. */
  letGo(): void {
    this.#look = null;
    this.#rest = null;
    if (Atomics.compareExchange(this.#state, 0, ASKED, IDLE) === RUNNING)
      Atomics.wait(this.#state, 0, RUNNING, MAX_WAIT_MS);
  }

  /** Ends the thread; the database must be closed. */
  async close(): Promise<void> {
    await this.#thread?.terminate();
    this.#thread = null;
  }

  #started(): Worker {
    const thread = startCheckpointThread(this.#file, this.#state);
    // The engine then does by itself what is left to it, at MAX_LOG_PAGES.
    thread.on('error', () => {
      this.#hasFailed = true;
      Atomics.store(this.#state, 0, IDLE);
    });
    return thread;
  }
}
