import type { SqlSyntax } from '../engine.ts';

/**
 * States of companies that are kept to be put back: the company, its employees, their accounts, its tokens and files; and
 * the invitations that only a snapshot has.
 */
export const statements = ({ integer, counter, clustered }: SqlSyntax): readonly string[] => [
  `CREATE TABLE snapshot (
  number ${counter},
  tenant ${integer} NOT NULL,
  name TEXT NOT NULL,
  at ${integer} NOT NULL,
  change ${integer} NOT NULL,
  record TEXT NOT NULL,
  CONSTRAINT snapshot_name_unique UNIQUE (tenant, name)
)`,
  `CREATE TABLE snapshot_employee (
  snapshot ${integer} NOT NULL,
  seq ${integer} NOT NULL,
  record TEXT NOT NULL,
  CONSTRAINT snapshot_employee_unique PRIMARY KEY (snapshot, seq)
)`,
  `CREATE TABLE snapshot_account (
  snapshot ${integer} NOT NULL,
  id TEXT NOT NULL,
  mobile TEXT,
  email TEXT,
  CONSTRAINT snapshot_account_unique PRIMARY KEY (snapshot, id)
)${clustered}`,
  `CREATE TABLE snapshot_token (
  snapshot ${integer} NOT NULL,
  hash TEXT NOT NULL,
  dialect TEXT NOT NULL,
  kind TEXT NOT NULL,
  app TEXT NOT NULL,
  nonce TEXT,
  partner TEXT,
  issued_at ${integer} NOT NULL,
  expires_at ${integer} NOT NULL,
  detail TEXT,
  CONSTRAINT snapshot_token_unique PRIMARY KEY (snapshot, hash)
)${clustered}`,
  `CREATE TABLE snapshot_invitation (
  number ${integer} PRIMARY KEY,
  tenant ${integer} NOT NULL,
  record TEXT NOT NULL
)`,
  `CREATE TABLE snapshot_attachment (
  snapshot ${integer} NOT NULL,
  id TEXT NOT NULL,
  dialect TEXT NOT NULL,
  kind TEXT NOT NULL,
  type TEXT NOT NULL,
  bytes TEXT NOT NULL,
  CONSTRAINT snapshot_attachment_unique PRIMARY KEY (snapshot, id)
)`,
  `CREATE INDEX snapshot_invitation_by_tenant ON snapshot_invitation (tenant)`,
];
