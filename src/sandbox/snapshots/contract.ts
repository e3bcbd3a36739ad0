import type { Restored, Snapshot } from '../../directory/snapshots.ts';

/** How far the tools of a test may change companies: as they like, not at all, or they are off. */
export type SandboxMode = 'on' | 'read-only' | 'off';

/** Whether tokens become those of the snapshot, or stay where their app still has its secret. */
export type TokenChoice = 'restore' | 'keep';

/** The snapshots of one company: those that were taken by name, and when its file was last applied. */
export interface SnapshotList {
  readonly snapshots: readonly Snapshot[];
  /** Null where no state of a file is kept. */
  readonly applied: Omit<Snapshot, 'name'> | null;
}

/** A tool that the mode of the server refuses, in one sentence that says what to do. */
export class SandboxClosedError extends Error {
  constructor(mode: SandboxMode) {
    super(`The sandbox of this server is ${mode}, so nothing is put back; start it with MINGCE_SANDBOX=on.`);
    this.name = 'SandboxClosedError';
  }
}

/** A name that no snapshot can have. */
export class SnapshotNameError extends Error {
  constructor() {
    super('A snapshot’s name is 1 to 64 letters, digits, ".", "_" and "-"; the first is a letter or a digit.');
    this.name = 'SnapshotNameError';
  }
}

/** Keeps states of companies and puts them back. Rejects with `SnapshotError` where that cannot be. */
export interface CompanyStates {
  list(key: string): Promise<SnapshotList>;
  /** Keeps the company as it is, its tokens included. */
  take(key: string, name: string): Promise<Snapshot>;
  /** Makes the company as it was; its tokens too, unless they are to be kept. */
  restore(key: string, name: string, request: string, tokens?: TokenChoice): Promise<Restored>;
  /** Makes the company as its file made it; tokens that are valid stay so, unless they are to be restored. */
  reset(key: string, request: string, tokens?: TokenChoice): Promise<Restored>;
  /** Removes a snapshot; false where there is none of that name. */
  remove(key: string, name: string): Promise<boolean>;
}
