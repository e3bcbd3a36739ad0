import { performance } from 'node:perf_hooks';
import { nextTick } from 'node:process';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Checked } from '../../directory/checked.ts';
import { StoreBusyError, StoreDamagedError } from '../../directory/errors.ts';
import { backoffMs } from '../../lib/backoff.ts';
import type { Metric } from '../../lib/metrics.ts';
import { lookThrough } from '../check.ts';
import { Growth } from '../growth.ts';
import {
  StoreUnusableError,
  type WriteResult,
  type Engine,
  type SqlSyntax,
  type Row,
  type Statement,
  type SqlTask,
} from '../engine.ts';
import { StoreMetrics } from '../store-metrics.ts';
import { DatabaseError, whyUnusable, type FailureKind } from './postgres-failure.ts';
import { GROWN_TABLES, PEOPLE_COUNTED, postgresFlavor } from './postgres-flavor.ts';
import { connectionsOf, postgresHosts, PrimaryPool, settingsOf, type PostgresHosts } from './postgres-hosts.ts';

/** How long a transaction is retried after a conflict, or when its connection is lost before the commit. */
export const RETRY_BUDGET_MS = 5_000;
/** How often a work that finds something there already is tried before that counts as its own fault. */
const CLASHES = 8;
/** Connections of each node, unless its URL says otherwise. */
export const CONNECTIONS = 16;
/** How long it may take to be given a connection, */
export const CONNECT_TIMEOUT_MS = 5_000;
/** and to be answered. */
export const QUERY_TIMEOUT_MS = 60_000;
const READY_MS = 2_000;

/** How an engine is set up, from the query of its URL. */
interface PostgresOptions {
  readonly hosts: PostgresHosts;
  /** Connections at the most. */
  readonly connections: number;
  /** How long an answer is waited for; the driver reads it from the address itself. */
  readonly queryTimeoutMs: number;
  /** Databases without named locks keep concurrent writes apart by refusing them, to be tried again. */
  readonly isSerializable: boolean;
}

/** Reads `connections` and `isolation` from an address; the rest is the driver's. */
function postgresOptions(text: string): PostgresOptions {
  const hosts = postgresHosts(text);
  const urls = hosts.urls.map((url) => new URL(url));
  const [first] = urls;
  const connections = Number(first?.searchParams.get('connections') ?? CONNECTIONS);
  const queryTimeoutMs = Number(first?.searchParams.get('query_timeout') ?? QUERY_TIMEOUT_MS) || QUERY_TIMEOUT_MS;
  const isolation = first?.searchParams.get('isolation') ?? 'read-committed';
  for (const { searchParams } of urls) {
    searchParams.delete('connections');
    searchParams.delete('isolation');
  }
  if (!Number.isInteger(connections) || connections < 2) {
    throw new StoreUnusableError('The store’s address asks for too few connections; give connections=2 or more.');
  }
  if (isolation !== 'read-committed' && isolation !== 'serializable') {
    throw new StoreUnusableError('The store’s isolation is read-committed or serializable.');
  }
  return {
    hosts: { ...hosts, urls: urls.map(({ href }) => href) },
    connections,
    queryTimeoutMs,
    isSerializable: isolation === 'serializable',
  };
}

/** After these another server may be the one that takes writes. */
const IS_ELSEWHERE: ReadonlySet<FailureKind> = new Set(['lost', 'read-only']);

const UNDECIDED = 'the connection was lost during a commit: it may have been kept or not';

/**
 * A database server that any number of nodes share.
 *
 * A transaction locks the records it reads and, by name, the values it claims; what it could not lock is kept apart by
 * trying again. Statements of one step are sent together, the last ones with the commit.
 */
export class PostgresEngine implements Engine {
  readonly flavor: SqlSyntax;
  readonly isShared = true;
  readonly wasOpen = { files: 0, folders: 0 };
  // Nothing is believed unasked where others write.
  readonly rollbackCount = 0;
  readonly backups =
    'A PostgreSQL store is copied with PostgreSQL’s own tools: pg_dump and pg_restore for one database, pg_basebackup with archived WAL for any moment in the past.';
  readonly #meter = new StoreMetrics();
  readonly metrics: readonly Metric[];
  readonly #primary: PrimaryPool;
  readonly #isSerializable: boolean;
  readonly #names = new Map<string, string>();
  /** How often all statements were given other names. */
  #generation = 0;
  readonly #growth = new Growth();
  #closed = false;

