import type { SqlSyntax } from './engine.ts';

/**
 * The tables as they are today, which a new database gets. `migrations/` is the way there for others; tests make a
 * database each way and compare them.
 *
 * An employee is one row holding the whole record, numbered in order of creation, so that a record is one read and rows
 * lie in the order they came. `lookup` says by which values an employee can be found; only the rows whose value changed
 * are touched. `change` is append-only; each change names the one before it of the same employee, so that a history
 * needs no index of its own; those of anything else have a `kind` and are found by it. `departed` names the newest change of each employee who was removed. `recency` holds who was
 * changed when, up to the change that `recency_mark` names. `highest` holds numbers that were given to rows which are
 * gone, so that none is given twice. `snapshot` and the tables named after it hold copies of companies. `journal_entry` is the
 * journal of requests, where it is kept here. `installation` is one row. `consumer` holds who follows `change`, each with a
 * cursor, and `event` what was rendered for one. A consumer of kind `target` is a live tenant: `link` says which subject is
 * which there, `delivery` what is sent, `target_plan` which plans there are, `prediction` how often they were right, and
 * `brake_count` what the brake counts, by hour; `target_plan_line` has the plans that a server keeps, and `drift_run` what
 * reads of everybody showed.
 */
export const tables = ({ integer, counter, clustered }: SqlSyntax): readonly string[] => [
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
  fields TEXT NOT NULL,
  note TEXT,
  undoes ${integer},
  kind TEXT
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
  expires_at ${integer} NOT NULL,
  detail TEXT
)${clustered}`,
  `CREATE TABLE invitation (
  number ${counter},
  tenant ${integer} NOT NULL,
  record TEXT NOT NULL
)`,
  `CREATE TABLE attachment (
  tenant ${integer} NOT NULL,
  id TEXT NOT NULL,
  dialect TEXT NOT NULL,
  kind TEXT NOT NULL,
  type TEXT NOT NULL,
  bytes TEXT NOT NULL,
  CONSTRAINT attachment_unique PRIMARY KEY (tenant, id)
)`,
  `CREATE TABLE highest (
  name TEXT NOT NULL CONSTRAINT highest_unique PRIMARY KEY,
  number ${integer} NOT NULL
)${clustered}`,
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
  `CREATE TABLE journal_entry (
  number ${counter},
  node TEXT NOT NULL,
  at ${integer} NOT NULL,
  bytes ${integer} NOT NULL,
  record TEXT NOT NULL
)`,
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
  home TEXT,
  probe TEXT,
  learned TEXT,
  windows TEXT,
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
  aside TEXT,
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
  `CREATE TABLE prediction (
  consumer TEXT NOT NULL,
  operation TEXT NOT NULL,
  what TEXT NOT NULL,
  hits ${integer} NOT NULL,
  misses ${integer} NOT NULL,
  sample TEXT,
  last_at ${integer} NOT NULL,
  assumed ${integer} NOT NULL DEFAULT 0,
  raced ${integer} NOT NULL DEFAULT 0,
  CONSTRAINT prediction_unique PRIMARY KEY (consumer, operation, what)
)`,
  `CREATE TABLE brake_count (
  consumer TEXT NOT NULL,
  what TEXT NOT NULL,
  hour ${integer} NOT NULL,
  n ${integer} NOT NULL,
  CONSTRAINT brake_count_unique PRIMARY KEY (consumer, what, hour)
)`,
  `CREATE TABLE drift_run (
  id TEXT NOT NULL CONSTRAINT drift_run_id_unique PRIMARY KEY,
  consumer TEXT NOT NULL,
  read_at ${integer} NOT NULL,
  people ${integer} NOT NULL,
  complete ${integer} NOT NULL,
  summary TEXT NOT NULL,
  lines TEXT NOT NULL
)`,
  `CREATE TABLE target_plan_line (
  consumer TEXT NOT NULL,
  plan TEXT NOT NULL,
  n ${integer} NOT NULL,
  line TEXT NOT NULL,
  CONSTRAINT target_plan_line_unique PRIMARY KEY (plan, n)
)`,
  `CREATE INDEX lookup_by_person ON lookup (value, employee) WHERE space IN ('id:hose.user_id', 'expected id:hose.user_id', 'cancelled id:hose.user_id', 'gone id:hose.user_id')`,
  `CREATE INDEX employee_by_tenant ON employee (tenant, seq, active, external, seated)`,
  `CREATE INDEX tenant_name_by_tenant ON tenant_name (tenant)`,
  `CREATE INDEX recency_by_seq ON recency (tenant, seq, updated_at, active, external, seated)`,
  `CREATE INDEX account_member_by_tenant ON account_member (tenant)`,
  `CREATE INDEX token_by_app ON token (tenant, app, kind, expires_at)`,
  `CREATE INDEX invitation_by_tenant ON invitation (tenant, number)`,
  `CREATE INDEX snapshot_invitation_by_tenant ON snapshot_invitation (tenant)`,
  `CREATE INDEX change_by_subject ON change (tenant, kind, employee, number) WHERE kind IS NOT NULL`,
  `CREATE INDEX event_by_state ON event (consumer, state, change, part)`,
  `CREATE UNIQUE INDEX delivery_open_unique ON delivery (consumer, kind, subject) WHERE open = 1`,
  `CREATE INDEX delivery_by_state ON delivery (consumer, state, number)`,
  `CREATE INDEX delivery_by_plan ON delivery (consumer, plan, step) WHERE plan IS NOT NULL`,
  `CREATE INDEX target_plan_by_consumer ON target_plan (consumer, created_at)`,
  `CREATE INDEX drift_run_by_consumer ON drift_run (consumer, read_at)`,
];
