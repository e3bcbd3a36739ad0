import { clearInterval, setInterval } from 'node:timers';
import { nightOf, nightWindow } from '../delivery/targets/drift/night.ts';
import type { TargetDrift } from '../delivery/targets/drift/target-drift.ts';
import type { Store } from '../directory/store.ts';
import type { SentCalls } from '../directory/targets/sent-call.ts';
import { systemClock } from '../lib/time/clock.ts';
import { targetDrift } from './drift.ts';
import { companyTargets, placeOf } from './live-targets.ts';
import { TargetError } from '../directory/targets/target-view.ts';

/** Begins to read the live tenants of a store in their nights. */
export function nightlyReads(
  store: () => Store,
  storeUrl: string,
  installation: string | null,
  onFailure: (error: unknown) => void,
  calls: SentCalls | undefined,
): NightlyReads {
  const targets = companyTargets(store, placeOf(storeUrl, installation));
  const drift = targetDrift(store, targets, { plan: null, onFailure, calls });
  return new NightlyReads({ store, drift, now: () => systemClock.now(), onFailure });
}

/** What reading at night needs of the world. */
export interface NightlyOptions {
  readonly store: () => Store;
  readonly drift: Pick<TargetDrift, 'begin' | 'settled'>;
  readonly now: () => number;
  readonly onFailure: (error: unknown) => void;
}

/** How often it is looked whether a night began. */
const LOOK_MS = 60_000;
/** The share of a platform's limits that a read at night takes, where the company file gives none. */
const SHARE = 0.5;

/** Reads the live tenants whose company file gives a window of the night, once a night, whichever node looks first. */
export class NightlyReads {
  readonly #options: NightlyOptions;
  readonly #timer: NodeJS.Timeout;
  /** Nights that were begun, by this node or another. */
  readonly #begun = new Set<string>();

  constructor(options: NightlyOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.look().catch(options.onFailure), LOOK_MS).unref();
  }

  /** Begins the reads whose night it is. */
  async look(): Promise<void> {
    const { store, drift, now } = this.#options;
    for (const { id, tenant, platform, state } of await store().targets.list()) {
      if (state === 'off' || state === 'quarantined') continue;
      const company = await store().tenant(tenant);
      const settings = company?.parts.targets?.[platform]?.drift;
      const window = nightWindow(settings?.full ?? '');
      const night = window === null ? null : nightOf(window, now());
      if (company === null || night === null) continue;
      const run = `dr_${night}_${id}`;
      if (this.#begun.has(run)) continue;
      this.#begun.add(run);
      try {
        await drift.begin(company.key, platform, run, settings?.read_share ?? SHARE);
      } catch (error) {
        // Another node began it, or an operator has it read now.
        if (!(error instanceof TargetError)) throw error;
      }
    }
    if (this.#begun.size > MOST_BEGUN) this.#begun.clear();
  }

  /** Looks no more, and waits until no read is under way. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#options.drift.settled();
  }
}

/** What is forgotten is asked of the store again. */
const MOST_BEGUN = 10_000;
