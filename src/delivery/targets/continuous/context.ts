import type { LiveSetup } from '../../../connectors/writing.ts';
import type { Store } from '../../../directory/store.ts';
import type { KeptTarget } from '../../../directory/targets/target-store.ts';
import type { TargetSettings } from '../../../directory/targets/target.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { PlatformFacts } from '../plan/people.ts';
import type { OpenLive } from './ports.ts';

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
