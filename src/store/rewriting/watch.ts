import type { Effect, TenantRewrite } from '../../directory/store.ts';

/** How many are remembered as changed before nothing is sure any more. */
const MOST = 100_000;

/** What is changed of one company, and of accounts, while somebody goes through it a piece at a time. */
export class Watch {
  readonly tenant: number | null;
  /** Own ids of employees who were changed. */
  readonly employees = new Set<string>();
  /** Ids and login identifiers of accounts that were changed, as they were given. */
  readonly accounts = new Set<string>();
  /** Whether everything that was read must be read again. */
  isSpoilt = false;
  /** Whether something of the company but its people was changed. */
  isTenantChanged = false;

  /** Null is a company that is not there yet. */
  constructor(tenant: number | null) {
    this.tenant = tenant;
  }

  see(effect: Effect): void {
    if (effect.write === 'employee') {
      const { tenant, before, after } = effect;
      if (before?.account !== after?.account) this.#seeAccounts(before?.account, after?.account);
      const id = after?.id ?? before?.id;
      if (tenant === this.tenant && id !== undefined) this.employees.add(id);
    } else if (effect.write === 'account') {
      const { id, mobile, email } = effect.account;
      this.#seeAccounts(id, mobile, email);
    } else if (effect.write === 'tenant' && effect.now.number === this.tenant) this.isTenantChanged = true;
    if (this.employees.size + this.accounts.size > MOST) this.isSpoilt = true;
  }

  seeRewriting(tenant: number, { accounts, employees }: Pick<TenantRewrite<unknown>, 'accounts' | 'employees'>): void {
    if (tenant === this.tenant) this.isSpoilt = true;
    if (this.isSpoilt) return;
    for (const { id, mobile, email } of accounts) this.#seeAccounts(id, mobile, email);
    for (const { before, after } of employees) this.#seeAccounts(before?.account, after?.account);
    if (this.accounts.size > MOST) this.isSpoilt = true;
  }

  /** Some of what was changed, which counts as seen from now on. */
  take(most: number): { readonly employees: readonly string[]; readonly accounts: readonly string[] } {
    return { employees: this.takeEmployees(most), accounts: takeFrom(this.accounts, most) };
  }

  takeEmployees(most: number): readonly string[] {
    return takeFrom(this.employees, most);
  }

  #seeAccounts(...values: readonly (string | null | undefined)[]): void {
    for (const value of values) if (value !== null && value !== undefined) this.accounts.add(value);
  }
}

function takeFrom(values: Set<string>, most: number): readonly string[] {
  const taken: string[] = [];
  for (const value of values) {
    if (taken.length >= most) break;
    taken.push(value);
    values.delete(value);
  }
  return taken;
}
