import type { AccountWithMemberships } from '../../directory/auth/account.ts';
import type { Employee } from '../../directory/employees/employee.ts';
import { DirectoryError } from '../../directory/errors.ts';
import type { Effect, AllEmployees, QueryParams, TenantRewrite } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { accountsBy } from '../queries/accounts.ts';
import { copyAttachments } from '../queries/attachments.ts';
import { applyEffects } from '../apply-effects.ts';
import { scanEmployees } from '../queries/employees.ts';
import type { SqlSyntax, SqlTask } from '../engine.ts';
import { externalNames, findTenantRef, removeOrphanAccounts, removeTenant, saveTenant } from '../queries/tenants.ts';
import { runInParallel } from '../run-in-parallel.ts';
import { takeAfter } from '../snapshots/take-applied.ts';
import { accountsLeft } from './staged-rewriting.ts';

/** How many employees are read at one time. */
export const BATCH_SIZE = 100;
/** How many are written in one step, and accounts asked for. */
const WRITTEN = 50;
const ACCOUNTS = 500;

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

/** Accounts by their ids, asked for a piece at a time. */
export function* accountsWith(flavor: SqlSyntax, ids: readonly string[]): SqlTask<Map<string, AccountWithMemberships>> {
  const found = new Map<string, AccountWithMemberships>();
  for (let from = 0; from < ids.length; from += ACCOUNTS) {
    const piece = yield* accountsBy(flavor, false, { by: 'id', values: ids.slice(from, from + ACCOUNTS) });
    for (const [id, account] of piece) found.set(id, account);
  }
  return found;
}

/** Rewrites a company; answers its number. */
export function* rewrite(
  flavor: SqlSyntax,
  now: Tenant | null,
  rewriting: Omit<TenantRewrite<unknown>, 'answer'>,
): SqlTask<number> {
  const { parts, accounts, employees, origin } = rewriting;
  if (parts === null) {
    if (now !== null) yield removeTenant(flavor, now.number);
    return now?.number ?? 0;
  }
  if (parts !== undefined) yield* refuseNamesOfOthers(now, parts);
  const number = parts === undefined ? (now?.number ?? 0) : yield* saveTenant(flavor, now, parts);
  const effects = [
    ...accounts.map((account): Effect => ({ write: 'account', account })),
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

/** A platform's name for a company, or an app's key, belongs to one company only. */
export function* refuseNamesOfOthers(now: Tenant | null, parts: Parameters<typeof externalNames>[0]): SqlTask<void> {
  const names = externalNames(parts);
  const holders = yield* runInParallel(names.map(([space, value]) => findTenantRef('name', space, value)));
  for (const [index, holder] of holders.entries()) {
    if (holder !== null && holder.number !== now?.number)
      throw new DirectoryError({ kind: 'taken', subject: names[index]?.join(' ') ?? '' });
  }
}
