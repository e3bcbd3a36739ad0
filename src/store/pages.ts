import type { Employee } from '../directory/employee.ts';
import type { EmployeePage } from '../directory/store.ts';
import { COLUMNS, employeeOf } from './employees.ts';
import type { Flavor, Row, SqlValue, Statement, Steps } from './engine.ts';
import { blockAt, headcount } from './headcount.ts';
import { recencyUpToDate } from './recency.ts';

/** A page, and how many there are in all. */
interface Shown {
  readonly total: number;
  readonly employees: readonly Employee[];
}

/** A page of employees and how many there are. */
export function* employeePage(flavor: Flavor, isWrite: boolean, page: EmployeePage): Steps<Shown> {
  const isDated = page.updatedFrom !== undefined || page.updatedTo !== undefined;
  return isDated || page.order !== 'created'
    ? yield* pageByDate(flavor, isWrite, page, isDated)
    : yield* pageByCreation(page);
}

/** Rows lie in order of creation, so that a page is read from where it begins. */
function* pageByCreation(page: EmployeePage): Steps<Shown> {
  const { tenant, offset, limit } = page;
  const kind = kindCondition(page);
  const total = headcount(kind, tenant);
  const rowsFrom = (seq: number, pass: number): Statement => ({
    text: `SELECT ${COLUMNS} FROM employee e WHERE ${kind} AND seq >= $2 ORDER BY seq LIMIT $3 OFFSET $4`,
    params: [tenant, seq, limit, pass],
  });
  if (offset === 0) {
    const [counted, rows] = yield [total, rowsFrom(0, 0)];
    return shown(counted, rows);
  }
  const [counted, [place] = []] = yield [total, blockAt(kind, tenant, offset)];
  if (place === undefined) return shown(counted, []);
  const [rows] = yield [rowsFrom(Number(place['seq']), offset - Number(place['before']))];
  return shown(counted, rows);
}

/** The order of changes tells which; only those on the page are read. */
function* pageByDate(flavor: Flavor, isWrite: boolean, page: EmployeePage, isDated: boolean): Steps<Shown> {
  const { tenant, offset, limit } = page;
  const kind = kindCondition(page);
  // An engine that cannot keep that order looks through the company.
  const source = flavor.still === null ? 'employee' : 'recency';
  if (flavor.still !== null) yield* recencyUpToDate(flavor, isWrite);
  const params: SqlValue[] = [tenant];
  let where = kind;
  if (page.updatedFrom !== undefined) where += ` AND updated_at >= $${String(params.push(page.updatedFrom))}`;
  if (page.updatedTo !== undefined) where += ` AND updated_at <= $${String(params.push(page.updatedTo))}`;
  const [limited, passed] = [params.length + 1, params.length + 2];
  const [counted, rows] = yield [
    isDated ? { text: `SELECT count(*) AS people FROM ${source} WHERE ${where}`, params } : headcount(kind, tenant),
    {
      text: `SELECT ${COLUMNS} FROM (SELECT seq, updated_at FROM ${source} WHERE ${where} ORDER BY ${orderOf(page)} LIMIT $${String(limited)} OFFSET $${String(passed)}) AS page CROSS JOIN employee e WHERE e.seq = page.seq ORDER BY ${orderOf(page, 'page.')}`,
      params: [...params, limit, offset],
    },
  ];
  return shown(counted, rows);
}

/** Which employees a page is about; the parameter 1 is the tenant. */
function kindCondition(page: EmployeePage): string {
  let condition = 'tenant = $1';
  for (const flag of ['active', 'external', 'seated'] as const) {
    if (page[flag] !== undefined) condition += ` AND ${flag} = ${page[flag] ? '1' : '0'}`;
  }
  return condition;
}

function orderOf({ order }: EmployeePage, of = ''): string {
  switch (order) {
    case 'created':
      return `${of}seq`;
    case 'updated':
      return `${of}updated_at, ${of}seq`;
    case 'updated-descending':
      return `${of}updated_at DESC, ${of}seq DESC`;
  }
}

function shown(counted: readonly Row[] | undefined, rows: readonly Row[] | undefined): Shown {
  return { total: Number(counted?.[0]?.['people'] ?? 0), employees: (rows ?? []).map(employeeOf) };
}
