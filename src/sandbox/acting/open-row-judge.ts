import type { Call, Dialect, DialectContext, Reply, Route } from '../../dialects/dialect.ts';
import type { RecordFactory } from '../../dialects/record-factory.ts';
import type { RowCall, RowChange } from '../../dialects/row-calls.ts';
import type { RowVerdict, RowVerdicts } from '../../dialects/row-verdict.ts';
import type { App } from '../../directory/auth/app.ts';
import type { Token } from '../../directory/auth/token.ts';
import type { Employee } from '../../directory/employees/employee.ts';
import type { LookupKey } from '../../directory/lookup.ts';
import type { Store, StoreTask } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';
import type { Ids } from '../../lib/ids.ts';
import { RateLimiter } from '../../lib/rate-limiter.ts';
import { sentenceOf } from '../catalogue/messages.ts';
import { saysSuccess } from '../journal/request-view.ts';
import { decided, dryStore } from '../dry-run/dry-store.ts';
import { bytesOf, callWith } from './app-call.ts';
import { grantTo, type Granted } from './app-grant.ts';
import { withPending, type PendingPeople } from './pending-people.ts';
import { SharedLookUps, type AnswerChange, type KnownAnswers } from './shared-look-ups.ts';
import { answering } from './store-with-token.ts';

/** Rows that share what is known of their values. */
export class RowBatch {
  readonly lookUps: SharedLookUps;
  /** By own id: ids of what is never kept are the same for each row. */
  readonly blanks = new Map<string, Employee>();
  /** What the apps call with, by the name of the platform. */
  readonly desks = new Map<string, Desk>();

  constructor(lookUps: SharedLookUps) {
    this.lookUps = lookUps;
  }

  /** Returns what is known of the batch, for another thread: with what is pending, which is the same for all its rows. */
  known(pending: PendingPeople): KnownAnswers {
    return this.lookUps.known((query, answer) => withPending(query, answer, pending));
  }
}

/** Judges the rows of one table, in batches, one row at a time. */
export class OpenRowJudge {
  readonly #dialects: readonly Dialect[];
  readonly #context: () => DialectContext;
  readonly #ids = new RowIds();
  #newest: SharedLookUps | null = null;
  /** What is to be written before the row that is judged. */
  #pending: PendingPeople = NOTHING_PENDING;

  constructor(dialects: readonly Dialect[], context: () => DialectContext) {
    this.#dialects = dialects;
    this.#context = context;
  }

