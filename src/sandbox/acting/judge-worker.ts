import { Worker } from 'node:worker_threads';
import type { RowChange } from '../../dialects/row-calls.ts';
import type { RowVerdicts } from '../../dialects/row-verdict.ts';
import type { Query } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { JUDGE, type FromJudge, type ToJudge } from './judge-messages.ts';
import type { KnownAnswers } from './shared-look-ups.ts';

/** An import may take 300 MB in all. */
const LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 6 };

/** So many messages with rows are sent ahead, so that the thread need not wait for the next. */
const AHEAD = 2;

/** Answers questions of the thread, in their order. */
export type AnswerQuestions = (questions: readonly Query[]) => Promise<readonly unknown[]>;

/** A thread that judges rows of one table. */
export class JudgeWorker {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, (verdicts: readonly RowVerdicts[] | null) => void>();
  readonly #answer: AnswerQuestions;
  #number = 0;
  #tenant: Tenant | null = null;
  #isAlive = true;
  #room: (() => void) | null = null;

  constructor(entry: URL, answer: AnswerQuestions) {
    this.#answer = answer;
    this.#worker = new Worker(entry, { workerData: JUDGE, resourceLimits: LIMITS });
    this.#worker.unref();
    this.#worker.on('message', (message: FromJudge) => void this.#take(message));
    // Rows that it has are judged here then.
    this.#worker.on('error', () => {
      this.#over();
    });
    this.#worker.once('exit', () => {
      this.#over();
    });
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Whether more rows may be sent. */
  get hasRoom(): boolean {
    return this.#waiting.size < AHEAD;
  }

  /** Waits until more rows may be sent, or the thread is no more; one at a time may wait. */
  async room(): Promise<void> {
    if (this.hasRoom || !this.#isAlive) return;
    await new Promise<void>((resolve) => {
      this.#room = resolve;
    });
  }

  /** Begins a batch of rows that do not touch each other. */
  begin(platforms: readonly string[], tenant: Tenant, now: number, known: KnownAnswers): void {
    const isSent = this.#tenant === tenant;
    this.#tenant = tenant;
    this.#post({ kind: 'batch', platforms, tenant: isSent ? null : tenant.parts, now, known });
  }

  /** Returns the verdicts about some rows; null where they are to be judged here. */
  judge(changes: readonly RowChange[]): Promise<readonly RowVerdicts[] | null> {
    if (!this.#isAlive) return Promise.resolve(null);
    const number = ++this.#number;
    return new Promise((resolve) => {
      this.#waiting.set(number, resolve);
      this.#post({ kind: 'changes', number, changes: changes.map(({ tenant: _sent, ...change }) => change) });
    });
  }

  async end(): Promise<void> {
    this.#over();
    await this.#worker.terminate();
  }

  async #take(message: FromJudge): Promise<void> {
    if (message.kind === 'verdicts') {
      this.#waiting.get(message.number)?.(message.verdicts);
      this.#waiting.delete(message.number);
      this.#room?.();
      return;
    }
    try {
      this.#post({ kind: 'answers', answers: await this.#answer(message.questions) });
    } catch {
      await this.end();
    }
  }

  #post(message: ToJudge): void {
    this.#worker.postMessage(message);
  }

  #over(): void {
    this.#isAlive = false;
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
    this.#room?.();
  }
}
