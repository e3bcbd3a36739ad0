import type { Employee } from '../../directory/employees/employee.ts';
import type { EmployeePageQuery, EmployeeScan, PositionedEmployee } from '../../directory/store.ts';
import {
  isStorableText,
  memoizeSql,
  type SqlSyntax,
  type Row,
  type SqlValue,
  type Statement,
  type SqlTask,
} from '../engine.ts';
import { blocksAtOffset, endOfRun, headcount, isInBlock } from './headcount.ts';
import { indexKey } from './index-key.ts';
import type { EmployeeCache } from '../cache/employee-cache.ts';
import { RUN, type OrderRun } from '../cache/order-cache.ts';
import { COLUMNS, employeeOf, rowPositionOf } from './row-position.ts';
import { ensureChangeOrderFresh } from './change-order.ts';
import { spacesOf } from './standing.ts';

/** A page, and how many there are in all. */
interface Shown {
  readonly total: number;
  readonly employees: readonly Employee[];
}

/** A page of employees and how many there are; those who are remembered are not read again. */
export function* employeePage(
  flavor: SqlSyntax,
  isWrite: boolean,
  page: EmployeePageQuery,
  memory: EmployeeCache | null,
): SqlTask<Shown> {
  const isDated = page.updatedFrom !== undefined || page.updatedTo !== undefined;
  if (memory !== null && !isDated && page.order === 'created') return yield* pageOfRuns(flavor, page, memory);
  const { total, rows } =
    isDated || page.order !== 'created'
      ? yield* pageByDate(flavor, isWrite, page, memory, isDated)
      : yield* pageByCreation(flavor, page, memory);
  return {
    total,
    employees: memory === null ? rows.map(employeeOf) : yield* recalled(flavor, numbersIn(rows), memory),
  };
}

/** A page of what is remembered of the order; a run that is not is asked for whole, and its next pages are known. */
function* pageOfRuns(flavor: SqlSyntax, page: EmployeePageQuery, memory: EmployeeCache): SqlTask<Shown> {
  const { tenant, offset, limit } = page;
  const kind = kindCondition(page);
  const numbers: number[] = [];
  let run: OrderRun;
  let index = Math.floor(offset / RUN);
  do {
    const from = index * RUN;
    run = memory.order.get(tenant, kind, index) ?? (yield* orderRun(flavor, page, index, memory));
    for (const seq of run.numbers.slice(Math.max(0, offset - from), Math.max(0, offset + limit - from)))
      numbers.push(seq);
    index++;
  } while (run.numbers.length === RUN && index * RUN < offset + limit);
  return { total: run.total, employees: yield* recalled(flavor, numbers, memory) };
}

function* orderRun(
  flavor: SqlSyntax,
  page: EmployeePageQuery,
  index: number,
  memory: EmployeeCache,
): SqlTask<OrderRun> {
  const { total, rows } = yield* pageByCreation(flavor, { ...page, offset: index * RUN, limit: RUN }, memory);
  const run = { total, numbers: numbersIn(rows) };
  memory.order.put(page.tenant, kindCondition(page), index, run);
  return run;
}

const afterPlace = 'SELECT f.seq FROM employee f WHERE f.tenant = $1 AND f.seq > $2 ORDER BY f.seq LIMIT $3';
const inSpace = (space: number): string =>
  `SELECT l.employee AS seq FROM lookup l WHERE l.tenant = $1 AND l.employee > $2 AND l.value = $4 AND l.space = $${String(space)} ORDER BY l.employee LIMIT $3`;
/** From each of so many spaces no more is read than the page may show. */
const holdersAfterPlace = (spaces: number): string => {
  if (spaces === 1) return inSpace(5);
  const each = Array.from({ length: spaces }, (_, index) => `SELECT seq FROM (${inSpace(5 + index)}) AS s`);
  return `SELECT seq FROM (${each.join(' UNION ALL ')}) AS holders ORDER BY seq LIMIT $3`;
};

