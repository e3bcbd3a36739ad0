import type { Dialect, Call, Outcome, Reply } from '../../src/dialects/dialect.ts';
import { dialects as everyDialect } from '../../src/dialects/registry.ts';
import { createRecordFactory } from '../../src/dialects/record-factory.ts';
import { companyFiles } from '../../src/company/company-files.ts';
import type { Change } from '../../src/directory/history/change.ts';
import { companyTime } from '../../src/directory/company-clock.ts';
import type { Employee } from '../../src/directory/employees/employee.ts';
import { lookupKeys, type LookupSpace } from '../../src/directory/lookup.ts';
import { load, type QueryResults, type StoreTask, type Store } from '../../src/directory/store.ts';
import type { Tenant } from '../../src/directory/tenant.ts';
import type { Companies } from '../../src/company/contract.ts';
import type { Clock } from '../../src/lib/time/clock.ts';
import { deepEqual } from '../../src/lib/json-equal.ts';
import { createCall } from '../../src/http/incoming-call.ts';
import { randomIds } from '../../src/lib/ids.ts';
import { RateLimiter } from '../../src/lib/rate-limiter.ts';
import { openFilledStore } from './filled-store.ts';
import { lendDispatcher } from './lent-dispatcher.ts';
import { withoutRateLimits } from './without-rate-limits.ts';

/** A directory in memory with companies, whose clock a test turns, called without sockets. */
export interface TestDirectory {
  readonly store: Store;
  readonly companies: Companies;
  readonly clock: Clock & { advance(ms: number): void };
  send(method: string, url: string, options?: SendOptions): Promise<Answer>;
  /** The employee's record as it is. */
  employee(tenantKey: string, id: string): Promise<Employee>;
  /** The employee's changes, oldest first, without the one that made the record. */
  history(tenantKey: string, id: string): Promise<readonly Change[]>;
  close(): Promise<void>;
}

export interface SendOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: object | string | Uint8Array;
  readonly peer?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  // eslint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
  readonly json: any;
  readonly outcome: Outcome | undefined;
}

/** A morning in China, 2026-01-05 08:00. */
export const START_TIME = Date.parse('2026-01-05T00:00:00Z');

/** Opens one; Feishu limits no requests of a company whose file does not say `rate_limit_enabled: true`. */
export async function openTestDirectory(options: {
  readonly companies: readonly string[];
  readonly dialects?: readonly Dialect[];
  readonly at?: number;
}): Promise<TestDirectory> {
  const dialects = options.dialects ?? everyDialect;
  let now = options.at ?? START_TIME;
  const clock = { now: () => now, advance: (ms: number) => void (now += ms) };
  // A dialect that a test made may read company files in its own way.
  const name = dialects === everyDialect ? JSON.stringify([now, options.companies]) : null;
  const { store, hasChanged } = await openFilledStore(name, async (filling) => {
    const companies = companyFiles(filling, dialects, clock, randomIds);
    for (const text of options.companies) {
      const key = /^key: *["']?([a-z0-9-]+)/m.exec(text)?.[1] ?? (JSON.parse(text) as { key: string }).key;
      await companies.apply(key, withoutRateLimits(text), { plan: false, request: 'test' });
    }
  });
  const companies = companyFiles(store, dialects, clock, randomIds);
  const context = {
    store,
    now: (tenant: Tenant | null) => companyTime(tenant, now),
    ids: randomIds,
    recordFactory: createRecordFactory(dialects),
    rateLimiter: new RateLimiter(),
  };
  const { dispatcher, defects, release } = lendDispatcher(dialects, context);
  const send = async (method: string, url: string, sent: SendOptions = {}): Promise<Answer> => {
    const answer = answerOf(await dispatcher.dispatch(callFor(method, url, sent)));
    const [defect] = defects.splice(0);
    if (defect !== undefined) throw new Error(defect);
    return answer;
  };
  const employee = async (tenantKey: string, id: string): Promise<Employee> => {
    const tenant = await store.tenantByKey(tenantKey);
    if (tenant === null) throw new Error(`no company ${tenantKey}`);
    const found = await store.read(() => load('employees-by-id', { tenant: tenant.number, ids: [id] }));
    const record = found.get(id);
    if (record === undefined) throw new Error(`no employee ${id}`);
    return record;
  };
  return {
    store,
    companies,
    clock,
    send,
    employee,
    history: async (tenantKey, id) => {
      const tenant = await store.tenantByKey(tenantKey);
      const changes = await store.read(() =>
        load('history', { tenant: tenant?.number ?? 0, employee: id, limit: 1_000 }),
      );
      return changes.filter(({ previous }) => previous !== 0).toReversed();
    },
    close: async () => {
      if (await hasChanged()) await expectRemembered(store);
      await store.close();
      release();
    },
  };
}

/** What a store answers from memory must be what it kept, after whatever a test did. */
async function expectRemembered(store: Store): Promise<void> {
  for (const key of await store.tenantKeys()) {
    const tenant = (await store.tenantByKey(key))?.number ?? 0;
    const kept: Employee[] = [];
    // Always read from the database.
    for await (const employee of store.employees(tenant)) kept.push(employee);
    const ids = kept.map(({ id }) => id);
    const remembered = await store.read(() => load('employees-by-id', { tenant, ids }));
    const { employees } = await store.read(() => pageOfAll(tenant, ids.length));
    for (const [index, employee] of kept.entries()) {
      if (!deepEqual(remembered.get(employee.id), employee) || !deepEqual(employees[index], employee))
        throw new Error(`the store remembers ${employee.id} of ${key} otherwise than it keeps it`);
    }
    for (const [space, holders] of holdersIn(kept)) {
      const values = [...holders.keys()];
      const found = await store.read(() => load('employees-by', { tenant, space, values, upTo: kept.length }));
      for (const [value, those] of holders) {
        if (!deepEqual(found.get(value), [...those]))
          throw new Error(`of ${key} others are found by ${space} than have it`);
      }
    }
  }
}

/** Who has each value that employees are found by, by its space, in the order of the employees. */
function holdersIn(
  employees: readonly Employee[],
): ReadonlyMap<LookupSpace, ReadonlyMap<string, ReadonlySet<Employee>>> {
  const spaces = new Map<LookupSpace, Map<string, Set<Employee>>>();
  for (const employee of employees) {
    for (const [space, value] of lookupKeys(employee)) {
      const values = spaces.get(space) ?? new Map<string, Set<Employee>>();
      const holders = values.get(value) ?? new Set();
      spaces.set(space, values.set(value, holders.add(employee)));
    }
  }
  return spaces;
}

function pageOfAll(tenant: number, limit: number): StoreTask<QueryResults['employee-page']> {
  return load('employee-page', { tenant, offset: 0, limit, order: 'created' });
}

function callFor(method: string, url: string, { headers: given = {}, body, peer }: SendOptions): Call {
  const lowered = Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  return createCall(method, url, {
    ids: randomIds,
    headers: { host: '127.0.0.1:6464', ...lowered },
    ...(body === undefined ? {} : { body: bytesOf(body) }),
    ...(peer === undefined ? {} : { peer }),
  });
}

function bytesOf(body: object | string | Uint8Array): string | Uint8Array {
  return typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
}

function answerOf(reply: Reply): Answer {
  let json: unknown;
  try {
    json = JSON.parse(String(reply.body));
  } catch {
    json = undefined;
  }
  // Names of headers have no case, as libraries read them.
  const headers = Object.fromEntries(Object.entries(reply.headers).map(([name, value]) => [name.toLowerCase(), value]));
  return { status: reply.status, headers, text: String(reply.body), json, outcome: reply.outcome };
}
