import { randomUUID } from 'node:crypto';
import type { FieldRow, LiveRead, LiveSpaces } from '../../../connectors/connector.ts';
import type { Origin } from '../../../directory/history/change.ts';
import type { Store } from '../../../directory/store.ts';
import type { DriftRun, DriftRunWithLines } from '../../../directory/targets/drift-run.ts';
import type {
  DriftAccepted,
  DriftChoice,
  DriftLeft,
  DriftRepair,
  LiveDrift,
} from '../../../directory/targets/drift-view.ts';
import type { Link, Verified } from '../../../directory/targets/target-store.ts';
import type { Authority, TargetSettings } from '../../../directory/targets/target.ts';
import { TargetError } from '../../../directory/targets/target-view.ts';
import { agreements } from '../agreements.ts';
import type { CompanyTargets } from '../company-targets.ts';
import { compareTenant, type Difference, type DriftReport } from '../drift.ts';
import { ownCompanyOf } from '../own-company.ts';
import type { OwnCompany } from '../own-people.ts';
import { notAllowed, trippedBy } from '../plan/brake.ts';
import { accepting } from './accept.ts';
import { acceptedCounts } from './accepted-counts.ts';
import { chosenOf, narrowed, notOurs, type Chosen, type NarrowedPlan } from './choice.ts';
import { runOf, type RunInput } from './run-of.ts';

/** A live tenant as one read brought it, with what its connector knows. */
export interface TenantRead {
  readonly live: LiveRead;
  readonly fields: readonly FieldRow[];
  readonly spaces: LiveSpaces;
}

/** Our side of a comparison. */
export interface OwnSide {
  readonly own: OwnCompany;
  readonly links: readonly Link[];
}

/** What drift needs of the world. */
export interface TargetDriftPorts {
  readonly store: () => Store;
  readonly targets: Pick<CompanyTargets, 'settings' | 'allLinks' | 'settle' | 'show' | 'count'>;
  /** Reads everybody, with at most this share of the platform's limits. Throws {@link TargetError}. */
  readonly read: (
    company: string,
    platform: string,
    settings: TargetSettings,
    share: number,
    ours: OwnSide,
  ) => Promise<TenantRead>;
  /** Makes a plan of some fields of some people, and answers its id; null where plans are kept elsewhere. */
  readonly plan: ((key: string, platform: string, narrowed: NarrowedPlan) => Promise<string>) | null;
  readonly now: () => number;
  /** Is given what became of a run in the background that failed. */
  readonly onFailure: (error: unknown) => void;
}

/** A tenant compared with the company, as one read brought it. */
interface ComparedTenant {
  readonly report: DriftReport;
  readonly live: LiveRead;
  readonly own: OwnCompany;
  readonly settings: TargetSettings;
  readonly tenant: number;
  readonly fields: readonly FieldRow[];
  readonly readAt: number;
  /** What is the same on both sides, and the links do not have yet. */
  readonly agreed: readonly Verified[];
}

/** So many runs are listed. */
const LISTED = 30;
/** The share of the platform's limits that a read for an operator takes, and one of the night. */
const OPERATORS_SHARE = 1;

/** Reads live tenants as a whole, keeps what differs, and takes their values over or has ours written again. */
export class TargetDrift implements LiveDrift {
  readonly #ports: TargetDriftPorts;
  readonly #reading = new Map<string, Promise<unknown>>();

  constructor(ports: TargetDriftPorts) {
    this.#ports = ports;
  }

