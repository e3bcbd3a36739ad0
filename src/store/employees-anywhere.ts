import type { EmployeeOf, QueryParams } from '../directory/store.ts';
import { isStorableText, queryUnderLock, memoizeSql, type SqlSyntax, type SqlTask } from './engine.ts';
import { COLUMNS, employeeOf } from './queries/row-position.ts';
import { spacesOf } from './queries/standing.ts';

/** The one space whose values are looked for in all companies at once: the index `lookup_by_person` is of it. */
export const ANYWHERE = 'hose.user_id';
const SPACE = `id:${ANYWHERE}`;
const SPACES = spacesOf(SPACE)
  .map((space) => `'${space}'`)
  .join(', ');

// The spaces stand in the text: an index of some rows serves only a query that says so itself, in the same words.
const TEXT = (flavor: SqlSyntax): string =>
  `SELECT l.value AS found_by, l.tenant AS company, t.in_use, ${flavor.jsonText('t.record', 'loginRealm')} AS realm, ${COLUMNS} FROM lookup l JOIN employee e ON e.seq = l.employee JOIN tenant t ON t.number = l.tenant WHERE l.space IN (${SPACES}) AND l.value IN (SELECT value FROM ${flavor.jsonEach('$1', 'v')}) ORDER BY l.employee`;
const asked = memoizeSql(TEXT);
const askedLocked = memoizeSql((flavor) => `${TEXT(flavor)}${flavor.forUpdate('e')}`);

function textOr(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Employees of any company of a realm found by the id that a platform gives a person for all of them. */
export function* employeesAnywhere(
  flavor: SqlSyntax,
  locking: boolean,
  { space, values }: QueryParams['employees-anywhere'],
  realm: string,
): SqlTask<ReadonlyMap<string, readonly EmployeeOf[]>> {
  if (space !== SPACE) throw new Error(`${space} is not indexed over all companies`);
  const found = new Map<string, EmployeeOf[]>();
  const keepable = values.filter(isStorableText);
  if (keepable.length === 0) return found;
  const lock = locking ? flavor.lock(keepable.map((value) => `anywhere ${space} ${value}`)) : null;
  const text = (locking ? askedLocked : asked)(flavor);
  for (const row of yield* queryUnderLock(lock, { text, params: [JSON.stringify(keepable)] })) {
    if (textOr(row['realm']) !== realm) continue;
    const one = { employee: employeeOf(row), tenant: Number(row['company']), tenantInUse: Number(row['in_use']) === 1 };
    const value = String(row['found_by']);
    const others = found.get(value);
    if (others === undefined) found.set(value, [one]);
    else others.push(one);
  }
  return found;
}
