import type { AccountWithMemberships } from '../directory/auth/account.ts';
import type { Employee } from '../directory/employees/employee.ts';
import type { TenantContents } from '../directory/store.ts';
import type { Tenant } from '../directory/tenant.ts';
import { Turns } from '../lib/turns.ts';
import { scanEmployees, employeesById } from './queries/employees.ts';
import type { SqlSyntax, SqlTask } from './engine.ts';
import { rowPositionOf } from './queries/row-position.ts';
import { accountsWith } from './rewriting/known-accounts.ts';
import { BATCH_SIZE } from './rewriting/rewrite-tenant.ts';
import { findTenantRef } from './queries/tenants.ts';
import type { CompanyLocks } from './rewriting/gates.ts';
import { Watch } from './rewriting/watch.ts';

/** So many who were changed meanwhile are read again in one go. */
const FEW = 200;
const ACCOUNTS = 500;

/** What a company is read with. */
export interface PieceReader {
  readonly flavor: SqlSyntax;
  readonly read: <Result>(work: () => SqlTask<Result>) => Promise<Result>;
  readonly tenantNow: (number: number) => SqlTask<Tenant | null>;
}

/** Goes through a company while every change of it is noted in one of the watches. */
export async function watching<Result>(
  reader: PieceReader,
  { watches, gates }: { readonly watches: Set<Watch>; readonly gates: CompanyLocks },
  key: string,
  use: (watch: Watch, contents: TenantContents | null) => Promise<Result>,
): Promise<Result> {
  for (;;) {
    const number = (await reader.read(() => findTenantRef('key', key)))?.number ?? null;
    if (number !== null) await gates.waitFor(number);
    const watch = new Watch(number);
    watches.add(watch);
    try {
      const contents = isOfCompany(watch) ? await contentsInTurns(reader, watch) : null;
      if (!watch.isSpoilt) return await use(watch, contents);
    } finally {
      watches.delete(watch);
    }
  }
}

function isOfCompany(watch: Watch): watch is Watch & { readonly tenant: number } {
  return watch.tenant !== null;
}

/**
 * A company with everyone in it, as of the moment in which this ends, on an engine that only this process writes to:
 * read a piece at a time, then again whatever was changed meanwhile. Null where it is gone.
 */
async function contentsInTurns(
  { flavor, read, tenantNow }: PieceReader,
  watch: Watch & { readonly tenant: number },
): Promise<TenantContents | null> {
  const found: Found = { employees: new Map(), accounts: new Map() };
  const turns = new Turns();
  let last: Employee | null = null;
  do {
    const after: Employee | null = last;
    const piece: readonly Employee[] = await read(() => scanEmployees(watch.tenant, after, BATCH_SIZE));
    for (const employee of piece) put(found.employees, employee);
    last = piece.at(-1) ?? null;
    await turns.next();
  } while (last !== null);
  const ids = Array.from(found.employees.values(), ({ account }) => account ?? []).flat();
  for (let from = 0; from < ids.length; from += ACCOUNTS) {
    const piece = await read(() => accountsWith(flavor, ids.slice(from, from + ACCOUNTS)));
    for (const [id, account] of piece) found.accounts.set(id, account);
    await turns.next();
  }
  for (;;) {
    const changed = watch.take(FEW);
    const isLast = watch.employees.size + watch.accounts.size === 0;
    watch.isTenantChanged = false;
    // An engine of this kind reads at once: nothing is changed between what was taken and what is read.
    const tenant = await read(function* () {
      yield* renew(flavor, watch.tenant, found, changed);
      return yield* tenantNow(watch.tenant);
    });
    if (isLast)
      return tenant === null ? null : { tenant, employees: [...found.employees.values()], accounts: found.accounts };
    await turns.next();
  }
}

interface Found {
  /** By own id, in order of creation. */
  readonly employees: Map<string, Employee>;
  readonly accounts: Map<string, AccountWithMemberships>;
}

function* renew(
  flavor: SqlSyntax,
  tenant: number,
  { employees, accounts }: Found,
  changed: { readonly employees: readonly string[]; readonly accounts: readonly string[] },
): SqlTask<void> {
  const now = yield* employeesById(flavor, false, { tenant, ids: changed.employees });
  for (const id of changed.employees) if (!now.has(id)) employees.delete(id);
  for (const employee of now.values()) put(employees, employee);
  const held = Array.from(now.values(), ({ account }) => account ?? []).flat();
  const known = changed.accounts.filter((id) => accounts.has(id));
  for (const id of known) accounts.delete(id);
  for (const [id, account] of yield* accountsWith(flavor, [...known, ...held])) accounts.set(id, account);
}

/** An employee created again under the same id comes last. */
function put(employees: Map<string, Employee>, employee: Employee): void {
  const known = employees.get(employee.id);
  if (known !== undefined && rowPositionOf(known)?.seq !== rowPositionOf(employee)?.seq) employees.delete(employee.id);
  employees.set(employee.id, employee);
}
