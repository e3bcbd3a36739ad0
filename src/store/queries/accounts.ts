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
  about: Pick<QueryParams['accounts-by'], 'by' | 'values'>,
  realm = '',
): SqlTask<ReadonlyMap<string, AccountWithMemberships>> {
  const found = new Map<string, AccountWithMemberships>();
  const isById = about.by === 'id';
  const values = about.values.filter(isStorableText).map((value) => (isById ? value : kept(realm, value)));
  if (values.length === 0) return found;
  const lock = locking ? flavor.lock(values.map((value) => `account ${about.by} ${value}`)) : null;
  const rows = yield* queryUnderLock(lock, {
    // The accounts first: planned while there was none, all would be joined with all their members.
    text: `SELECT a.id, a.mobile, a.email, m.tenant, e.id AS employee, t.in_use
FROM (SELECT f.id, f.mobile, f.email FROM account f WHERE f.${about.by} IN (SELECT value FROM ${flavor.jsonEach('$1', 'v')})${flavor.first('f.id')}${locking ? flavor.forUpdate('f') : ''}) AS a
LEFT JOIN account_member m ON m.account = a.id
LEFT JOIN employee e ON e.seq = m.employee
LEFT JOIN tenant t ON t.number = m.tenant
ORDER BY a.id, m.employee`,
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
    params: [account.id, keptOrNull(account, 'mobile'), keptOrNull(account, 'email')],
  };
}

/*
 * An identifier of a realm is kept with the realm's name before it, between two marks that no identifier has: so one
 * index keeps them unique in each realm.
 */
const MARK = '\u0001';

function kept(realm: string, value: string): string {
  return realm === '' ? value : `${MARK}${realm}${MARK}${value}`;
}

function keptOrNull({ realm = '', ...account }: Account, identifier: 'mobile' | 'email'): string | null {
  const value = account[identifier];
  return value === null ? null : kept(realm, value);
}

/** The account of a row with the columns id, mobile and email. */
export function accountOf(row: Row): Account {
  const mobile = textOf(row['mobile']);
  const email = textOf(row['email']);
  const [, realm] = (mobile ?? email ?? '').split(MARK);
  const plain = (value: string | null): string | null => value?.split(MARK).at(-1) ?? null;
  const account = { id: String(row['id']), mobile: plain(mobile), email: plain(email) };
  return realm === undefined ? account : { ...account, realm };
}

function membershipOf(row: Row): AccountMembership {
  return { tenant: Number(row['tenant']), employee: String(row['employee']), tenantInUse: Number(row['in_use']) === 1 };
}

function textOf(value: SqlValue | undefined): string | null {
  return value === undefined || value === null ? null : String(value);
}
