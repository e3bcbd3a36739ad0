import type { DepartmentsOfOne, QueryParams } from '../../directory/store.ts';
import type { Employee } from '../../directory/employees/employee.ts';
import { isStorableText, queryUnderLock, memoizeSql, type SqlSyntax, type Row, type SqlTask } from '../engine.ts';
import { indexKey, fitsIndex } from './index-key.ts';
import { COLUMNS, employeeOf, rowPositionOf } from './row-position.ts';
import { spacesOf } from './standing.ts';

/** The name of the lock on a value that employees are found by. */
function claimOf(tenant: number, space: string, value: string): string {
  return `${String(tenant)} ${space} ${value}`;
}

/**
 * So many rows more than there are values are read at once, which is all there are but where many share a value: then
 * the first few of each standing are read for each value.
 */
const SPARE = 8;
/** Fewer would not tell whether there are several. */
const FEWEST = 2;

/** A space without employees. */
const NOWHERE = '';

const FOUND = `SELECT l.value AS found_by, ${COLUMNS}`;

/** Found by one value, whatever the standing: for each space a part of its own, which is sooner done than a list of them. */
const oneIn = (select: string, conditions: string): string =>
  [2, 4, 5, 6]
    .map((space) => `${select} WHERE ${conditions}l.tenant = $1 AND l.space = $${String(space)} AND l.value = $3`)
    .join(' UNION ALL ');
/** Found by any value in a list. */
const manyIn = (select: string, conditions: string, flavor: SqlSyntax): string =>
  `${select} WHERE ${conditions}l.tenant = $1 AND l.space IN ($2, $4, $5, $6) AND l.value IN (SELECT value FROM ${flavor.jsonEach('$3', 'v')})`;

/** The limit is part of the text: with a limit among the values, an engine would plan the statement for each value. */
function found(flavor: SqlSyntax, isOne: boolean, locking: boolean, limit: number): string {
  const lock = locking ? flavor.forUpdate('e') : '';
  const holders = (select: string, conditions = ''): string =>
    `${isOne ? oneIn(select, conditions) : manyIn(select, conditions, flavor)} LIMIT ${String(limit)}`;
  if (lock === '') return holders(`${FOUND} FROM lookup l CROSS JOIN employee e`, 'e.seq = l.employee AND ');
  // In order of creation, so that two transactions that lock the same records never wait for each other.
  return `${FOUND} FROM (${holders('SELECT l.value, l.employee FROM lookup l')}) AS l JOIN employee e ON e.seq = l.employee ORDER BY l.employee${lock}`;
}

const ONE = 1 + SPARE;
const byOne = memoizeSql((flavor) => found(flavor, true, false, ONE));
const byOneLocked = memoizeSql((flavor) => found(flavor, true, true, ONE));

/** Powers of two, so that the texts are few. */
function limitFor(values: number): number {
  return 2 ** Math.ceil(Math.log2(values + SPARE));
}

/** The first holders of one standing. */
function first(flavor: SqlSyntax, locking: boolean, limit: number): string {
  const lock = locking ? flavor.forUpdate('e') : '';
  return `${FOUND} FROM lookup l CROSS JOIN employee e WHERE e.seq = l.employee AND l.tenant = $1 AND l.space = $2 AND l.value = $3 ORDER BY l.employee LIMIT ${String(limit)}${lock}`;
}

/** Employees found by a value, in order of creation. */
export function* employeesBy(
  flavor: SqlSyntax,
  locking: boolean,
  about: QueryParams['employees-by'],
): SqlTask<ReadonlyMap<string, readonly Employee[]>> {
  const { tenant, space, upTo = FEWEST } = about;
  const keepable = about.values.every(isStorableText) ? about.values : about.values.filter(isStorableText);
  const asked = keepable.every(fitsIndex) ? null : new Map(keepable.map((value) => [indexKey(value), value]));
  const values = asked === null ? keepable : [...asked.keys()];
  if (values.length === 0) return new Map();
  const lock = locking ? flavor.lock(values.map((value) => claimOf(tenant, space, value))) : null;
  const [only = ''] = values;
  const isOne = values.length === 1;
  const spaces = spacesOf(space);
  const [own = space, expected = NOWHERE, cancelled = NOWHERE, gone = NOWHERE] = spaces;
  const limit = isOne ? ONE : limitFor(values.length);
  const rows = yield* queryUnderLock(lock, {
    text: isOne ? (locking ? byOneLocked : byOne)(flavor) : found(flavor, false, locking, limit),
    params: [tenant, own, isOne ? only : JSON.stringify(values), expected, cancelled, gone],
  });
  if (rows.length < limit) return holdersIn(rows, asked);
  const text = first(flavor, locking, Math.max(FEWEST, upTo));
  const each = yield [...new Set(values)].flatMap((value) =>
    spaces.map((one) => ({ text, params: [tenant, one, value] })),
  );
  return holdersIn(each.flat(), asked);
}