  /** The newest runs of a target, newest first. */
  async runs(key: string, platform: string): Promise<readonly DriftRun[]> {
    const { consumer } = await this.#find(key, platform);
    if (consumer === null) return [];
    const runs = await this.#ports.store().targets.runs(consumer, LISTED);
    return runs.map((run) => asItIs(run, this.#ports.now()));
  }

  /** One run with its lines. Throws {@link TargetError}. */
  async run(key: string, platform: string, id: string): Promise<DriftRunWithLines> {
    const { consumer } = await this.#find(key, platform);
    const found = consumer === null ? null : await this.#ports.store().targets.run(consumer, id);
    if (found === null) throw new TargetError('missing', `The target has no run "${id}".`);
    return asItIs(found, this.#ports.now());
  }

  /** Begins a read of the whole tenant, and answers the run that it will fill. */
  async begin(key: string, platform: string, id = `dr_${randomUUID()}`, share = OPERATORS_SHARE): Promise<DriftRun> {
    const { consumer } = await this.#add(key, platform);
    if (this.#reading.has(consumer)) throw new TargetError('busy', 'The tenant is being read; look at that run.');
    const run = begun(id, this.#ports.now());
    if (!(await this.#ports.store().targets.beginRun(consumer, run)))
      throw new TargetError('busy', 'This read was begun already.');
    const reading = this.#compare(key, platform, share)
      .then(({ report, live, readAt, agreed }) =>
        this.keep(key, platform, { id, readAt, report, problems: live.problems }, agreed),
      )
      .catch(async (error: unknown) => {
        const why = error instanceof TargetError ? error.message : 'The read failed; the log has the reason.';
        await this.#ports.store().targets.keepRun(consumer, { ...run, state: 'failed', why, lines: [] });
        if (!(error instanceof TargetError)) this.#ports.onFailure(error);
      })
      .catch(this.#ports.onFailure)
      .finally(() => this.#reading.delete(consumer));
    this.#reading.set(consumer, reading);
    return run;
  }

  /** Keeps what a read showed, and what it showed to be the same on both sides; answers the run. */
  async keep(
    key: string,
    platform: string,
    read: Omit<RunInput, 'last'>,
    agreed: readonly Verified[],
  ): Promise<DriftRunWithLines> {
    const { consumer } = await this.#add(key, platform);
    const { targets } = this.#ports.store();
    const last = (await targets.runs(consumer, LISTED)).find(({ state, isComplete }) => state === 'done' && isComplete);
    const run = runOf({ ...read, last: last ?? null });
    await targets.keepRun(consumer, run);
    await this.#settle(key, platform, agreed);
    return run;
  }

  /** Waits until no read is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.#reading.values());
  }

  /**
   * Takes values of the tenant over into the records. It reads the tenant again; a difference that is no longer as the run
   * shows it is left. Over the brake nothing is taken over until the very number is allowed.
   */
  async accept(key: string, platform: string, choice: DriftChoice, request: string): Promise<DriftAccepted> {
    const { chosen, left, report, settings, tenant, fields } = await this.#choose(key, platform, choice, 'accept');
    const counts = acceptedCounts(chosen, fields);
    const { today } = await this.#ports.targets.show(key, platform);
    const staged = notAllowed(
      trippedBy(counts, {
        linked: report.people.matched,
        inScope: report.people.matched,
        asked: new Set(),
        limits: settings.brake ?? {},
        today,
      }),
      choice.allow ?? {},
    );
    if (staged.length > 0) return { accepted: [], left, staged };
    // Counted for the day as a plan's values are, and before anything is taken over: a target that is busy refuses it whole.
    await this.#ports.targets.count(key, platform, counts);
    const origin: Origin = {
      dialect: DELIVERY,
      operation: 'accept',
      app: platform,
      request,
      at: this.#ports.now(),
    };
    const accepted: { employee: string; fields: readonly string[] }[] = [];
    const others: DriftLeft[] = [];
    for (const [employee, of] of Map.groupBy(chosen, (one) => one.employee)) {
      const values = new Map(of.map(({ field, theirs }) => [field as string, theirs]));
      const done = await this.#ports.store().write(() => accepting(tenant, { employee, values }, origin));
      if (done.accepted.length > 0) accepted.push({ employee, fields: done.accepted });
      others.push(...done.left.map((one) => ({ employee, ...one })));
    }
    const taken = takenOf(chosen, accepted);
    await this.#settle(key, platform, agreedIn(taken));
    return { accepted, left: [...left, ...others], staged: [] };
  }

  /** Makes the plan that writes our values again; it is rehearsed, and the brake holds for it as for every plan. */
  async repair(key: string, platform: string, choice: DriftChoice): Promise<DriftRepair> {
    const { plan } = this.#ports;
    if (plan === null) throw new TargetError('refused', 'Plans are not kept here: mingce drift --repair --out FILE.');
    const { chosen, left, settings } = await this.#choose(key, platform, choice, 'repair');
    if (chosen.length === 0) return { plan: null, left };
    return { plan: await plan(key, platform, narrowed(settings, chosen, choice)), left };
  }

  /** Keeps what both sides agree on. What follows the target at this time does so itself. */
  async #settle(key: string, platform: string, agreed: readonly Verified[]): Promise<void> {
    try {
      await this.#ports.targets.settle(key, platform, agreed);
    } catch (error) {
      if (!(error instanceof TargetError && error.kind === 'busy')) throw error;
    }
  }

  async #choose(
    key: string,
    platform: string,
    choice: DriftChoice,
    remedy: 'accept' | 'repair',
  ): Promise<Chosen & Pick<ComparedTenant, 'report' | 'settings' | 'tenant' | 'fields'>> {
    const seen = choice.run === undefined ? null : (await this.run(key, platform, choice.run)).lines;
    // Refuses a choice of nothing before anything is read.
    chosenOf([], choice, remedy);
    const { report, live, own, settings, tenant, fields } = await this.#compare(key, platform, OPERATORS_SHARE);
    const { chosen, left } = chosenOf(report.differences, choice, remedy, seen);
    return { chosen, left: [...left, ...notOurs({ own, live }, choice)], report, settings, tenant, fields };
  }

  async #compare(key: string, platform: string, share: number): Promise<ComparedTenant> {
    const { tenant } = await this.#find(key, platform);
    const settings = await this.#ports.targets.settings(key, platform);
    const readAt = this.#ports.now();
    const { live, fields, spaces } = await this.#ports.read(
      key,
      platform,
      settings,
      share,
      await this.#ours(key, platform, tenant),
    );
    // As it is now: a read of everybody takes its time.
    const { own, links } = await this.#ours(key, platform, tenant);
    const authority: Readonly<Partial<Record<string, Authority>>> = settings.authority ?? {};
    const report = compareTenant({ own, live, fields, spaces, authority, links });
    const agreed = agreements({
      matches: report.matching.matches,
      fields,
      customFields: own.customFields,
      customSpace: spaces.field,
      ...report.ids,
      links,
    });
    return { report, live, own, settings, tenant, fields, readAt, agreed };
  }

  async #ours(key: string, platform: string, tenant: number): Promise<OwnSide> {
    const own = await ownCompanyOf(this.#ports.store(), tenant);
    if (own === null) throw new TargetError('missing', `There is no company "${key}".`);
    return { own, links: await this.#ports.targets.allLinks(key, platform) };
  }

  async #find(key: string, platform: string): Promise<{ readonly tenant: number; readonly consumer: string | null }> {
    await this.#ports.targets.settings(key, platform);
    const store = this.#ports.store();
    const found = await store.tenantByKey(key);
    if (found === null) throw new TargetError('missing', `There is no company "${key}".`);
    const kept = (await store.targets.list(found.number)).find((one) => one.platform === platform);
    return { tenant: found.number, consumer: kept?.id ?? null };
  }

  async #add(key: string, platform: string): Promise<{ readonly consumer: string }> {
    const { tenant } = await this.#find(key, platform);
    await this.#ports.store().targets.add(tenant, platform);
    const { consumer } = await this.#find(key, platform);
    if (consumer === null) throw new TargetError('missing', `There is no company "${key}".`);
    return { consumer };
  }
}

/** A read takes no longer; one that does was cut off with the program. */
const LONGEST_MS = 12 * 60 * 60 * 1_000;

function asItIs<Run extends DriftRun>(run: Run, now: number): Run {
  if (run.state !== 'reading' || now - run.readAt < LONGEST_MS) return run;
  return { ...run, state: 'failed', why: 'The read was cut off.' };
}

/** What the change log names for what a live tenant changed here. */
const DELIVERY = 'delivery';

function begun(id: string, readAt: number): DriftRun {
  const people = { ours: 0, theirs: 0, matched: 0 };
  return {
    id,
    state: 'reading',
    readAt,
    isComplete: false,
    why: null,
    people,
    counts: { people: {}, fields: {} },
    found: 0,
  };
}

/** The differences that were taken over. */
function takenOf(chosen: readonly Difference[], accepted: DriftAccepted['accepted']): readonly Difference[] {
  const taken = new Map(accepted.map(({ employee, fields }) => [employee, new Set(fields)]));
  return chosen.filter(({ employee, field }) => taken.get(employee)?.has(field) === true);
}

/** What both sides agree on once theirs was taken over. Of custom fields the next read shows it. */
function agreedIn(taken: readonly Difference[]): readonly Verified[] {
  return taken.flatMap(({ employee, field, theirs }): Verified[] =>
    field.startsWith('custom.') ? [] : [{ kind: 'employee', subject: employee, fields: { [field]: theirs } }],
  );
}
