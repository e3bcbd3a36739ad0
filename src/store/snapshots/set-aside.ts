import { listed, type SqlSyntax, type SqlTask, type Statement } from '../engine.ts';
import { statesOf } from './kept.ts';

/*
 * An invitation is never changed, so a snapshot names its number and has no copy. One that a restore takes away, and that
 * another snapshot names, is set aside, from where a later restore gets it.
 */

const COLUMNS = 'number, tenant, record';

/** The numbers of a company's invitations. */
export function* invitationsNow(tenant: number): SqlTask<readonly number[]> {
  const [rows = []] = yield [
    { text: 'SELECT number FROM invitation WHERE tenant = $1 ORDER BY number', params: [tenant] },
  ];
  return rows.map(({ number }) => Number(number));
}

/** Makes the invitations of a company those with these numbers. */
export function* restoreInvitations(flavor: SqlSyntax, tenant: number, numbers: readonly number[]): SqlTask<void> {
  const params = [tenant, JSON.stringify(numbers)];
  const among = amongNumbers(flavor);
  yield [
    ...listed(flavor.beforeRemoval('invitation')),
    {
      text: `INSERT INTO snapshot_invitation (${COLUMNS}) SELECT ${COLUMNS} FROM invitation WHERE tenant = $1 AND number NOT ${among}`,
      params,
    },
    { text: `DELETE FROM invitation WHERE tenant = $1 AND number NOT ${among}`, params },
    {
      text: `INSERT INTO invitation (${COLUMNS}) SELECT ${COLUMNS} FROM snapshot_invitation WHERE tenant = $1 AND number ${among}`,
      params,
    },
    { text: `DELETE FROM snapshot_invitation WHERE tenant = $1 AND number ${among}`, params },
  ];
  yield* forgetUnnamed(flavor, tenant);
}

/** Removes the invitations that were set aside and that no snapshot names any more. */
export function* forgetUnnamed(flavor: SqlSyntax, tenant: number): SqlTask<void> {
  const [rows = []] = yield [
    { text: 'SELECT 1 AS one FROM snapshot_invitation WHERE tenant = $1 LIMIT 1', params: [tenant] },
  ];
  if (rows.length === 0) return;
  const named = new Set((yield* statesOf(tenant)).flatMap(({ invitations }) => invitations));
  yield [
    {
      text: `DELETE FROM snapshot_invitation WHERE tenant = $1 AND number NOT ${amongNumbers(flavor)}`,
      params: [tenant, JSON.stringify([...named])],
    },
  ];
}

/** Removes all that was set aside of a company. */
export function forgetSetAside(tenant: number): Statement {
  return { text: 'DELETE FROM snapshot_invitation WHERE tenant = $1', params: [tenant] };
}

function amongNumbers(flavor: SqlSyntax): string {
  return `IN (SELECT CAST(value AS BIGINT) FROM ${flavor.jsonEach('$2', 'v')})`;
}
