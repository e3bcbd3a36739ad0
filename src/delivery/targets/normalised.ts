import type { LiveValue } from '../../connectors/connector.ts';
import { deepEqual } from '../../lib/json-equal.ts';

/** What a platform makes of a value, such as a name without its last space. */
export interface Normalised {
  readonly sent: LiveValue;
  readonly shown: LiveValue;
  /** How often it was sent and shown so. */
  readonly times: number;
}

/** Where it is among the values that both sides agreed on. */
export const normalisedKey = (field: string): string => `as:${field}`;

type Base = Readonly<Record<string, unknown>> | null | undefined;

/**
 * Whether ours is there in the platform's own form. Once could be somebody else who wrote meanwhile; what is shown so twice is
 * what the platform makes of it, and is not sent again.
 */
export function isNormalised(base: Base, field: string, ours: LiveValue, theirs: LiveValue): boolean {
  const known = knownOf(base, field);
  return known !== null && known.times > 1 && deepEqual(known.sent, ours) && deepEqual(known.shown, theirs);
}

/** Whether a value is as a read showed it after it was sent. */
export function isAsShown(base: Base, field: string, theirs: LiveValue): boolean {
  const known = knownOf(base, field);
  return known !== null && deepEqual(known.shown, theirs);
}

/** Returns what is remembered of a value that a read shows otherwise than it was sent. */
export function normalisedNext(base: Base, field: string, sent: LiveValue, shown: LiveValue): Normalised {
  const known = knownOf(base, field);
  const isSame = known !== null && deepEqual(known.sent, sent) && deepEqual(known.shown, shown);
  return { sent, shown, times: isSame ? known.times + 1 : 1 };
}

function knownOf(base: Base, field: string): Normalised | null {
  // Written by `prove` from a value of this type.
  return (base?.[normalisedKey(field)] as Normalised | undefined) ?? null;
}
