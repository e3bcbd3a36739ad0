import { changedFields, type ChangedFields, type Origin } from '../../directory/history/change.ts';
import type { Employee } from '../../directory/employees/employee.ts';
import { isLookupField } from '../../directory/lookup.ts';
import type { Effect } from '../../directory/store.ts';
import { insertChange, insertChangeAfter, insertNote, insertUndo } from './changes.ts';
import { listed, memoizeSql, type SqlSyntax, type Statement, type SqlTask } from '../engine.ts';
import { adjustHeadcount, type HeadcountKey } from './headcount.ts';
import { indexKey } from './index-key.ts';
import { rowPositionOf, setRowPosition } from './row-position.ts';
import { serializeEmployee } from './employee-record.ts';
import { lookupRows } from './standing.ts';

const departed = memoizeSql(({ lastChange }) => `INSERT INTO departed (tenant, change) VALUES ($1, ${lastChange})`);
const created = memoizeSql(
  (flavor) =>
    `INSERT INTO employee (seq, tenant, id, active, external, seated, updated_at, record, change) VALUES (${flavor.next('employee')}, $1, $2, $3, $4, $5, $6, $7, ${flavor.lastChange}) RETURNING seq`,
);
// A column that is named is written in every index that has it, so those of its kind only where that is another.
const updated = memoizeSql(
  ({ lastChange }) => `UPDATE employee SET updated_at = $1, record = $2, change = ${lastChange} WHERE seq = $3`,
);
const moved = memoizeSql(
  ({ lastChange }) =>
    `UPDATE employee SET updated_at = $1, record = $2, change = ${lastChange}, active = $4, external = $5, seated = $6 WHERE seq = $3`,
);

/** Writes one employee, the rows it is found by, and its change; answers what is left to be run. */
export function* writeEmployee(
  flavor: SqlSyntax,
  effect: Effect & { readonly write: 'employee' },
): SqlTask<readonly Statement[]> {
  const { tenant, before, after } = effect;
  const subject = after ?? before;
  if (subject === null) return NOTHING;
  const seq = before === null ? 0 : (rowPositionOf(before)?.seq ?? (yield* findSeq(tenant, before)));
  if (before !== null && after !== null) return updateAt(flavor, effect, seq, before, after);
  const change = changeStatement(effect, seq, subject);
  if (after === null) {
    return [
      ...listed(flavor.beforeRemoval('employee')),
      change,
      { text: 'DELETE FROM employee WHERE seq = $1', params: [seq] },
      { text: 'DELETE FROM recency WHERE tenant = $1 AND seq = $2', params: [tenant, seq] },
      { text: departed(flavor), params: [tenant] },
      ...lookupStatements(tenant, seq, before, null),
    ];
  }
  const record = serializeEmployee(after);
  const [, inserted = []] = yield [
    change,
    {
      text: created(flavor),
      params: [tenant, after.id, ...kindOf(after), after.updatedAt, record],
      addsEmployee: true,
    },
  ];
  const place = { seq: Number(inserted[0]?.['seq']), size: record.length };
  setRowPosition(after, place);
  return lookupStatements(tenant, place.seq, null, after);
}

/** The statements of an update of an employee whose row is known, as it is after a read; null for what must ask first. */
export function updateAtOnce(flavor: SqlSyntax, effect: Effect): readonly Statement[] | null {
  if (effect.write !== 'employee') return null;
  const { before, after } = effect;
  if (before === null || after === null) return null;
  const seq = rowPositionOf(before)?.seq;
  return seq === undefined ? null : updateAt(flavor, effect, seq, before, after);
}

function changeStatement(
  { tenant, fields, origin, note, undoes }: Effect & { readonly write: 'employee' },
  seq: number,
  { id }: Employee,
): Statement {
  if (note !== undefined) return insertNote(tenant, id, seq, note, origin);
  if (undoes !== undefined) return insertUndo(tenant, id, seq, fields, origin, undoes);
  // Of a newcomer no earlier change is sought: among many in one transaction that may go through all of them.
  return seq === 0 ? insertChangeAfter(0, tenant, id, fields, origin) : insertChange(tenant, id, seq, fields, origin);
}

function updateAt(
  flavor: SqlSyntax,
  effect: Effect & { readonly write: 'employee' },
  seq: number,
  before: Employee,
  after: Employee,
): readonly Statement[] {
  const { tenant, fields } = effect;
  const change = changeStatement(effect, seq, after);
  const record = serializeEmployee(after);
  setRowPosition(after, { seq, size: record.length });
  if (!affectsLookups(fields)) return [change, { text: updated(flavor), params: [after.updatedAt, record, seq] }];
  const kind = kindOf(after);
  const update =
    String(kindOf(before)) === String(kind)
      ? { text: updated(flavor), params: [after.updatedAt, record, seq] }
      : { text: moved(flavor), params: [after.updatedAt, record, seq, ...kind] };
  return [change, update, ...lookupStatements(tenant, seq, before, after)];
}

