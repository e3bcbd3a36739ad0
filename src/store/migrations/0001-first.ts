import type { SqlSyntax } from '../engine.ts';

/** The first tables. */
export const statements = ({ integer, counter, clustered }: SqlSyntax): readonly string[] => [
  `CREATE TABLE tenant (
  number ${counter},
  key TEXT NOT NULL CONSTRAINT tenant_key_unique UNIQUE,
  in_use ${integer} NOT NULL,
  version ${integer} NOT NULL,
  record TEXT NOT NULL
)`,
  `CREATE TABLE tenant_name (
  space TEXT NOT NULL,
  value TEXT NOT NULL,
  tenant ${integer} NOT NULL REFERENCES tenant (number) ON DELETE CASCADE,
  CONSTRAINT tenant_name_unique PRIMARY KEY (space, value)
)`,
  `CREATE TABLE tenant_part (
  tenant ${integer} NOT NULL REFERENCES tenant (number) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  position ${integer} NOT NULL,
  record TEXT NOT NULL,
  CONSTRAINT tenant_part_unique PRIMARY KEY (tenant, kind, id)
)`,
  `CREATE TABLE employee (
  seq ${counter},
  tenant ${integer} NOT NULL,
  id TEXT NOT NULL,
  active ${integer} NOT NULL,
  external ${integer} NOT NULL,
  seated ${integer} NOT NULL,
  updated_at ${integer} NOT NULL,
  change ${integer} NOT NULL,
  record TEXT NOT NULL,
  CONSTRAINT employee_id_unique UNIQUE (tenant, id)
)`,
  `CREATE TABLE lookup (
  tenant ${integer} NOT NULL,
  space TEXT NOT NULL,
  value TEXT NOT NULL,
  employee ${integer} NOT NULL,
  CONSTRAINT lookup_unique PRIMARY KEY (tenant, space, value, employee)
)${clustered}`,
  `CREATE TABLE headcount (
  tenant ${integer} NOT NULL,
  active ${integer} NOT NULL,
  external ${integer} NOT NULL,
  seated ${integer} NOT NULL,
  people ${integer} NOT NULL,
  CONSTRAINT headcount_unique PRIMARY KEY (tenant, active, external, seated)
)${clustered}`,
  `CREATE TABLE block_headcount (
  tenant ${integer} NOT NULL,
  block ${integer} NOT NULL,
  active ${integer} NOT NULL,
  external ${integer} NOT NULL,
  seated ${integer} NOT NULL,
  people ${integer} NOT NULL,
  CONSTRAINT block_headcount_unique PRIMARY KEY (tenant, block, active, external, seated)
)${clustered}`,
  `CREATE TABLE change (
  number ${counter},
  tenant ${integer} NOT NULL,
  employee TEXT NOT NULL,
  previous ${integer} NOT NULL,
  at ${integer} NOT NULL,
  dialect TEXT NOT NULL,
  operation TEXT NOT NULL,
  app TEXT,
  request TEXT NOT NULL,
  fields TEXT NOT NULL
)`,
  `CREATE TABLE departed (
  tenant ${integer} NOT NULL,
  change ${integer} NOT NULL,
  CONSTRAINT departed_unique PRIMARY KEY (tenant, change)
)${clustered}`,
  `CREATE TABLE recency (
  tenant ${integer} NOT NULL,
  updated_at ${integer} NOT NULL,
  seq ${integer} NOT NULL,
  active ${integer} NOT NULL,
  external ${integer} NOT NULL,
  seated ${integer} NOT NULL,
  CONSTRAINT recency_unique PRIMARY KEY (tenant, updated_at, seq)
)${clustered}`,
  `CREATE TABLE recency_mark (
  one ${integer} PRIMARY KEY,
  change ${integer} NOT NULL
)`,
  `CREATE TABLE account (
  id TEXT NOT NULL CONSTRAINT account_id_unique PRIMARY KEY,
  mobile TEXT CONSTRAINT account_mobile_unique UNIQUE,
  email TEXT CONSTRAINT account_email_unique UNIQUE
)`,
  `CREATE TABLE account_member (
  account TEXT NOT NULL,
  employee ${integer} NOT NULL,
  tenant ${integer} NOT NULL,
  CONSTRAINT account_member_unique PRIMARY KEY (account, employee)
)${clustered}`,
  `CREATE TABLE token (
  hash TEXT NOT NULL CONSTRAINT token_hash_unique PRIMARY KEY,
  dialect TEXT NOT NULL,
  kind TEXT NOT NULL,
  tenant ${integer} NOT NULL,
  app TEXT NOT NULL,
  nonce TEXT,
  partner TEXT,
  issued_at ${integer} NOT NULL,
  expires_at ${integer} NOT NULL
)${clustered}`,
  `CREATE INDEX employee_by_tenant ON employee (tenant, seq, active, external, seated)`,
  `CREATE INDEX tenant_name_by_tenant ON tenant_name (tenant)`,
  `CREATE INDEX recency_by_seq ON recency (tenant, seq, updated_at, active, external, seated)`,
  `CREATE INDEX account_member_by_tenant ON account_member (tenant)`,
  `CREATE INDEX token_by_app ON token (tenant, app, kind, expires_at)`,
];