  /** Begins a batch: rows with these values are judged by the directory as it is now. */
  async begin(keys: Iterable<LookupKey>): Promise<RowBatch> {
    this.#newest = await SharedLookUps.begin(() => this.#context().store, keys, this.#newest);
    return new RowBatch(this.#newest);
  }

  /** Begins a batch with what another thread knows of it. */
  takeOver(known: KnownAnswers, tenant: Tenant | null): RowBatch {
    return new RowBatch(SharedLookUps.takeOver(() => this.#context().store, known, tenant));
  }

  judge(change: RowChange, batch: RowBatch, pending: PendingPeople = NOTHING_PENDING): Promise<RowVerdicts> {
    this.#pending = pending;
    this.#ids.restart();
    return verdictsOf(this.#dialects, change, (dialect, app, call) =>
      this.#send(dialect, change.tenant, app, call, batch),
    );
  }

  async #send(dialect: Dialect, tenant: Tenant, app: App, asked: RowCall, batch: RowBatch): Promise<Reply | null> {
    const { context, granted, forms } = this.#deskOf(dialect, tenant, app, batch);
    let form = forms.get(asked.operation);
    if (form === undefined) {
      const route = dialect.routes.find(({ operation }) => operation === asked.operation);
      if (route === undefined) return null;
      form = { route, query: asked.query, call: callWith(granted, route, asked, context, ORIGIN) };
      forms.set(asked.operation, form);
    }
    const { route } = form;
    const call =
      asked.params === undefined && asked.query === form.query
        ? { ...form.call, body: bytesOf(asked.body), receivedAt: context.now(null), requestId: context.ids.uuid() }
        : callWith(granted, route, asked, context, ORIGIN);
    return route.answer(call, { ...context, rateLimiter: new RateLimiter() });
  }

  /** What an app calls with: the same for the rows of a batch, unless the clock is moved meanwhile. */
  #deskOf(dialect: Dialect, tenant: Tenant, app: App, { lookUps, blanks, desks }: RowBatch): Desk {
    const kept = desks.get(dialect.name);
    const now = this.#context().now(tenant);
    if (kept?.app === app && Math.abs(now - kept.granted.kept.issuedAt) < GRANT_USE_MS) return kept;
    const { identified: _noRules, ...context } = this.#context();
    const granted = grantTo(dialect, tenant, app, context);
    const recordFactory = { ...context.recordFactory, employee: this.#sharedBlanks(blanks) };
    const store = this.#storeFor(context.store, granted.kept, lookUps);
    const forms = new Map<string, CallForm>();
    const desk = { app, granted, context: { ...context, ids: this.#ids, recordFactory, store }, forms };
    desks.set(dialect.name, desk);
    return desk;
  }

  /** A store that writes nothing, shares look-ups, and knows the token and what is pending. */
  #storeFor(store: Store, token: Token, lookUps: SharedLookUps): Store {
    const answer: AnswerChange = (query, known) => withPending(query, known, this.#pending);
    const run = <Answer>(work: StoreTask<Answer>): Promise<Answer> => lookUps.run(answering(work, token), answer);
    const own: Pick<Store, 'read' | 'write'> = {
      read: (work) => run(work()),
      write: (work) => run(decided(work())),
    };
    return new Proxy(dryStore(store), {
      get: (target, name) =>
        name === 'read' || name === 'write' ? own[name] : (Reflect.get(target, name, target) as unknown),
    });
  }

  /** Makes records as the factory does; what follows from the company and the id is worked out once a batch. */
  #sharedBlanks(blanks: Map<string, Employee>): RecordFactory['employee'] {
    return (tenant, id, name, at) => {
      let blank = blanks.get(id);
      if (blank === undefined) {
        blank = this.#context().recordFactory.employee(tenant, id, name, at);
        blanks.set(id, blank);
      }
      return { ...blank, name, createdAt: at, updatedAt: at };
    };
  }
}

interface Desk {
  readonly app: App;
  readonly granted: Granted;
  readonly context: DialectContext;
  /** By operation: the calls of rows that name no one in their path differ in their bodies alone. */
  readonly forms: Map<string, CallForm>;
}

/** What the calls of an operation have in common. */
interface CallForm {
  readonly route: Route;
  readonly query: RowCall['query'];
  readonly call: Call;
}

/** A grant is used for so long at most: it ends after a minute. */
const GRANT_USE_MS = 20_000;
const ORIGIN = 'http://mingce.test';

const NOTHING_PENDING: PendingPeople = { holders: (_space, _value, found) => found, added: () => undefined };

/** Asks each platform about one row; `send` returns what it answers to a call of an app. */
export async function verdictsOf(
  dialects: readonly Dialect[],
  change: RowChange,
  send: (dialect: Dialect, app: App, call: RowCall) => Promise<Reply | null>,
): Promise<RowVerdicts> {
  const verdicts: Record<string, RowVerdict | null> = {};
  for (const dialect of dialects) {
    const call = dialect.facts.rows.call(change);
    const app = appOf(dialect, change.tenant);
    const reply = call === null || app === undefined ? null : await send(dialect, app, call);
    verdicts[dialect.name] = reply === null ? null : verdictIn(reply);
  }
  return verdicts;
}

/**
 * Ids of what is never kept, the same for each row: what is asked about them is asked once, and to draw random ones takes a
 * fifth of the time of a check.
 */
class RowIds implements Ids {
  #number = 0;

  restart(): void {
    this.#number = 0;
  }

  fresh(prefix: string): string {
    return prefix + this.hex(20);
  }

  hex(length: number): string {
    return String(++this.#number)
      .padStart(length, '0')
      .slice(-length);
  }

  uuid(): string {
    return `00000000-0000-4000-8000-${this.hex(12)}`;
  }
}

/** The app of a company that may make the calls of rows; undefined where there is none. */
export function appOf(dialect: Dialect, tenant: Tenant): App | undefined {
  return tenant.parts.apps.find((app) => app.dialect === dialect.name && app.enabled && dialect.facts.rows.suits(app));
}

function verdictIn(reply: Reply): RowVerdict {
  const { status } = reply;
  const code = reply.code === undefined ? null : String(reply.code);
  if (saysSuccess({ status, code })) return { accepted: true };
  const fields = (reply.outcome?.records ?? []).flatMap(({ verdicts }) =>
    verdicts.filter(({ verdict }) => verdict === 'refused').map(({ field }) => field),
  );
  return {
    accepted: false,
    code: code ?? String(status),
    message: messageIn(reply),
    ...(fields.length === 0 ? {} : { fields }),
  };
}

const MAX_MESSAGE = 500;

function messageIn({ body }: Reply): string {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text.slice(0, MAX_MESSAGE);
  }
  return (sentenceOf(value) ?? '').slice(0, MAX_MESSAGE);
}
