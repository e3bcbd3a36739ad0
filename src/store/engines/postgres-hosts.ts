import pg from 'pg';
import type { Metric } from '../../lib/metrics.ts';
import { StoreUnusableError } from '../engine.ts';

/** More are a mistake: each is tried in turn. */
const MAX_HOSTS = 16;
/** What an address may ask of the server, in libpq's words; a node always needs one that takes writes. */
const WRITING: ReadonlySet<string> = new Set(['any', 'primary', 'read-write']);

/**
 * The servers that an address names, e.g. `postgres://USER:PASSWORD@ONE:5432,TWO:5432/DATABASE`. One of them takes writes;
 * when it ends and another takes its place, that one is found by trying each in turn.
 */
export interface PostgresHosts {
  /** The address of each, in the order of the address. */
  readonly urls: readonly string[];
  /** Whether a server is asked if it takes writes before it is used. */
  readonly isChecked: boolean;
}

/** Reads the hosts of an address. Throws {@link StoreUnusableError} with a sentence. */
export function postgresHosts(text: string): PostgresHosts {
  // What libpq takes, https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING, is no URL: so one is made for each.
  const [, before = '', list = '', after = ''] = /^([a-z]+:\/\/(?:[^@/?#]*@)?)([^/?#]*)(.*)$/is.exec(text) ?? [];
  const hosts = list.split(',');
  if (hosts.length > MAX_HOSTS)
    throw new StoreUnusableError(`The store’s address names more than ${String(MAX_HOSTS)} hosts.`);
  const urls = hosts.map((host) => parsed(before + host + after));
  const attributes = urls[0]?.searchParams.get('target_session_attrs') ?? null;
  if (attributes !== null && !WRITING.has(attributes)) {
    throw new StoreUnusableError(
      'A node writes to its store. Give target_session_attrs=read-write or leave it out of the store’s address.',
    );
  }
  for (const url of urls) url.searchParams.delete('target_session_attrs');
  const isChecked = attributes === null ? hosts.length > 1 : attributes !== 'any';
  return { urls: urls.map(({ href }) => href), isChecked };
}

function parsed(text: string): URL {
  try {
    return new URL(text);
  } catch (cause) {
    throw new StoreUnusableError(
      'The store’s address is no URL. Give --store postgres://USER:PASSWORD@HOST:PORT/DATABASE.',
      { cause },
    );
  }
}

/** Says that a server only reads, in the word of PostgreSQL for it. */
class ReadOnlyServerError extends Error {
  readonly code = '25006';

  constructor() {
    super('the server only reads');
    this.name = 'ReadOnlyServerError';
  }
}

/** A pool of connections to the server that takes writes just now. */
export class PrimaryPool {
  readonly pool: pg.Pool;
  readonly #hosts: PostgresHosts;
  /** How often another server was turned to; a connection is of one such time. */
  #turn = 0;
  readonly #turns = new WeakMap<object, number>();

  constructor(hosts: PostgresHosts, options: pg.PoolConfig) {
    this.#hosts = hosts;
    const nextUrl = (): string => this.#url();
    const opened = (client: object): void => void this.#turns.set(client, this.#turn);
    class TurnClient extends pg.Client {
      constructor(config?: pg.ClientConfig) {
        super({ ...config, connectionString: nextUrl() });
        opened(this);
      }
    }
    this.pool = new pg.Pool({
      ...options,
      Client: TurnClient,
      // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it, which its types do not say
      ...(hosts.isChecked ? { onConnect: requireWrites } : {}),
    });
  }

  /** Takes a connection to the server that was last found to take writes. One that cannot be made turns to the next. */
  async connect(): Promise<pg.PoolClient> {
    for (;;) {
      const turn = this.#turn;
      let client: pg.PoolClient;
      try {
        client = await this.pool.connect();
      } catch (error) {
        if (!isQueue(error)) this.#turnFrom(turn);
        throw error;
      }
      if (this.#hostOf(this.#turns.get(client)) === this.#hostOf(this.#turn)) return client;
      // To a server that was left: what it answers may be older than what was kept since.
      client.release(true);
    }
  }

  /** Turns to the next server, as the one of this connection is gone or takes no writes any more. */
  leave(client: pg.PoolClient): void {
    this.#turnFrom(this.#turns.get(client) ?? this.#turn);
  }

  /** Whether there is another server to turn to. */
  get hasOthers(): boolean {
    return this.#hosts.urls.length > 1;
  }

  /** Many connections fail together when a server ends: they turn once. */
  #turnFrom(turn: number): void {
    if (this.hasOthers && turn === this.#turn) this.#turn++;
  }

  #hostOf(turn = 0): number {
    return turn % this.#hosts.urls.length;
  }

  #url(): string {
    return this.#hosts.urls[this.#hostOf(this.#turn)] ?? '';
  }
}

/** Whether all connections were in use for too long, which says nothing of the server. */
function isQueue(error: unknown): boolean {
  return error instanceof Error && error.message === 'timeout exceeded when trying to connect';
}

async function requireWrites(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ reads_only: string }>(
    "SELECT current_setting('transaction_read_only') AS reads_only",
  );
  if (rows[0]?.reads_only !== 'off') throw new ReadOnlyServerError();
}

/** Returns the metric of a pool's connections. */
export function connectionsOf(pool: pg.Pool): Metric {
  return {
    name: 'mingce_store_connections',
    help: 'Connections to the database, and requests that wait for one.',
    kind: 'gauge',
    read: () => [
      { labels: { state: 'busy' }, value: pool.totalCount - pool.idleCount },
      { labels: { state: 'idle' }, value: pool.idleCount },
      { labels: { state: 'awaited' }, value: pool.waitingCount },
    ],
  };
}

/** So much sooner the server itself ends a statement: it knows what became of it, and goes on with nothing that is not awaited. */
const SOONER_MS = 2_000;
/** What PostgreSQL takes at the most. */
const LONGEST_MS = 2 ** 31 - 1;

/** Nothing waits for ever, and nothing is answered before it is on the disk. */
const SETTINGS = `SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'; SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'`;

/**
 * Returns what sets up a connection, each by itself, so that one that a server refuses takes no other with it: the settings, and
 * how long the server goes on with a statement; a shorter limit that it has stays.
 */
export function settingsOf(queryTimeoutMs: number): readonly string[] {
  const limit = String(Math.min(LONGEST_MS, Math.max(1_000, Math.trunc(queryTimeoutMs) - SOONER_MS)));
  return [
    SETTINGS,
    `SELECT set_config('statement_timeout', '${limit}', false) FROM pg_settings WHERE name = 'statement_timeout' AND setting::bigint NOT BETWEEN 1 AND ${limit}`,
  ];
}
