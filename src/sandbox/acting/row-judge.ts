import type { Dialect, DialectContext, Reply } from '../../dialects/dialect.ts';
import type { RecordFactory } from '../../dialects/record-factory.ts';
import type { RowChange } from '../../dialects/row-calls.ts';
import type { RowVerdict, RowVerdicts } from '../../dialects/row-verdict.ts';
import type { App } from '../../directory/auth/app.ts';
import type { Employee } from '../../directory/employees/employee.ts';
import type { LookupKey } from '../../directory/lookup.ts';
import type { Tenant } from '../../directory/tenant.ts';
import type { Ids } from '../../lib/ids.ts';
import { isObject } from '../../lib/json-equal.ts';
import { saysSuccess } from '../journal/request-view.ts';
import { callAs } from './app-call.ts';
import { dryStore } from '../dry-run/dry-store.ts';
import { SharedLookUps } from './shared-look-ups.ts';
import { withPending, type PendingPeople } from './pending-people.ts';

/** Asks each platform what it would answer to the change of a row, by its own call and rules; nothing is written. */
export class RowJudge {
  readonly #dialects: readonly Dialect[];
  readonly #context: () => DialectContext;

  constructor(dialects: readonly Dialect[], context: () => DialectContext) {
    this.#dialects = dialects;
    this.#context = context;
  }

  /** The platforms that a company can be asked for: each has an app there that may make the call. */
  platforms(tenant: Tenant): readonly string[] {
    return this.#dialects.filter((dialect) => appOf(dialect, tenant) !== undefined).map(({ name }) => name);
  }

  /** Begins to judge the rows of one table, which share their look-ups. */
  open(platforms: readonly string[]): OpenRowJudge {
    const asked = this.#dialects.filter(({ name }) => platforms.includes(name));
    return new OpenRowJudge(asked, this.#context);
  }
}

/** Judges the rows of one table, in batches. */
class OpenRowJudge {
  readonly #dialects: readonly Dialect[];
  readonly #context: () => DialectContext;
  readonly #lookUps: SharedLookUps;
  /** By own id: ids of what is never kept are the same for each row. */
  readonly #blanks = new Map<string, Employee>();

  constructor(dialects: readonly Dialect[], context: () => DialectContext) {
    this.#dialects = dialects;
    this.#context = context;
    this.#lookUps = new SharedLookUps(() => context().store);
  }

  /** Begins a batch: rows with these values are judged by the directory as it is now. */
  begin(keys: Iterable<LookupKey>): Promise<void> {
    this.#blanks.clear();
    return this.#lookUps.begin(keys);
  }

  judge(change: RowChange, pending: PendingPeople): Promise<RowVerdicts> {
    const context = this.#context();
    const recordFactory = { ...context.recordFactory, employee: this.#employee };
    return verdictsOf(this.#dialects, change, { ...context, recordFactory, store: this.#lookUps.view() }, pending);
  }

  /** Makes a record as the factory does; what follows from the company and the id is worked out once a batch. */
  readonly #employee: RecordFactory['employee'] = (tenant, id, name, at) => {
    let blank = this.#blanks.get(id);
    if (blank === undefined) {
      blank = this.#context().recordFactory.employee(tenant, id, name, at);
      this.#blanks.set(id, blank);
    }
    return { ...blank, name, createdAt: at, updatedAt: at };
  };
}

/** Asks each platform about one row, with what the store of the context answers. */
export async function verdictsOf(
  dialects: readonly Dialect[],
  change: RowChange,
  context: DialectContext,
  pending: PendingPeople,
): Promise<RowVerdicts> {
  const verdicts: Record<string, RowVerdict | null> = {};
  const dry = {
    ...context,
    ids: numbered(),
    store: dryStore(context.store, { answer: (query, answer) => withPending(query, answer, pending) }),
  };
  for (const dialect of dialects) verdicts[dialect.name] = await verdictOf(dialect, change, dry);
  return verdicts;
}

/**
 * Ids of what is never kept, the same for each row: what is asked about them is asked once, and to draw random ones takes a
 * fifth of the time of a check.
 */
function numbered(): Ids {
  let number = 0;
  const next = (length: number): string => String(++number).padStart(length, '0').slice(-length);
  return { fresh: (prefix) => prefix + next(20), hex: next, uuid: () => `00000000-0000-4000-8000-${next(12)}` };
}

function appOf(dialect: Dialect, tenant: Tenant): App | undefined {
  return tenant.parts.apps.find((app) => app.dialect === dialect.name && app.enabled && dialect.facts.rows.suits(app));
}

async function verdictOf(dialect: Dialect, change: RowChange, context: DialectContext): Promise<RowVerdict | null> {
  const { tenant } = change;
  const call = dialect.facts.rows.call(change);
  const app = appOf(dialect, tenant);
  if (call === null || app === undefined) return null;
  const reply = await callAs({ dialect, tenant, app, context, origin: 'http://mingce.test' }, call);
  return reply === null ? null : verdictIn(reply);
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

/** The members in which the platforms write what went wrong. */
const MESSAGES = ['msg', 'errmsg', 'errorMessage', 'message'] as const;
const MAX_MESSAGE = 500;

function messageIn({ body }: Reply): string {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text.slice(0, MAX_MESSAGE);
  }
  if (!isObject(value)) return '';
  const inner = isObject(value['value']) ? value['value'] : value;
  const found = MESSAGES.map((name) => inner[name]).find((one) => typeof one === 'string');
  return typeof found === 'string' ? found.slice(0, MAX_MESSAGE) : '';
}