  private constructor({ hosts, connections, queryTimeoutMs, isSerializable }: PostgresOptions) {
    this.flavor = postgresFlavor(!isSerializable);
    this.#isSerializable = isSerializable;
    this.#primary = new PrimaryPool(hosts, { ...CLIENT_OPTIONS, max: connections, idleTimeoutMillis: 30_000 });
    const { pool } = this.#primary;
    this.metrics = [...this.#meter.metrics, connectionsOf(pool)];
    // A broken connection is replaced when one is needed; the statements of its user fail.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => {
      client.on('error', () => undefined);
      for (const setting of settingsOf(queryTimeoutMs)) client.query(setting).catch(() => undefined);
    });
  }

  /** Connects once, to find out whether that can be done. Throws {@link StoreUnusableError} with a sentence. */
  static async open(address: string): Promise<PostgresEngine> {
    const options = postgresOptions(address);
    const engine = new PostgresEngine(options);
    let failure: StoreUnusableError | undefined;
    for (const url of options.hosts.urls) {
      try {
        (await engine.#primary.connect()).release();
        return engine;
      } catch (cause) {
        failure ??= new StoreUnusableError(whyUnusable(url, cause), { cause });
      }
    }
    await engine.#primary.pool.end();
    throw failure ?? new StoreUnusableError('The store’s address names no host.');
  }

  read<Result>(work: () => SqlTask<Result>): Promise<Result> {
    return this.#retrying(async (connect) => {
      let steps = work();
      let step = steps.next();
      if (step.done === true) return step.value;
      const client = await connect();
      if (step.value.length === 1) {
        step = steps.next(await this.#ask(client, step.value));
        if (step.done === true) return step.value;
        // It needs a further look, and both must be at one state: so it looks again, from the start.
        steps = work();
        step = steps.next();
      }
      void send(client, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const result = await this.#drive(client, steps, step);
      void send(client, 'COMMIT');
      return result;
    });
  }

  write<Result>(work: () => SqlTask<WriteResult<Result>>): Promise<Result> {
    return this.#retrying(async (connect, decided) => {
      const client = await connect();
      const begunAt = performance.now();
      // Not waited for: it goes out with the first statements.
      const begun = send(client, this.#isSerializable ? 'BEGIN ISOLATION LEVEL SERIALIZABLE' : 'BEGIN');
      const steps = work();
      let step = steps.next();
      if (step.done !== true) step = steps.next(await this.#ask(client, step.value));
      // Had it not begun, what follows would be kept statement by statement.
      await begun;
      const { result, deferred: last } = await this.#drive(client, steps, step);
      decided();
      const ran = this.#ask(client, last);
      const committed = send(client, 'COMMIT');
      await ran;
      const { command } = await committed;
      // A transaction in which something failed answers to this word, too, but by rolling back.
      if (command !== 'COMMIT') throw new Error(`a commit ended with ${command}`);
      this.#meter.ended(1, begunAt);
      if (this.#growth.isDue && !this.#isSerializable) void this.#lookAtSizes();
      return result;
    });
  }

  form(): { readonly damage: readonly string[]; readonly isSmall: boolean } {
    // Pages have checksums of the server's own.
    return { damage: [], isSmall: false };
  }

  check(): Promise<Checked> {
    return this.read(lookThrough);
  }

  async isReady(): Promise<boolean> {
    try {
      // Of a table, so that it also says whether there are any.
      const text = "SELECT current_setting('transaction_read_only') AS reads_only FROM mingce_schema";
      const client = await this.#primary.connect();
      try {
        const { rows } = await client.query<Row>({ text, query_timeout: READY_MS } as pg.QueryConfig);
        if (rows[0]?.['reads_only'] === 'off') {
          client.release();
          return true;
        }
      } catch {
        // Then it is no use for anything else either.
      }
      this.#primary.leave(client);
      client.release(true);
      return false;
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#primary.pool.end();
  }

  /**
   * Has the server look how large the tables are. It does so by itself about once a minute, and until then keeps plans
   * for a company as small as it was: each question would go through all that was added since.
   */
  async #lookAtSizes(): Promise<void> {
    this.#growth.looking();
    let client: pg.PoolClient | undefined;
    try {
      client = await this.#primary.connect();
      const { rows: grown } = await client.query<{ readonly name: string }>(GROWN_TABLES);
      // What is held by somebody is left for another time: nothing may wait for this.
      if (grown.length > 0) await client.query(`ANALYZE (SKIP_LOCKED) ${grown.map(({ name }) => name).join(', ')}`);
      const { rows } = await client.query<Row>(PEOPLE_COUNTED);
      this.#growth.looked(Number(rows[0]?.['people'] ?? -1));
      client.release();
    } catch {
      // Nothing depends on it.
      this.#growth.looked(-1);
      client?.release(true);
    }
  }

  /** Runs something on a connection, taken when it first wants one, and again on what may go better the next time. */
  async #retrying<Result>(
    run: (connect: () => Promise<pg.PoolClient>, decided: () => void) => Promise<Result>,
  ): Promise<Result> {
    const startedAt = performance.now();
    for (let attempt = 1; ; attempt++) {
      let client: pg.PoolClient | undefined;
      let isDecided = false;
      const generation = this.#generation;
      const connect = async (): Promise<pg.PoolClient> => (client = await this.#connect());
      try {
        const result = await run(connect, () => (isDecided = true));
        client?.release();
        return result;
      } catch (error) {
        await letGo(client, error);
        if (error instanceof StoreDamagedError) this.#meter.damaged++;
        if (!(error instanceof DatabaseError)) throw error;
        const { cause, trouble } = error;
        if (client !== undefined && IS_ELSEWHERE.has(trouble)) this.#primary.leave(client);
        if (trouble === 'damaged') {
          this.#meter.damaged++;
          throw new StoreDamagedError('the database is damaged', { cause });
        }
        const isClash = trouble === 'clash' && this.#isSerializable && attempt < CLASHES;
        const isOutdated = trouble === 'outdated' && attempt < CLASHES;
        if (isOutdated) this.#renameStatements(generation);
        if (trouble === 'defect' || (trouble === 'clash' && !isClash) || (trouble === 'outdated' && !isOutdated))
          throw cause;
        if (trouble === 'lost' && isDecided) throw this.#busy(UNDECIDED, cause);
        const mayTry =
          trouble === 'conflict' ||
          trouble === 'lost' ||
          isClash ||
          isOutdated ||
          (trouble === 'read-only' && this.#primary.hasOthers);
        if (!mayTry || this.#closed || performance.now() - startedAt > RETRY_BUDGET_MS) {
          throw this.#busy(`nothing can be kept just now: ${trouble}`, cause);
        }
        this.#meter.retries++;
        await sleep(backoffMs(attempt));
      }
    }
  }

  #busy(why: string, cause: unknown): StoreBusyError {
    this.#meter.busy++;
    return new StoreBusyError(why, { cause });
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      return await this.#primary.connect();
    } catch (cause) {
      throw new DatabaseError(cause, 'lost');
    }
  }

  async #drive<Result>(
    client: pg.PoolClient,
    steps: SqlTask<Result>,
    first: IteratorResult<readonly Statement[], Result>,
  ): Promise<Result> {
    let step = first;
    while (step.done !== true) {
      // Nothing is asked by what lets others pass.
      if (step.value.length === 0) await turn();
      step = steps.next(await this.#ask(client, step.value));
    }
    return step.value;
  }

  /** Sends statements together and answers the rows of each. */
  async #ask(client: pg.PoolClient, statements: readonly Statement[]): Promise<readonly (readonly Row[])[]> {
    sendTogether(client);
    for (const { addsEmployee } of statements) if (addsEmployee === true) this.#growth.add();
    try {
      const [only] = statements;
      if (statements.length === 1 && only !== undefined) return [(await client.query<Row>(this.#named(only))).rows];
      const results = await Promise.all(statements.map((statement) => client.query<Row>(this.#named(statement))));
      return results.map(({ rows }) => rows);
    } catch (cause) {
      throw new DatabaseError(cause);
    }
  }

  /** From now on statements have other names, so that each connection prepares them once more. */
  #renameStatements(generation: number): void {
    if (generation !== this.#generation) return;
    this.#generation++;
    this.#names.clear();
  }

  /** Under its name the server keeps the plan of a statement, in the end one that fits no values in particular. */
  #named({ text, params, isPlannedEachTime }: Statement): pg.QueryConfig {
    if (isPlannedEachTime === true) return { text, values: params as unknown[] };
    let name = this.#names.get(text);
    if (name === undefined) {
      name = `m${String(this.#generation)}_${String(this.#names.size)}`;
      this.#names.set(text, name);
    }
    return { name, text, values: params as unknown[] };
  }
}

/** Whole numbers of 64 bits come as numbers: nothing kept here is beyond 2⁵³. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): ((value: string) => unknown) =>
    oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC
      ? Number
      : // The driver types its own table of parsers by overloads for each format.
        (pg.types.getTypeParser(oid, format as 'text') as (value: string) => unknown),
};

const CLIENT_OPTIONS = {
  types,
  pipeline: true,
  application_name: 'mingce',
  // A server that vanished without a word is noticed.
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  query_timeout: QUERY_TIMEOUT_MS,
} as pg.PoolConfig;

/** Sends a command without values. If it is not awaited, the statements after it report its failure. */
function send(client: pg.PoolClient, command: string): Promise<pg.QueryResult> {
  sendTogether(client);
  const sent = client.query(command).catch((cause: unknown) => {
    throw new DatabaseError(cause);
  });
  sent.catch(() => undefined);
  return sent;
}

/** Gives a connection back after a failure, without the transaction it was in, or for good. */
async function letGo(client: pg.PoolClient | undefined, error: unknown): Promise<void> {
  const trouble = error instanceof DatabaseError ? error.trouble : null;
  if (trouble !== 'lost' && trouble !== 'read-only') {
    try {
      await client?.query('ROLLBACK');
      client?.release();
      return;
    } catch {
      // Then the connection is no good either.
    }
  }
  client?.release(true);
}

/**
 * Has all that is sent in this turn go out at once: the driver writes each statement to its socket apart, which takes more time
 * of this process than the rest of sending it, and wakes the server each time.
 */
function sendTogether({ connection: { stream } }: pg.PoolClient): void {
  if (stream.writableCorked > 0) return;
  stream.cork();
  nextTick(() => {
    stream.uncork();
  });
}
