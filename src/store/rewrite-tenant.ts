import type { HeldAccount } from '../directory/auth/account.ts';
import type { Employee } from '../directory/employees/employee.ts';
import { DirectoryError } from '../directory/errors.ts';
import type { Effect, Everyone, Questions, Rewriting } from '../directory/store.ts';
import type { Tenant } from '../directory/tenant.ts';
import { accountsBy } from './queries/accounts.ts';
import { carryOut } from './apply-effects.ts';
import { employeesAfter } from './queries/employees.ts';
import type { Flavor, Steps } from './engine.ts';
import { namesOf, removeIdleAccounts, removeTenant, saveTenant, tenantSign } from './queries/tenants.ts';
import { together } from './run-in-parallel.ts';
import { accountsLeft } from './staged-rewriting.ts';

/** How many employees are read at one time. */
export const PIECE = 100;
/** How many are written in one step, and accounts asked for. */
const WRITTEN = 50;
const ACCOUNTS = 500;

/** Everyone in a company. */
export function* everyoneIn(flavor: Flavor, { tenant }: Questions['everyone']): Steps<Everyone> {
  const employees: Employee[] = [];
  for (;;) {
    const piece = yield* employeesAfter(tenant, employees.at(-1) ?? null, PIECE);
    if (piece.length === 0) break;
    employees.push(...piece);
  }
  const ids = employees.flatMap((employee) => employee.account ?? []);
  return { employees, accounts: yield* accountsWith(flavor, ids) };
}

/** Accounts by their ids, asked for a piece at a time. */
export function* accountsWith(flavor: Flavor, ids: readonly string[]): Steps<Map<string, HeldAccount>> {
  const found = new Map<string, HeldAccount>();
  for (let from = 0; from < ids.length; from += ACCOUNTS) {
    const piece = yield* accountsBy(flavor, false, { by: 'id', values: ids.slice(from, from + ACCOUNTS) });
    for (const [id, account] of piece) found.set(id, account);
  }
  return found;
}

/** Rewrites a company; answers its number. */
export function* rewrite(
  flavor: Flavor,
  now: Tenant | null,
  rewriting: Omit<Rewriting<unknown>, 'answer'>,
): Steps<number> {
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
    yield yield* carryOut(flavor, effects.slice(from, from + WRITTEN));
  }
  const left = accountsLeft(employees);
  if (left.length > 0) yield [removeIdleAccounts(flavor, left)];
  return number;
}

/** A platform's name for a company, or an app's key, belongs to one company only. */
export function* refuseNamesOfOthers(now: Tenant | null, parts: Parameters<typeof namesOf>[0]): Steps<void> {
  const names = namesOf(parts);
  const holders = yield* together(names.map(([space, value]) => tenantSign('name', space, value)));
  for (const [index, holder] of holders.entries()) {
    if (holder !== null && holder.number !== now?.number)
      throw new DirectoryError({ kind: 'taken', subject: names[index]?.join(' ') ?? '' });
  }
}
