import type { Account } from '../../directory/auth/account.ts';
import { listed, type Row, type SqlSyntax, type SqlTask } from '../engine.ts';
import { accountOf } from '../queries/accounts.ts';
import type { KeptSnapshot } from './kept.ts';

/*
 * A login belongs to all companies whose employees have it. Where an employee of another one was changed since the
 * snapshot, that company may have changed the login, so it stays.
 */
const DIFFERING = `SELECT s.id, s.mobile, s.email, CASE WHEN EXISTS (
  SELECT 1 FROM account_member m JOIN employee e ON e.seq = m.employee WHERE m.account = s.id AND m.tenant <> $2 AND e.change > $3
) THEN 1 ELSE 0 END AS changed_elsewhere
FROM snapshot_account s LEFT JOIN account a ON a.id = s.id
WHERE s.snapshot = $1 AND (a.id IS NULL OR a.mobile IS DISTINCT FROM s.mobile OR a.email IS DISTINCT FROM s.email) ORDER BY s.id`;

/** What became of the accounts of a snapshot. */
export interface RestoredAccounts {
  /** Those that were written. */
  readonly accounts: readonly Account[];
  /** Ids of those that stay in part or as a whole as they are, because another company has a part in them. */
  readonly left: readonly string[];
}

/** Puts login identifiers back, except where another company took or changed them. */
export function* restoreAccounts(
  flavor: SqlSyntax,
  { number, tenant, change }: KeptSnapshot,
): SqlTask<RestoredAccounts> {
  const [rows = []] = yield [{ text: DIFFERING, params: [number, tenant, change], isPlannedEachTime: true }];
  if (rows.length === 0) return { accounts: [], left: [] };
  const left = new Set(rows.filter((row) => Number(row['changed_elsewhere']) === 1).map(({ id }) => String(id)));
  const wanted = rows.map(columnsOf).filter(({ id }) => !left.has(id));
  const taken = yield* takenByOthers(flavor, wanted);
  const written = wanted.map((account): Columns => {
    const mobile = account.mobile !== null && taken.has(account.mobile) ? null : account.mobile;
    const email = account.email !== null && taken.has(account.email) ? null : account.email;
    if (mobile !== account.mobile || email !== account.email) left.add(account.id);
    return { ...account, mobile, email };
  });
  if (written.length > 0) {
    yield written.map(({ id, mobile, email }) => ({
      text: 'INSERT INTO account (id, mobile, email) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET mobile = excluded.mobile, email = excluded.email',
      params: [id, mobile, email],
    }));
  }
  return { accounts: written.map((columns) => accountOf({ ...columns })), left: [...left] };
}

/** Whether no other may take over the identifiers of the account: as `reservesIdentifiers` says it. */
const RESERVED =
  'EXISTS (SELECT 1 FROM account_member m JOIN tenant t ON t.number = m.tenant WHERE m.account = account.id AND t.in_use = 1)';

/**
 * The login identifiers of some accounts that others may keep; those who may not lose them. The accounts themselves have
 * none for the moment.
 */
function* takenByOthers(flavor: SqlSyntax, wanted: readonly Columns[]): SqlTask<ReadonlySet<string>> {
  if (wanted.length === 0) return new Set();
  const mobiles = wanted.flatMap(({ mobile }) => mobile ?? []);
  const emails = wanted.flatMap(({ email }) => email ?? []);
  const names = [...mobiles.map((one) => `account mobile ${one}`), ...emails.map((one) => `account email ${one}`)];
  const among = (param: string, alias: string): string => `IN (SELECT value FROM ${flavor.jsonEach(param, alias)})`;
  const results = yield [
    ...listed(flavor.lock(names)),
    {
      text: `UPDATE account SET mobile = NULL, email = NULL WHERE id ${among('$1', 'v')}`,
      params: [JSON.stringify(wanted.map(({ id }) => id))],
    },
    {
      text: `UPDATE account SET mobile = NULL WHERE mobile ${among('$1', 'v')} AND NOT ${RESERVED}`,
      params: [JSON.stringify(mobiles)],
      isPlannedEachTime: true,
    },
    {
      text: `UPDATE account SET email = NULL WHERE email ${among('$1', 'v')} AND NOT ${RESERVED}`,
      params: [JSON.stringify(emails)],
      isPlannedEachTime: true,
    },
    {
      text: `SELECT mobile, email FROM account WHERE mobile ${among('$1', 'm')} OR email ${among('$2', 'e')}`,
      params: [JSON.stringify(mobiles), JSON.stringify(emails)],
    },
  ];
  return new Set((results.at(-1) ?? []).flatMap(({ mobile, email }) => [textOf(mobile), textOf(email)].flat()));
}

/** An account as its columns have it, where an identifier has its realm with it. */
interface Columns {
  readonly id: string;
  readonly mobile: string | null;
  readonly email: string | null;
}

function columnsOf(row: Row): Columns {
  const [mobile = null] = textOf(row['mobile']);
  const [email = null] = textOf(row['email']);
  return { id: String(row['id']), mobile, email };
}

function textOf(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : [];
}
