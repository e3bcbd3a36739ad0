import {
  APPLIED,
  MAX_SNAPSHOTS,
  SnapshotError,
  type Snapshot,
  type SnapshotRequest,
} from '../../directory/snapshots.ts';
import type { Tenant } from '../../directory/tenant.ts';
import type { SqlTask, Statement } from '../engine.ts';
import { newestChange } from '../queries/changes.ts';
import { removeSnapshot, sealedState, snapshotsOf } from './kept.ts';
import { invitationsNow } from './set-aside.ts';

/** The columns of a token that a snapshot keeps; the company's number is its own. */
export const TOKEN_COLUMNS = 'hash, dialect, kind, app, nonce, partner, issued_at, expires_at, detail';

/** The columns of a file; the same. */
export const FILE_COLUMNS = 'id, dialect, kind, type, bytes';

/** Keeps a company as it is in this transaction, in which no other writes it. */
export function* takeSnapshot(
  { number, parts }: Tenant,
  { name, at }: SnapshotRequest,
  isAsApplied: boolean,
): SqlTask<Snapshot> {
  if (name === APPLIED) yield removeSnapshot(number, name);
  else yield* refuseOneMore(number, name);
  const change = yield* newestChange();
  const { number: _number, ...kept } = parts;
  const state = { parts: kept, invitations: yield* invitationsNow(number), isAsApplied };
  const [[row] = []] = yield [
    {
      text: 'INSERT INTO snapshot (tenant, name, at, change, record) VALUES ($1, $2, $3, $4, $5) RETURNING number',
      params: [number, name, at, change, sealedState(state, number, name)],
    },
  ];
  const params = [Number(row?.['number']), number];
  yield [
    {
      text: 'INSERT INTO snapshot_employee (snapshot, seq, record) SELECT CAST($1 AS BIGINT), seq, record FROM employee WHERE tenant = $2 ORDER BY seq',
      params,
    },
    {
      text: 'INSERT INTO snapshot_account (snapshot, id, mobile, email) SELECT CAST($1 AS BIGINT), id, mobile, email FROM account WHERE id IN (SELECT account FROM account_member WHERE tenant = $2)',
      params,
      isPlannedEachTime: true,
    },
    ...copyFilesAndTokens(Number(row?.['number']), number),
  ];
  return { name, at, change };
}

/** Copies what a company has beside people and accounts. */
export function copyFilesAndTokens(snapshot: number, tenant: number): readonly Statement[] {
  const params = [snapshot, tenant];
  return [
    {
      text: `INSERT INTO snapshot_attachment (snapshot, ${FILE_COLUMNS}) SELECT CAST($1 AS BIGINT), ${FILE_COLUMNS} FROM attachment WHERE tenant = $2`,
      params,
    },
    {
      text: `INSERT INTO snapshot_token (snapshot, ${TOKEN_COLUMNS}) SELECT CAST($1 AS BIGINT), ${TOKEN_COLUMNS} FROM token WHERE tenant = $2`,
      params,
    },
  ];
}

function* refuseOneMore(tenant: number, name: string): SqlTask<void> {
  const there = yield* snapshotsOf(tenant);
  if (there.some((one) => one.name === name)) {
    throw new SnapshotError(
      'name-taken',
      `There is a snapshot "${name}" already; remove it first, or choose another name.`,
    );
  }
  if (there.filter((one) => one.name !== APPLIED).length >= MAX_SNAPSHOTS) {
    throw new SnapshotError('too-many', `A company has at most ${String(MAX_SNAPSHOTS)} snapshots; remove one first.`);
  }
}
