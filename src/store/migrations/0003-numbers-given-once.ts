import type { SqlSyntax } from '../engine.ts';

/** The highest numbers that were given, where the rows that had them may be gone. */
export const statements = ({ integer, clustered }: SqlSyntax): readonly string[] => [
  `CREATE TABLE highest (
  name TEXT NOT NULL CONSTRAINT highest_unique PRIMARY KEY,
  number ${integer} NOT NULL
)${clustered}`,
];
