import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { load, type Store } from '../../directory/store.ts';
import type { StepOutcome } from '../../directory/targets/step-outcome.ts';
import type { UndoChoice } from '../../directory/targets/plan-view.ts';
import type {
  KeptProbe,
  KeptTarget,
  Link,
  LinkPage,
  NewLink,
  Subject,
  Verified,
} from '../../directory/targets/target-store.ts';
import type { TargetSettings } from '../../directory/targets/target.ts';
import {
  TargetError,
  type EmployeeOnTarget,
  type LiveTargets,
  type TargetStanding,
  type TargetView,
  type WaitingDepartments,
} from '../../directory/targets/target-view.ts';
import { setUp } from '../../directory/targets/set-up.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { companyOf } from './continuous/take.ts';
import { ownPeople, type OwnPerson } from './own-people.ts';
import { WaitingLooks } from './waiting-looks.ts';
import { holdWrite, type HeldWrite } from './write-hold.ts';
import { bookSteps } from './plan/book-steps.ts';
import { release } from './staged.ts';
import { undoOf } from './plan/undo/done-steps.ts';
import type { UndoRequest } from './plan/undo/undo.ts';
import { settle } from './settle.ts';
import { enabled, paused, probedDigest, resumed, standingOf, type Here, type Transition } from './target-states.ts';

/** What targets need of the world. */
export interface CompanyTargetsPorts {
  readonly store: () => Store;
  /** Where this installation is. */
  readonly place: string;
  /** Whether what answers at the address of a target is this installation. */
  readonly isSelf: (platform: string, settings: TargetSettings) => Promise<boolean>;
  /** Called when a command was carried out on a target. */
  readonly changed?: () => void;
}

/** So long is a target held for one command. */
const LEASE_MS = 30_000;
/** How often what is old is looked for. */
const TRIM_MS = 60 * 60 * 1_000;
/** Links that are written in one transaction, or read in one query. */
const WRITTEN = 500;

/** Works on what is kept of the live tenants of a company: their states and links. */
export class CompanyTargets implements LiveTargets {
  readonly #ports: CompanyTargetsPorts;
  readonly #waiting = new WaitingLooks();
  #trimmedAt = -Infinity;

  constructor(ports: CompanyTargetsPorts) {
    this.#ports = ports;
  }

  /** Every target that the company file names. */
  async list(key: string): Promise<readonly TargetView[]> {
    const tenant = await this.#tenant(key);
    const kept = await this.#store.list(tenant.number);
    const platforms = Object.keys(tenant.parts.targets ?? {});
    return await Promise.all(
      platforms.map((platform) => this.#view(tenant, platform, kept.find((one) => one.platform === platform) ?? null)),
    );
  }

  /** One target. */
  async show(key: string, platform: string): Promise<TargetView> {
    const { tenant, kept } = await this.#find(key, platform);
    return await this.#view(tenant, platform, kept);
  }

  /** Whether a target may be written to, as it is now. */
  async standing(key: string, platform: string): Promise<TargetStanding> {
    const { here, kept } = await this.#find(key, platform);
    return standingOf(kept, here);
  }

  /** The settings of a target. Throws {@link TargetError}. */
  async settings(key: string, platform: string): Promise<TargetSettings> {
    return (await this.#find(key, platform)).here.settings;
  }

  /** Keeps what a probe found; one that could read makes an `off` target `probed`. */
  async probed(key: string, platform: string, probe: KeptProbe, couldRead: boolean): Promise<TargetView> {
    return await this.#change(key, platform, (kept, here) => {
      if (!couldRead) return { probe };
      const { state } = standingOf(kept, here);
      return {
        probe,
        checked: probedDigest(here.settings),
        ...(state === 'off' ? { state: 'probed', reason: null } : {}),
      };
    });
  }

