import type { DriftRun, DriftRunWithLines } from './drift-run.ts';

/** Which differences are meant. What is named is meant whatever authority says; with `all` authority decides each. */
export interface DriftChoice {
  /** The run in which they were seen; what is no longer as it shows is left. Absent: as it is now. */
  readonly run?: string;
  readonly employees?: readonly string[];
  readonly fields?: readonly string[];
  readonly all?: boolean;
  /** Counts over the brake that are allowed; each must be the very number. */
  readonly allow?: Readonly<Record<string, number>>;
}

/** Why a difference was left as it is. */
export type DriftLeftReason =
  /** One side changed since the run was made. */
  | 'moved'
  /** Authority decides otherwise. */
  | 'not-ours-to-decide'
  /** The directory refuses the value: another employee has it, or leaders would make a loop. */
  | 'refused'
  /** It is no field: an employee left, or came back, by a decision of the company alone. */
  | 'no-field'
  /** It names a department, an employee or an entry that is none of ours. */
  | 'unknown-here'
  /** The live tenant has the person, and none of ours is it: there is no record to accept into. */
  | 'only-there'
  /** Neither side has an employee of this id. */
  | 'no-one';

/** A difference that was left as it is. */
export interface DriftLeft {
  readonly employee: string | null;
  readonly field: string | null;
  readonly why: DriftLeftReason;
  /** The rule and the holder, where the directory refused. */
  readonly detail?: string;
}

/** What was taken over from a live tenant. */
export interface DriftAccepted {
  readonly accepted: readonly { readonly employee: string; readonly fields: readonly string[] }[];
  readonly left: readonly DriftLeft[];
  /** Kinds over the brake: nothing was taken over, then. */
  readonly staged: readonly { readonly what: string; readonly count: number; readonly limit: number }[];
}

/** The plan that writes our values there; it is allowed and applied as any plan. */
export interface DriftRepair {
  /** Null: none of the differences is ours to write there. */
  readonly plan: string | null;
  readonly left: readonly DriftLeft[];
}

/** What an operator does about differences with live tenants. Each throws `TargetError`. */
export interface LiveDrift {
  runs(key: string, platform: string): Promise<readonly DriftRun[]>;
  run(key: string, platform: string, id: string): Promise<DriftRunWithLines>;
  begin(key: string, platform: string): Promise<DriftRun>;
  accept(key: string, platform: string, choice: DriftChoice, request: string): Promise<DriftAccepted>;
  repair(key: string, platform: string, choice: DriftChoice): Promise<DriftRepair>;
}
