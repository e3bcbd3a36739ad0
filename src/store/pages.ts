import type { Employee } from '../directory/employee.ts';
import type { EmployeePage } from '../directory/store.ts';
import { COLUMNS, employeeOf } from './employees.ts';
import type { Flavor, Row, SqlValue, Statement, Steps } from './engine.ts';
import { blocksFrom, headcount, isInBlock } from './headcount.ts';
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
    : yield* pageByCreation(flavor, page);
}

/** Blocks tell where the page is, so that only those on it are read, however many come before or between them. */
function* pageByCreation(flavor: Flavor, page: EmployeePage): Steps<Shown> {
  const { tenant, offset, limit } = page;
  const kind = kindCondition(page);
  const total = headcount(kind, tenant);
  if (offset === 0 && kind === ALL) {
    const first: Statement = {
      text: `SELECT ${COLUMNS} FROM employee e WHERE tenant = $1 ORDER BY seq LIMIT $2`,
      params: [tenant, limit],
    };
    const [counted, rows] = yield [total, first];
    return shown(counted, rows);
  }
  const [counted, blocks = []] = yield [total, blocksFrom(kind, tenant, offset, limit)];
  if (blocks[0] === undefined) return shown(counted, []);
  const first = `CAST(b.value AS ${flavor.integer})`;
  const found = `SELECT f.seq FROM ${flavor.each('$2', 'b')} CROSS JOIN employee f WHERE ${kind} AND ${isInBlock('f.seq', first)} ORDER BY f.seq LIMIT $3 OFFSET $4`;
  const [rows] = yield [
    {
      text: `SELECT ${COLUMNS} FROM (${found}) AS page CROSS JOIN employee e WHERE e.seq = page.seq ORDER BY page.seq`,
      params: [tenant, JSON.stringify(blocks.map(({ seq }) => seq)), limit, offset - Number(blocks[0]['before'])],
    },
  ];
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
  const dates: string[] = [];
  if (page.updatedFrom !== undefined) dates.push(`updated_at >= $${String(params.push(page.updatedFrom))}`);
  if (page.updatedTo !== undefined) dates.push(`updated_at <= $${String(params.push(page.updatedTo))}`);
  const where = [kind, ...dates].join(' AND ');
  const total: Statement = isDated
    ? { text: `SELECT count(*) AS people FROM ${source} WHERE ${where}`, params }
    : headcount(kind, tenant);
  const [limited, passed] = [params.length + 1, params.length + 2];
  const rowsWhere = (condition: string): Statement => ({
    text: `SELECT ${COLUMNS} FROM (SELECT seq, updated_at FROM ${source} WHERE ${condition} ORDER BY ${orderOf(page)} LIMIT $${String(limited)} OFFSET $${String(passed)}) AS page CROSS JOIN employee e WHERE e.seq = page.seq ORDER BY ${orderOf(page, 'page.')}`,
    params: [...params, limit, offset],
  });
  if (page.order !== 'created') {
    const [counted, rows] = yield [total, rowsWhere(where)];
    return shown(counted, rows);
  }
  const [counted, all] = yield [total, headcount(kind, tenant)];
  // Few are found by their dates and then sorted; among many one comes sooner upon those of the page by going in order.
  const isSparse = peopleIn(counted) * SPARSE < peopleIn(all);
  const [rows] = yield [rowsWhere(isSparse ? where : [kind, ...dates.map((date) => `+${date}`)].join(' AND '))];
  return shown(counted, rows);
}

/** Fewer than one of so many is few; a plus sign before a column keeps an engine from choosing an index by it. */
const SPARSE = 8;

const ALL = 'tenant = $1';

/** Which employees a page is about; the parameter 1 is the tenant. */
function kindCondition(page: EmployeePage): string {
  let condition = ALL;
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
  return { total: peopleIn(counted), employees: (rows ?? []).map(employeeOf) };
}

function peopleIn(counted: readonly Row[] | undefined): number {
  return Number(counted?.[0]?.['people'] ?? 0);
}
