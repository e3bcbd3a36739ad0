import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { emptyEmployee } from '../../directory/employees/employee.ts';
import { changedFields } from '../../directory/history/change.ts';
import { plainText } from '../../directory/text.ts';
import { writeEmployee } from '../queries/employee-write.ts';
import { employeesById } from '../queries/employees.ts';
import { tables } from '../schema.ts';
import { sqliteFlavor } from './sqlite-flavor.ts';

/** What the engine does for the statements of a query, in its words. */
function planOf(statements: readonly { readonly text: string; readonly params: readonly unknown[] }[]): string {
  using db = new DatabaseSync(':memory:');
  for (const table of tables(sqliteFlavor)) db.exec(table);
  return statements
    .flatMap(({ text, params }) =>
      db.prepare(`EXPLAIN QUERY PLAN ${text.replaceAll(/\$([0-9])/g, '?$1')}`).all(...(params as string[])),
    )
    .map(({ detail }) => String(detail))
    .join('\n');
}

test.each([[['e-1']], [['e-1', 'e-2', 'e-3']]])(
  'employees are found by their ids %j without a look at all others',
  (ids) => {
    const step = employeesById(sqliteFlavor, false, { tenant: 1, ids }).next();
    expect(step.done).toBe(false);
    const plan = planOf(step.done === true ? [] : step.value);
    expect(plan).toContain('(tenant=? AND id=?)');
    expect(plan).not.toContain('employee_by_tenant');
  },
);

test('of a newcomer no earlier change is sought: among many in one transaction that would go through all', () => {
  const after = emptyEmployee('li', plainText('Li'), 1);
  const origin = { dialect: 'test', operation: 'test', app: null, request: 'r', at: 1 };
  const fields = changedFields(null, after);
  const step = writeEmployee(sqliteFlavor, {
    write: 'employee',
    tenant: 1,
    before: null,
    after,
    fields,
    origin,
  }).next();
  const [change] = step.done === true ? [] : step.value;
  expect(change?.text).toMatch(/^INSERT INTO change /);
  expect(change?.text).not.toContain('SELECT');
});
