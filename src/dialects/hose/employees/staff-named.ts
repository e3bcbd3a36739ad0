import type { Account } from '../../../directory/auth/account.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { e164 } from '../../../directory/employees/phone.ts';
import { normalizeEmail } from '../../../directory/lookup.ts';
import { load, type StoreTask } from '../../../directory/store.ts';
import { spaces } from '../model/ids.ts';
import { readPhone, showPhone } from '../protocol/wire.ts';
import { isActive } from './view.ts';

/** By what roles name staff: `staffBy` [public: corporation/get-roles.md]. */
export type StaffBy = 'id' | 'sourceId' | 'code' | 'cellphone' | 'email';

const KINDS: ReadonlySet<string> = new Set<StaffBy>(['id', 'sourceId', 'code', 'cellphone', 'email']);

/** What `staffBy` says: `id` where it says nothing of these [proposed]. */
export function staffByOf(query: URLSearchParams): StaffBy {
  const text = query.get('staffBy') ?? '';
  return KINDS.has(text) ? (text as StaffBy) : 'id';
}

/** Loads the active staff that each value names; values that name none or several are left out (hose-more 10, ruling 5a). */
export function* staffNamed(
  values: readonly string[],
  by: StaffBy,
  tenant: number,
): StoreTask<ReadonlyMap<string, Employee>> {
  const asked = [...new Set(values)].filter((value) => value !== '');
  const named = new Map<string, Employee>();
  if (asked.length === 0) return named;
  const candidates = by === 'email' ? yield* byMail(asked, tenant) : yield* byValue(asked, by, tenant);
  for (const value of asked) {
    const here = (candidates.get(value) ?? []).filter(isActive);
    const [only] = here;
    if (only !== undefined && here.length === 1) named.set(value, only);
  }
  return named;
}

const SPACES = {
  id: `id:${spaces.staff}`,
  sourceId: `id:${spaces.user}`,
  code: 'job-number',
  cellphone: 'mobile',
} as const;

function* byValue(
  values: readonly string[],
  by: Exclude<StaffBy, 'email'>,
  tenant: number,
): StoreTask<ReadonlyMap<string, readonly Employee[]>> {
  const keyOf = (value: string): string => {
    if (by !== 'cellphone') return value;
    const phone = readPhone(value);
    return phone === null ? '' : e164(phone);
  };
  const keys = [...new Set(values.map(keyOf))].filter((key) => key !== '');
  if (keys.length === 0) return new Map();
  const found = yield* load('employees-by', { tenant, space: SPACES[by], values: keys });
  return new Map(values.map((value) => [value, found.get(keyOf(value)) ?? []]));
}

/** The login e-mail without case, else the shown one exactly as written, as in getStaffIds [proposed]. */
function* byMail(values: readonly string[], tenant: number): StoreTask<ReadonlyMap<string, readonly Employee[]>> {
  const folded = [...new Set(values.map(normalizeEmail))];
  const accounts = yield* load('accounts-by', { by: 'email', values: folded, realmOf: tenant });
  const ids = [...accounts.values()].flatMap(({ memberships }) =>
    memberships.flatMap((one) => (one.tenant === tenant ? one.employee : [])),
  );
  const members = yield* load('employees-by-id', { tenant, ids });
  const shown = yield* load('employees-by', { tenant, space: 'email', values: folded });
  return new Map(
    values.map((value) => {
      const memberships = accounts.get(normalizeEmail(value))?.memberships ?? [];
      const byLogin = memberships.flatMap(({ tenant: number, employee }) =>
        number === tenant ? (members.get(employee) ?? []) : [],
      );
      const others = (shown.get(normalizeEmail(value)) ?? []).filter(({ email }) => email === value);
      return [value, byLogin.some(isActive) ? byLogin : others];
    }),
  );
}

/** What names somebody so; `""` where there is nothing (hose-more 3.2). */
export function nameOfStaff(employee: Employee, account: Account | undefined, by: StaffBy): string {
  switch (by) {
    case 'id':
      return employee.ids[spaces.staff] ?? employee.id;
    case 'sourceId':
      return employee.ids[spaces.user] ?? '';
    case 'code':
      return employee.jobNumber ?? '';
    case 'cellphone':
      return showPhone(employee.mobile);
    case 'email':
      return account?.email ?? employee.email ?? '';
  }
}
