/** What a person logs in with. One account may be an employee of several tenants. */
export interface Account {
  readonly id: string;
  /** E.164; unique in the realm. */
  readonly mobile: string | null;
  /** Lower case; unique in the realm. */
  readonly email: string | null;
  /** Companies of one realm share logins; absent: the realm of companies that name none. */
  readonly realm?: string;
}

/** One tenant in which an account is an employee. */
export interface AccountMembership {
  readonly tenant: number;
  readonly employee: string;
  /** Whether the tenant is in use; a dissolved one no longer holds its people's login identifiers. */
  readonly tenantInUse: boolean;
}

/** An account with every tenant it is an employee of. */
export interface AccountWithMemberships extends Account {
  readonly memberships: readonly AccountMembership[];
}

/** Returns whether the account's login identifiers are reserved for it. */
export function reservesIdentifiers(account: AccountWithMemberships): boolean {
  return account.memberships.some((membership) => membership.tenantInUse);
}
