import type { SqlSyntax } from '../engine.ts';

/** Companies that are being rewritten a piece at a time, and what is still to be written of each. */
export const statements = ({ integer, clustered }: SqlSyntax): readonly string[] => [
  `CREATE TABLE rewriting (
  id TEXT NOT NULL CONSTRAINT rewriting_unique PRIMARY KEY,
  tenant ${integer},
  record TEXT NOT NULL
)`,
  `CREATE TABLE rewriting_piece (
  rewriting TEXT NOT NULL,
  position ${integer} NOT NULL,
  record TEXT NOT NULL,
  CONSTRAINT rewriting_piece_unique PRIMARY KEY (rewriting, position)
)${clustered}`,
];
