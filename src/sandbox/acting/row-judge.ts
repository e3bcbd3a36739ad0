import { availableParallelism } from 'node:os';
import type { Dialect, DialectContext } from '../../dialects/dialect.ts';
import type { RowChange } from '../../dialects/row-calls.ts';
import type { RowVerdicts } from '../../dialects/row-verdict.ts';
import type { LookupKey } from '../../directory/lookup.ts';
import type { Query, StoreTask } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { JudgeWorker } from './judge-worker.ts';
import { appOf, OpenRowJudge } from './open-row-judge.ts';
import { withPending, type PendingPeople } from './pending-people.ts';

/** A thread pays once a table is so long: to start it takes as long as some hundred rows. */
const APART_AFTER = 1_000;
/** So many rows that do not touch each other are worth sharing. */
const LEAST_SHARED = 24;
/** So many are handed over at a time, and so many times ahead, so that neither waits long for the other. */
const PIECE = 6;
const AHEAD = 2;

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
  begin(keys: Iterable<LookupKey>): Promise<void> {
    return this.#own.begin(keys);
  }

  judge(change: RowChange, pending: PendingPeople): Promise<RowVerdicts> {
    this.#judged++;
    return this.#own.judge(change, pending);
  }

  /** Begins to judge rows that do not touch each other, so that their order is no matter. */
  async start(
    changes: readonly RowChange[],
    pending: PendingPeople,
    pause: () => Promise<void> | undefined,
  ): Promise<SharedRows> {
    const rows = new SharedRows(changes, (change) => this.judge(change, pending), pause);
    // What all rows ask for is known after the first one.
    await rows.judgeNext();
    const worker = rows.left < LEAST_SHARED ? null : this.#workerFor(changes[0]?.tenant, pending);
    if (worker !== null) rows.handOver(worker);
    return rows;
  }

  /** Ends the thread. */
  async end(): Promise<void> {
    await this.#worker?.end();
  }

  #workerFor(tenant: Tenant | undefined, pending: PendingPeople): JudgeWorker | null {
    if (tenant === undefined || this.#thread === null) return null;
    const { program, after = APART_AFTER } = this.#thread;
    if (this.#judged < after) return null;
    this.#pending = pending;
    this.#worker ??= new JudgeWorker(program, (questions) => this.#answers(questions));
    if (!this.#worker.isAlive) return null;
    const now = this.#context().now(null);
    this.#worker.begin(this.#platforms, tenant, now, this.#own.known(pending));
    return this.#worker;
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
  #apart: readonly Promise<void>[] = [];
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

  async judgeNext(): Promise<void> {
    if (this.left === 0) return;
    const index = this.#next++;
    const change = this.#changes[index];
    if (change !== undefined) this.#verdicts[index] = await this.#judge(change);
    await this.#pause();
  }

  handOver(worker: JudgeWorker): void {
    this.#apart = Array.from({ length: AHEAD }, () => this.#handOver(worker));
  }

  async #handOver(worker: JudgeWorker): Promise<void> {
    while (this.left > PIECE) {
      const to = this.#end;
      const from = (this.#end -= PIECE);
      const found = await worker.judge(this.#changes.slice(from, to));
      for (const [index, verdict] of (found ?? []).entries()) this.#verdicts[from + index] = verdict;
      if (found === null) return;
    }
  }

  async finish(): Promise<void> {
    while (this.left > 0) await this.judgeNext();
  }

  async verdicts(): Promise<readonly RowVerdicts[]> {
    await this.finish();
    await Promise.all(this.#apart);
    const judged: RowVerdicts[] = [];
    // What the thread could not judge is judged here.
    for (const [index, change] of this.#changes.entries()) {
      judged.push(this.#verdicts[index] ?? (await this.#judge(change)));
    }
    return judged;
  }
}

function* answersOf(questions: readonly Query[]): StoreTask<readonly unknown[]> {
  return (yield questions) as readonly unknown[];
}
