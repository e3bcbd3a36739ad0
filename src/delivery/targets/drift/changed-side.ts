import type { LiveValue } from '../../../connectors/connector.ts';
import type { ChangedSide, DriftRemedy } from '../../../directory/targets/drift-run.ts';
import type { Authority } from '../../../directory/targets/target.ts';
import { deepEqual } from '../../../lib/json-equal.ts';
import { decide } from '../plan/authority.ts';

/** Two values of a field that are unlike, and the one on which both sides last agreed. */
export interface Unlike {
  readonly ours: LiveValue;
  readonly theirs: LiveValue;
  /** Absent: they never agreed on one. */
  readonly base?: LiveValue;
}

/** Returns which side changed a field whose values are unlike. */
export function changedSide({ ours, theirs, base }: Unlike): ChangedSide {
  if (base === undefined) return 'unknown';
  const isOurs = !deepEqual(ours, base);
  if (deepEqual(theirs, base)) return 'ours';
  return isOurs ? 'both' : 'theirs';
}

/** Returns what the authority of a field makes of its difference. A field that the file does not name is an operator's. */
export function remedyOf(authority: Authority | null, unlike: Unlike): DriftRemedy {
  if (authority === null) return 'decide';
  const { do: what } = decide(authority, unlike);
  if (what === 'write') return 'repair';
  return what === 'accept' ? 'accept' : 'decide';
}

/** Returns a value of a stored base as it is compared; absent where there is none of the field. */
export function baseValue(base: Readonly<Record<string, unknown>> | null, field: string): LiveValue | undefined {
  const value = base?.[field];
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  return Array.isArray(value) && value.every((one): one is string => typeof one === 'string') ? value : undefined;
}
