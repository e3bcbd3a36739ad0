import type { LiveValue } from '../../../connectors/connector.ts';
import type { Authority } from '../../../directory/targets/target.ts';
import { deepEqual } from '../../../lib/json-equal.ts';

/** One field of one subject: our value, theirs, and the one that both last agreed on. */
export interface FieldState {
  readonly ours: LiveValue;
  /** Absent: it could not be read. */
  readonly theirs?: LiveValue;
  /** Absent: the two never agreed on one. */
  readonly base?: LiveValue;
  /** Which change is the later one; absent where a time is unknown, as a guess never decides. */
  readonly later?: 'ours' | 'theirs';
}

/** What becomes of a field. */
export type Decision =
  /** Both have it; where there is something to agree on, they agree on it. */
  | { readonly do: 'nothing' }
  | {
      readonly do: 'write';
      /** Whether it takes away a value that was changed there. */
      readonly isOverwrite: boolean;
      readonly isClearing: boolean;
      /** Whether no read can show that it arrived. */
      readonly isUnproven: boolean;
    }
  /** Their value belongs in our record. */
  | { readonly do: 'accept' }
  | { readonly do: 'report'; readonly why: ReportReason };

/** Why a difference is only reported. */
export type ReportReason =
  /** We have none and never had one: what only the target knows is kept (a null that never was is no clearing). */
  | 'only-theirs'
  /** Ours was changed, and theirs counts. */
  | 'theirs-counts'
  /** Both were changed, and which one later is unknown. */
  | 'conflict'
  /** They never agreed on a value, so it is not known which side changed it. */
  | 'never-agreed'
  /** It was given once, and is theirs since. */
  | 'given-once';

const NOTHING: Decision = { do: 'nothing' };
const ACCEPT: Decision = { do: 'accept' };

/** Decides what becomes of a field whose values differ, by whose value counts (design 5.1). */
export function decide(authority: Authority, state: FieldState): Decision {
  const { ours, theirs, base } = state;
  if (authority === 'hands-off') return NOTHING;
  if (theirs === undefined) {
    // What cannot be read is written only where it changed here since the last time.
    if (base === undefined || deepEqual(ours, base) || authority === 'theirs') return NOTHING;
    return authority === 'initial' ? NOTHING : writing(state, false, true);
  }
  if (deepEqual(ours, theirs)) return NOTHING;
  switch (authority) {
    case 'ours':
      if (base === undefined && isNone(ours)) return report('only-theirs');
      return writing(state, base === undefined ? !isNone(theirs) : !deepEqual(theirs, base));
    case 'theirs':
      return base !== undefined && deepEqual(theirs, base) ? report('theirs-counts') : ACCEPT;
    case 'newest':
      return newest(state);
    case 'initial':
      return isNone(theirs) ? writing(state, false) : report('given-once');
  }
}

function newest(state: FieldState): Decision {
  const { ours, theirs, base, later } = state;
  if (base === undefined) return isNone(ours) ? ACCEPT : report('never-agreed');
  if (deepEqual(theirs, base)) return writing(state, false);
  if (deepEqual(ours, base)) return ACCEPT;
  if (later === undefined) return report('conflict');
  return later === 'ours' ? writing(state, true) : ACCEPT;
}

function writing({ ours }: FieldState, isOverwrite: boolean, isUnproven = false): Decision {
  return { do: 'write', isOverwrite, isClearing: isNone(ours), isUnproven };
}

function report(why: ReportReason): Decision {
  return { do: 'report', why };
}

/** Whether a value is none; a list without members is, too. */
export function isNone(value: LiveValue | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
