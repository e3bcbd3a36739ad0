import type { Employee } from '../../../../directory/employees/employee.ts';
import { normalizeEmail } from '../../../../directory/lookup.ts';
import type { LoginIndex } from '../../../../directory/auth/logins.ts';
import { e164 } from '../../../../directory/employees/phone.ts';
import { load, loadAll, type StoreTask } from '../../../../directory/store.ts';
import { spaces } from '../../model/ids.ts';
import type { Persons } from '../persons.ts';

/** What of a corporation's people is to be known before some are added. */
export interface RosterQuestions {
  /** E.164. */
  readonly mobiles: readonly string[];
  /** Lower case. */
  readonly emails: readonly string[];
  readonly userids: readonly string[];
}

/** The employees of one corporation that an addition depends on, as they are after the decisions so far. */
export class CandidateIndex {
  readonly #people = new Map<string, Employee>();

  /** Everyone who has one of these, or logs in with it. */
  static *load(
    tenant: number,
    { mobiles, emails, userids }: RosterQuestions,
    known: { readonly logins: LoginIndex; readonly persons: Persons; readonly corporationId: string },
  ): StoreTask<CandidateIndex> {
    const { logins, persons, corporationId } = known;
    const roster = new CandidateIndex();
    const accounts = [
      ...mobiles.flatMap((mobile) => logins.registered('mobile', mobile) ?? []),
      ...emails.flatMap((email) => logins.registered('email', email) ?? []),
    ];
    const members = accounts.flatMap(({ memberships }) => memberships.filter((one) => one.tenant === tenant));
    const users = [...new Set([...userids, ...accounts.map((account) => persons.userOf(account))])];
    const questions = [
      { tenant, space: 'mobile', values: mobiles },
      { tenant, space: 'email', values: emails },
      { tenant, space: `id:${spaces.user}`, values: userids },
      // The ids that those who are added would have.
      { tenant, space: `id:${spaces.staff}`, values: users.map((user) => `${corporationId}:${user}`) },
    ] as const;
    for (const found of yield* loadAll(
      'employees-by',
      questions.filter(({ values }) => values.length > 0),
    ))
      for (const people of found.values()) for (const employee of people) roster.put(employee);
    if (members.length > 0) {
      const ids = [...new Set(members.map(({ employee }) => employee))];
      for (const employee of (yield* load('employees-by-id', { tenant, ids })).values()) roster.put(employee);
    }
    return roster;
  }

  /** Adds an employee, or replaces the record. */
  put(employee: Employee): void {
    this.#people.set(employee.id, employee);
  }

  /** Who has the phone, or logs in with the account that is registered with it. */
  withMobile(mobile: string, account: string | undefined): readonly Employee[] {
    return this.#all((one) => (one.mobile !== null && e164(one.mobile) === mobile) || isOf(one, account));
  }

  /** Who has the mail, or logs in with the account that is registered with it. */
  withEmail(email: string, account: string | undefined): readonly Employee[] {
    return this.#all((one) => (one.email !== null && normalizeEmail(one.email) === email) || isOf(one, account));
  }

  withUser(userid: string): readonly Employee[] {
    return this.#all((one) => one.ids[spaces.user] === userid);
  }

  hasStaff(id: string): boolean {
    return this.#all((one) => one.ids[spaces.staff] === id).length > 0;
  }

  #all(isMeant: (employee: Employee) => boolean): readonly Employee[] {
    return [...this.#people.values()].filter(isMeant);
  }
}

function isOf(employee: Employee, account: string | undefined): boolean {
  return account !== undefined && employee.account === account;
}
