import type { Problem } from '../../../connectors/connector.ts';
import type { LiveSetup } from '../../../connectors/writing.ts';
import type { Store } from '../../../directory/store.ts';
import type { KeptTarget } from '../../../directory/targets/target-store.ts';
import type { TargetSettings } from '../../../directory/targets/target.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { PlatformFacts } from '../plan/people.ts';
import { standingOf } from '../target-states.ts';
import type { OpenLive, Waits } from './ports.ts';

/** What working on deliveries of one target needs, as it is while they are worked on. */
export interface Context {
  readonly store: Store;
  /** The right to write, with the epoch that it holds for. */
  readonly target: KeptTarget;
  readonly tenant: Tenant;
  readonly settings: TargetSettings;
  readonly live: OpenLive;
  readonly setup: LiveSetup;
  readonly now: () => number;
  readonly random: () => number;
  readonly waits: Waits;
}

/** What the platform can do, with the company's own fields. */
export function factsOf({ live, tenant }: Context): PlatformFacts {
  const { fields, spaces, writes } = live;
  return { fields, spaces, operations: writes.operations, customFields: tenant.parts.customFields };
}

/** Another driver or a command took the target over: nothing more is written by this one. */
export class TakenOverError extends Error {
  constructor() {
    super('the target was taken over');
  }
}

/** Throws {@link TakenOverError} where a write was not this driver's any more. */
export function mustHold(isHeld: boolean): void {
  if (!isHeld) throw new TakenOverError();
}

/** The tenant could not be read. */
export class UnreadableError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('the tenant could not be read');
    this.problems = problems;
  }
}

/** Reads what composing needs of the tenant. Throws {@link UnreadableError}. */
export async function readSetup(live: OpenLive): Promise<LiveSetup> {
  const setup = await live.run(live.writes.setup(live.target));
  const [first] = setup.problems.filter(({ verdict }) => verdict.kind !== 'refused');
  if (first !== undefined) throw new UnreadableError(setup.problems);
  return setup;
}

/** Whether a target follows the log: the company file says so, and it is on, here. */
export function isFollowed(
  target: KeptTarget,
  tenant: Tenant,
  settings: TargetSettings | undefined,
  place: string,
): boolean {
  if (tenant.number !== target.tenant || settings?.continuous !== true) return false;
  return standingOf(target, { settings, place }).state === 'on';
}

/** How fast a driver goes. */
export const PACE = {
  /** So many deliveries of a target are open; what comes after them stays in the log. */
  maxOpen: 1_000,
  page: 200,
  /** More of the log is read while no more than so many are at work: who changes again meanwhile is one delivery. */
  ahead: 300,
  /** What comes due within this time is at work. */
  soonMs: 1_000,
  /** After a commit the log is read this long after the last time, once for all that was written. */
  lookMs: 100,
  /** How long a round takes at the least, and a report is good for, while something is at work. */
  roundMs: 20,
  reportMs: 250,
  gapMs: 20,
  failureMs: 1_000,
  sharedMs: 500,
  trimMs: 60 * 60 * 1_000,
} as const;