const placed = memoizeSql(
  ({ lastChange }) =>
    `INSERT INTO employee (seq, tenant, id, active, external, seated, updated_at, record, change) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, ${lastChange})`,
);

/** The statements that write an employee who was removed at the place that the employee had, and the change. */
export function writeAgain(
  flavor: SqlSyntax,
  { tenant, seq, previous }: { readonly tenant: number; readonly seq: number; readonly previous: number },
  employee: Employee,
  origin: Origin,
): readonly Statement[] {
  const record = serializeEmployee(employee);
  setRowPosition(employee, { seq, size: record.length });
  const { id, updatedAt } = employee;
  return [
    insertChangeAfter(previous, tenant, id, changedFields(null, employee), origin),
    { text: placed(flavor), params: [seq, tenant, id, ...kindOf(employee), updatedAt, record], addsEmployee: true },
    // The removal is no longer the last change of the employee.
    { text: 'DELETE FROM departed WHERE tenant = $1 AND change = $2', params: [tenant, previous] },
    ...lookupStatements(tenant, seq, null, employee),
  ];
}

function* findSeq(tenant: number, { id }: Employee): SqlTask<number> {
  const [rows = []] = yield [{ text: 'SELECT seq FROM employee WHERE tenant = $1 AND id = $2', params: [tenant, id] }];
  return Number(rows[0]?.['seq']);
}

/** Not yet gone; someone who is only expected counts as here. */
function isCurrent(employee: Employee): number {
  return employee.status === 'resigned' ? 0 : 1;
}

const NOTHING: readonly Statement[] = [];

/** Whether anything else than the record itself follows from the fields that changed. */
export function affectsLookups(fields: ChangedFields): boolean {
  for (const field in fields) {
    if (isLookupField(field) || field === 'account' || field === 'external' || field === 'seated') return true;
  }
  return false;
}

/** The rows that follow from the record: only those whose value changed are touched. */
export function lookupStatements(
  tenant: number,
  seq: number,
  before: Employee | null,
  after: Employee | null,
): readonly Statement[] {
  const statements: Statement[] = [];
  const old = before === null ? [] : lookupRows(before);
  const fresh = after === null ? [] : lookupRows(after);
  for (const [space, value] of without(old, fresh)) {
    statements.push({
      text: 'DELETE FROM lookup WHERE tenant = $1 AND space = $2 AND value = $3 AND employee = $4',
      params: [tenant, space, indexKey(value), seq],
    });
  }
  const added = without(fresh, old);
  for (let from = 0; from < added.length; from += ROWS_AT_ONCE)
    statements.push(insertLookups(tenant, seq, added.slice(from, from + ROWS_AT_ONCE)));
  const wasKind = before === null ? null : kindOf(before);
  const isKind = after === null ? null : kindOf(after);
  if (String(wasKind) !== String(isKind)) {
    if (wasKind !== null) statements.push(...adjustHeadcount(tenant, seq, wasKind, -1));
    if (isKind !== null) statements.push(...adjustHeadcount(tenant, seq, isKind, 1));
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

type Rows = ReturnType<typeof lookupRows>;

/** So many rows are written by one statement: someone new has some ten, and each number of them is a statement to prepare. */
const ROWS_AT_ONCE = 12;
/** The statements for one row, for two, and so on. */
const INSERTS = Array.from({ length: ROWS_AT_ONCE }, (_, last) => {
  const rows = Array.from(
    { length: last + 1 },
    (__, row) => `($1, $${String(2 * row + 3)}, $${String(2 * row + 4)}, $2)`,
  );
  return `INSERT INTO lookup (tenant, space, value, employee) VALUES ${rows.join(', ')} ON CONFLICT DO NOTHING`;
});

function insertLookups(tenant: number, seq: number, rows: Rows): Statement {
  const params = [tenant, seq, ...rows.flatMap(([space, value]) => [space, indexKey(value)])];
  return { text: INSERTS[rows.length - 1] ?? '', params };
}

/** The keys of one list that the other has not; both are short, and mostly the same in the same order. */
function without(keys: Rows, others: Rows): Rows {
  if (others.length === 0) return keys;
  return keys.filter(
    ([space, value], index) =>
      !(others[index]?.[0] === space && others[index][1] === value) &&
      !others.some((other) => other[0] === space && other[1] === value),
  );
}

/** By what an employee is counted. */
export function kindOf(employee: Employee): HeadcountKey {
  return [isCurrent(employee), Number(employee.external), Number(employee.seated)];
}
