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

/** A key that no company can have. */
export class ForkKeyError extends Error {
  constructor() {
    super('A company key is 1 to 63 lower-case letters, digits and hyphens, the first no hyphen.');
    this.name = 'ForkKeyError';
  }
}

/** A name that no snapshot can have. */
export class SnapshotNameError extends Error {
  constructor() {
    super('A snapshot’s name is 1 to 64 letters, digits, ".", "_" and "-"; the first is a letter or a digit.');
    this.name = 'SnapshotNameError';
  }
}

/** A copy of a company, and what is called otherwise in it. */
export interface Forked {
  readonly key: string;
  /** The keys of its apps; their secrets are those of the original. */
  readonly apps: readonly { readonly platform: string; readonly from: string; readonly to: string }[];
  /** Names of the company on a platform, e.g. `wecom.corpid`. */
  readonly names: readonly { readonly space: string; readonly from: string; readonly to: string }[];
}

/** What is in one state of a company and not, or otherwise, in another, in the words of company files. */
export interface StateDifference {
  readonly added: readonly DifferentThing[];
  readonly removed: readonly DifferentThing[];
  readonly changed: readonly (DifferentThing & { readonly fields: readonly string[] })[];
}

/** A thing of a company file. */
export interface DifferentThing {
  /** `employee`, `department`, `app`, … */
  readonly kind: string;
  readonly id: string;
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
  /** Copies the company under another key, as it is. */
  fork(key: string, to: string, request: string): Promise<Forked>;
  /**
   * What differs between two states: of each the name of a snapshot, `@applied`, `@now`, or the key of another company.
   */
  diff(key: string, from: string, to: string): Promise<StateDifference>;
  /** Removes a snapshot; false where there is none of that name. */
  remove(key: string, name: string): Promise<boolean>;
}
