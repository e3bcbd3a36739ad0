import type { SqlSyntax } from '../engine.ts';

/**
 * What is kept of live tenants: where each was switched on and what its probe found, which subject is which there, what is
 * delivered, the plans, how often predictions were right, and what the brake counts.
 */
export const statements = ({ integer, counter }: SqlSyntax): readonly string[] => [
  'ALTER TABLE consumer ADD COLUMN home TEXT',
  'ALTER TABLE consumer ADD COLUMN probe TEXT',
  'ALTER TABLE consumer ADD COLUMN learned TEXT',
  `CREATE TABLE link (
  consumer TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  live_id TEXT,
  matched_by TEXT NOT NULL,
  state TEXT NOT NULL,
  base TEXT,
  base_at ${integer},
  delivered ${integer} NOT NULL,
  CONSTRAINT link_subject_unique PRIMARY KEY (consumer, kind, subject),
  CONSTRAINT link_live_unique UNIQUE (consumer, kind, live_id)
)`,
  `CREATE TABLE delivery (
  number ${counter},
  id TEXT NOT NULL,
  consumer TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  operation TEXT NOT NULL,
  plan TEXT,
  step ${integer},
  from_change ${integer} NOT NULL,
  to_change ${integer} NOT NULL,
  open ${integer} NOT NULL,
  state TEXT NOT NULL,
  attempt ${integer} NOT NULL,
  due_at ${integer} NOT NULL,
  intent TEXT,
  predicted TEXT,
  outcome TEXT,
  attempts TEXT NOT NULL,
  created_at ${integer} NOT NULL,
  updated_at ${integer} NOT NULL,
  CONSTRAINT delivery_id_unique UNIQUE (id)
)`,
  'CREATE UNIQUE INDEX delivery_open_unique ON delivery (consumer, kind, subject) WHERE open = 1',
  'CREATE INDEX delivery_by_state ON delivery (consumer, state, number)',
  'CREATE INDEX delivery_by_plan ON delivery (consumer, plan, step) WHERE plan IS NOT NULL',
  `CREATE TABLE target_plan (
  id TEXT NOT NULL CONSTRAINT target_plan_id_unique PRIMARY KEY,
  consumer TEXT NOT NULL,
  digest TEXT NOT NULL,
  header TEXT NOT NULL,
  state TEXT NOT NULL,
  allowed TEXT,
  position ${integer} NOT NULL,
  created_at ${integer} NOT NULL
)`,
  'CREATE INDEX target_plan_by_consumer ON target_plan (consumer, created_at)',
  `CREATE TABLE prediction (
  consumer TEXT NOT NULL,
  operation TEXT NOT NULL,
  what TEXT NOT NULL,
  hits ${integer} NOT NULL,
  misses ${integer} NOT NULL,
  sample TEXT,
  last_at ${integer} NOT NULL,
  CONSTRAINT prediction_unique PRIMARY KEY (consumer, operation, what)
)`,
  `CREATE TABLE brake_count (
  consumer TEXT NOT NULL,
  what TEXT NOT NULL,
  hour ${integer} NOT NULL,
  n ${integer} NOT NULL,
  CONSTRAINT brake_count_unique PRIMARY KEY (consumer, what, hour)
)`,
];
