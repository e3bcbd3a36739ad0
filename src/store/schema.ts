import type { Statement } from './engine.ts';

/**
 * The tables as they are today. `migrations/` is the way there; a test makes a database each way and compares them.
 *
 * An employee is one row holding the whole record, numbered in order of creation, so that a record is one read and rows
 * lie in the order they came. `lookup` says by which values an employee can be found; only the rows whose value changed
 * are touched. `change` is append-only; each change names the one before it of the same employee, so that a history
 * needs no index of its own.
 */
export const SCHEMA_VERSION = 1;

/** The statements that make an empty database into today's. */
export const tables: readonly string[] = [
  `CREATE TABLE tenant (
  number INTEGER PRIMARY KEY,
  key TEXT NOT NULL CONSTRAINT tenant_key_unique UNIQUE,
  in_use INTEGER NOT NULL,
  version INTEGER NOT NULL,
  record TEXT NOT NULL
)`,
  `CREATE TABLE tenant_name (
  space TEXT NOT NULL,
  value TEXT NOT NULL,
  tenant INTEGER NOT NULL REFERENCES tenant (number) ON DELETE CASCADE,
  CONSTRAINT tenant_name_unique PRIMARY KEY (space, value)
)`,
  `CREATE TABLE tenant_part (
  tenant INTEGER NOT NULL REFERENCES tenant (number) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  position INTEGER NOT NULL,
  record TEXT NOT NULL,
  CONSTRAINT tenant_part_unique PRIMARY KEY (tenant, kind, id)
)`,
  `CREATE TABLE employee (
  seq INTEGER PRIMARY KEY,
  tenant INTEGER NOT NULL,
  id TEXT NOT NULL,
  active INTEGER NOT NULL,
  external INTEGER NOT NULL,
  seated INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  change INTEGER NOT NULL,
  record TEXT NOT NULL,
  CONSTRAINT employee_id_unique UNIQUE (tenant, id)
)`,
  `CREATE TABLE lookup (
  tenant INTEGER NOT NULL,
  space TEXT NOT NULL,
  value TEXT NOT NULL,
  employee INTEGER NOT NULL,
  CONSTRAINT lookup_unique PRIMARY KEY (tenant, space, value, employee)
) WITHOUT ROWID`,
  `CREATE TABLE headcount (
  tenant INTEGER NOT NULL,
  active INTEGER NOT NULL,
  external INTEGER NOT NULL,
  seated INTEGER NOT NULL,
  people INTEGER NOT NULL,
  CONSTRAINT headcount_unique PRIMARY KEY (tenant, active, external, seated)
) WITHOUT ROWID`,
  `CREATE TABLE change (
  number INTEGER PRIMARY KEY,
  tenant INTEGER NOT NULL,
  employee TEXT NOT NULL,
  previous INTEGER NOT NULL,
  at INTEGER NOT NULL,
  dialect TEXT NOT NULL,
  operation TEXT NOT NULL,
  app TEXT,
  request TEXT NOT NULL,
  fields TEXT NOT NULL
)`,
  `CREATE TABLE account (
  id TEXT NOT NULL CONSTRAINT account_id_unique PRIMARY KEY,
  mobile TEXT CONSTRAINT account_mobile_unique UNIQUE,
  email TEXT CONSTRAINT account_email_unique UNIQUE
)`,
  `CREATE TABLE account_member (
  account TEXT NOT NULL,
  employee INTEGER NOT NULL,
  tenant INTEGER NOT NULL,
  CONSTRAINT account_member_unique PRIMARY KEY (account, employee)
) WITHOUT ROWID`,
  `CREATE TABLE token (
  hash TEXT NOT NULL CONSTRAINT token_hash_unique PRIMARY KEY,
  dialect TEXT NOT NULL,
  kind TEXT NOT NULL,
  tenant INTEGER NOT NULL,
  app TEXT NOT NULL,
  nonce TEXT,
  partner TEXT,
  issued_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID`,
  `CREATE INDEX employee_by_tenant ON employee (tenant)`,
  `CREATE INDEX token_by_app ON token (tenant, app, kind, expires_at)`,
];

/** The same as statements. */
export const createTables: readonly Statement[] = tables.map((text) => ({ text, params: [] }));
