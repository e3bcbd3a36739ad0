import { availableParallelism } from 'node:os';
import type { Dialect, DialectContext } from '../../dialects/dialect.ts';
import type { RowChange } from '../../dialects/row-calls.ts';
import type { RowVerdicts } from '../../dialects/row-verdict.ts';
import type { LookupKey } from '../../directory/lookup.ts';
import type { Query, StoreTask } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { JudgeWorker } from './judge-worker.ts';
import { appOf, OpenRowJudge, type RowBatch } from './open-row-judge.ts';
import { withPending, type PendingPeople } from './pending-people.ts';

/** A thread pays once a table is so long: to start it takes as long as some hundred rows. */
const APART_AFTER = 1_000;
/** So many rows that do not touch each other are worth sharing. */
const LEAST_SHARED = 24;
/** So many are handed over at a time, so that neither waits long for the other. */
const PIECE = 12;

/** Rows that are judged. */
interface Judging {
  verdicts(): Promise<readonly RowVerdicts[]>;
}

/** A thread that judges a part of the rows. */
export interface JudgeThread {
  readonly program: URL;
  /** So many rows of a table are judged before it is started. */
  readonly after?: number;
}

/** Asks each platform what it would answer to the change of a row, by its own call and rules; nothing is written. */
export class RowJudge {
  readonly #dialects: readonly Dialect[];
  readonly #context: () => DialectContext;
  readonly #thread: JudgeThread | null;

  /** `thread` helps with long tables where there are processors for it; null: there is none. */
  constructor(dialects: readonly Dialect[], context: () => DialectContext, thread: JudgeThread | null = null) {
    this.#dialects = dialects;
    this.#context = context;
    this.#thread = availableParallelism() > 1 ? thread : null;
  }

  /** The platforms that a company can be asked for: each has an app there that may make the call. */
  platforms(tenant: Tenant): readonly string[] {
    return this.#dialects.filter((dialect) => appOf(dialect, tenant) !== undefined).map(({ name }) => name);
  }

