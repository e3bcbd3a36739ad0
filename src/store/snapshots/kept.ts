import type { Snapshot } from '../../directory/snapshots.ts';
import type { TenantData } from '../../directory/tenant.ts';
import type { Row, SqlTask, Statement } from '../engine.ts';
import { seal, unseal } from '../sealed.ts';

/** The names of a snapshot that is being taken, and of one that is being removed: callers do not see these. */
export const TAKING = '@taking';
export const LEAVING = '@leaving';

const IS_NAMED = `name NOT IN ('${TAKING}', '${LEAVING}')`;

/** What is kept of a company beside the copies of rows. */
export interface SnapshotState {
  readonly parts: Omit<TenantData, 'number'>;
  /** Numbers of the invitations. */
  readonly invitations: readonly number[];
  /** Whether nothing had been changed since the company's file was applied. */
  readonly isAsApplied: boolean;
}

/** A snapshot, its number, and its state as text. */
export interface KeptSnapshot extends Snapshot {
  readonly number: number;
  readonly record: string;
  readonly tenant: number;
}

/** The state of a snapshot as it is kept. */
export function sealedState(state: SnapshotState, tenant: number, name: string): string {
  return seal(JSON.stringify(state), aboutSnapshot(tenant, name));
}

/** What a snapshot has in place of its state while it has no name of its own. */
export function sealedUnnamed(tenant: number, name: string): string {
  return seal('{}', aboutSnapshot(tenant, name));
}

/** The state that was kept. Throws `StoreDamagedError`. */
export function stateOf({ record, tenant, name }: KeptSnapshot): SnapshotState {
  // Written by `sealedState` from a SnapshotState.
  return unseal(record, aboutSnapshot(tenant, name)) as SnapshotState;
}

/** The states of all snapshots of a company. */
export function* statesOf(tenant: number): SqlTask<readonly SnapshotState[]> {
  const [rows = []] = yield [
    {
      text: `SELECT number, name, at, change, record FROM snapshot WHERE tenant = $1 AND ${IS_NAMED}`,
      params: [tenant],
    },
  ];
  return rows.map((row) => stateOf(keptOf(row, tenant)));
}

function aboutSnapshot(tenant: number, name: string): string {
  return `${String(tenant)} ${name}`;
}

/** The snapshots of a company, the oldest first. */
export function* snapshotsOf(tenant: number): SqlTask<readonly Snapshot[]> {
  const [rows = []] = yield [
    {
      text: `SELECT name, at, change FROM snapshot WHERE tenant = $1 AND ${IS_NAMED} ORDER BY number`,
      params: [tenant],
    },
  ];
  return rows.map(snapshotOf);
}

/** The snapshot of a company with this name; null where there is none. */
export function* snapshotNamed(tenant: number, name: string): SqlTask<KeptSnapshot | null> {
  const [[row] = []] = yield [
    {
      text: `SELECT number, name, at, change, record FROM snapshot WHERE tenant = $1 AND name = $2 AND ${IS_NAMED}`,
      params: [tenant, name],
    },
  ];
  return row === undefined ? null : keptOf(row, tenant);
}

/** Reads the row of a snapshot. Throws `StoreDamagedError`. */
export function readKept(row: Row): SnapshotState {
  return stateOf(keptOf(row, Number(row['tenant'])));
}

function keptOf(row: Row, tenant: number): KeptSnapshot {
  return { ...snapshotOf(row), number: Number(row['number']), record: String(row['record']), tenant };
}

function snapshotOf(row: Row): Snapshot {
  return { name: String(row['name']), at: Number(row['at']), change: Number(row['change']) };
}

const COPIES = ['snapshot_employee', 'snapshot_account', 'snapshot_token', 'snapshot_attachment'] as const;

/** Removes one snapshot of a company. */
export function removeSnapshot(tenant: number, name: string): readonly Statement[] {
  const which = '(SELECT number FROM snapshot WHERE tenant = $1 AND name = $2)';
  return [
    ...COPIES.map((table) => `DELETE FROM ${table} WHERE snapshot IN ${which}`),
    'DELETE FROM snapshot WHERE tenant = $1 AND name = $2',
  ].map((text) => ({ text, params: [tenant, name] }));
}

/** Removes all snapshots of a company. */
export function removeSnapshots(tenant: number): readonly Statement[] {
  const which = '(SELECT number FROM snapshot WHERE tenant = $1)';
  return [
    ...COPIES.map((table) => `DELETE FROM ${table} WHERE snapshot IN ${which}`),
    'DELETE FROM snapshot WHERE tenant = $1',
  ].map((text) => ({ text, params: [tenant] }));
}

/** Copies removed in one transaction of a removal in pieces. */
const REMOVED = 2_000;

/** Removes some copies of employees of a company that is being removed; answers whether none are left. */
export function* removeSomeCopies(tenant: number): SqlTask<boolean> {
  const [[row] = []] = yield [
    {
      text: 'SELECT s.number FROM snapshot s WHERE s.tenant = $1 AND EXISTS (SELECT 1 FROM snapshot_employee c WHERE c.snapshot = s.number) LIMIT 1',
      params: [tenant],
    },
  ];
  if (row === undefined) return true;
  yield [
    {
      text: 'DELETE FROM snapshot_employee WHERE snapshot = $1 AND seq IN (SELECT seq FROM snapshot_employee WHERE snapshot = $1 ORDER BY seq LIMIT $2)',
      params: [row['number'] ?? null, REMOVED],
    },
  ];
  return false;
}
