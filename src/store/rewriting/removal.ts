import { lookupStatements } from '../queries/employee-write.ts';
import { scanEmployees } from '../queries/employees.ts';
import { listed, type SqlSyntax, type Statement, type SqlTask } from '../engine.ts';
import { rowPositionOf } from '../queries/row-position.ts';
import { resetChangeOrder } from '../queries/change-order.ts';
import { removeSomeCopies } from '../snapshots/kept.ts';
import { removeOrphanAccounts } from '../queries/tenants.ts';

/** People, and traces of people, who are removed in one transaction. */
const BATCH_SIZE = 50;

/** Changes and those before them, of rows that a condition picks. */
const chainOf = (heads: string): string =>
  `DELETE FROM change WHERE number IN (WITH RECURSIVE past (number) AS (${heads} UNION ALL SELECT c.previous FROM past JOIN change c ON c.number = past.number WHERE c.previous > 0) SELECT number FROM past)`;

/** Removes some people of a company that is being removed, or traces of those who left; answers whether none are left. */
export function* removePeople(flavor: SqlSyntax, tenant: number): SqlTask<boolean> {
  if (!(yield* removeSomeCopies(tenant))) return false;
  const people = yield* scanEmployees(tenant, null, BATCH_SIZE);
  if (people.length > 0) {
    const seqs = people.flatMap((employee) => rowPositionOf(employee)?.seq ?? []);
    const list = JSON.stringify(seqs);
    const among = `IN (SELECT value FROM ${flavor.jsonEach('$2', 'v')})`;
    const statements: readonly Statement[] = [
      ...listed(flavor.beforeRemoval('employee')),
      ...people.flatMap((employee) => lookupStatements(tenant, rowPositionOf(employee)?.seq ?? 0, employee, null)),
      { text: chainOf(`SELECT change FROM employee WHERE tenant = $1 AND seq ${among}`), params: [tenant, list] },
      { text: `DELETE FROM recency WHERE tenant = $1 AND seq ${among}`, params: [tenant, list] },
      { text: `DELETE FROM employee WHERE tenant = $1 AND seq ${among}`, params: [tenant, list] },
      resetChangeOrder,
    ];
    yield statements;
    const accounts = people.flatMap(({ account }) => account ?? []);
    if (accounts.length > 0) yield [removeOrphanAccounts(flavor, accounts)];
    return false;
  }
  const [departed = []] = yield [
    { text: 'SELECT change FROM departed WHERE tenant = $1 ORDER BY change LIMIT $2', params: [tenant, BATCH_SIZE] },
  ];
  const [last] = departed.slice(-1);
  if (last === undefined) return true;
  const upTo = [tenant, Number(last['change'])];
  yield [
    { text: chainOf('SELECT change FROM departed WHERE tenant = $1 AND change <= $2'), params: upTo },
    { text: 'DELETE FROM departed WHERE tenant = $1 AND change <= $2', params: upTo },
    resetChangeOrder,
  ];
  return false;
}
