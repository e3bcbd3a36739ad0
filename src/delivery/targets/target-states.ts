import { createHash } from 'node:crypto';
import type { KeptTarget, PauseReason, TargetPatch } from '../../directory/targets/target-store.ts';
import type { TargetStanding } from '../../directory/targets/target-view.ts';
import type { TargetSettings } from '../../directory/targets/target.ts';

/** What of the world the state depends on. */
export interface Here {
  readonly settings: TargetSettings;
  /** Where this installation is; a copy of the data is at another place. */
  readonly place: string;
}

/** Why a target is off although it was switched on: it is another tenant now. */
const CHANGED = 'its address, ids or places of secrets are others than those that were probed';

/** A digest of what names the tenant and what was probed; authority, scope and limits may change freely. */
export function probedDigest({ base_url, credentials, fields }: TargetSettings): string {
  const sorted = (given: object): readonly (readonly [string, unknown])[] =>
    Object.entries(given).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([base_url ?? null, sorted(credentials), sorted(fields ?? {})]);
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Returns the state that counts: a target whose settings were changed is off, one whose data was moved or copied is
 * paused, whatever is kept. Only `on` writes.
 */
export function standingOf(kept: KeptTarget | null, { settings, place }: Here): TargetStanding {
  if (kept === null || kept.state === 'off') return { state: 'off', reason: kept?.reason ?? null, wayBack: PROBE };
  if (kept.checked !== probedDigest(settings)) return { state: 'off', reason: CHANGED, wayBack: PROBE };
  if (kept.state === 'probed') return { state: 'probed', reason: kept.reason, wayBack: ENABLE };
  if (kept.home !== place) return { state: 'paused', reason: 'moved' satisfies PauseReason, wayBack: ENABLE };
  if (kept.state === 'on') {
    return isNoAnswer(kept.reason)
      ? { state: 'on', reason: kept.reason, wayBack: TRIED_AGAIN }
      : { state: 'on', reason: null, wayBack: null };
  }
  return { state: kept.state, reason: kept.reason, wayBack: RESUME };
}

const NO_ANSWER = 'no-answer';
/** A server at the other end may say anything; so many characters of it are kept. */
const MAX_SAID = 200;

/** The reason of a target that is on and gives no answer just now, with the cause. */
export function noAnswer(code: string | null, message = ''): string {
  return [NO_ANSWER, code, message.slice(0, MAX_SAID)].filter((part) => part !== null && part !== '').join(' ');
}

/** Whether a reason is {@link noAnswer}. */
export function isNoAnswer(reason: string | null): boolean {
  return reason?.startsWith(NO_ANSWER) === true;
}

const TRIED_AGAIN = 'deliveries wait and are tried again; a probe says what to do';
const PROBE = 'probe it, then enable it';
const ENABLE = 'enable it here';
const RESUME = 'look at what happened, then resume it';

/** What a command makes of a target; a text says why it may not. */
export type Transition = TargetPatch | string;

/** Switches a target on, here. */
export function enabled(kept: KeptTarget | null, here: Here): Transition {
  const { state } = standingOf(kept, here);
  if (state === 'off')
    return 'The target was not probed with these settings; probe it first (mingce connect PLATFORM).';
  if (state === 'quarantined') return 'The target is quarantined; resume it when the cause is gone.';
  return { state: 'on', reason: null, home: here.place };
}

/** Pauses a target that is on. */
export function paused(kept: KeptTarget | null, here: Here): Transition {
  const { state } = standingOf(kept, here);
  if (state === 'paused') return {};
  if (state !== 'on') return `The target is ${state}; only one that is on can be paused.`;
  return { state: 'paused', reason: 'operator' satisfies PauseReason };
}

const AHEAD = 'live-is-ahead' satisfies PauseReason;

/** Lets a target write again. One whose data was moved is switched on where it is now, which is another decision. */
export function resumed(kept: KeptTarget | null, here: Here): Transition {
  const { state, reason } = standingOf(kept, here);
  if (state === 'on') return {};
  if (reason === ('moved' satisfies PauseReason))
    return 'The data was moved or copied since the target was switched on; enable it here, if no other installation writes to it.';
  if (state !== 'paused' && state !== 'quarantined')
    return `The target is ${state}; only one that is paused can be resumed.`;
  // That the tenant is ahead was looked at: the next drive does not ask about it again.
  return { state: 'on', reason: reason === AHEAD ? AHEAD : null };
}
