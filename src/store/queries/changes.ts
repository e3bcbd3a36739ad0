import type { Change, ChangedFields, ChangeKind, ChangeNote, Origin } from '../../directory/history/change.ts';
import type { ChangedEmployees, ChangePage, ChangesAfter, LogPage, QueryParams } from '../../directory/store.ts';
import type { Row, SqlSyntax, SqlValue, Statement, SqlTask } from '../engine.ts';
import { seal, unseal } from '../sealed.ts';

const PREVIOUS = 'coalesce((SELECT change FROM employee WHERE seq = $3), 0)';
const INSERT = `INSERT INTO change (tenant, employee, previous, at, dialect, operation, app, request, fields) VALUES ($1, $2, ${PREVIOUS}, $4, $5, $6, $7, $8, $9)`;
const INSERT_AFTER = INSERT.replace(PREVIOUS, '$3');

/** Appends one line to the change log: of the employee at `seq`, before that one's record is written; 0 for a new one. */
export function insertChange(
  tenant: number,
  employee: string,
  seq: number,
  fields: ChangedFields,
  origin: Origin,
): Statement {
  return {
    text: INSERT,
    params: [
      tenant,
      employee,
      seq,
      origin.at,
      origin.dialect,
      origin.operation,
      origin.app,
      origin.request,
      seal(JSON.stringify(fields), aboutChange(tenant, employee, origin)),
    ],
  };
}

/** Appends one line to the change log: of an employee who comes, after that change where there was one, else after 0. */
export function insertChangeAfter(
  previous: number,
  tenant: number,
  employee: string,
  fields: ChangedFields,
  origin: Origin,
): Statement {
  return { text: INSERT_AFTER, params: insertChange(tenant, employee, previous, fields, origin).params };
}

/** Appends to the change log that a request was passed over. */
export function insertNote(tenant: number, employee: string, seq: number, note: ChangeNote, origin: Origin): Statement {
  const { text, params } = insertChange(tenant, employee, seq, {}, origin);
  return {
    text: text.replace('fields)', 'fields, note)').replace('$9)', '$9, $10)'),
    params: [...params, seal(JSON.stringify(note), aboutChange(tenant, employee, origin))],
  };
}

/** Appends to the change log that a change of the same employee was taken back. */
export function insertUndo(
  tenant: number,
  employee: string,
  seq: number,
  fields: ChangedFields,
  origin: Origin,
  undoes: number,
): Statement {
  const { text, params } = insertChange(tenant, employee, seq, fields, origin);
  return {
    text: text.replace('fields)', 'fields, undoes)').replace('$9)', '$9, $10)'),
    params: [...params, undoes],
  };
}

/** Appends to the change log what was changed that is no employee. */
export function insertChangeOf(
  kind: Exclude<ChangeKind, 'employee'>,
  subject: string,
  tenant: number,
  fields: ChangedFields,
  origin: Origin,
  undoes: number | null = null,
): Statement {
  return {
    text: 'INSERT INTO change (tenant, employee, previous, at, dialect, operation, app, request, fields, kind, undoes) VALUES ($1, $2, coalesce((SELECT max(number) FROM change WHERE tenant = $1 AND kind = $9 AND employee = $2), 0), $3, $4, $5, $6, $7, $8, $9, $10)',
    params: [
      tenant,
      subject,
      origin.at,
      origin.dialect,
      origin.operation,
      origin.app,
      origin.request,
      seal(JSON.stringify(fields), aboutChange(tenant, subject, origin, kind)),
      kind,
      undoes,
    ],
  };
}

const LAST_OF_EMPLOYEE = 'SELECT change, 1 FROM employee WHERE tenant = $1 AND id = $2';
const LAST_OF_REMOVED =
  'SELECT d.change, 1 FROM departed d JOIN change c ON c.number = d.change WHERE d.tenant = $1 AND c.employee = $2';

/** The newest changes of one employee, each of which names the one before it, or of something else. */
export function* history(about: QueryParams['history']): SqlTask<readonly Change[]> {
  if (about.kind !== undefined) {
    const [found = []] = yield [
      {
        text: 'SELECT * FROM change WHERE tenant = $1 AND kind = $2 AND employee = $3 AND number > $5 ORDER BY number DESC LIMIT $4',
        params: [about.tenant, about.kind, about.employee, about.limit, about.after ?? 0],
      },
    ];
    return found.map(changeOf);
  }
  const [rows = []] = yield [
    {
      text: `WITH RECURSIVE past (number, depth) AS (
  ${about.isRemoved === true ? LAST_OF_REMOVED : LAST_OF_EMPLOYEE} AND change > $4
  UNION ALL
  SELECT c.previous, past.depth + 1 FROM past JOIN change c ON c.number = past.number WHERE c.previous > $4 AND past.depth < $3
) SELECT c.* FROM past JOIN change c ON c.number = past.number ORDER BY past.depth`,
      params: [about.tenant, about.employee, about.limit, about.after ?? 0],
      isPlannedEachTime: true,
    },
  ];
  return rows.map(changeOf);
}

