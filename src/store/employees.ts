import type { Effect, Questions } from '../directory/store.ts';
import type { Employee } from '../directory/employee.ts';
import type { ChangedFields } from '../directory/change.ts';
import { isLookupField, lookupKeys, type LookupKey } from '../directory/lookup.ts';
import { insertChange } from './changes.ts';
import { indexed, isIndexedWhole } from './indexed.ts';
import { counted, type Kind } from './headcount.ts';
import { packEmployee, unpackEmployee } from './record.ts';
import { isKeepable, rowsUnder, type Flavor, type Row, type Statement, type Steps } from './engine.ts';

/** Where a record that was read lies, so that writing it back needs no second search. */
interface Place {
  readonly seq: number;
  readonly change: number;
}

const places = new WeakMap<Employee, Place>();
/** What is read of an employee. */
export const COLUMNS = 'e.seq, e.change, e.record';

/** The record of a row with {@link COLUMNS}. */
export function employeeOf(row: Row): Employee {
  const employee = unpackEmployee(String(row['record']));
  places.set(employee, { seq: Number(row['seq']), change: Number(row['change']) });
  return employee;
}

/** The name of the lock on a value that employees are found by. */
function claimOf(tenant: number, space: string, value: string): string {
  return `${String(tenant)} ${space} ${value}`;
}

/** Employees found by a value. */
export function* employeesBy(
  flavor: Flavor,
  locking: boolean,
  about: Questions['employees-by'],
): Steps<ReadonlyMap<string, readonly Employee[]>> {
  const { tenant, space } = about;
  const keepable = about.values.every(isKeepable) ? about.values : about.values.filter(isKeepable);
  const asked = keepable.every(isIndexedWhole) ? null : new Map(keepable.map((value) => [indexed(value), value]));
  const values = asked === null ? keepable : [...asked.keys()];
  const found = new Map<string, Employee[]>();
  if (values.length === 0) return found;
  const lock = locking ? flavor.lock(values.map((value) => claimOf(tenant, space, value))) : null;
  const head = `SELECT l.value AS found_by, ${COLUMNS} FROM lookup l JOIN employee e ON e.seq = l.employee WHERE l.tenant = $1 AND l.space = $2`;
  // In order of creation, also so that two transactions that lock the same records never wait for each other.
  const tail = ` ORDER BY l.employee${locking ? flavor.forUpdate('e') : ''}`;
  const [only] = values;
  const rows = yield* rowsUnder(
    lock,
    values.length === 1 && only !== undefined
      ? { text: `${head} AND l.value = $3${tail}`, params: [tenant, space, only] }
      : {
          text: `${head} AND l.value IN (SELECT value FROM ${flavor.each('$3', 'v')})${tail}`,
          params: [tenant, space, JSON.stringify(values)],
        },
  );
  // One record may be found by several of the values, and is then one object, so that its place is known once.
  const bySeq = new Map<number, Employee>();
  for (const row of rows) {
    const seq = Number(row['seq']);
    const employee = bySeq.get(seq) ?? employeeOf(row);
    bySeq.set(seq, employee);
    const foundBy = String(row['found_by']);
    const value = asked?.get(foundBy) ?? foundBy;
    const others = found.get(value);
    if (others === undefined) found.set(value, [employee]);
    else others.push(employee);
  }
  return found;
}

/** Employees by their own ids. */
export function* employeesById(
  flavor: Flavor,
  locking: boolean,
  about: Questions['employees-by-id'],
): Steps<ReadonlyMap<string, Employee>> {
  const found = new Map<string, Employee>();
  const ids = about.ids.filter(isKeepable);
  if (ids.length === 0) return found;
  const [rows = []] = yield [
    {
      text: `SELECT ${COLUMNS} FROM employee e WHERE e.tenant = $1 AND e.id IN (SELECT value FROM ${flavor.each('$2', 'v')}) ORDER BY e.seq${locking ? flavor.forUpdate('e') : ''}`,
      params: [about.tenant, JSON.stringify(ids)],
    },
  ];
  for (const row of rows) {
    const employee = employeeOf(row);
    found.set(employee.id, employee);
  }
  return found;
}

