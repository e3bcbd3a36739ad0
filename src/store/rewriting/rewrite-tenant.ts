import type { Employee } from '../../directory/employees/employee.ts';
import type { Effect, AllEmployees, QueryParams, TenantRewrite } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { accountEffects, accountsWith } from './known-accounts.ts';
import { copyAttachments } from '../queries/attachments.ts';
import { applyEffects } from '../apply-effects.ts';
import { scanEmployees } from '../queries/employees.ts';
import type { SqlSyntax, SqlTask } from '../engine.ts';
import { refuseNamesOfOthers, removeOrphanAccounts, removeTenant, saveTenant } from '../queries/tenants.ts';
import { takeAfter } from '../snapshots/take-applied.ts';
import { accountsLeft } from './staged-rewriting.ts';

/** How many employees are read at one time. */
export const BATCH_SIZE = 100;
/** How many are written in one step. */
const WRITTEN = 50;

/** Everyone in a company. */
export function* loadAllEmployees(flavor: SqlSyntax, { tenant }: QueryParams['everyone']): SqlTask<AllEmployees> {
  const employees: Employee[] = [];
  for (;;) {
    const piece = yield* scanEmployees(tenant, employees.at(-1) ?? null, BATCH_SIZE);
    if (piece.length === 0) break;
    employees.push(...piece);
  }
  const ids = employees.flatMap((employee) => employee.account ?? []);
  return { employees, accounts: yield* accountsWith(flavor, ids) };
}

/** Rewrites a company; answers its number. */
export function* rewrite(
  flavor: SqlSyntax,
  now: Tenant | null,
  rewriting: Omit<TenantRewrite<unknown>, 'answer'>,
): SqlTask<number> {
  const { parts, accounts, employees, origin } = rewriting;
  if (parts === null) {
    if (now !== null) yield removeTenant(flavor, now.number, origin);
    return now?.number ?? 0;
  }
  if (parts !== undefined) yield* refuseNamesOfOthers(now, parts);
  const number = parts === undefined ? (now?.number ?? 0) : yield* saveTenant(flavor, now, parts, { origin });
  const effects = [
    ...(yield* accountEffects(flavor, number, accounts, origin)),
    ...employees.map((employee): Effect => ({ write: 'employee', tenant: number, ...employee, origin })),
  ];
  for (let from = 0; from < effects.length; from += WRITTEN) {
    yield yield* applyEffects(flavor, effects.slice(from, from + WRITTEN));
  }
  const left = accountsLeft(employees);
  if (left.length > 0) yield [removeOrphanAccounts(flavor, left)];
  if (rewriting.filesOf !== undefined) yield [copyAttachments(rewriting.filesOf, number)];
  if (rewriting.snapshot !== undefined) yield* takeAfter(number, rewriting.snapshot);
  return number;
}
