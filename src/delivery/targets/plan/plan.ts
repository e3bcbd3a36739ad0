import type { EffectName, LiveValue, Words } from '../../../connectors/connector.ts';
import type { ComposeProblem, Fate, Operation, WriteRequest, WrittenField } from '../../../connectors/writing.ts';
import type { MissCause } from '../../../directory/targets/step-outcome.ts';
import type { Counts, Tripped } from './brake.ts';
import type { Ring } from './order.ts';
import type { PlanReport } from './people.ts';

/** What a plan is about and what it was made from; the first line of its file. */
export interface PlanHeader {
  readonly mingce_plan: 1;
  readonly id: string;
  readonly company: string;
  readonly target: string;
  /** The address and the ids of the tenant: a plan is for this one and no other. */
  readonly tenant: { readonly base_url: string; readonly ids: Readonly<Record<string, string>> };
  readonly read_at: string;
  readonly made_at: string;
  readonly expires_at: string;
  readonly counts: Counts;
  /** Linked people in scope: shares of the brake are shares of these. */
  readonly linked: number;
  /** How often what was predicted of this tenant was right, before this plan. */
  readonly accuracy: { readonly hits: number; readonly misses: number };
  /** The plan or delivery that it takes back. */
  readonly undoes?: string;
  /** What of that stays as it is, whatever is done. */
  readonly lasting?: readonly Lasting[];
  readonly brake: readonly Tripped[];
  readonly messages: readonly PlanMessage[];
  readonly cannot_undo: readonly { readonly n: number; readonly why: Words }[];
  readonly refused: readonly PlanRefusal[];
  readonly rings: readonly Ring[];
  readonly reports: readonly PlanReport[];
  readonly calls: Readonly<Record<string, number>>;
  /** What could not be read, so that the predictions assume it. */
  readonly assumed: readonly string[];
  /** Our ids by theirs, of what the steps name. */
  readonly links: {
    readonly departments: Readonly<Record<string, string>>;
    readonly people: Readonly<Record<string, string>>;
    readonly root: string | null;
  };
}

/** Something that taking back leaves as it is for ever. */
export interface Lasting {
  readonly subject: string;
  readonly name: string;
  readonly why: Words;
}

/** A message that the platform sends to somebody when a step is done. */
export interface PlanMessage {
  readonly n: number;
  readonly subject: string;
  readonly name: string;
  readonly effect: EffectName;
  readonly when: 'always' | 'not-activated';
}

/** Something that cannot be asked of the platform, with the reason. */
export interface PlanRefusal extends ComposeProblem {
  readonly name: string;
}

/** One request of a plan, the subjects that it changes, and the answer that is predicted. */
export interface PlanStep {
  readonly n: number;
  readonly operation: Operation;
  readonly subjects: readonly StepSubject[];
  readonly request: WriteRequest;
  readonly predicted: readonly ItemResult[];
  /** Whether everything in it is predicted to be refused: it is not sent. */
  readonly isRefused: boolean;
  /** What the brake counts when it is done. */
  readonly counts: Counts;
}

/** One person or department of a step. */
export interface StepSubject {
  readonly subject: string;
  readonly name: string;
  /** Null: it is not there yet. */
  readonly liveId: string | null;
  /** What changes, in the form that is compared. */
  readonly changes: Readonly<Record<string, { readonly from?: LiveValue; readonly to: LiveValue }>>;
  /** Digests of both sides, by which it is noticed that one of them moved. */
  readonly ours: string;
  readonly live: string;
  /** The id that it gets there, where a later step names it. */
  readonly expectedId?: string;
}

/** What became of one field of a subject, or of the subject as a whole. */
export interface ItemResult {
  readonly subject: string;
  readonly field: WrittenField | null;
  readonly fate: Fate;
  readonly code: string | null;
  readonly message: string;
  readonly remedy?: Words;
  /** What a read showed afterwards; null: it was not written. */
  readonly shown: Shown | null;
  /** Why it was not predicted so; absent where it was. */
  readonly cause?: MissCause;
}

/** What a read shows of something that was written. */
export type Shown =
  | 'as-sent'
  /** The value is another one than was sent, and not the old one. */
  | 'other'
  /** It still is the old one. */
  | 'dropped'
  /** No read shows it. */
  | 'unreadable';

/** A plan as it is in memory. */
export interface Plan {
  readonly header: PlanHeader;
  readonly steps: readonly PlanStep[];
}

/** Whether the answer of a step is the predicted one: code and fate of every item, and what a read showed. */
export function isAsPredicted(predicted: readonly ItemResult[], real: readonly ItemResult[]): boolean {
  const said = (items: readonly ItemResult[]): string =>
    items
      .map(({ subject, field, fate, code, shown }) => JSON.stringify([subject, field, fate, code, shown]))
      .toSorted()
      .join('\n');
  return said(predicted) === said(real);
}