  /** Begins to judge the rows of one table, which share their look-ups. */
  open(platforms: readonly string[]): TableJudge {
    const asked = this.#dialects.filter(({ name }) => platforms.includes(name));
    return new TableJudge(platforms, new OpenRowJudge(asked, this.#context), this.#context, this.#thread);
  }
}

/** Judges the rows of one table, in batches; of a long one a part in a thread of its own. */
class TableJudge {
  readonly #platforms: readonly string[];
  readonly #own: OpenRowJudge;
  readonly #context: () => DialectContext;
  readonly #thread: JudgeThread | null;
  #worker: JudgeWorker | null = null;
  #judged = 0;
  #pending: PendingPeople | null = null;
  /** Rows of which some are left, the oldest first. */
  readonly #open: SharedRows[] = [];
  /** The thread is at one batch at a time: it begins the next one once it has all rows that it gets of those before. */
  #handedOver: Promise<void> = Promise.resolve();

  constructor(
    platforms: readonly string[],
    own: OpenRowJudge,
    context: () => DialectContext,
    thread: JudgeThread | null,
  ) {
    this.#platforms = platforms;
    this.#own = own;
    this.#context = context;
    this.#thread = thread;
  }

  /** Begins a batch: rows with these values are judged by the directory as it is now. */
  begin(keys: Iterable<LookupKey>): Promise<RowBatch> {
    return this.#own.begin(keys);
  }

  judge(change: RowChange, batch: RowBatch, pending: PendingPeople): Promise<RowVerdicts> {
    this.#judged++;
    return this.#own.judge(change, batch, pending);
  }

  /**
   * Begins to judge rows of a batch that touch neither each other nor those that are judged already, so that their order is
   * no matter.
   */
  async start(
    batch: RowBatch,
    changes: readonly RowChange[],
    pending: PendingPeople,
    pause: () => Promise<void> | undefined,
  ): Promise<Judging> {
    const rows = new SharedRows(changes, (change) => this.judge(change, batch, pending), pause);
    // What all rows ask for is known after the first one.
    await rows.judgeNext();
    this.#open.push(rows);
    const tenant = changes[0]?.tenant;
    const worker = rows.left < LEAST_SHARED ? null : this.#workerFor(pending);
    if (worker !== null && tenant !== undefined) {
      this.#handedOver = this.#handedOver
        .then(async () => {
          if (rows.left === 0 || !worker.isAlive) return;
          worker.begin(this.#platforms, tenant, this.#context().now(null), batch.known(pending));
          await rows.handOver(worker);
        })
        // Nothing waits for it: rows that it cannot be given are judged here.
        .catch(() => worker.end());
    }
    return { verdicts: () => this.#verdictsOf(rows) };
  }

  /** Judges here what the thread has not got to; while it is at the last of these, rows of those that were begun later. */
  async #verdictsOf(rows: SharedRows): Promise<readonly RowVerdicts[]> {
    while (rows.left > 0) await rows.judgeNext();
    this.#open.splice(this.#open.indexOf(rows), 1);
    while (rows.isApart) {
      const later = this.#open.find(({ left }) => left > 0);
      if (later === undefined) await rows.someApart();
      else await later.judgeNext();
    }
    return await rows.all();
  }

  /** Ends the thread. */
  async end(): Promise<void> {
    await this.#worker?.end();
  }

  #workerFor(pending: PendingPeople): JudgeWorker | null {
    if (this.#thread === null) return null;
    const { program, after = APART_AFTER } = this.#thread;
    if (this.#judged < after) return null;
    this.#pending = pending;
    this.#worker ??= new JudgeWorker(program, (questions) => this.#answers(questions));
    return this.#worker.isAlive ? this.#worker : null;
  }

  async #answers(questions: readonly Query[]): Promise<readonly unknown[]> {
    const pending = this.#pending;
    const answers = await this.#context().store.read(() => answersOf(questions));
    return questions.map((query, index) =>
      pending === null ? answers[index] : withPending(query, answers[index], pending),
    );
  }
}

/** Rows that are judged from their beginning here, and from their end in a thread, as many as it gets to. */
class SharedRows {
  readonly #changes: readonly RowChange[];
  readonly #judge: (change: RowChange) => Promise<RowVerdicts>;
  readonly #pause: () => Promise<void> | undefined;
  readonly #verdicts: (RowVerdicts | undefined)[];
  readonly #apart = new Set<Promise<void>>();
  #next = 0;
  #end: number;

  constructor(
    changes: readonly RowChange[],
    judge: (change: RowChange) => Promise<RowVerdicts>,
    pause: () => Promise<void> | undefined,
  ) {
    this.#changes = changes;
    this.#judge = judge;
    this.#pause = pause;
    this.#verdicts = changes.map(() => undefined);
    this.#end = changes.length;
  }

  get left(): number {
    return this.#end - this.#next;
  }

  /** Whether a thread is at some of them. */
  get isApart(): boolean {
    return this.#apart.size > 0;
  }

  async judgeNext(): Promise<void> {
    if (this.left === 0) return;
    const index = this.#next++;
    const change = this.#changes[index];
    if (change !== undefined) this.#verdicts[index] = await this.#judge(change);
    await this.#pause();
  }

  /** Hands rows over as the thread has room for them, until there are none left; it need not have judged them then. */
  async handOver(worker: JudgeWorker): Promise<void> {
    for (; ; await worker.room()) {
      if (this.left === 0 || !worker.isAlive) return;
      if (!worker.hasRoom) continue;
      const to = this.#end;
      const from = (this.#end -= Math.min(PIECE, this.left));
      const judged = this.#judgedApart(worker, from, to).finally(() => this.#apart.delete(judged));
      this.#apart.add(judged);
    }
  }

  async #judgedApart(worker: JudgeWorker, from: number, to: number): Promise<void> {
    const found = await worker.judge(this.#changes.slice(from, to));
    for (const [index, verdict] of (found ?? []).entries()) this.#verdicts[from + index] = verdict;
  }

  /** Waits until the thread has judged some of them. */
  async someApart(): Promise<void> {
    await Promise.race(this.#apart);
  }

  /** The verdicts, in the order of the changes. What the thread could not judge is judged here. */
  async all(): Promise<readonly RowVerdicts[]> {
    const judged: RowVerdicts[] = [];
    for (const [index, change] of this.#changes.entries()) {
      judged.push(this.#verdicts[index] ?? (await this.#judge(change)));
    }
    return judged;
  }
}

function* answersOf(questions: readonly Query[]): StoreTask<readonly unknown[]> {
  return (yield questions) as readonly unknown[];
}
