import type { SqlSyntax } from '../engine.ts';

/**
 * What a change is of, where that is no employee; those are found by what they are of. And the journal of requests, where
 * it is kept in the store.
 */
export const statements = ({ integer, counter }: SqlSyntax): readonly string[] => [
  'ALTER TABLE change ADD COLUMN kind TEXT',
  'CREATE INDEX change_by_subject ON change (tenant, kind, employee, number) WHERE kind IS NOT NULL',
  `CREATE TABLE journal_entry (
  number ${counter},
  node TEXT NOT NULL,
  at ${integer} NOT NULL,
  bytes ${integer} NOT NULL,
  record TEXT NOT NULL
)`,
];
