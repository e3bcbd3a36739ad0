import type { Origin } from './history/change.ts';
import type { TenantData } from './tenant.ts';

/** The snapshot that is taken whenever a company file is applied; no caller can choose this name. */
export const APPLIED = '@applied';

/** The most snapshots that one company may have besides {@link APPLIED}. */
export const MAX_SNAPSHOTS = 20;

/** One kept state of one company. */
export interface Snapshot {
  readonly name: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The number of the newest change, of any company, when it was taken. */
  readonly change: number;
}

/** Which snapshot to take. */
export interface SnapshotRequest {
  readonly name: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** How a company is put back. */
export interface RestoreOptions {
  readonly origin: Origin;
  /** Whether the tokens become those of the snapshot, or stay as they are where their app still has its secret. */
  readonly tokens: 'restore' | 'keep';
  /** Throws where the company may not be as it was. */
  readonly judge?: (parts: Omit<TenantData, 'number'>) => void;
}

/** What a restore did. */
export interface Restored {
  readonly snapshot: Snapshot;
  /** The number of the company, by which nodes keep what they remember of it. */
  readonly tenant: number;
  /** Employees that were not as in the snapshot. */
  readonly employees: number;
  /** Ids of accounts whose login identifiers another company took or changed since; they stay as they are. */
  readonly left: readonly string[];
}

/** Why nothing was done with a snapshot. */
export type SnapshotErrorReason =
  | 'unknown-company'
  | 'unknown'
  | 'name-taken'
  | 'too-many'
  | 'too-large'
  | 'nothing-applied'
  | 'taken'
  | 'published';

/** A snapshot that cannot be taken or put back, in one sentence; nothing was changed. */
export class SnapshotError extends Error {
  readonly reason: SnapshotErrorReason;

  constructor(reason: SnapshotErrorReason, message: string) {
    super(message);
    this.name = 'SnapshotError';
    this.reason = reason;
  }
}
