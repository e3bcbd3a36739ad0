import { employeesAnywhere } from '../../src/store/employees-anywhere.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EmployeePageQuery } from '../../src/directory/store.ts';
import { accountsBy } from '../../src/store/queries/accounts.ts';
import { history, insertChangeOf } from '../../src/store/queries/changes.ts';
import { requestsAfter } from '../../src/store/queries/journal.ts';
import { countBy, scanEmployees, employeesBy, employeesById, lineAbove } from '../../src/store/queries/employees.ts';
import type { Row, Statement, SqlTask } from '../../src/store/engine.ts';
import { sqliteFlavor as flavor } from '../../src/store/engines/sqlite-flavor.ts';
import { EmployeeCache } from '../../src/store/cache/employee-cache.ts';
import { openStore } from '../../src/store/open.ts';
import { employeePage, employeesFrom } from '../../src/store/queries/employee-pages.ts';
import { loadTenant, removeTenant, findTenantRef } from '../../src/store/queries/tenants.ts';
import { latestToken, tokenByHash } from '../../src/store/queries/tokens.ts';
import { generated } from './generated.ts';

/* That a list stays quick is not measured here but read from how the database means to find it. */

const PEOPLE = 3_000;
const ORIGIN = { dialect: 'test', operation: 'test', app: null, request: 'r', at: 1 };

let folder: string;
let db: DatabaseSync;
let tenant: number;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingce-scale-'));
  const file = join(folder, 'mingce.db');
  const store = await openStore(`sqlite:${file}`);
  tenant = await generated(store, 'big', PEOPLE);
  await store.read(function* () {
    const about = { tenant, offset: 0, limit: 1, order: 'updated' } as const;
    yield { ask: 'employee-page', ...about };
  });
  await store.close();
  db = new DatabaseSync(file);
}, 60_000);
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

interface Planned {
  readonly text: string;
  readonly plan: readonly string[];
}

/** Runs the work and answers how each of its statements was to be found. */
function plansOf(steps: SqlTask<unknown>): readonly Planned[] {
  const plans: Planned[] = [];
  let step = steps.next();
  while (step.done !== true) {
    const rows = step.value.map((statement) => {
      plans.push({ text: statement.text, plan: planOf(statement) });
      return run(statement);
    });
    step = steps.next(rows);
  }
  return plans;
}

const sqlOf = (text: string): string => text.replaceAll(/\$([0-9])/g, '?$1');

function run({ text, params }: Statement): readonly Row[] {
  return db.prepare(sqlOf(text)).all(...params) as Row[];
}

function planOf({ text, params }: Statement): readonly string[] {
  const rows = db.prepare(`EXPLAIN QUERY PLAN ${sqlOf(text)}`).all(...params);
  return rows.map((row) => String(row['detail']));
}

/** Steps of a plan that read a table from its first row to its last; tables made on the way are small. */
function scans(plan: readonly string[]): readonly string[] {
  const tables = db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
    .all()
    .map((row) => String(row['name']));
  // Statements name some tables by one letter.
  const names = [...tables, 'e', 'f', 'l', 'c', 'a', 'm', 't'];
  return plan.filter((line) => names.some((name) => new RegExp(`^SCAN ${name}\\b`).test(line)));
}

const DATES = {
  none: {},
  from: { updatedFrom: 1 },
  both: { updatedFrom: 1, updatedTo: 2e12 },
  few: { updatedFrom: Date.UTC(2026, 5, 25) },
};

