import { MAX_DAMAGE, type Checked } from '../directory/checked.ts';
import type { Employee } from '../directory/employees/employee.ts';
import { StoreDamagedError } from '../directory/errors.ts';
import { snapshotChecks } from './check-snapshots.ts';
import { unsealedBytes } from './queries/attachments.ts';
import { fieldsOf, noteOf } from './queries/changes.ts';
import { Counts, Digests } from './digests.ts';
import { eventBodyOf } from './queries/events.ts';
import { kindOf } from './queries/employee-write.ts';
import type { Row, SqlValue, SqlTask } from './engine.ts';
import { blockOf } from './queries/headcount.ts';
import { indexKey } from './queries/index-key.ts';
import { deserializeEmployee } from './queries/employee-record.ts';
import { unseal } from './sealed.ts';
import { targetChecks } from './targets/check-targets.ts';
import { lookupRows } from './queries/standing.ts';
import { loadTenant, externalNames } from './queries/tenants.ts';

/** Rows read at one time: with records in them, and others. */
const RECORDS = 500;
const ROWS = 5_000;

/** Takes a sentence about something damaged. */
type Tell = (sentence: string) => void;

/** What must be in the tables that follow from records, less what is. */
class Following {
  readonly names = new Digests();
  readonly lookup = new Digests();
  readonly members = new Digests();
  readonly headcount = new Counts();
  readonly blocks = new Counts();
  /** Each change is the one before another, or the last one of somebody who is here or was removed. */
  readonly history = new Digests();
}

/**
 * Looks through everything that is kept: whether each record is as it was written, and whether the rows that follow
 * from records (by what people are found, how many they are) are those that do.
 */
export function* lookThrough(): SqlTask<Checked> {
  const damage: string[] = [];
  const tell: Tell = (sentence) => void (damage.length < MAX_DAMAGE && damage.push(sentence));
  const following = new Following();
  const companies = yield* companiesIn(following, tell);
  const employees = yield* employeesIn(companies, following, tell);
  // What follows from a record that cannot be read is not known.
  if (damage.length === 0) yield* followersOf(following, tell);
  yield* changesIn(following, tell);
  yield* eachRow(INVITATIONS, [0], RECORDS, ({ number }) => [number], judging('invitation', 'number', recordOf, tell));
  yield* eachRow(TOKENS, [''], ROWS, ({ hash }) => [hash], judging('token', null, detailOf, tell));
  yield* eachRow(FILES, [-1, ''], 5, ({ tenant, id }) => [tenant, id], judging('attachment', null, bytesOf, tell));
  yield* eachRow(EVENTS, [0], RECORDS, ({ number }) => [number], judging('event', 'number', eventBodyOf, tell));
  for (const { table, text, first, keyOf, read, limit = RECORDS } of [...snapshotChecks, ...targetChecks]) {
    yield* eachRow(text, first, limit, keyOf, judging(table, null, read, tell));
  }
  return { companies: companies.size, employees, damage };
}

const DEPARTED =
  'SELECT tenant, change FROM departed WHERE (tenant, change) > ($1, $2) ORDER BY tenant, change LIMIT $3';
const CHANGES = 'SELECT * FROM change WHERE number > $1 ORDER BY number LIMIT $2';
const INVITATIONS = 'SELECT number, record FROM invitation WHERE number > $1 ORDER BY number LIMIT $2';
const EVENTS = 'SELECT number, event_id, body FROM event WHERE number > $1 ORDER BY number LIMIT $2';
const TOKENS = 'SELECT hash, detail FROM token WHERE hash > $1 AND detail IS NOT NULL ORDER BY hash LIMIT $2';
const FILES = 'SELECT tenant, id, bytes FROM attachment WHERE (tenant, id) > ($1, $2) ORDER BY tenant, id LIMIT $3';

const changeOf = (row: Row): unknown => [fieldsOf(row), noteOf(row)];
const recordOf = ({ record }: Row): unknown => unseal(String(record));
const detailOf = ({ detail, hash }: Row): unknown => unseal(String(detail), String(hash));
const bytesOf = ({ bytes }: Row): unknown => unsealedBytes(String(bytes));