/** Returns the employees by value; `asked` maps index keys back to values. */
function holdersIn(
  rows: readonly Row[],
  asked: ReadonlyMap<string, string> | null,
): ReadonlyMap<string, readonly Employee[]> {
  const holders = new Map<string, Employee[]>();
  // One record may be found by several of the values, and is then one object, so that its place is known once.
  const bySeq = new Map<number, Employee>();
  const inOrder = rows.length < 2 ? rows : rows.toSorted((one, other) => Number(one['seq']) - Number(other['seq']));
  for (const row of inOrder) {
    const seq = Number(row['seq']);
    const employee = bySeq.get(seq) ?? employeeOf(row);
    bySeq.set(seq, employee);
    const foundBy = String(row['found_by']);
    const value = asked?.get(foundBy) ?? foundBy;
    const others = holders.get(value);
    if (others === undefined) holders.set(value, [employee]);
    else others.push(employee);
  }
  return holders;
}

/** Employees by their own ids. */
export function* employeesById(
  flavor: SqlSyntax,
  locking: boolean,
  about: QueryParams['employees-by-id'],
): SqlTask<ReadonlyMap<string, Employee>> {
  const found = new Map<string, Employee>();
  const ids = [...new Set(about.ids.filter(isStorableText))];
  if (ids.length === 0) return found;
  const [rows = []] = yield [
    {
      // With a list of ids and an order, an engine goes through the whole company in that order to spare a sort.
      text: `SELECT ${COLUMNS} FROM ${flavor.jsonEach('$2', 'v')} CROSS JOIN employee e WHERE e.tenant = $1 AND e.id = v.value ORDER BY e.seq${locking ? flavor.forUpdate('e') : ''}`,
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
  flavor: SqlSyntax,
  locking: boolean,
  about: QueryParams['line-above'],
): SqlTask<ReadonlySet<string>> {
  if (about.from.length === 0) return new Set();
  // Two who take each other's people as leaders, at any distance, share no record; so they take turns by name.
  const lock = locking ? flavor.lock([`${String(about.tenant)} line ${about.line}`]) : null;
  const step =
    about.line === 'direct'
      ? `SELECT ${flavor.jsonText('e.record', 'leader')} FROM up JOIN employee e ON e.tenant = $1 AND e.id = up.id WHERE ${flavor.jsonText('e.record', 'leader')} IS NOT NULL`
      : `SELECT d.value FROM up JOIN employee e ON e.tenant = $1 AND e.id = up.id CROSS JOIN ${flavor.jsonEach(flavor.jsonGet('e.record', 'dottedLeaders'), 'd')}`;
  const rows = yield* queryUnderLock(lock, {
    text: `WITH RECURSIVE up (id) AS (SELECT value FROM ${flavor.jsonEach('$2', 'v')} UNION ${step}) SELECT id FROM up`,
    params: [about.tenant, JSON.stringify(about.from)],
  });
  return new Set(rows.map((row) => String(row['id'])));
}

/** How many employees have a value, counted no further than asked. */
export function* countBy(flavor: SqlSyntax, locking: boolean, about: QueryParams['count-by']): SqlTask<number> {
  const { tenant, space } = about;
  const value = indexKey(about.value);
  const [own = space, expected = NOWHERE, cancelled = NOWHERE, gone = NOWHERE] = spacesOf(space);
  const [row] = yield* queryUnderLock(locking ? flavor.lock([claimOf(tenant, space, value)]) : null, {
    text: 'SELECT count(*) AS people FROM (SELECT 1 FROM lookup l WHERE l.tenant = $1 AND l.space IN ($2, $5, $6, $7) AND l.value = $3 LIMIT $4) AS counted',
    params: [tenant, own, value, about.upTo, expected, cancelled, gone],
  });
  return Number(row?.['people'] ?? 0);
}

/** How many people who have not come yet, or will not, have an id of this kind. */
export function* countToCome({ tenant, space, cancelled: only }: QueryParams['to-come']): SqlTask<number> {
  const [, expected = NOWHERE, cancelled = NOWHERE] = spacesOf(space);
  const [rows = []] = yield [
    {
      text: 'SELECT count(*) AS people FROM lookup l WHERE l.tenant = $1 AND l.space IN ($2, $3)',
      params: [tenant, only === true ? cancelled : expected, cancelled],
    },
  ];
  return Number(rows[0]?.['people'] ?? 0);
}

/** How many people are in any of some departments, or have their main department among them. */
export function* membersIn(
  flavor: SqlSyntax,
  { tenant, departments, main }: QueryParams['members-in'],
): SqlTask<number> {
  const members = `FROM lookup l WHERE l.tenant = $1 AND l.space = 'department' AND l.value IN (SELECT value FROM ${flavor.jsonEach('$2', 'v')})`;
  const params = [tenant, JSON.stringify(departments.map(indexKey))];
  const [rows = []] = yield [
    main === true
      ? {
          text: `SELECT count(*) AS people FROM employee e WHERE e.seq IN (SELECT l.employee ${members}) AND ${flavor.jsonText('e.record', 'mainDepartment')} IN (SELECT value FROM ${flavor.jsonEach('$3', 'm')})`,
          params: [...params, JSON.stringify(departments)],
          isPlannedEachTime: true,
        }
      : { text: `SELECT count(DISTINCT l.employee) AS people ${members}`, params },
  ];
  return Number(rows[0]?.['people'] ?? 0);
}

/** The numbers of those in each of some departments; one row for each department, as rows cost more than what is in them. */
export function* placesInDepartments(
  flavor: SqlSyntax,
  { tenant, departments }: QueryParams['places-in-departments'],
): SqlTask<ReadonlyMap<string, readonly number[]>> {
  const asked = new Map(departments.map((id) => [indexKey(id), id]));
  const [rows = []] = yield [
    {
      text: `SELECT l.value AS department, ${flavor.jsonArrayAgg('l.employee')} AS numbers FROM lookup l WHERE l.tenant = $1 AND l.space = 'department' AND l.value IN (SELECT value FROM ${flavor.jsonEach('$2', 'v')}) GROUP BY l.value`,
      params: [tenant, JSON.stringify([...asked.keys()])],
    },
  ];
  return new Map(
    rows.flatMap(({ department, numbers }) => {
      const id = asked.get(String(department));
      return id === undefined ? [] : [[id, JSON.parse(String(numbers)) as number[]] as const];
    }),
  );
}

/** The departments of those who are in more than one. */
export function* inSeveralDepartments(
  flavor: SqlSyntax,
  { tenant }: QueryParams['in-several-departments'],
): SqlTask<readonly DepartmentsOfOne[]> {
  const [rows = []] = yield [
    {
      text: `SELECT ${flavor.jsonText('e.record', 'mainDepartment')} AS main, ${flavor.jsonGet('e.record', 'departments')} AS departments FROM employee e WHERE e.tenant = $1 AND e.seq IN (SELECT l.employee FROM lookup l WHERE l.tenant = $1 AND l.space = 'department' GROUP BY l.employee HAVING count(*) > 1)`,
      params: [tenant],
      isPlannedEachTime: true,
    },
  ];
  return rows.map(({ main, departments }) => {
    // One engine answers JSON as text, the other as what it says.
    const kept: unknown = typeof departments === 'string' ? JSON.parse(departments) : departments;
    return {
      departments: (kept as Employee['departments']).map(({ department }) => department),
      main: typeof main === 'string' ? main : null,
    };
  });
}

/** The next employees of a tenant after one of them, in order of creation. */
export function* scanEmployees(tenant: number, after: Employee | null, limit: number): SqlTask<readonly Employee[]> {
  const seq = after === null ? 0 : (rowPositionOf(after)?.seq ?? 0);
  const [rows = []] = yield [
    {
      text: `SELECT ${COLUMNS} FROM employee e WHERE e.tenant = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3`,
      params: [tenant, seq, limit],
    },
  ];
  return rows.map(employeeOf);
}