  /** Switches a target on, here; never where the target is this installation itself. */
  async enable(key: string, platform: string): Promise<TargetView> {
    const { here, kept } = await this.#find(key, platform);
    const refusal = enabled(kept, here);
    if (typeof refusal === 'string') throw new TargetError('refused', refusal);
    if (await this.#ports.isSelf(platform, here.settings)) {
      throw new TargetError(
        'refused',
        'The address of the target is this installation itself; it would write to its own company.',
      );
    }
    // Continuous delivery begins with what changes from now on, never with history.
    const cursor = await this.#ports.store().read(() => load('newest-change', {}));
    return await this.#change(key, platform, (now, there) => {
      const patch = enabled(now, there);
      const isNew = ['off', 'probed'].includes(standingOf(now, there).state) || now.cursor === 0;
      return typeof patch === 'string' || !isNew ? patch : { ...patch, cursor };
    });
  }

  pause(key: string, platform: string): Promise<TargetView> {
    return this.#change(key, platform, paused);
  }

  resume(key: string, platform: string): Promise<TargetView> {
    return this.#change(key, platform, resumed);
  }

  off(key: string, platform: string): Promise<TargetView> {
    return this.#change(key, platform, () => ({ state: 'off', reason: null }));
  }

  /** Lets deliveries go that the brake holds back; the numbers must be those that wait. Returns how many go. */
  async release(key: string, platform: string, counts: Readonly<Record<string, number>>): Promise<number> {
    return await this.#driving(key, platform, (claim) => release(this.#store, claim, counts, Date.now()));
  }

  /** A page of the links. */
  async links(key: string, platform: string, page: LinkPage): Promise<readonly Link[]> {
    const { kept } = await this.#find(key, platform);
    return kept === null ? [] : await this.#store.links(kept.id, page);
  }

  /** All links, read in pages. */
  async allLinks(key: string, platform: string): Promise<readonly Link[]> {
    const all: Link[] = [];
    for (;;) {
      const last = all.at(-1);
      const page = await this.links(key, platform, { limit: WRITTEN, ...(last === undefined ? {} : { after: last }) });
      all.push(...page);
      if (page.length < WRITTEN) return all;
    }
  }

  /** Stores links. */
  async put(key: string, platform: string, links: readonly NewLink[]): Promise<void> {
    await this.#driving(key, platform, async (claim) => {
      for (let from = 0; from < links.length; from += WRITTEN) {
        if (!(await this.#store.putLinks(claim, links.slice(from, from + WRITTEN)))) throw busy();
        await this.#store.renew(claim, LEASE_MS);
      }
    });
  }

  /** Removes one link; the next adoption looks for its subject again. Answers whether it was there. */
  async remove(key: string, platform: string, subject: Subject): Promise<boolean> {
    return await this.#driving(key, platform, async (claim) => {
      const [known] = await this.#store.linksOf(claim.id, [subject]);
      if (known === undefined) return false;
      if (!(await this.#store.removeLinks(claim, [subject]))) throw busy();
      return true;
    });
  }

  /** Keeps what a read showed to be the same on both sides. */
  async settle(key: string, platform: string, verified: readonly Verified[]): Promise<void> {
    if (verified.length === 0) return;
    await this.#driving(key, platform, async (claim) => {
      if (!(await settle(this.#store, claim, verified, Date.now()))) throw busy();
    });
  }

  /** Keeps what steps of a plan came to. */
  async book(key: string, platform: string, outcomes: readonly StepOutcome[]): Promise<void> {
    await this.#driving(key, platform, async (claim) => {
      if (!(await bookSteps(this.#store, claim, outcomes, Date.now()))) throw busy();
      await this.#trim(claim.id);
    });
  }

  /** Adds to what the brake counts of the day. */
  async count(key: string, platform: string, counts: Readonly<Record<string, number>>): Promise<void> {
    if (Object.keys(counts).length === 0) return;
    await this.#driving(key, platform, async (claim) => {
      if (!(await this.#store.countBraked(claim, counts, Date.now()))) throw busy();
    });
  }

  /** Holds a target for the work. Throws {@link TargetError} where something else works on it for long. */
  drive<Result>(key: string, platform: string, work: (claim: KeptTarget) => Promise<Result>): Promise<Result> {
    return this.#driving(key, platform, work);
  }

  /** Holds a target for a write of several steps. Throws {@link TargetError} where something else works on it for long. */
  async writing<Result>(key: string, platform: string, work: (held: HeldWrite) => Promise<Result>): Promise<Result> {
    const { kept } = await this.#find(key, platform);
    if (kept === null) throw new TargetError('refused', 'The target is off; probe it, then enable it.');
    const ports = {
      store: () => this.#store,
      id: kept.id,
      node: randomUUID(),
      isOn: async () => (await this.standing(key, platform)).state === 'on',
      ourPeople: (ids: readonly string[]) => this.ourPeople(key, ids),
    };
    try {
      return await holdWrite(ports, work);
    } finally {
      await this.#trim(kept.id);
      this.#ports.changed?.();
    }
  }

  /** Some of our people as they are now, by id. */
  async ourPeople(key: string, ids: readonly string[]): Promise<ReadonlyMap<string, OwnPerson>> {
    const tenant = await this.#tenant(key);
    const found = await this.#ports.store().read(() => load('employees-by-id', { tenant: tenant.number, ids }));
    return new Map(ownPeople(companyOf(tenant, [...found.values()])).map((one) => [one.id, one]));
  }

  /** Returns what was done, as it is taken back. Throws {@link TargetError} where it was nothing. */
  async undoOf(key: string, platform: string, of: UndoChoice): Promise<UndoRequest> {
    const { kept } = await this.#find(key, platform);
    if (kept === null) throw new TargetError('missing', 'Nothing was delivered to the target.');
    return await undoOf(this.#store, kept.id, of);
  }

  /** One employee on each live tenant. */
  async ofEmployee(key: string, employee: string): Promise<readonly EmployeeOnTarget[]> {
    const tenant = await this.#tenant(key);
    const subject = { kind: 'employee', subject: employee } as const;
    const kept = await this.#store.list(tenant.number);
    return await Promise.all(
      (await this.list(key)).map(async (target) => {
        const id = kept.find(({ platform }) => platform === target.platform)?.id;
        if (id === undefined) return { target, link: null, deliveries: 0 };
        const [link = null] = await this.#store.linksOf(id, [subject]);
        const deliveries = await this.#store.deliveries(id, { subject, limit: 100 });
        return { target, link, deliveries: deliveries.length };
      }),
    );
  }

  get #store(): Store['targets'] {
    return this.#ports.store().targets;
  }

  async #tenant(key: string): Promise<Tenant> {
    const tenant = await this.#ports.store().tenantByKey(key);
    if (tenant === null) throw new TargetError('missing', `There is no company "${key}".`);
    return tenant;
  }

  async #find(key: string, platform: string): Promise<{ tenant: Tenant; here: Here; kept: KeptTarget | null }> {
    const tenant = await this.#tenant(key);
    const settings = tenant.parts.targets?.[platform];
    if (settings === undefined) {
      throw new TargetError('missing', `The company has no targets.${platform}; ${setUp(platform).en}`);
    }
    const kept = (await this.#store.list(tenant.number)).find((one) => one.platform === platform) ?? null;
    return { tenant, here: { settings, place: this.#ports.place }, kept };
  }

  async #view(tenant: Tenant, platform: string, kept: KeptTarget | null): Promise<TargetView> {
    const settings = tenant.parts.targets?.[platform] ?? { credentials: {} };
    const [links, predictions, today, open] =
      kept === null
        ? [{}, [], {}, {}]
        : await Promise.all([
            this.#store.countLinks(kept.id),
            this.#store.predictions(kept.id),
            this.#store.braked(kept.id, Date.now()),
            this.#store.countOpen(kept.id),
          ]);
    const accuracy = { hits: 0, misses: 0 };
    for (const { hits, misses } of predictions) {
      accuracy.hits += hits;
      accuracy.misses += misses;
    }
    const standing = standingOf(kept, { settings, place: this.#ports.place });
    const isFollowed = kept !== null && settings.continuous === true && standing.state === 'on';
    const newest = isFollowed ? await this.#ports.store().read(() => load('newest-change', {})) : 0;
    return {
      platform,
      baseUrl: settings.base_url ?? null,
      ...standing,
      open,
      departmentsWaiting: isFollowed ? await this.#departmentsWaiting(tenant, kept.id, settings) : null,
      behind: isFollowed ? Math.max(0, newest - kept.cursor) : null,
      links,
      probe: kept?.probe ?? null,
      accuracy,
      today,
    };
  }

  async #departmentsWaiting(
    { parts: { departments } }: Tenant,
    id: string,
    settings: TargetSettings,
  ): Promise<WaitingDepartments> {
    const waiting = await this.#waiting.of(this.#store, id, departments);
    return { ...waiting, wanted: (settings.departments?.update ?? 'no') !== 'no' };
  }

  async #change(
    key: string,
    platform: string,
    transition: (kept: KeptTarget, here: Here) => Transition,
  ): Promise<TargetView> {
    await this.#driving(key, platform, async (claim, here) => {
      const patch = transition(claim, here);
      if (typeof patch === 'string') throw new TargetError('refused', patch);
      if (!(await this.#store.change(claim, patch))) throw busy();
    });
    return await this.show(key, platform);
  }

  /** Holds the target for the work; whatever else would write to it waits or is refused. */
  async #driving<Result>(
    key: string,
    platform: string,
    work: (claim: KeptTarget, here: Here) => Promise<Result>,
  ): Promise<Result> {
    const { tenant, here } = await this.#find(key, platform);
    await this.#store.add(tenant.number, platform);
    const { kept } = await this.#find(key, platform);
    const claim = kept === null ? null : await this.#claim(kept.id);
    if (claim === null) throw busy();
    try {
      return await work(claim, here);
    } finally {
      await this.#store.release(claim);
      this.#waiting.forget(claim.id);
      this.#ports.changed?.();
    }
  }

  /** Removes what is too old or too much, at most once an hour: a target that is not followed has no driver that does. */
  async #trim(id: string): Promise<void> {
    const now = Date.now();
    if (now - this.#trimmedAt < TRIM_MS) return;
    this.#trimmedAt = now;
    await this.#store.trim(id, now);
  }

  /** Claims a target; waits a little for whatever works on it. */
  async #claim(id: string): Promise<KeptTarget | null> {
    const node = randomUUID();
    for (const until = Date.now() + WAIT_MS; ;) {
      const claim = await this.#store.claim(id, node, LEASE_MS);
      if (claim !== null || Date.now() >= until) return claim;
      await setTimeout(ASK_MS);
    }
  }
}

/** How long, and how often, a target that is being worked on is asked for. */
const WAIT_MS = 10_000;
const ASK_MS = 100;

function busy(): TargetError {
  return new TargetError('busy', 'Another command or node works on this target; try again when it is done.');
}