/** Everyone up a reporting line; a loop that was stored before ends by itself. */
export function* lineAbove(
  flavor: Flavor,
  locking: boolean,
  about: Questions['line-above'],
): Steps<ReadonlySet<string>> {
  if (about.from.length === 0) return new Set();
  // Two who take each other's people as leaders, at any distance, share no record; so they take turns by name.
  const lock = locking ? flavor.lock([`${String(about.tenant)} line ${about.line}`]) : null;
  const step =
    about.line === 'direct'
      ? `SELECT ${flavor.member('e.record', 'leader')} FROM up JOIN employee e ON e.tenant = $1 AND e.id = up.id WHERE ${flavor.member('e.record', 'leader')} IS NOT NULL`
      : `SELECT d.value FROM up JOIN employee e ON e.tenant = $1 AND e.id = up.id CROSS JOIN ${flavor.each(flavor.part('e.record', 'dottedLeaders'), 'd')}`;
  const rows = yield* rowsUnder(lock, {
    text: `WITH RECURSIVE up (id) AS (SELECT value FROM ${flavor.each('$2', 'v')} UNION ${step}) SELECT id FROM up`,
    params: [about.tenant, JSON.stringify(about.from)],
  });
  return new Set(rows.map((row) => String(row['id'])));
}

/** How many employees have a value, counted no further than asked. */
export function* countBy(flavor: Flavor, locking: boolean, about: Questions['count-by']): Steps<number> {
  const { tenant, space } = about;
  const value = indexed(about.value);
  const [row] = yield* rowsUnder(locking ? flavor.lock([claimOf(tenant, space, value)]) : null, {
    text: 'SELECT count(*) AS people FROM (SELECT 1 FROM lookup l WHERE l.tenant = $1 AND l.space = $2 AND l.value = $3 LIMIT $4) AS counted',
    params: [tenant, space, value, about.upTo],
  });
  return Number(row?.['people'] ?? 0);
}

/** The next employees of a tenant after one of them, in order of creation. */
export function* employeesAfter(tenant: number, after: Employee | null, limit: number): Steps<readonly Employee[]> {
  const seq = after === null ? 0 : (places.get(after)?.seq ?? 0);
  const [rows = []] = yield [
    {
      text: `SELECT ${COLUMNS} FROM employee e WHERE e.tenant = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3`,
      params: [tenant, seq, limit],
    },
  ];
  return rows.map(employeeOf);
}

/** Writes one employee, the rows it is found by, and its change; answers what is left to be run. */
export function* writeEmployee(
  flavor: Flavor,
  effect: Effect & { readonly write: 'employee' },
): Steps<readonly Statement[]> {
  const { tenant, before, after, fields, origin } = effect;
  const subject = after ?? before;
  if (subject === null) return NOTHING;
  const place = before === null ? { seq: 0, change: 0 } : yield* placeOf(tenant, before);
  const change = insertChange(tenant, subject.id, place.change, fields, origin);
  if (after === null) {
    return [
      change,
      { text: 'DELETE FROM employee WHERE seq = $1', params: [place.seq] },
      { text: 'DELETE FROM recency WHERE tenant = $1 AND seq = $2', params: [tenant, place.seq] },
      {
        text: `INSERT INTO departed (tenant, change) VALUES ($1, ${flavor.lastChange})`,
        params: [tenant],
      },
      ...followers(tenant, place.seq, before, null),
    ];
  }
  const kind = kindOf(after);
  if (before === null) {
    const [, inserted = []] = yield [
      change,
      {
        text: `INSERT INTO employee (tenant, id, active, external, seated, updated_at, record, change) VALUES ($1, $2, $3, $4, $5, $6, $7, ${flavor.lastChange}) RETURNING seq, change`,
        params: [tenant, after.id, ...kind, after.updatedAt, packEmployee(after)],
      },
    ];
    const seq = Number(inserted[0]?.['seq']);
    places.set(after, { seq, change: Number(inserted[0]?.['change']) });
    return followers(tenant, seq, null, after);
  }
  const isMoved = isFollowed(fields) && String(kindOf(before)) !== String(kind);
  // A column that is named is written in every index that has it, so those of its kind only where that is another.
  const [set, values] = isMoved ? ['active = $4, external = $5, seated = $6, ', kind] : ['', NO_VALUES];
  // Where the new state lies is found out again should the same transaction change it once more, which is rare.
  return [
    change,
    {
      text: `UPDATE employee SET ${set}updated_at = $1, record = $2, change = ${flavor.lastChange} WHERE seq = $3`,
      params: [after.updatedAt, packEmployee(after), place.seq, ...values],
    },
    ...(isFollowed(fields) ? followers(tenant, place.seq, before, after) : NOTHING),
  ];
}