/** Reads a row; tells of one that is damaged, by its table and, where it has one, its number. */
function judging(table: string, number: string | null, read: (row: Row) => unknown, tell: Tell): (row: Row) => void {
  return (row) => {
    try {
      read(row);
    } catch (error) {
      if (!(error instanceof StoreDamagedError)) throw error;
      tell(`table ${table}${number === null ? '' : `, row ${String(row[number])}`}: ${error.message}`);
    }
  };
}

/** Reads a table in pieces, in the order of a key that the statement compares with the first parameters. */
function* eachRow(
  text: string,
  first: readonly SqlValue[],
  limit: number,
  keyOf: (row: Row) => readonly (SqlValue | undefined)[],
  visit: (row: Row) => void,
): SqlTask<void> {
  let after = first;
  for (;;) {
    const [rows = []] = yield [{ text, params: [...after, limit], isPlannedEachTime: true }];
    for (const row of rows) visit(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit) return;
    after = keyOf(last).map((value) => value ?? null);
  }
}

/** Looks through the history: whether each change can be read, and none is left out of the history of its employee. */
function* changesIn({ history }: Following, tell: Tell): SqlTask<void> {
  const judged = judging('change', 'number', changeOf, tell);
  yield* eachRow(
    CHANGES,
    [0],
    ROWS,
    ({ number }) => [number],
    (row) => {
      const tenant = Number(row['tenant']);
      judged(row);
      // Those of anything but an employee are found by what they are of.
      if (typeof row['kind'] === 'string') return;
      const previous = Number(row['previous']);
      history.found(tenant, String(row['number']));
      if (previous > 0) history.due(tenant, String(previous));
    },
  );
  yield* eachRow(
    DEPARTED,
    [-1, 0],
    ROWS,
    ({ tenant, change }) => [tenant, change],
    ({ tenant, change }) => {
      history.due(Number(tenant), String(change));
    },
  );
  for (const tenant of history.differing()) {
    tell(`table change, company ${String(tenant)}: its rows do not follow one another`);
  }
}

/** Looks through companies; answers their numbers. */
function* companiesIn({ names }: Following, tell: Tell): SqlTask<ReadonlySet<number>> {
  const numbers = new Set<number>();
  const text = 'SELECT number FROM tenant WHERE number > $1 ORDER BY number LIMIT $2';
  yield* eachRow(
    text,
    [0],
    ROWS,
    ({ number }) => [number],
    ({ number }) => void numbers.add(Number(number)),
  );
  for (const number of numbers) {
    try {
      const loaded = yield* loadTenant(number);
      if (loaded === null) continue;
      for (const [space, value] of externalNames(loaded.tenant.parts)) names.due(number, `${space} ${value}`);
    } catch (error) {
      if (!(error instanceof StoreDamagedError)) throw error;
      tell(`table tenant or tenant_part, company ${String(number)}: ${error.message}`);
    }
  }
  return numbers;
}

const EMPLOYEES = `SELECT e.*, c.employee AS changed, c.tenant AS changed_in FROM employee e LEFT JOIN change c ON c.number = e.change
WHERE e.seq > $1 ORDER BY e.seq LIMIT $2`;

/** Looks through employees; answers how many there are. */
function* employeesIn(companies: ReadonlySet<number>, following: Following, tell: Tell): SqlTask<number> {
  let employees = 0;
  const judge = (row: Row): void => {
    const [seq, tenant] = [Number(row['seq']), Number(row['tenant'])];
    const employee = deserializeEmployee(String(row['record']));
    const columns = [row['id'], row['active'], row['external'], row['seated'], row['updated_at']].map(String);
    const isSame = String(columns) === String([employee.id, ...kindOf(employee), employee.updatedAt]);
    const isChanged = row['changed'] === row['id'] && row['changed_in'] === row['tenant'];
    if (!isSame || !companies.has(tenant)) throw new StoreDamagedError('the row does not fit its record');
    if (!isChanged) throw new StoreDamagedError('its last change is not there');
    follow(following, tenant, seq, employee);
  };
  const judged = judging('employee', 'seq', judge, tell);
  yield* eachRow(
    EMPLOYEES,
    [0],
    RECORDS,
    ({ seq }) => [seq],
    (row) => {
      employees++;
      following.history.due(Number(row['tenant']), String(row['change']));
      judged(row);
    },
  );
  return employees;
}

