import type { SqlSyntax } from '../engine.ts';

/** The outbox of invitations, files that were handed in, and what a dialect keeps with a token. */
export const statements = ({ integer, counter }: SqlSyntax): readonly string[] => [
  `CREATE TABLE invitation (
  number ${counter},
  tenant ${integer} NOT NULL,
  record TEXT NOT NULL
)`,
  `CREATE INDEX invitation_by_tenant ON invitation (tenant, number)`,
  `CREATE TABLE attachment (
  tenant ${integer} NOT NULL,
  id TEXT NOT NULL,
  dialect TEXT NOT NULL,
  kind TEXT NOT NULL,
  type TEXT NOT NULL,
  bytes TEXT NOT NULL,
  CONSTRAINT attachment_unique PRIMARY KEY (tenant, id)
)`,
  `ALTER TABLE token ADD COLUMN detail TEXT`,
];
