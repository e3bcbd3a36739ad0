import type { LiveValue } from '../../../connectors/connector.ts';
import type { Operation } from '../../../connectors/writing.ts';
import type { OutcomeItem } from '../../../directory/targets/step-outcome.ts';
import type { Delivery, DeliveryState } from '../../../directory/targets/target-store.ts';
import { isObject } from '../../../lib/json-equal.ts';
import type { Braked } from '../plan/brake.ts';

/** The states of deliveries that are not over. */
export const OPEN: readonly DeliveryState[] = ['waiting', 'staged', 'held', 'sending', 'doubt', 'written'];

/** Values by field, before and after. */
export type KeptChanges = Readonly<Record<string, { readonly from?: LiveValue; readonly to: LiveValue }>>;

/** What is kept before a byte is sent, so that a later driver knows what may have happened. */
export interface KeptIntent {
  readonly operation: Operation;
  /** All that was sent of the delivery so far; absent in what an earlier version kept. */
  readonly operations?: readonly Operation[];
  readonly call: string;
  readonly liveId: string | null;
  /** What each field shall become, in the form that is compared. */
  readonly changes: KeptChanges;
  /** What was sent of the delivery before, in earlier tries and before it began again; it counts only for taking back. */
  readonly earlier?: KeptChanges;
  /** When the delivery began, or began again; absent in what an earlier version kept. */
  readonly openedAt?: number;
  /** No byte leaves at or after this instant. */
  readonly sendBefore: number;
  /** The newest change that it covers. */
  readonly covers: number;
  readonly doubts: number;
  /** How often a value was not there yet when it was read back. */
  readonly looks: number;
  /** What the brake counted, once for each delivery. */
  readonly counted: readonly Braked[];
  /** What a rehearsal foresaw; absent: there was none. */
  readonly predicted?: readonly OutcomeItem[];
}

/** What a delivery came to; no value of a person is in it. */
export interface KeptOutcome {
  /** The class of what stopped it, or how it ended. */
  readonly reason: string;
  readonly code: string | null;
  /** The platform's own words. */
  readonly message?: string;
  readonly remedy?: { readonly en: string; readonly zh: string };
  /** What a read showed of each field afterwards, or why it was left out. */
  readonly fields?: Readonly<Record<string, string>>;
  /** The change up to which fields were refused: a newer one may have another value. */
  readonly refusedAt?: number;
  /** Kinds that the brake holds back. */
  readonly staged?: readonly Braked[];
  /** Kinds that an operator let go. */
  readonly allowed?: readonly Braked[];
}

/** Returns the intent of a delivery; null where nothing was about to be sent. */
export function intentOf({ intent }: Pick<Delivery, 'intent'>): KeptIntent | null {
  // Written by this folder alone; a plan keeps none.
  return isObject(intent) && 'sendBefore' in intent ? (intent as unknown as KeptIntent) : null;
}

/** Returns the intent of a delivery since it began, or began again; null where nothing was about to be sent since. */
export function currentIntentOf(delivery: Pick<Delivery, 'intent' | 'createdAt'>): KeptIntent | null {
  const intent = intentOf(delivery);
  return (intent?.openedAt ?? delivery.createdAt) === delivery.createdAt ? intent : null;
}

/** Returns changes that follow one another as one: from the first value to the last one. */
export function joinedChanges(first: KeptChanges, then: KeptChanges): KeptChanges {
  const joined = Object.entries(then).map(([field, { from, to }]): [string, KeptChanges[string]] => {
    const before = first[field] === undefined ? from : first[field].from;
    return [field, before === undefined ? { to } : { from: before, to }];
  });
  return { ...first, ...Object.fromEntries(joined) };
}

/** Returns what a delivery came to; null where nothing is known yet. */
export function outcomeOf({ outcome }: Pick<Delivery, 'outcome'>): KeptOutcome | null {
  return isObject(outcome) && 'reason' in outcome ? (outcome as unknown as KeptOutcome) : null;
}

/** Returns fields that an earlier request was refused for, with the reason; none where a newer change came since. */
export function setAside(delivery: Pick<Delivery, 'outcome' | 'toChange'>): Readonly<Record<string, string>> {
  const { fields = {}, refusedAt = Infinity } = outcomeOf(delivery) ?? {};
  if (delivery.toChange > refusedAt) return {};
  return Object.fromEntries(Object.entries(fields).filter(([, why]) => why.startsWith('refused')));
}

const STILL_OF = 'still-of ';

/** Why a field waits, or was refused: somebody else of ours still has the value there. */
export function stillOf(subject: string): string {
  return `${STILL_OF}${subject}`;
}

/** Returns whose deliveries another one waits for, or ended without, as its values are still theirs there. */
export function waitsFor(delivery: Pick<Delivery, 'outcome'>): readonly string[] {
  return holdersIn(outcomeOf(delivery)?.fields ?? {});
}

/** Returns who still has values there, by what is said of the fields. */
export function holdersIn(fields: Readonly<Record<string, string>>): readonly string[] {
  return Object.values(fields).flatMap((why) => {
    const at = why.indexOf(STILL_OF);
    return at < 0 ? [] : [why.slice(at + STILL_OF.length)];
  });
}

/** Returns up to which change fields were refused, to be kept with the next outcome. */
export function refusedAtOf(delivery: Pick<Delivery, 'outcome'>): Pick<KeptOutcome, 'refusedAt'> {
  const { refusedAt } = outcomeOf(delivery) ?? {};
  return refusedAt === undefined ? {} : { refusedAt };
}

/** Returns a delivery that closed for an older change than came meanwhile: it begins again. What was sent stays known. */
export function reopened(delivery: Delivery, at: number): Delivery {
  return { ...delivery, state: 'waiting', attempt: 0, outcome: null, createdAt: at };
}