describe('no list looks through a table', () => {
  for (const order of ['created', 'updated', 'updated-descending'] as const) {
    for (const [dates, between] of Object.entries(DATES)) {
      for (const kind of [{}, { active: true }, { active: false, external: true, seated: false }]) {
        test(`${order}, dates ${dates}, ${JSON.stringify(kind)}`, () => {
          for (const offset of [0, 1_000]) {
            const about: EmployeePageQuery = { tenant, offset, limit: 100, order, ...between, ...kind };
            for (const memory of [null, new EmployeeCache()]) {
              for (const { text, plan } of plansOf(employeePage(flavor, false, about, memory))) {
                expect(scans(plan), text).toEqual([]);
                // Of the records only those on the page are read, and of the numbers at most those of a block or two.
                for (const line of plan.filter((one) => /^SEARCH (e|employee)\b/.test(one))) {
                  expect(line).toMatch(/INTEGER PRIMARY KEY/);
                }
                const isFirst = offset === 0 && Object.keys(kind).length === 0;
                const range = isFirst ? /tenant=\?/ : /tenant=\? AND seq>\? AND seq<\?/;
                for (const line of plan.filter((one) => /^SEARCH f\b/.test(one))) {
                  expect(line).toMatch(/COVERING INDEX employee_by_tenant/);
                  expect(line).toMatch(range);
                }
              }
            }
          }
        });
      }
    }
  }

  test('in order of change nobody but those on the page is sorted', () => {
    for (const order of ['updated', 'updated-descending'] as const) {
      for (const { plan } of plansOf(employeePage(flavor, false, { tenant, offset: 1_000, limit: 100, order }, null))) {
        expect(plan.filter((line) => line.includes('ORDER BY')).length).toBeLessThanOrEqual(1);
      }
    }
  });
});

test('nothing else that is asked looks through a table', () => {
  const asked: Readonly<Record<string, SqlTask<unknown>>> = {
    'employees-by one': employeesBy(flavor, true, { tenant, space: 'mobile', values: ['+861'] }),
    'employees-by several': employeesBy(flavor, true, { tenant, space: 'mobile', values: ['+861', '+862'] }),
    'employees-by of many': employeesBy(flavor, true, { tenant, space: 'department', values: ['d00001', 'd00002'] }),
    'employees-from of one': employeesFrom(
      flavor,
      { tenant, after: 0, limit: 10, having: { space: 'mobile', value: '+861' } },
      null,
    ),
    'employees-from of many': employeesFrom(
      flavor,
      { tenant, after: 0, limit: 10, having: { space: 'department', value: 'd00001' } },
      null,
    ),
    'employees-by-id': employeesById(flavor, true, { tenant, ids: ['e0000001', 'e0000002'] }),
    'line-above direct': lineAbove(flavor, true, { tenant, line: 'direct', from: ['e0000100'] }),
    'line-above dotted': lineAbove(flavor, true, { tenant, line: 'dotted', from: ['e0000100'] }),
    'count-by': countBy(flavor, true, { tenant, space: 'department', value: 'd00001', upTo: 10_000 }),
    'accounts-by id': accountsBy(flavor, true, { by: 'id', values: ['a'] }),
    'accounts-by mobile': accountsBy(flavor, true, { by: 'mobile', values: ['a', 'b'] }),
    'accounts-by email': accountsBy(flavor, true, { by: 'email', values: ['a'] }),
    history: history({ tenant, employee: 'e0000001', limit: 100 }),
    'history of a department': history({ tenant, employee: 'd1', limit: 100, kind: 'department' }),
    'requests of other nodes': requestsAfter(0, 'n', 100),
    'a change of a department': (function* (): SqlTask<void> {
      yield [insertChangeOf('department', 'd1', tenant, {}, ORIGIN)];
    })(),
    token: tokenByHash(flavor, true, { hash: 'h' }),
    'newest-token': latestToken(flavor, true, { tenant, app: 'a', kind: 'k' }),
    'employees after': scanEmployees(tenant, null, 500),
    tenant: loadTenant(tenant),
    'tenant by key': findTenantRef('key', 'big'),
    'tenant by name': findTenantRef('name', 'x', 'y'),
    'people of all companies': employeesAnywhere(
      flavor,
      true,
      { space: 'id:hose.user_id', values: ['x', 'y'], realmOf: tenant },
      '',
    ),
  };
  for (const [name, steps] of Object.entries(asked)) {
    const plans = plansOf(steps);
    expect(plans.length, name).toBeGreaterThan(0);
    for (const { plan } of plans) expect(scans(plan), name).toEqual([]);
  }
});

const origin = { dialect: 'company-file', operation: 'remove', app: null, request: 'r', at: 0 };

test('to remove one company nothing of the others is looked through', () => {
  // The mark is one row.
  for (const statement of removeTenant(flavor, tenant, origin))
    expect(
      scans(planOf(statement)).filter((line) => line !== 'SCAN recency_mark'),
      statement.text,
    ).toEqual([]);
});
