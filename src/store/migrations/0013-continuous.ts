import type { SqlSyntax } from '../engine.ts';

/**
 * What following a live tenant keeps: the windows of its limits and fields that are set aside. Further the runs of drift, the
 * lines of plans that a server keeps, and why predictions were wrong.
 */
export const statements = ({ integer }: SqlSyntax): readonly string[] => [
  'ALTER TABLE consumer ADD COLUMN windows TEXT',
  'ALTER TABLE link ADD COLUMN aside TEXT',
  `ALTER TABLE prediction ADD COLUMN assumed ${integer} NOT NULL DEFAULT 0`,
  `ALTER TABLE prediction ADD COLUMN raced ${integer} NOT NULL DEFAULT 0`,
  `CREATE TABLE drift_run (
  id TEXT NOT NULL CONSTRAINT drift_run_id_unique PRIMARY KEY,
  consumer TEXT NOT NULL,
  read_at ${integer} NOT NULL,
  people ${integer} NOT NULL,
  complete ${integer} NOT NULL,
  summary TEXT NOT NULL,
  lines TEXT NOT NULL
)`,
  'CREATE INDEX drift_run_by_consumer ON drift_run (consumer, read_at)',
  `CREATE TABLE target_plan_line (
  consumer TEXT NOT NULL,
  plan TEXT NOT NULL,
  n ${integer} NOT NULL,
  line TEXT NOT NULL,
  CONSTRAINT target_plan_line_unique PRIMARY KEY (plan, n)
)`,
];
