import type { SqlSyntax } from '../engine.ts';

/** What this installation is, who follows the change log, and the events that were rendered from it. */
export const statements = ({ integer, counter }: SqlSyntax): readonly string[] => [
  `CREATE TABLE installation (
  one ${integer} PRIMARY KEY,
  key TEXT NOT NULL,
  lineage TEXT NOT NULL,
  followed ${integer} NOT NULL
)`,
  `CREATE TABLE consumer (
  id TEXT NOT NULL CONSTRAINT consumer_id_unique PRIMARY KEY,
  tenant ${integer} NOT NULL,
  kind TEXT NOT NULL,
  platform TEXT NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  checked TEXT,
  cursor ${integer} NOT NULL,
  epoch ${integer} NOT NULL,
  holder TEXT,
  lease_until ${integer} NOT NULL,
  CONSTRAINT consumer_name_unique UNIQUE (tenant, platform, name)
)`,
  `CREATE TABLE event (
  number ${counter},
  consumer TEXT NOT NULL,
  subject TEXT NOT NULL,
  change ${integer} NOT NULL,
  part ${integer} NOT NULL,
  event_id TEXT NOT NULL,
  type TEXT NOT NULL,
  body TEXT,
  state TEXT NOT NULL,
  attempt ${integer} NOT NULL,
  due_at ${integer} NOT NULL,
  attempts TEXT NOT NULL,
  created_at ${integer} NOT NULL,
  CONSTRAINT event_part_unique UNIQUE (consumer, change, part)
)`,
  'CREATE INDEX event_by_state ON event (consumer, state, change, part)',
];
