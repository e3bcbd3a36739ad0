import type { Authority } from './target.ts';

/** What one read showed of a person or a department: the first that holds. */
export const DRIFT_CLASSES = [
  /** A link names somebody who was not in a read that was incomplete. */
  'unreadable',
  /** The link names an id that is gone, and a key finds the person under another one. */
  'moved-id',
  /** Somebody who is none of ours has a job number, a mobile or a mail address of one of ours. */
  'doubled',
  /** In service here, left there. */
  'left-there',
  /** Left here, in service there. */
  'left-here',
  'missing-there',
  'only-there',
  /** Keys find several people, or two of ours find one: an operator decides. */
  'undecided',
  /** Both sides changed a field since they last agreed, to unlike values. */
  'conflict',
  /** Only their side changed. */
  'drifted-theirs',
  /** Only our side changed. */
  'drifted-ours',
  /** Fields are unlike, and both sides never agreed on them. */
  'unlike',
  'equal',
] as const;
/** One of the classes. */
export type DriftClass = (typeof DRIFT_CLASSES)[number];

/** Which side changed a field since both last agreed; `unknown`: they never did. */
export type ChangedSide = 'ours' | 'theirs' | 'both' | 'unknown';

/** What the authority of a field makes of its difference; `decide`: an operator has to. */
export type DriftRemedy = 'accept' | 'repair' | 'decide';

/** A value as it is compared. */
export type DriftValue = string | number | boolean | null | readonly string[];

/** One line of a run: a field that is unlike, or a person as a whole. Mobiles and mail addresses are masked. */
export interface DriftLine {
  readonly class: Exclude<DriftClass, 'equal'>;
  readonly kind: 'employee' | 'department';
  /** Our id; null: none of ours. */
  readonly subject: string | null;
  readonly name: string;
  readonly live_id: string | null;
  /** Null: the person as a whole. */
  readonly field: string | null;
  readonly changed: ChangedSide | null;
  /** Absent: both sides never agreed on a value. */
  readonly base?: DriftValue;
  readonly ours: DriftValue;
  readonly theirs: DriftValue;
  readonly authority: Authority | null;
  readonly remedy: DriftRemedy;
  /** Other live ids that are meant, such as those of doubles. */
  readonly candidates?: readonly string[];
  /** When both sides last agreed; null: never. */
  readonly since: string | null;
}

/** How many people are in each class, and how many fields are unlike by which side changed them. */
export interface DriftCounts {
  readonly people: Readonly<Partial<Record<DriftClass, number>>>;
  readonly fields: Readonly<Partial<Record<ChangedSide, number>>>;
}

/** One full read of a live tenant, and what it showed. */
export interface DriftRun {
  readonly id: string;
  /** `reading` while it is under way; `failed`: the tenant could not be read. */
  readonly state: 'reading' | 'done' | 'failed';
  readonly readAt: number;
  /** Whether everybody was read; else no one is called missing. */
  readonly isComplete: boolean;
  /** Why it is incomplete or failed, in a sentence; null where it is neither. */
  readonly why: string | null;
  readonly people: { readonly ours: number; readonly theirs: number; readonly matched: number };
  readonly counts: DriftCounts;
  /** Lines that there were; only the first are kept. */
  readonly found: number;
}

/** A run with its lines. */
export interface DriftRunWithLines extends DriftRun {
  readonly lines: readonly DriftLine[];
}

/** Keeps the runs of a target; the newest ones, for some days. */
export interface DriftRuns {
  /** Keeps a run, in the place of one with the same id; false where the target is gone. */
  keepRun(consumer: string, run: DriftRunWithLines): Promise<boolean>;
  /** Begins a run unless one of this id is there; answers whether it was begun. */
  beginRun(consumer: string, run: DriftRun): Promise<boolean>;
  /** The newest runs, newest first. */
  runs(consumer: string, limit: number): Promise<readonly DriftRun[]>;
  run(consumer: string, id: string): Promise<DriftRunWithLines | null>;
}

/** So many lines of a run are kept. */
export const MAX_DRIFT_LINES = 5_000;