const NO_VALUES: readonly number[] = [];

function* placeOf(tenant: number, employee: Employee): Steps<Place> {
  const known = places.get(employee);
  if (known !== undefined) return known;
  const [rows = []] = yield [
    { text: 'SELECT seq, change FROM employee WHERE tenant = $1 AND id = $2', params: [tenant, employee.id] },
  ];
  return { seq: Number(rows[0]?.['seq']), change: Number(rows[0]?.['change']) };
}

/** Not yet gone; someone who is only expected counts as here. */
function isHere(employee: Employee): number {
  return employee.status === 'resigned' ? 0 : 1;
}

const NOTHING: readonly Statement[] = [];

/** Whether anything else than the record itself follows from the fields that changed. */
function isFollowed(fields: ChangedFields): boolean {
  for (const field in fields) {
    if (isLookupField(field) || field === 'account' || field === 'external' || field === 'seated') return true;
  }
  return false;
}

/** The rows that follow from the record: only those whose value changed are touched. */
function followers(tenant: number, seq: number, before: Employee | null, after: Employee | null): readonly Statement[] {
  const statements: Statement[] = [];
  const old = before === null ? [] : lookupKeys(before);
  const fresh = after === null ? [] : lookupKeys(after);
  for (const [space, value] of without(old, fresh)) {
    statements.push({
      text: 'DELETE FROM lookup WHERE tenant = $1 AND space = $2 AND value = $3 AND employee = $4',
      params: [tenant, space, indexed(value), seq],
    });
  }
  for (const [space, value] of without(fresh, old)) {
    statements.push({
      text: 'INSERT INTO lookup (tenant, space, value, employee) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
      params: [tenant, space, indexed(value), seq],
    });
  }
  const wasKind = before === null ? null : kindOf(before);
  const isKind = after === null ? null : kindOf(after);
  if (String(wasKind) !== String(isKind)) {
    if (wasKind !== null) statements.push(...counted(tenant, seq, wasKind, -1));
    if (isKind !== null) statements.push(...counted(tenant, seq, isKind, 1));
  }
  const oldAccount = before?.account ?? null;
  const account = after?.account ?? null;
  if (oldAccount !== account) {
    if (oldAccount !== null) {
      statements.push({
        text: 'DELETE FROM account_member WHERE account = $1 AND employee = $2',
        params: [oldAccount, seq],
      });
    }
    if (account !== null) {
      statements.push({
        text: 'INSERT INTO account_member (account, employee, tenant) VALUES ($1, $2, $3)',
        params: [account, seq, tenant],
      });
    }
  }
  return statements;
}

/** The keys of one list that the other has not; both are short, and mostly the same in the same order. */
function without(keys: readonly LookupKey[], others: readonly LookupKey[]): readonly LookupKey[] {
  return keys.filter(
    ([space, value], index) =>
      !(others[index]?.[0] === space && others[index][1] === value) &&
      !others.some((other) => other[0] === space && other[1] === value),
  );
}

function kindOf(employee: Employee): Kind {
  return [isHere(employee), Number(employee.external), Number(employee.seated)];
}
