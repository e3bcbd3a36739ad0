import { reservesIdentifiers, type Account, type AccountWithMemberships } from '../../../../directory/auth/account.ts';
import { isInService, type Employee } from '../../../../directory/employees/employee.ts';
import { normalizeEmail } from '../../../../directory/lookup.ts';
import { e164 } from '../../../../directory/employees/phone.ts';
import { loadAll, type Effect, type StoreTask } from '../../../../directory/store.ts';
import type { Tenant } from '../../../../directory/tenant.ts';

/** A login identifier and who logs in with it now. */
type Claim = readonly [identifier: 'mobile' | 'email', value: string, holder: AccountWithMemberships | undefined];

/**
 * Returns the account that a new employee signs in with, and the accounts that lose contact data to it. Contact data in
 * use by an employee of an active company stays where it is, and the new account has none.
 */
export function* createLoginAccount(
  employee: Employee,
  accountId: string,
  { number: tenant, parts: { loginRealm } }: Tenant,
): StoreTask<readonly Effect[]> {
  const mobile = employee.mobile === null ? null : e164(employee.mobile);
  const email = employee.email === null || employee.email === '' ? null : normalizeEmail(employee.email);
  const realm = loginRealm === undefined ? {} : { realm: loginRealm };
  const [byMobile, byEmail] = yield* loadAll('accounts-by', [
    { by: 'mobile', values: mobile === null ? [] : [mobile], ...realm },
    { by: 'email', values: email === null ? [] : [email], ...realm },
  ]);
  const claims: Claim[] = [];
  if (mobile !== null) claims.push(['mobile', mobile, byMobile?.get(mobile)]);
  if (email !== null) claims.push(['email', email, byEmail?.get(email)]);
  let own: Account = { id: accountId, mobile: null, email: null, ...realm };
  const losers = new Map<string, { readonly before: Account; readonly account: Account }>();
  for (const [identifier, value, holder] of claims) {
    if (holder !== undefined) {
      if (yield* isInUse(holder)) continue;
      const { id, mobile: oldMobile, email: oldEmail } = losers.get(holder.id)?.account ?? holder;
      const account = { id, mobile: oldMobile, email: oldEmail, ...realm, [identifier]: null };
      losers.set(id, { before: holder, account });
    }
    own = { ...own, [identifier]: value };
  }
  return [
    ...[...losers.values()].map(({ before, account }): Effect => ({
      write: 'account',
      account,
      changed: { tenant, before },
    })),
    { write: 'account', account: own },
  ];
}

/** Whether somebody who still works somewhere signs in with the account. */
function* isInUse(account: AccountWithMemberships): StoreTask<boolean> {
  if (!reservesIdentifiers(account)) return false;
  const inUse = account.memberships.filter(({ tenantInUse }) => tenantInUse);
  const found = yield* loadAll(
    'employees-by-id',
    inUse.map(({ tenant, employee }) => ({ tenant, ids: [employee] })),
  );
  return inUse.some(({ employee }, index) => {
    const record = found[index]?.get(employee);
    return record !== undefined && isInService(record);
  });
}
