import type { SqlSyntax } from '../engine.ts';

/** Which change another one takes back. */
export const statements = ({ integer }: SqlSyntax): readonly string[] => [
  `ALTER TABLE change ADD COLUMN undoes ${integer}`,
];
