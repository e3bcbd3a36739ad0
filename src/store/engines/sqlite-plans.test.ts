import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
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