/** One change of a company. */
export function* changeNumbered({ tenant, number }: QueryParams['change']): SqlTask<Change | null> {
  const [[row] = []] = yield [
    { text: 'SELECT * FROM change WHERE number = $1 AND tenant = $2', params: [number, tenant] },
  ];
  return row === undefined ? null : changeOf(row);
}

/** So many changes of all companies are looked at for one page, so that a filter that finds little takes no longer. */
const LOOKED_AT = 10_000;

/** The newest changes of a company; there is no index for it, so that updates write none. */
export function* changesOf(about: QueryParams['changes']): SqlTask<ChangePage> {
  const before = about.before ?? Number.MAX_SAFE_INTEGER;
  const [[scanned] = []] = yield [
    {
      text: 'SELECT min(number) AS lowest, count(*) AS rows FROM (SELECT number FROM change WHERE number < $1 ORDER BY number DESC LIMIT $2) AS newest',
      params: [before, LOOKED_AT],
    },
  ];
  const lowest = Number(scanned?.['lowest'] ?? 0);
  const params: SqlValue[] = [about.tenant, before, lowest, about.limit];
  const conditions = CONDITIONS.flatMap(([member, condition]) => {
    const value = about[member];
    if (value === undefined) return [];
    if (member === 'kind' && value === 'employee') return [' AND kind IS NULL'];
    params.push(value);
    return [` AND ${condition} $${String(params.length)}`];
  });
  const [rows = []] = yield [
    {
      text: `SELECT * FROM change WHERE tenant = $1 AND number < $2 AND number >= $3${conditions.join('')} ORDER BY number DESC LIMIT $4`,
      params,
    },
  ];
  const changes = rows.map(changeOf);
  if (changes.length === about.limit) return { changes, next: changes.at(-1)?.number ?? null };
  return { changes, next: Number(scanned?.['rows'] ?? 0) < LOOKED_AT ? null : lowest };
}

const CONDITIONS = [
  ['kind', 'kind ='],
  ['dialect', 'dialect ='],
  ['operation', 'operation ='],
  ['app', 'app ='],
  ['request', 'request ='],
  ['since', 'at >='],
] as const;

/** The number of the newest change of any company. */
export function* newestChange(): SqlTask<number> {
  const [[row] = []] = yield [{ text: 'SELECT max(number) AS newest FROM change', params: [] }];
  return Number(row?.['newest'] ?? 0);
}

/** Whether employees of a company were changed after that; what was passed over is no change. */
export function* changedSince({ tenant, change, except }: QueryParams['changed-since']): SqlTask<boolean> {
  const [rows = []] = yield [
    {
      text: 'SELECT number FROM change WHERE number > $1 AND tenant = $2 AND dialect <> $3 AND note IS NULL AND kind IS NULL LIMIT 1',
      params: [change, tenant, except],
    },
  ];
  return rows.length > 0;
}

/** So many changes of all companies are passed at a time. */
const PASSED = 2_000;

interface Heads extends LogPage {
  /** Those that were asked for. */
  readonly found: readonly Row[];
}

/** The heads of the next changes, up to the first number that another transaction may yet commit. */
function* headsAfter(about: QueryParams['changes-after'], isShared: boolean): SqlTask<Heads> {
  const { limit, settled } = about;
  const found: Row[] = [];
  let upTo = about.after;
  // Most often all are of the same company: then no more are read than are asked for.
  for (const pass of [Math.min(limit + 1, PASSED), PASSED]) {
    const [heads = []] = yield [
      {
        text: 'SELECT number, tenant, kind, employee, note IS NULL AS changes FROM change WHERE number > $1 ORDER BY number LIMIT $2',
        params: [upTo, pass],
      },
    ];
    const last = Number(heads.at(-1)?.['number'] ?? upTo);
    for (const head of heads) {
      const number = Number(head['number']);
      if (isShared && number > upTo + 1 && upTo + 1 > settled) return { found, upTo, gap: last, isEnd: false };
      upTo = number;
      if (isOf(head, about) && found.push(head) === limit) break;
    }
    const isEnd = upTo >= last && heads.length < pass;
    if (isEnd || found.length === limit) return { found, upTo, gap: null, isEnd };
  }
  return { found, upTo, gap: null, isEnd: false };
}

