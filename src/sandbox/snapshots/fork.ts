import { createHash } from 'node:crypto';
import type { Account } from '../../directory/auth/account.ts';
import { changedFields, type Origin } from '../../directory/history/change.ts';
import type { Employee } from '../../directory/employees/employee.ts';
import { APPLIED, SnapshotError } from '../../directory/snapshots.ts';
import type { EmployeeRewrite, Store, StoreTask, TenantContents, TenantRewrite } from '../../directory/store.ts';
import type { TenantData } from '../../directory/tenant.ts';
import type { CompanySection } from '../../dialects/company-section.ts';
import type { Forked } from './contract.ts';

/** The most people of a company that is copied: they are held in memory. */
const MAX_PEOPLE = 50_000;

/** A platform, as far as it matters for a copy of a company. */
interface Renaming {
  readonly name: string;
  readonly company: Pick<CompanySection, 'renamed'>;
}

/**
 * Copies a company under another key. Names that are unique in an installation become others, the same ones for the same
 * key, and its people sign in within a realm of its own, so neither side sees the other.
 */
export async function forkCompany(
  store: Store,
  dialects: readonly Renaming[],
  { from, to, origin }: { readonly from: string; readonly to: string; readonly origin: Origin },
): Promise<Forked> {
  // eslint-disable-next-line require-yield -- there is nothing to ask
  const contents = await store.consider(from, function* (now): StoreTask<TenantContents | null> {
    return now;
  });
  if (contents === null) throw new SnapshotError('unknown-company', `There is no company "${from}".`);
  if (contents.employees.length > MAX_PEOPLE) {
    throw new SnapshotError('too-large', `A company of more than ${String(MAX_PEOPLE)} employees is not copied.`);
  }
  const { parts, spaceOf } = renamed(contents.tenant.parts, to, dialects);
  const accountOf = (id: string): string => `acc_${nameFor(to, id)}`;
  const employees = contents.employees.map((employee): EmployeeRewrite => {
    const after: Employee = {
      ...employee,
      ids: Object.fromEntries(Object.entries(employee.ids).map(([space, id]) => [spaceOf(space), id])),
      account: employee.account === null ? null : accountOf(employee.account),
    };
    return { before: null, after, fields: changedFields(null, after) };
  });
  const accounts = Array.from(contents.accounts.values(), ({ id, mobile, email }): Account => ({
    id: accountOf(id),
    mobile,
    email,
    realm: to,
  }));
  const filesOf = contents.tenant.number;
  const snapshot = { name: APPLIED, at: origin.at };
  // eslint-disable-next-line require-yield -- everything is given
  await store.rewriteTenant(to, function* (now): StoreTask<TenantRewrite<void>> {
    if (now !== null) throw new SnapshotError('name-taken', `There is a company "${to}" already; choose another key.`);
    return { answer: undefined, parts, employees, accounts, origin, snapshot, filesOf };
  });
  const before = contents.tenant.parts;
  return {
    key: to,
    apps: parts.apps.map(({ dialect, key }, index) => ({
      platform: dialect,
      from: before.apps[index]?.key ?? '',
      to: key,
    })),
    names: Object.entries(parts.names).map(([space, name]) => ({ space, from: before.names[space] ?? '', to: name })),
  };
}

type Parts = Omit<TenantData, 'number'>;

function renamed(
  // A copy must not reach the live tenants of the original.
  { number: _number, appliedFile: _applied, targets: _targets, ...original }: TenantData,
  to: string,
  dialects: readonly Renaming[],
): { readonly parts: Parts; readonly spaceOf: (space: string) => string } {
  let parts: Parts = { ...original, key: to, loginRealm: to };
  const spaces: ((space: string) => string)[] = [];
  for (const { company } of dialects) {
    const other = company.renamed?.(parts, original.key, (name) => nameFor(to, name));
    if (other === undefined) continue;
    parts = other.parts;
    spaces.push(other.spaceOf);
  }
  return { parts, spaceOf: (space) => spaces.reduce((name, next) => next(name), space) };
}

/** 16 hexadecimal digits for a name in the copy with this key. */
function nameFor(to: string, name: string): string {
  return createHash('sha256').update(`fork\n${to}\n${name}`).digest('hex').slice(0, 16);
}
