/** What one step of a plan came to, as it is kept: for what both agree on, for undo, and for how predictions did. */
export interface StepOutcome {
  readonly plan: string;
  readonly n: number;
  readonly operation: string;
  readonly subjects: readonly OutcomeSubject[];
  /** What the brake counts of it. */
  readonly counts: Readonly<Partial<Record<string, number>>>;
  readonly predicted: readonly OutcomeItem[];
  readonly items: readonly OutcomeItem[];
  /** Ids of what was made, by our ids. */
  readonly made: readonly (readonly [string, string])[];
}

/** One person or department of a step, with the values before and after. */
export interface OutcomeSubject {
  readonly subject: string;
  readonly liveId: string | null;
  readonly changes: Readonly<Record<string, { readonly from?: unknown; readonly to: unknown }>>;
}

/** What became of one field of a subject, or, without a field, of the subject as a whole. */
export interface OutcomeItem {
  readonly subject: string;
  readonly field: string | null;
  readonly fate: string;
  readonly code: string | null;
  /** What a read showed afterwards. */
  readonly shown: string | null;
  /** Why the answer was not the predicted one, where that is known. */
  readonly cause?: MissCause;
}

/** Why a prediction was wrong: something assumed, somebody who changed it meanwhile, or a rule of ours. */
export type MissCause = 'assumption' | 'race' | 'rule';