/** The next employees in order of creation; those who are remembered are not read again. */
export function* employeesFrom(
  flavor: SqlSyntax,
  { tenant, after, limit, having }: EmployeeScan,
  memory: EmployeeCache | null,
): SqlTask<readonly PositionedEmployee[]> {
  if (having !== undefined && !isStorableText(having.value)) return [];
  const spaces = having === undefined ? [] : spacesOf(having.space);
  const numbers = having === undefined ? afterPlace : holdersAfterPlace(spaces.length);
  const [rows = []] = yield [
    {
      text: readingByCreation(flavor, numbers, memory),
      params: [tenant, after, limit, ...(having === undefined ? [] : [indexKey(having.value), ...spaces])],
    },
  ];
  const employees = memory === null ? rows.map(employeeOf) : yield* recalled(flavor, numbersIn(rows), memory);
  return employees.map((employee) => ({ employee, place: rowPositionOf(employee)?.seq ?? 0 }));
}

/** The numbers in rows of one each, or in the one row that lists them all in no order. */
function numbersIn(rows: readonly Row[]): readonly number[] {
  const list = rows[0]?.['numbers'];
  if (typeof list !== 'string') return rows.map((row) => Number(row['seq']));
  // What `readingByCreation` has put together.
  return (JSON.parse(list) as number[]).sort((one, other) => one - other);
}

/** The records with these numbers, in their order. */
function* recalled(flavor: SqlSyntax, numbers: readonly number[], memory: EmployeeCache): SqlTask<readonly Employee[]> {
  const remembered: Employee[] = [];
  const missing: number[] = [];
  for (const seq of numbers) {
    const employee = memory.at(seq);
    if (employee === undefined) missing.push(seq);
    else remembered.push(employee);
  }
  if (missing.length === 0) return remembered;
  const known = new Map(remembered.map((employee) => [rowPositionOf(employee)?.seq, employee]));
  const [read = []] = yield [{ text: bySeq(flavor), params: [JSON.stringify(missing)] }];
  for (const row of read) {
    const employee = employeeOf(row);
    memory.putRecord(employee);
    known.set(Number(row['seq']), employee);
  }
  return numbers.flatMap((seq) => known.get(seq) ?? []);
}

const bySeq = memoizeSql(
  (flavor) =>
    `SELECT ${COLUMNS} FROM ${flavor.jsonEach('$1', 'v')} CROSS JOIN employee e WHERE e.seq = CAST(v.value AS ${flavor.integer})`,
);

/** Reads those whose numbers a query answers as `seq`: whole, or where they may be remembered the numbers alone. */
function reading(numbers: string, order: string, memory: EmployeeCache | null): string {
  if (memory !== null) return numbers;
  return `SELECT ${COLUMNS} FROM (${numbers}) AS page CROSS JOIN employee e WHERE e.seq = page.seq ORDER BY ${order}`;
}

/** The same in the order of creation. A hundred rows take longer to be handed over than to be found, so a list comes. */
function readingByCreation(flavor: SqlSyntax, numbers: string, memory: EmployeeCache | null): string {
  if (memory === null) return reading(numbers, 'page.seq', memory);
  return `SELECT ${flavor.jsonArrayAgg('page.seq')} AS numbers FROM (${numbers}) AS page`;
}

/** Rows of a page as they were read. */
interface Found {
  readonly total: number;
  readonly rows: readonly Row[];
}

/** Blocks tell where the page is, so that only those on it are read, however many come before or between them. */
function* pageByCreation(flavor: SqlSyntax, page: EmployeePageQuery, memory: EmployeeCache | null): SqlTask<Found> {
  const { tenant, offset, limit } = page;
  const kind = kindCondition(page);
  const total = headcount(kind, tenant);
  if (offset === 0 && kind === ALL) {
    const first = 'SELECT f.seq FROM employee f WHERE tenant = $1 ORDER BY f.seq LIMIT $2';
    const [counted, rows = []] = yield [
      total,
      { text: readingByCreation(flavor, first, memory), params: [tenant, limit] },
    ];
    return { total: peopleIn(counted), rows };
  }
  const [counted, blocks = []] = yield [total, blocksAtOffset(kind, tenant, offset, limit)];
  if (blocks[0] === undefined) return { total: peopleIn(counted), rows: [] };
  const passed = offset - Number(blocks[0]['before']);
  const starts = blocks.map(({ seq }) => Number(seq));
  const [from = 0, to = from] = [starts[0], starts.at(-1)];
  const end = endOfRun(from, to, starts.length);
  const [rows = []] = yield [
    end === null
      ? {
          text: readingByCreation(flavor, inBlocks(flavor, kind), memory),
          params: [tenant, JSON.stringify(starts), limit, passed],
        }
      : { text: readingByCreation(flavor, inRange(kind), memory), params: [tenant, from, end, limit, passed] },
  ];
  return { total: peopleIn(counted), rows };
}

