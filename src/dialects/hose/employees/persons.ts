import type { AccountWithMemberships } from '../../../directory/auth/account.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { load, loadAll, type EmployeeOf, type StoreTask } from '../../../directory/store.ts';
import { spaces } from '../model/ids.ts';
import { isActive } from './view.ts';

/**
 * Who is one person in several corporations: the `userId` is the person's, whatever corporation the staff is of, and an
 * account says which staff are one person (hose-more 6, rows 2 and 2b; 10, ruling 4).
 */
export class Persons {
  readonly #byUser: ReadonlyMap<string, readonly EmployeeOf[]>;
  /** The accounts of those who have one of the ids. */
  readonly #accounts: ReadonlyMap<string, AccountWithMemberships>;
  /** The `userId` of an account's staff, by the account's id. */
  readonly #userOf: ReadonlyMap<string, string>;

  private constructor(
    byUser: ReadonlyMap<string, readonly EmployeeOf[]>,
    accounts: ReadonlyMap<string, AccountWithMemberships>,
    userOf: ReadonlyMap<string, string>,
  ) {
    this.#byUser = byUser;
    this.#accounts = accounts;
    this.#userOf = userOf;
  }

  /** Everyone, of any corporation of the realm of one, who has one of the ids, and what the staff of these accounts are called. */
  static *load(
    realmOf: number,
    userids: readonly string[],
    accounts: readonly AccountWithMemberships[],
  ): StoreTask<Persons> {
    const byUser: ReadonlyMap<string, readonly EmployeeOf[]> =
      userids.length === 0
        ? new Map()
        : yield* load('employees-anywhere', { space: `id:${spaces.user}`, values: userids, realmOf });
    const ids = new Set([...byUser.values()].flat().flatMap(({ employee }) => employee.account ?? []));
    const held: ReadonlyMap<string, AccountWithMemberships> =
      ids.size === 0 ? new Map() : yield* load('accounts-by', { by: 'id', values: [...ids] });
    const userOf = new Map<string, string>();
    for (const account of new Map([...held.values(), ...accounts].map((one) => [one.id, one])).values()) {
      const user = yield* userOfStaff(account);
      if (user !== undefined) userOf.set(account.id, user);
    }
    return new Persons(byUser, held, userOf);
  }

  /** The staff of all corporations with this `userId`, the oldest first. */
  withUser(userid: string): readonly EmployeeOf[] {
    return this.#byUser.get(userid) ?? [];
  }

  accountOf({ account }: Employee): AccountWithMemberships | undefined {
    return account === null ? undefined : this.#accounts.get(account);
  }

  /** The id of the person that an account is of: its own only where it never had a staff. */
  userOf(account: AccountWithMemberships): string {
    return this.#userOf.get(account.id) ?? account.id;
  }
}

/** The `userId` of the account's oldest staff who is here, in a corporation in use; else of the oldest. */
function* userOfStaff({ memberships }: AccountWithMemberships): StoreTask<string | undefined> {
  const found = yield* loadAll(
    'employees-by-id',
    memberships.map(({ tenant, employee }) => ({ tenant, ids: [employee] })),
  );
  const staff = memberships.flatMap(({ employee, tenantInUse }, index) => {
    const one = found[index]?.get(employee);
    return one === undefined ? [] : [{ one, isActive: tenantInUse && isActive(one) }];
  });
  return (staff.find(({ isActive }) => isActive) ?? staff[0])?.one.ids[spaces.user];
}

/** Whether the account is that of the person with this phone or this mail. */
export function isSamePerson(account: AccountWithMemberships, mobile: string | null, email: string | null): boolean {
  return (mobile !== null && account.mobile === mobile) || (email !== null && account.email === email);
}
