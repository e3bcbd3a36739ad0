import type { Account, AccountMembership, AccountWithMemberships } from '../../directory/auth/account.ts';
import type { QueryParams } from '../../directory/store.ts';
import {
  isStorableText,
  queryUnderLock,
  type SqlSyntax,
  type Row,
  type SqlValue,
  type Statement,
  type SqlTask,
} from '../engine.ts';

/** Accounts found by id or login identifier, each with its memberships in any tenant. */
export function* accountsBy(
  flavor: SqlSyntax,
  locking: boolean,
  about: QueryParams['accounts-by'],
): SqlTask<ReadonlyMap<string, AccountWithMemberships>> {
  const found = new Map<string, AccountWithMemberships>();
  const values = about.values.filter(isStorableText);
  if (values.length === 0) return found;
  const lock = locking ? flavor.lock(values.map((value) => `account ${about.by} ${value}`)) : null;
  const rows = yield* queryUnderLock(lock, {
    text: `SELECT a.id, a.mobile, a.email, m.tenant, e.id AS employee, t.in_use
FROM account a
LEFT JOIN account_member m ON m.account = a.id
LEFT JOIN employee e ON e.seq = m.employee
LEFT JOIN tenant t ON t.number = m.tenant
WHERE a.${about.by} IN (SELECT value FROM ${flavor.jsonEach('$1', 'v')})
ORDER BY a.id, m.employee${locking ? flavor.forUpdate('a') : ''}`,
    params: [JSON.stringify(values)],
  });
  for (const row of rows) {
    const account = accountOf(row);
    const key = account[about.by] ?? account.id;
    const memberships = found.get(key)?.memberships ?? [];
    found.set(key, {
      ...account,
      memberships: row['employee'] === null ? memberships : [...memberships, membershipOf(row)],
    });
  }
  return found;
}

/** Makes an account, or changes its login identifiers. */
export function saveAccount(account: Account): Statement {
  return {
    text: 'INSERT INTO account (id, mobile, email) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET mobile = excluded.mobile, email = excluded.email',
    params: [account.id, account.mobile, account.email],
  };
}

function accountOf(row: Row): Account {
  return { id: String(row['id']), mobile: textOf(row['mobile']), email: textOf(row['email']) };
}

function membershipOf(row: Row): AccountMembership {
  return { tenant: Number(row['tenant']), employee: String(row['employee']), tenantInUse: Number(row['in_use']) === 1 };
}

function textOf(value: SqlValue | undefined): string | null {
  return value === undefined || value === null ? null : String(value);
}
