import type { Dialect, DialectContext, Reply } from '../../dialects/dialect.ts';
import type { RowChange } from '../../dialects/row-calls.ts';
import type { RowVerdict, RowVerdicts } from '../../dialects/row-verdict.ts';
import type { App } from '../../directory/auth/app.ts';
import type { Tenant } from '../../directory/tenant.ts';
import type { Ids } from '../../lib/ids.ts';
import { isObject } from '../../lib/json-equal.ts';
import { saysSuccess } from '../journal/request-view.ts';
import { callAs } from './app-call.ts';
import { dryStore } from '../dry-run/dry-store.ts';
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

  async judge(change: RowChange, platforms: readonly string[], pending: PendingPeople): Promise<RowVerdicts> {
    const verdicts: Record<string, RowVerdict | null> = {};
    const context = this.#context();
    const dry = {
      ...context,
      ids: NUMBERED,
      store: dryStore(context.store, { answer: (query, answer) => withPending(query, answer, pending) }),
    };
    for (const dialect of this.#dialects) {
      if (!platforms.includes(dialect.name)) continue;
      verdicts[dialect.name] = await verdictOf(dialect, change, dry);
    }
    return verdicts;
  }
}

/** Ids of what is never kept: to draw random ones takes a fifth of the time of a check. */
const NUMBERED: Ids = {
  fresh: (prefix) => prefix + nextNumber(20),
  hex: nextNumber,
  uuid: () => `00000000-0000-4000-8000-${nextNumber(12)}`,
};
let number = 0;

function nextNumber(length: number): string {
  number++;
  return String(number).padStart(length, '0').slice(-length);
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