/** Those between two numbers, which is sooner found than the same in blocks. */
function inRange(kind: string): string {
  return `SELECT f.seq FROM employee f WHERE ${kind} AND f.seq >= $2 AND f.seq < $3 ORDER BY f.seq LIMIT $4 OFFSET $5`;
}

function inBlocks(flavor: SqlSyntax, kind: string): string {
  const isIn = isInBlock('f.seq', `CAST(b.value AS ${flavor.integer})`);
  return `SELECT f.seq FROM ${flavor.jsonEach('$2', 'b')} CROSS JOIN employee f WHERE ${kind} AND ${isIn} ORDER BY f.seq LIMIT $3 OFFSET $4`;
}

/** The order of changes tells which; only those on the page are read. */
function* pageByDate(
  flavor: SqlSyntax,
  isWrite: boolean,
  page: EmployeePageQuery,
  memory: EmployeeCache | null,
  isDated: boolean,
): SqlTask<Found> {
  const { tenant, offset, limit } = page;
  const kind = kindCondition(page);
  // An engine that cannot keep that order looks through the company.
  const source = flavor.lockTable === null ? 'employee' : 'recency';
  if (flavor.lockTable !== null) yield* ensureChangeOrderFresh(flavor, isWrite);
  const params: SqlValue[] = [tenant];
  const dates: string[] = [];
  if (page.updatedFrom !== undefined) dates.push(`updated_at >= $${String(params.push(page.updatedFrom))}`);
  if (page.updatedTo !== undefined) dates.push(`updated_at <= $${String(params.push(page.updatedTo))}`);
  const where = [kind, ...dates].join(' AND ');
  const total: Statement = isDated
    ? { text: `SELECT count(*) AS people FROM ${source} WHERE ${where}`, params }
    : headcount(kind, tenant);
  const [limited, passed] = [params.length + 1, params.length + 2];
  const rowsWhere = (condition: string): Statement => ({
    text: reading(
      `SELECT seq, updated_at FROM ${source} WHERE ${condition} ORDER BY ${orderOf(page)} LIMIT $${String(limited)} OFFSET $${String(passed)}`,
      orderOf(page, 'page.'),
      memory,
    ),
    params: [...params, limit, offset],
  });
  if (page.order !== 'created') {
    const [counted, rows = []] = yield [total, rowsWhere(where)];
    return { total: peopleIn(counted), rows };
  }
  const [counted, all] = yield [total, headcount(kind, tenant)];
  // Few are found by their dates and then sorted; among many one comes sooner upon those of the page by going in order.
  const isSparse = peopleIn(counted) * SPARSE < peopleIn(all);
  const [rows = []] = yield [rowsWhere(isSparse ? where : [kind, ...dates.map((date) => `+${date}`)].join(' AND '))];
  return { total: peopleIn(counted), rows };
}

/** Fewer than one of so many is few; a plus sign before a column keeps an engine from choosing an index by it. */
const SPARSE = 8;

const ALL = 'tenant = $1';

/** Which employees a page is about; the parameter 1 is the tenant. */
function kindCondition(page: EmployeePageQuery): string {
  let condition = ALL;
  for (const flag of ['active', 'external', 'seated'] as const) {
    if (page[flag] !== undefined) condition += ` AND ${flag} = ${page[flag] ? '1' : '0'}`;
  }
  return condition;
}

function orderOf({ order }: EmployeePageQuery, of = ''): string {
  switch (order) {
    case 'created':
      return `${of}seq`;
    case 'updated':
      return `${of}updated_at, ${of}seq`;
    case 'updated-descending':
      return `${of}updated_at DESC, ${of}seq DESC`;
  }
}

function peopleIn(counted: readonly Row[] | undefined): number {
  return Number(counted?.[0]?.['people'] ?? 0);
}
