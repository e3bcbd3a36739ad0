import { APPLIED, type SnapshotRequest } from '../../directory/snapshots.ts';
import type { SqlTask, Statement } from '../engine.ts';
import { newestChange } from '../queries/changes.ts';
import { loadTenant } from '../queries/tenants.ts';
import { LEAVING, removeSnapshot, sealedState, sealedUnnamed, TAKING } from './kept.ts';
import { invitationsNow } from './set-aside.ts';
import { copyFilesAndTokens } from './take.ts';

/*
 * A company of 50,000 people is copied in 250 ms, and the copy of before is removed in 200 ms. So both are done a piece at a
 * time, while nothing else may write the company: the copy gets its name when it is complete, and what had the name before
 * loses it then and is removed.
 */

/** How far a snapshot of a company is copied. */
export interface Copying {
  readonly request: SnapshotRequest;
  /** The number of the snapshot. */
  readonly snapshot: number;
  /** The last employee copied. */
  readonly employee: number;
  /** The last account copied; null while employees are copied. */
  readonly account: string | null;
}

/** Rows copied or removed in a piece: a few milliseconds. */
const ROWS = 300;

/** Begins a snapshot that callers do not see yet. */
export function* beginCopying(tenant: number, request: SnapshotRequest): SqlTask<Copying> {
  const [[row] = []] = yield [
    {
      text: 'INSERT INTO snapshot (tenant, name, at, change, record) VALUES ($1, $2, $3, 0, $4) RETURNING number',
      params: [tenant, TAKING, request.at, sealedUnnamed(tenant, TAKING)],
    },
  ];
  return { request, snapshot: Number(row?.['number']), employee: 0, account: null };
}

/** Copies some more; answers how far it is now, or null where all is copied and the snapshot has its name. */
export function* copySome(tenant: number, copying: Copying): SqlTask<Copying | null> {
  const { snapshot, employee, account } = copying;
  if (account === null) {
    const last = yield* copied(
      'INSERT INTO snapshot_employee (snapshot, seq, record) SELECT CAST($1 AS BIGINT), seq, record FROM employee WHERE tenant = $2 AND seq > $3 ORDER BY seq LIMIT $4',
      'SELECT MAX(seq) AS last FROM snapshot_employee WHERE snapshot = $1',
      [snapshot, tenant, employee, ROWS],
    );
    const position = Number(last ?? 0);
    return position === employee ? { ...copying, account: '' } : { ...copying, employee: position };
  }
  const last = yield* copied(
    'INSERT INTO snapshot_account (snapshot, id, mobile, email) SELECT CAST($1 AS BIGINT), id, mobile, email FROM account WHERE id IN (SELECT account FROM account_member WHERE tenant = $2 AND account > $3 ORDER BY account LIMIT $4)',
    'SELECT MAX(id) AS last FROM snapshot_account WHERE snapshot = $1',
    [snapshot, tenant, account, ROWS],
  );
  const id = typeof last === 'string' ? last : '';
  if (id !== account) return { ...copying, account: id };
  yield* complete(tenant, copying);
  return null;
}

function* copied(
  text: string,
  asked: string,
  params: readonly [snapshot: number, tenant: number, after: number | string, limit: number],
): SqlTask<unknown> {
  const [, [row] = []] = yield [
    { text, params },
    { text: asked, params: [params[0]] },
  ];
  return row?.['last'] ?? null;
}

/** Gives the snapshot its name, and takes the name from the one that had it. */
function* complete(number: number, { request: { name, at }, snapshot }: Copying): SqlTask<void> {
  const loaded = yield* loadTenant(number);
  if (loaded === null) return;
  const { number: _number, ...parts } = loaded.tenant.parts;
  const change = yield* newestChange();
  const state = { parts, invitations: yield* invitationsNow(number), isAsApplied: true };
  yield [
    // An account belongs to other companies, too, which may have changed it since its row was copied.
    {
      text: 'UPDATE snapshot_account SET (mobile, email) = (SELECT a.mobile, a.email FROM account a WHERE a.id = snapshot_account.id) WHERE snapshot = $1 AND EXISTS (SELECT 1 FROM account a WHERE a.id = snapshot_account.id AND (a.mobile IS DISTINCT FROM snapshot_account.mobile OR a.email IS DISTINCT FROM snapshot_account.email))',
      params: [snapshot],
    },
    ...copyFilesAndTokens(snapshot, number),
    leave(number, name),
    {
      text: 'UPDATE snapshot SET name = $2, at = $3, change = $4, record = $5 WHERE number = $1',
      params: [snapshot, name, at, change, sealedState(state, number, name)],
    },
  ];
}

/** Removes some of a snapshot that lost its name; answers whether nothing is left of it. */
export function* forgetSome(tenant: number): SqlTask<boolean> {
  const which = '(SELECT number FROM snapshot WHERE tenant = $1 AND name = $2)';
  const [[employee] = [], [account] = []] = yield [
    {
      text: `DELETE FROM snapshot_employee WHERE snapshot IN ${which} AND seq IN (SELECT seq FROM snapshot_employee WHERE snapshot IN ${which} ORDER BY seq LIMIT $3) RETURNING seq`,
      params: [tenant, LEAVING, ROWS],
    },
    {
      text: `DELETE FROM snapshot_account WHERE snapshot IN ${which} AND id IN (SELECT id FROM snapshot_account WHERE snapshot IN ${which} ORDER BY id LIMIT $3) RETURNING id`,
      params: [tenant, LEAVING, ROWS],
    },
  ];
  if (employee !== undefined || account !== undefined) return false;
  yield removeSnapshot(tenant, LEAVING);
  return true;
}

/** Takes the name from the snapshot of the file that was applied before. */
export function* leaveApplied(tenant: number): SqlTask<void> {
  yield [leave(tenant, APPLIED)];
}

function leave(tenant: number, name: string): Statement {
  return {
    text: 'UPDATE snapshot SET name = $3, record = $4 WHERE tenant = $1 AND name = $2',
    params: [tenant, name, LEAVING, sealedUnnamed(tenant, LEAVING)],
  };
}