/** Keeps which rows follow from a record. */
function follow(following: Following, tenant: number, seq: number, employee: Employee): void {
  const rows = new Set(lookupRows(employee).map(([space, value]) => `${space} ${indexKey(value)} ${String(seq)}`));
  for (const row of rows) following.lookup.due(tenant, row);
  if (employee.account !== null) following.members.due(tenant, `${employee.account} ${String(seq)}`);
  const kind = String(kindOf(employee));
  following.headcount.add(tenant, kind, 1);
  following.blocks.add(tenant, `${String(blockOf(seq))} ${kind}`, 1);
}

const NAMES =
  'SELECT space, value, tenant FROM tenant_name WHERE (space, value) > ($1, $2) ORDER BY space, value LIMIT $3';
const LOOKUP =
  'SELECT tenant, space, value, employee FROM lookup WHERE (tenant, space, value, employee) > ($1, $2, $3, $4) ORDER BY tenant, space, value, employee LIMIT $5';
const MEMBERS =
  'SELECT account, employee, tenant FROM account_member WHERE (account, employee) > ($1, $2) ORDER BY account, employee LIMIT $3';
const HEADCOUNT =
  'SELECT * FROM headcount WHERE (tenant, active, external, seated) > ($1, $2, $3, $4) ORDER BY tenant, active, external, seated LIMIT $5';
const BLOCKS =
  'SELECT * FROM block_headcount WHERE (tenant, block, active, external, seated) > ($1, $2, $3, $4, $5) ORDER BY tenant, block, active, external, seated LIMIT $6';

/** Compares what follows from records with what is there. */
function* followersOf(following: Following, tell: Tell): SqlTask<void> {
  const { names, lookup, members, headcount, blocks } = following;
  yield* eachRow(
    NAMES,
    ['', ''],
    ROWS,
    ({ space, value }) => [space, value],
    ({ space, value, tenant }) => {
      names.found(Number(tenant), `${String(space)} ${String(value)}`);
    },
  );
  yield* eachRow(
    LOOKUP,
    [-1, '', '', 0],
    ROWS,
    ({ tenant, space, value, employee }) => [tenant, space, value, employee],
    ({ tenant, space, value, employee }) => {
      lookup.found(Number(tenant), `${String(space)} ${String(value)} ${String(employee)}`);
    },
  );
  yield* eachRow(
    MEMBERS,
    ['', 0],
    ROWS,
    ({ account, employee }) => [account, employee],
    ({ account, employee, tenant }) => {
      members.found(Number(tenant), `${String(account)} ${String(employee)}`);
    },
  );
  yield* eachRow(
    HEADCOUNT,
    [-1, 0, 0, 0],
    ROWS,
    ({ tenant, active, external, seated }) => [tenant, active, external, seated],
    ({ tenant, active, external, seated, people }) => {
      headcount.add(Number(tenant), String([active, external, seated]), -Number(people));
    },
  );
  yield* eachRow(
    BLOCKS,
    [-1, 0, 0, 0, 0],
    ROWS,
    ({ tenant, block, active, external, seated }) => [tenant, block, active, external, seated],
    ({ tenant, block, active, external, seated, people }) => {
      blocks.add(Number(tenant), `${String(block)} ${String([active, external, seated])}`, -Number(people));
    },
  );
  for (const [table, digests] of [
    ['tenant_name', names],
    ['lookup', lookup],
    ['account_member', members],
    ['headcount', headcount],
    ['block_headcount', blocks],
  ] as const) {
    for (const tenant of digests.differing()) {
      tell(`table ${table}, company ${String(tenant)}: its rows do not fit the records`);
    }
  }
}