/** The next changes of a company, up to the first number that another transaction may yet commit. */
export function* changesAfter(about: QueryParams['changes-after'], isShared: boolean): SqlTask<ChangesAfter> {
  const { tenant, after } = about;
  const { found, ...page } = yield* headsAfter(about, isShared);
  if (found.length === 0) return { changes: [], ...page };
  const { upTo } = page;
  const kinds = about.kinds === undefined ? '' : ' AND kind IS NOT NULL';
  const [rows = []] = yield [
    tenant === null
      ? {
          text: `SELECT * FROM change WHERE number > $1 AND number <= $2${kinds} ORDER BY number`,
          params: [after, upTo],
        }
      : {
          text: `SELECT * FROM change WHERE number > $1 AND number <= $2 AND tenant = $3${kinds} ORDER BY number`,
          params: [after, upTo, tenant],
        },
  ];
  const changes = rows
    .filter((row) => isOf(row, about))
    .map((row) => ({ ...changeOf(row), tenant: Number(row['tenant']) }));
  return { changes, ...page };
}

/** Whose records the next changes of a company are about; a request that was passed over changed nothing. */
export function* changedEmployeesAfter(
  about: QueryParams['changed-employees-after'],
  isShared: boolean,
): SqlTask<ChangedEmployees> {
  const { found, ...page } = yield* headsAfter({ ...about, kinds: ['employee'] }, isShared);
  const changes = found.filter((head) => Boolean(head['changes']));
  return { newest: new Map(changes.map((head) => [String(head['employee']), Number(head['number'])])), ...page };
}

/** The numbers of the newest changes of some employees. */
export function* newestChangesOf(
  flavor: SqlSyntax,
  { tenant, ids }: QueryParams['newest-changes-of'],
): SqlTask<ReadonlyMap<string, number>> {
  const [rows = []] = yield [
    {
      text: `SELECT e.id, e.change FROM ${flavor.jsonEach('$2', 'v')} CROSS JOIN employee e WHERE e.tenant = $1 AND e.id = v.value`,
      params: [tenant, JSON.stringify(ids)],
    },
  ];
  return new Map(rows.map((row) => [String(row['id']), Number(row['change'])]));
}

function isOf(row: Row, { tenant, kinds }: QueryParams['changes-after']): boolean {
  return (tenant === null || Number(row['tenant']) === tenant) && (kinds === undefined || kinds.includes(kindOf(row)));
}

/** The names of the transactions that may have drawn the number of a change and not committed it. */
export function* changeWriters(flavor: SqlSyntax): SqlTask<readonly string[] | null> {
  const statement = flavor.writersOf('change');
  if (statement === null) return null;
  const [rows = []] = yield [statement];
  return rows.map((row) => String(row['writer']));
}

/** What is kept of a change beside its fields and the one before it. */
function aboutChange(tenant: number, employee: string, origin: Origin, kind?: ChangeKind): string {
  const { at, dialect, operation, app, request } = origin;
  const about = `${String(tenant)} ${employee} ${String(at)} ${dialect} ${operation} ${app ?? ''} ${request}`;
  return kind === undefined || kind === 'employee' ? about : `${about} ${kind}`;
}

/** The fields of a row of the change log. Throws `StoreDamagedError`. */
export function fieldsOf(row: Row): ChangedFields {
  const about = aboutChange(Number(row['tenant']), String(row['employee']), originOf(row), kindOf(row));
  // Written by `insertChange` from a ChangedFields.
  return unseal(String(row['fields']), about) as ChangedFields;
}

/** The note of a row of the change log, where it has one. Throws `StoreDamagedError`. */
export function noteOf(row: Row): Pick<Change, 'note'> {
  const { note } = row;
  if (typeof note !== 'string') return {};
  const about = aboutChange(Number(row['tenant']), String(row['employee']), originOf(row));
  // Written by `insertNote` from a ChangeNote.
  return { note: unseal(note, about) as ChangeNote };
}

/** Employees have none in the log. */
function kindOf({ kind }: Row): ChangeKind {
  // Written by `insertChangeOf` from the type it is read as.
  return typeof kind === 'string' ? (kind as ChangeKind) : 'employee';
}

function originOf(row: Row): Origin {
  return {
    at: Number(row['at']),
    dialect: String(row['dialect']),
    operation: String(row['operation']),
    app: row['app'] === null ? null : String(row['app']),
    request: String(row['request']),
  };
}

function changeOf(row: Row): Change {
  return {
    number: Number(row['number']),
    kind: kindOf(row),
    employee: String(row['employee']),
    previous: Number(row['previous']),
    fields: fieldsOf(row),
    ...noteOf(row),
    ...(typeof row['undoes'] === 'number' || typeof row['undoes'] === 'string'
      ? { undoes: Number(row['undoes']) }
      : {}),
    origin: originOf(row),
  };
}
