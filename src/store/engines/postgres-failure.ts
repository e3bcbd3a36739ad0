/** What the database, or the way to it, failed with; kept apart from what a work itself throws. */
export class DatabaseError extends Error {
  readonly trouble: FailureKind;

  constructor(cause: unknown, trouble?: FailureKind) {
    super('the database failed', { cause });
    this.name = 'DatabaseError';
    this.trouble = trouble ?? troubleOf(cause);
  }
}

/** What a failure means for the work that ran into it. */
export type FailureKind =
  /** Someone else stood in the way; nothing was kept, and the same work may pass the next time. */
  | 'conflict'
  /** A row exists already: written meanwhile by another transaction where there is no lock, or else a defect. */
  | 'clash'
  /** The connection is gone, or the server is going or coming. */
  | 'lost'
  /** A server that only reads, perhaps since another took its place: nothing was kept. */
  | 'read-only'
  /** A statement was prepared before a node of another release changed its table; nothing was kept. */
  | 'outdated'
  /** No space, or another lack; nothing was kept. */
  | 'unwritable'
  /** What the database keeps is not as it was written. */
  | 'damaged'
  /** The work asked for something that cannot be. */
  | 'defect';

/** PostgreSQL's codes for what went wrong: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function troubleOf(error: unknown): FailureKind {
  const code = codeOf(error);
  switch (code) {
    case '40001': // serialization_failure
    case '40P01': // deadlock_detected
    case '55P03': // lock_not_available: waited for it long enough
      return 'conflict';
    case '23505': // unique_violation
    case '42P07': // duplicate_table
    case '42710': // duplicate_object
      return 'clash';
    case '40003': // statement_completion_unknown
    case '25P03': // idle_in_transaction_session_timeout
    case '25P04': // transaction_timeout
    case '53300': // too_many_connections
      return 'lost';
    case '25006': // read_only_sql_transaction
      return 'read-only';
    case '0A000': // feature_not_supported: "cached plan must not change result type", in any language
      return 'outdated';
    case 'XX001': // data_corrupted
    case 'XX002': // index_corrupted
      return 'damaged';
    case '42P01': // undefined_table: dropped, or being put back, under a running node
    case '57014': // query_canceled: by a time limit of the server's own
    case '58030': // io_error
      return 'unwritable';
    case '':
      // The driver has no codes for what it says itself.
      return error instanceof Error && /connect|terminated|closed|timeout|pool/i.test(error.message)
        ? 'lost'
        : 'defect';
  }
  // Connection trouble, operator intervention, and what the system says of a socket, e.g. ECONNRESET.
  if (code.startsWith('08') || code.startsWith('57P') || /^E[A-Z_]+$/.test(code)) return 'lost';
  return code.startsWith('53') ? 'unwritable' : 'defect';
}

/** The code of the database or the system; empty where there is none. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Why a server cannot be used from the start, in one sentence. */
export function whyUnusable(url: string, cause: unknown): string {
  const { host, pathname } = new URL(url);
  switch (codeOf(cause)) {
    case '28P01':
    case '28000':
      return `PostgreSQL at ${host} refuses the user or password. Check the store’s address.`;
    case '3D000':
      return `PostgreSQL at ${host} has no database ${pathname.slice(1)}. Create it, or name another in the store’s address.`;
    default:
      return `PostgreSQL at ${host} cannot be reached. Start it, or check the store’s address.`;
  }
}
