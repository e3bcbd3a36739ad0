import type { Effect, EmployeePage, Questions } from '../directory/store.ts';
import type { Employee } from '../directory/employee.ts';
import type { ChangedFields } from '../directory/change.ts';
import { isLookupField, lookupKeys, type LookupKey } from '../directory/lookup.ts';
import { insertChange } from './changes.ts';
import { packEmployee, unpackEmployee } from './record.ts';
import type { Flavor, Row, Statement, Steps } from './engine.ts';

/** Where a record that was read lies, so that writing it back needs no second search. */
interface Place {
  readonly seq: number;
  readonly change: number;
}

const places = new WeakMap<Employee, Place>();
const COLUMNS = 'e.seq, e.change, e.record';

function employeeOf(row: Row): Employee {
  const employee = unpackEmployee(String(row['record']));
  places.set(employee, { seq: Number(row['seq']), change: Number(row['change']) });
  return employee;
}

/** Employees found by a value. */
export function* employeesBy(
  flavor: Flavor,
  locking: boolean,
  about: Questions['employees-by'],
): Steps<ReadonlyMap<string, readonly Employee[]>> {
  const { tenant, space, values } = about;
  const found = new Map<string, Employee[]>();
  if (values.length === 0) return found;
  if (locking) {
    const lock = flavor.lock(values.map((value) => `${String(tenant)} ${space} ${value}`));
    if (lock !== null) yield [lock];
  }
  const head = `SELECT l.value AS found_by, ${COLUMNS} FROM lookup l JOIN employee e ON e.seq = l.employee WHERE l.tenant = $1 AND l.space = $2`;
  // In order of creation, also so that two transactions that lock the same records never wait for each other.
  const tail = ` ORDER BY l.employee${locking ? flavor.forUpdate : ''}`;
  const [only] = values;
  const [rows = []] = yield [
    values.length === 1 && only !== undefined
      ? { text: `${head} AND l.value = $3${tail}`, params: [tenant, space, only] }
      : {
          text: `${head} AND l.value IN (SELECT value FROM ${flavor.each('$3', 'v')})${tail}`,
          params: [tenant, space, JSON.stringify(values)],
        },
  ];
  // One record may be found by several of the values, and is then one object, so that its place is known once.
  const bySeq = new Map<number, Employee>();
  for (const row of rows) {
    const seq = Number(row['seq']);
    const employee = bySeq.get(seq) ?? employeeOf(row);
    bySeq.set(seq, employee);
    const value = String(row['found_by']);
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
  if (about.ids.length === 0) return found;
  const [rows = []] = yield [
    {
      text: `SELECT ${COLUMNS} FROM employee e WHERE e.tenant = $1 AND e.id IN (SELECT value FROM ${flavor.each('$2', 'v')}) ORDER BY e.seq${locking ? flavor.forUpdate : ''}`,
      params: [about.tenant, JSON.stringify(about.ids)],
    },
  ];
  for (const row of rows) {
    const employee = employeeOf(row);
    found.set(employee.id, employee);
  }
  return found;
}

/** Everyone up a reporting line; a loop that was stored before ends by itself. */
export function* lineAbove(flavor: Flavor, about: Questions['line-above']): Steps<ReadonlySet<string>> {
  if (about.from.length === 0) return new Set();
  const step =
    about.line === 'direct'
      ? `SELECT ${flavor.member('e.record', 'leader')} FROM up JOIN employee e ON e.tenant = $1 AND e.id = up.id WHERE ${flavor.member('e.record', 'leader')} IS NOT NULL`
      : `SELECT d.value FROM up JOIN employee e ON e.tenant = $1 AND e.id = up.id CROSS JOIN ${flavor.each(flavor.part('e.record', 'dottedLeaders'), 'd')}`;
  const [rows = []] = yield [
    {
      text: `WITH RECURSIVE up (id) AS (SELECT value FROM ${flavor.each('$2', 'v')} UNION ${step}) SELECT id FROM up`,
      params: [about.tenant, JSON.stringify(about.from)],
    },
  ];
  return new Set(rows.map((row) => String(row['id'])));
}

/** How many employees have a value, counted no further than asked. */
export function* countBy(about: Questions['count-by']): Steps<number> {
  const [rows = []] = yield [
    {
      text: 'SELECT count(*) AS people FROM (SELECT 1 FROM lookup l WHERE l.tenant = $1 AND l.space = $2 AND l.value = $3 LIMIT $4) AS counted',
      params: [about.tenant, about.space, about.value, about.upTo],
    },
  ];
  return Number(rows[0]?.['people'] ?? 0);
}

/** A page of employees and how many there are. */
export function* employeePage(
  page: EmployeePage,
): Steps<{ readonly total: number; readonly employees: readonly Employee[] }> {
  const params: (string | number)[] = [page.tenant];
  const flags: string[] = ['tenant = $1'];
  for (const [column, wanted] of [
    ['active', page.active],
    ['external', page.external],
    ['seated', page.seated],
  ] as const) {
    if (wanted !== undefined) flags.push(`${column} = ${wanted ? '1' : '0'}`);
  }
  const dates: string[] = [];
  if (page.updatedFrom !== undefined) dates.push(`updated_at >= $${String(params.push(page.updatedFrom))}`);
  if (page.updatedTo !== undefined) dates.push(`updated_at <= $${String(params.push(page.updatedTo))}`);
  const where = [...flags, ...dates].join(' AND ');
  const order = { created: 'seq', updated: 'updated_at, seq', 'updated-descending': 'updated_at DESC, seq DESC' }[
    page.order
  ];
  const counting: Statement =
    dates.length === 0
      ? { text: `SELECT sum(people) AS people FROM headcount WHERE ${flags.join(' AND ')}`, params: [page.tenant] }
      : { text: `SELECT count(*) AS people FROM employee WHERE ${where}`, params };
  const [counted = [], rows = []] = yield [
    counting,
    {
      text: `SELECT ${COLUMNS} FROM employee e WHERE ${where} ORDER BY ${order} LIMIT $${String(params.length + 1)} OFFSET $${String(params.length + 2)}`,
      params: [...params, page.limit, page.offset],
    },
  ];
  return { total: Number(counted[0]?.['people'] ?? 0), employees: rows.map(employeeOf) };
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

/** Writes one employee, the rows it is found by, and its change. */
export function* writeEmployee(flavor: Flavor, effect: Effect & { readonly write: 'employee' }): Steps<void> {
  const { tenant, before, after, fields, origin } = effect;
  const subject = after ?? before;
  if (subject === null) return;
  const place = before === null ? { seq: 0, change: 0 } : yield* placeOf(tenant, before);
  const change = insertChange(tenant, subject.id, place.change, fields, origin);
  if (after === null) {
    yield [
      change,
      { text: 'DELETE FROM employee WHERE seq = $1', params: [place.seq] },
      ...followers(tenant, place.seq, before, null),
    ];
    return;
  }
  const flags = flagsOf(after);
  if (before === null) {
    const [, inserted = []] = yield [
      change,
      {
        text: `INSERT INTO employee (tenant, id, active, external, seated, updated_at, record, change) VALUES ($1, $2, $3, $4, $5, $6, $7, ${flavor.lastChange}) RETURNING seq, change`,
        params: [tenant, after.id, ...flags, after.updatedAt, packEmployee(after)],
      },
    ];
    const seq = Number(inserted[0]?.['seq']);
    places.set(after, { seq, change: Number(inserted[0]?.['change']) });
    yield followers(tenant, seq, null, after);
    return;
  }
  // Where the new state lies is found out again should the same transaction change it once more, which is rare.
  yield [
    change,
    {
      text: `UPDATE employee SET active = $1, external = $2, seated = $3, updated_at = $4, record = $5, change = ${flavor.lastChange} WHERE seq = $6`,
      params: [...flags, after.updatedAt, packEmployee(after), place.seq],
    },
    ...(isFollowed(fields) ? followers(tenant, place.seq, before, after) : NOTHING),
  ];
}

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
      params: [tenant, space, value, seq],
    });
  }
  for (const [space, value] of without(fresh, old)) {
    statements.push({
      text: 'INSERT INTO lookup (tenant, space, value, employee) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
      params: [tenant, space, value, seq],
    });
  }
  const counted = before === null ? null : flagsOf(before);
  const counts = after === null ? null : flagsOf(after);
  if (String(counted) !== String(counts)) {
    if (counted !== null) statements.push(countStatement(tenant, counted, -1));
    if (counts !== null) statements.push(countStatement(tenant, counts, 1));
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

/** By what employees are counted: here or gone, from outside or not, with a seat or not. */
function flagsOf(employee: Employee): readonly number[] {
  return [isHere(employee), Number(employee.external), Number(employee.seated)];
}

function countStatement(
  tenant: number,
  [active = 0, external = 0, seated = 0]: readonly number[],
  by: number,
): Statement {
  return {
    text: 'INSERT INTO headcount (tenant, active, external, seated, people) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant, active, external, seated) DO UPDATE SET people = headcount.people + excluded.people',
    params: [tenant, active, external, seated, by],
  };
}
