import { reservesIdentifiers, type Account, type AccountMembership, type AccountWithMemberships } from './account.ts';
import type { Employee } from '../employees/employee.ts';
import { loadAll, type Effect, type StoreTask } from '../store.ts';
import type { Tenant } from '../tenant.ts';

/** One of the two identifiers that a person logs in with. */
export type LoginIdentifier = 'mobile' | 'email';

/** One change of an account, to be written. */
type LoginChange = Effect & { readonly write: 'account' };

/** What is to be known of accounts before an update is judged. */
export interface LoginQuery {
  /** The company that asks; its realm is where identifiers are looked for. */
  readonly tenant: Tenant;
  readonly ids: readonly string[];
  /** E.164. */
  readonly mobiles: readonly string[];
  /** Lower case. */
  readonly emails: readonly string[];
}

/** Of an index without accounts; nothing is put into these. */
const NO_ACCOUNTS = new Map<string, AccountWithMemberships>();
const NO_HOLDERS = { mobile: new Map<string, string>(), email: new Map<string, string>() };

/**
 * The accounts an update has to do with, as they are after what was decided so far: of a batch, each element can be
 * judged by what the ones before it leave behind.
 */
export class LoginIndex {
  #accounts = NO_ACCOUNTS;
  #holders = NO_HOLDERS;
  /** Changed accounts in the order of their changes, which is one in which no identifier is ever held twice. */
  readonly #changed: LoginChange[] = [];

  readonly #realm: Pick<Account, 'realm'>;

  readonly #tenant: number;

  constructor(tenant: number, realm?: string) {
    this.#tenant = tenant;
    this.#realm = realm === undefined ? {} : { realm };
  }

  /** Everything asked in one round. */
  static *load({ tenant, ids, mobiles, emails }: LoginQuery): StoreTask<LoginIndex> {
    const logins = new LoginIndex(tenant.number, tenant.parts.loginRealm);
    if (ids.length + mobiles.length + emails.length === 0) return logins;
    const { loginRealm: realm = '' } = tenant.parts;
    const questions = [
      { by: 'id', values: ids },
      { by: 'mobile', values: mobiles, realm },
      { by: 'email', values: emails, realm },
    ] as const;
    for (const found of yield* loadAll(
      'accounts-by',
      questions.filter(({ values }) => values.length > 0),
    ))
      for (const account of found.values()) logins.#hold(account);
    return logins;
  }

  /** The account of an employee; none for one who never had a login. */
  accountOf(employee: Employee): AccountWithMemberships | undefined {
    return employee.account === null ? undefined : this.#accounts.get(employee.account);
  }

  /** The account with this id, if it was asked for. */
  account(id: string): AccountWithMemberships | undefined {
    return this.#accounts.get(id);
  }

  /** Who is registered with the identifier in a company in use, and so may not lose it. */
  registered(identifier: LoginIdentifier, value: string): AccountWithMemberships | undefined {
    const holder = this.#holder(identifier, value);
    return holder !== undefined && reservesIdentifiers(holder) ? holder : undefined;
  }

  /** Returns whether another person keeps the identifier, being registered with an active company. */
  isTaken(identifier: LoginIdentifier, value: string, employee: Employee): boolean {
    const holder = this.registered(identifier, value);
    return holder !== undefined && holder.id !== employee.account;
  }

  /**
   * Gives the identifier to an account, which is made where there is none; one that held it before loses it. Answers
   * whether anything changed.
   */
  give(identifier: LoginIdentifier, value: string, id: string, member: AccountMembership): boolean {
    const account = this.#accounts.get(id) ?? { id, mobile: null, email: null, ...this.#realm, memberships: [member] };
    if (account[identifier] === value) return false;
    const holder = this.#holder(identifier, value);
    if (holder !== undefined) this.#change({ ...holder, [identifier]: null });
    this.#change({ ...account, [identifier]: value });
    return true;
  }

  /** Takes the identifier away from an account. Answers whether it had one. */
  take(identifier: LoginIdentifier, id: string): boolean {
    const account = this.#accounts.get(id);
    if (account === undefined || account[identifier] === null) return false;
    this.#change({ ...account, [identifier]: null });
    return true;
  }

  /** Returns what is to be written, in an order in which no identifier is ever held twice. */
  get effects(): readonly LoginChange[] {
    return this.#changed;
  }

  #holder(identifier: LoginIdentifier, value: string): AccountWithMemberships | undefined {
    const id = this.#holders[identifier].get(value);
    return id === undefined ? undefined : this.#accounts.get(id);
  }

  #change(account: AccountWithMemberships): void {
    const { id, mobile, email, realm } = account;
    const before = this.#accounts.get(id);
    for (const identifier of ['mobile', 'email'] as const) {
      const old = before?.[identifier] ?? null;
      if (old !== null && old !== account[identifier]) this.#holders[identifier].delete(old);
    }
    this.#hold(account);
    const written = { id, mobile, email, ...(realm === undefined ? {} : { realm }) };
    this.#changed.push({
      write: 'account',
      account: written,
      changed: { tenant: this.#tenant, before: before ?? null },
    });
  }

  #hold(account: AccountWithMemberships): void {
    // Most updates have to do with no account.
    if (this.#accounts === NO_ACCOUNTS) {
      this.#accounts = new Map();
      this.#holders = { mobile: new Map(), email: new Map() };
    }
    this.#accounts.set(account.id, account);
    if (account.mobile !== null) this.#holders.mobile.set(account.mobile, account.id);
    if (account.email !== null) this.#holders.email.set(account.email, account.id);
  }
}
