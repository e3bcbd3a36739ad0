import type { Account, AccountWithMemberships } from '../../directory/auth/account.ts';
import type { Origin } from '../../directory/history/change.ts';
import type { Effect } from '../../directory/store.ts';
import type { SqlSyntax, SqlTask } from '../engine.ts';
import { accountsBy } from '../queries/accounts.ts';

/** So many accounts are asked for at one time. */
const ACCOUNTS = 500;

/** Accounts by their ids, asked for a piece at a time. */
export function* accountsWith(flavor: SqlSyntax, ids: readonly string[]): SqlTask<Map<string, AccountWithMemberships>> {
  const found = new Map<string, AccountWithMemberships>();
  for (let from = 0; from < ids.length; from += ACCOUNTS) {
    const piece = yield* accountsBy(flavor, false, { by: 'id', values: ids.slice(from, from + ACCOUNTS) });
    for (const [id, account] of piece) found.set(id, account);
  }
  return found;
}

/** Returns the effects that write accounts, which are in the history where they were there before. */
export function* accountEffects(
  flavor: SqlSyntax,
  tenant: number,
  accounts: readonly Account[],
  origin: Origin,
): SqlTask<readonly Effect[]> {
  const known = yield* accountsWith(
    flavor,
    accounts.map(({ id }) => id),
  );
  return accounts.map((account): Effect => {
    const before = known.get(account.id);
    return before === undefined
      ? { write: 'account', account }
      : { write: 'account', account, changed: { tenant, before }, origin };
  });
}
