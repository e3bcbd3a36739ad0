import type { MessagePort } from 'node:worker_threads';
import type { Dialect, DialectContext } from '../../dialects/dialect.ts';
import { createRecordFactory } from '../../dialects/record-factory.ts';
import type { RowVerdicts } from '../../dialects/row-verdict.ts';
import { companyTime } from '../../directory/company-clock.ts';
import type { Query, Store, StoreTask } from '../../directory/store.ts';
import { Tenant } from '../../directory/tenant.ts';
import { randomIds } from '../../lib/ids.ts';
import { RateLimiter } from '../../lib/rate-limiter.ts';
import type { FromJudge, SentChange, ToJudge } from './judge-messages.ts';
import { OpenRowJudge, type RowBatch } from './open-row-judge.ts';

/** Judges rows for another thread, which has the store: what is not known of a batch is asked of it. */
export function serveJudging(port: MessagePort, dialects: readonly Dialect[]): void {
  const questions = new Questions(port);
  let now = 0;
  let tenant: Tenant | null = null;
  let judge: OpenRowJudge | null = null;
  let batch: RowBatch | null = null;
  const context: DialectContext = {
    store: questions.store(() => tenant),
    now: (company) => companyTime(company, now),
    ids: randomIds,
    recordFactory: createRecordFactory(dialects),
    rateLimiter: new RateLimiter(),
  };
  const say = (message: FromJudge): void => {
    port.postMessage(message);
  };
  // One after the other: rows share what is known, and the judge is at one row at a time.
  let work: Promise<void> = Promise.resolve();
  port.on('message', (message: ToJudge) => {
    if (message.kind === 'answers') {
      questions.answered(message.answers);
      return;
    }
    work = work.then(async () => {
      if (message.kind === 'batch') {
        if (message.tenant !== null) tenant = new Tenant(message.tenant);
        now = message.now;
        const asked = dialects.filter(({ name }) => message.platforms.includes(name));
        judge ??= new OpenRowJudge(asked, () => context);
        batch = judge.takeOver(message.known, tenant);
        return;
      }
      const { number, changes } = message;
      const verdicts = judge === null || batch === null ? null : await verdictsOf(judge, batch, tenant, changes);
      say({ kind: 'verdicts', number, verdicts });
    });
  });
}

async function verdictsOf(
  judge: OpenRowJudge,
  batch: RowBatch,
  tenant: Tenant | null,
  changes: readonly SentChange[],
): Promise<readonly RowVerdicts[] | null> {
  if (tenant === null) return null;
  const verdicts: RowVerdicts[] = [];
  try {
    for (const change of changes) verdicts.push(await judge.judge({ ...change, tenant }, batch));
    return verdicts;
  } catch {
    // What went wrong is seen, and said, where the rows are judged once more.
    return null;
  }
}

/** Questions to the store of the other thread, one message at a time. */
class Questions {
  readonly #port: MessagePort;
  #answered: ((answers: readonly unknown[]) => void) | null = null;

  constructor(port: MessagePort) {
    this.#port = port;
  }

  answered(answers: readonly unknown[]): void {
    this.#answered?.(answers);
  }

  /** A store that can only be read: for whatever else a call wants of it, its row is left to the other thread. */
  store(tenant: () => Tenant | null): Store {
    const read = async <Answer>(work: () => StoreTask<Answer>): Promise<Answer> => {
      const task = work();
      for (let step = task.next(); ;) {
        if (step.done === true) return step.value;
        const asked = step.value;
        const answers = await this.#ask('ask' in asked ? [asked] : asked, tenant());
        step = task.next('ask' in asked ? answers[0] : answers);
      }
    };
    const has: Partial<Store> = { read, isShared: true };
    return new Proxy(has as Store, {
      get: (target, name) => {
        if (typeof name === 'symbol' || name in target) return Reflect.get(target, name) as unknown;
        throw new Error(`The store has no ${name} here.`);
      },
    });
  }

  async #ask(questions: readonly Query[], tenant: Tenant | null): Promise<readonly unknown[]> {
    const others = questions.filter(({ ask }) => ask !== 'tenant');
    const asked: FromJudge = { kind: 'questions', questions: others };
    const answers =
      others.length === 0
        ? []
        : await new Promise<readonly unknown[]>((resolve) => {
            this.#answered = resolve;
            this.#port.postMessage(asked);
          });
    let at = 0;
    return questions.map((question) => {
      if (question.ask !== 'tenant') return answers[at++];
      if (question.number !== tenant?.number) throw new Error('Another company is asked for.');
      return tenant;
    });
  }
}
