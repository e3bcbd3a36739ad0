import { clearInterval, setInterval } from 'node:timers';
import type { Waits } from '../../delivery/targets/continuous/ports.ts';
import type { CompanyTargets } from '../../delivery/targets/company-targets.ts';
import type { ApplyReport } from '../../delivery/targets/plan/apply.ts';
import { notAllowed } from '../../delivery/targets/plan/brake.ts';
import {
  allowanceLine,
  checkPlan,
  PlanFileError,
  planLines,
  readPlan,
  type ReadPlan,
} from '../../delivery/targets/plan/plan-file.ts';
import type { UndoRequest } from '../../delivery/targets/plan/undo/undo.ts';
import type { Store } from '../../directory/store.ts';
import type { ApplyChoice, TargetPlanLine, TargetPlanView } from '../../directory/targets/plan-view.ts';
import type { KeptPlan, KeptTarget, TargetPlanState } from '../../directory/targets/target-store.ts';
import type { SentCalls } from '../../directory/targets/sent-call.ts';
import type { TargetSettings } from '../../directory/targets/target.ts';
import { TargetError } from '../../directory/targets/target-view.ts';
import { meantAmong } from '../../lib/did-you-mean.ts';
import { randomIds } from '../../lib/ids.ts';
import { agreedIn, planFor, type PlanningTenant } from '../planning.ts';
import type { StartServer } from '../twin.ts';
import { withPlanning } from './open-planning.ts';
import { groupsOf, headerIn, stepsIn, textOf } from './plan-text.ts';
import {
  allowedIn,
  beginning,
  deliveryIdsOf,
  lineOf,
  runOf,
  SIGN_MS,
  stepOf,
  stopWords,
  summaryIn,
  summaryOf,
} from './plan-views.ts';
import { runKeptPlan, stepsDone } from './run-plan.ts';

/** What plans that are kept need of the world. */
export interface KeptPlansPorts {
  readonly store: () => Store;
  readonly targets: CompanyTargets;
  /** Starts the copy on which plans are rehearsed. */
  readonly start: StartServer;
  /** Is given what goes out; undefined where it is not kept. */
  readonly calls?: SentCalls | undefined;
  /** Ends runs before their next step when the server stops. */
  readonly closing: AbortSignal;
  /** Is given what went wrong in the background. */
  readonly onFailure: (error: unknown) => void;
  /** Shortens what runs wait for; shorter is for tests alone. */
  readonly waits?: Waits | undefined;
}

/** Which plan is made; absent members: all that authority says. */
export interface PlanOrder {
  readonly only?: ReadonlySet<string>;
  readonly settings?: TargetSettings;
  readonly undo?: UndoRequest;
}

/** So many plans of a target are kept; older ones that are over make room. */
const MAX_KEPT = 50;
/** States in which a plan may be applied. */
const APPLICABLE: ReadonlySet<TargetPlanState> = new Set(['ready', 'staged', 'stopped', 'running', 'stopping']);

/** Makes, keeps and applies plans in the store, so that any node has them. */
export class KeptPlans {
  readonly #ports: KeptPlansPorts;
  readonly #jobs = new Set<Promise<unknown>>();
  /** Plans that run in this process. */
  readonly #running = new Set<string>();

  constructor(ports: KeptPlansPorts) {
    this.#ports = ports;
  }

  async list(key: string, platform: string): Promise<readonly TargetPlanLine[]> {
    const id = await this.consumer(key, platform);
    const plans = id === null ? [] : await this.#store.plans(id, MAX_KEPT);
    return plans.map((kept) => lineOf(kept, Date.now()));
  }

  async show(
    key: string,
    platform: string,
    id: string,
    page: { readonly after: number; readonly limit: number; readonly what?: string },
  ): Promise<TargetPlanView> {
    const kept = await this.#find(key, platform, id);
    const line = lineOf(kept, Date.now());
    const header = await headerIn(this.#store, id);
    const { steps, hasMore } = await stepsIn(this.#store, id, page);
    const ids = steps.flatMap((step) => deliveryIdsOf(id, step));
    const found = ids.length === 0 ? [] : await this.#store.deliveries(kept.consumer, { ids, limit: ids.length });
    const byId = new Map(found.map((one) => [one.id, one]));
    const last = steps.at(-1);
    return {
      ...line,
      messages: header?.messages ?? [],
      cannot_undo: header?.cannot_undo ?? [],
      refused: header?.refused ?? [],
      rings: header?.rings ?? [],
      reports: header?.reports ?? [],
      lasting: header?.lasting ?? [],
      calls: header?.calls ?? {},
      assumed: header?.assumed ?? [],
      page: steps.map((step) => stepOf(id, step, byId)),
      next: hasMore && last !== undefined ? last.n : null,
    };
  }

  /** Begins to make a plan; it is `making` until it is rehearsed. */
  async make(key: string, platform: string, order: PlanOrder = {}): Promise<TargetPlanLine> {
    const { targets } = this.#ports;
    const id = randomIds.fresh('pl_');
    const now = Date.now();
    await targets.drive(key, platform, async (claim) => {
      const plans = await this.#store.plans(claim.id, MAX_KEPT + 1);
      if (plans.some((kept) => lineOf(kept, now).state === 'making')) {
        throw new TargetError('busy', 'Another plan of this target is being made; wait for it.');
      }
      const over = plans.toReversed().find(({ state }) => state !== 'running' && state !== 'stopping');
      if (plans.length >= MAX_KEPT && over !== undefined) await this.#store.removePlan(claim, over.id);
      const header = beginning(now, order.undo?.of ?? null);
      await this.#store.trim(claim.id, now);
      held(await this.#store.addPlan(claim, { id, digest: '', header, state: 'making', createdAt: now }));
    });
    this.#begin(this.#rehearse(key, platform, id, order));
    return lineOf(await this.#find(key, platform, id), now);
  }

  async file(key: string, platform: string, id: string): Promise<string> {
    const kept = await this.#find(key, platform, id);
    if (kept.digest === '') throw new TargetError('refused', 'The plan is not made yet.');
    return (await textOf(this.#store, id)).plan;
  }

  /** Allows counts over the brake; each must be the plan's own. */
  async allow(
    key: string,
    platform: string,
    id: string,
    counts: Readonly<Record<string, number>>,
    who: string,
  ): Promise<TargetPlanLine> {
    const found = await this.#find(key, platform, id);
    const summary = summaryIn(found);
    for (const [what, count] of Object.entries(counts)) {
      // A plan may come over the limit of the day after it was made: any kind that it has may be allowed.
      const own = new Map(Object.entries(summary.counts)).get(what);
      const has = summary.brake.find((one) => one.what === what)?.count ?? own;
      if (has === count) continue;
      throw new TargetError(
        'refused',
        has === undefined
          ? `The plan has nothing of ${what} to allow.`
          : `The plan has ${String(has)} of ${what}, not ${String(count)}; repeat its number.`,
      );
    }
    const at = new Date().toISOString();
    await this.#open(key, platform, {}, async ({ planKey }) => {
      await this.#ports.targets.drive(key, platform, async (claim) => {
        const kept = await this.#find(key, platform, id);
        const allowed = { ...allowedIn(kept), ...counts };
        held(await this.#store.addPlanLines(claim, id, [allowanceLine(kept.digest, counts, at, planKey).trimEnd()]));
        const waits = notAllowed(summary.brake, allowed).length > 0;
        const state = kept.state === 'staged' && !waits ? 'ready' : kept.state;
        held(await this.#store.changePlan(claim, id, { state, allowed: { counts: allowed, who, at } }));
      });
    });
    return lineOf(await this.#find(key, platform, id), Date.now());
  }

  /** Begins to apply a plan; one that stopped goes on where it was. */
  async apply(key: string, platform: string, id: string, choice: ApplyChoice): Promise<TargetPlanLine> {
    const kept = await this.#find(key, platform, id);
    const line = lineOf(kept, Date.now());
    if (!APPLICABLE.has(kept.state) || line.state === 'expired' || line.state === 'failed') {
      throw new TargetError('refused', `The plan is ${line.state}; it is not applied.`);
    }
    if (this.#running.has(id)) throw new TargetError('busy', 'The plan is being applied.');
    await this.#refuseUnlessOn(key, platform);
    const waits = notAllowed(summaryIn(kept).brake, allowedIn(kept));
    if (waits.length > 0) {
      const words = waits.map(({ what, count }) => `${what}=${String(count)}`).join(', ');
      throw new TargetError('refused', `The plan waits for approval: allow ${words}.`);
    }
    this.#running.add(id);
    const begun = Promise.withResolvers<undefined>();
    const run = this.#open(key, platform, {}, (live) =>
      this.#ports.targets.drive(key, platform, (claim) =>
        this.#run(claim, live, { key, id, choice }, () => {
          begun.resolve(undefined);
        }),
      ),
    ).finally(() => this.#running.delete(id));
    this.#begin(run);
    await Promise.race([begun.promise, run]);
    return lineOf(await this.#find(key, platform, id), Date.now());
  }

  async stop(key: string, platform: string, id: string): Promise<TargetPlanLine> {
    await this.#find(key, platform, id);
    if (!(await this.#store.stopPlan(id))) throw new TargetError('refused', 'The plan does not run.');
    return lineOf(await this.#find(key, platform, id), Date.now());
  }

  async erase(key: string, platform: string, id: string): Promise<void> {
    await this.#find(key, platform, id);
    if (this.#running.has(id)) throw new TargetError('busy', 'The plan is being applied; stop it first.');
    await this.#ports.targets.drive(key, platform, async (claim) => {
      held(await this.#store.removePlan(claim, id));
    });
  }

  /** The id under which a target is kept; null: no command was given for it yet. Throws {@link TargetError}. */
  async consumer(key: string, platform: string): Promise<string | null> {
    await this.#ports.targets.settings(key, platform);
    const tenant = await this.#ports.store().tenantByKey(key);
    const kept = tenant === null ? [] : await this.#store.list(tenant.number);
    return kept.find((one) => one.platform === platform)?.id ?? null;
  }

  /** Waits until nothing is made or applied in the background. */
  async settled(): Promise<void> {
    while (this.#jobs.size > 0) await Promise.all(this.#jobs);
  }

  get #store(): Store['targets'] {
    return this.#ports.store().targets;
  }

  async #find(key: string, platform: string, id: string): Promise<KeptPlan> {
    const consumer = await this.consumer(key, platform);
    const kept = await this.#store.plan(id);
    if (kept === null || kept.consumer !== consumer) throw await this.#unknownPlan(consumer, id);
    return kept;
  }

  /** The refusal of a plan that a target does not have, with those that it has, newest first. */
  async #unknownPlan(consumer: string | null, id: string): Promise<TargetError> {
    const plans = consumer === null ? [] : await this.#store.plans(consumer, MAX_KEPT);
    const names = plans.map((plan) => plan.id);
    return new TargetError('missing', `The target has no such plan; ${meantAmong(id, names)}.`);
  }

  #open<Result>(
    key: string,
    platform: string,
    { settings }: Pick<PlanOrder, 'settings'>,
    work: (tenant: PlanningTenant) => Promise<Result>,
  ): Promise<Result> {
    const { store, targets, start, calls } = this.#ports;
    const about = { key, platform, ...(settings === undefined ? {} : { settings }) };
    return withPlanning({ store: store(), targets, start, calls }, about, work);
  }

  async #rehearse(key: string, platform: string, id: string, order: PlanOrder): Promise<void> {
    const { targets, waits } = this.#ports;
    const sign = setInterval(
      () => {
        // Where it fails, the next one tells.
        this.#store.keepMaking(id, Date.now()).catch(() => undefined);
      },
      waits?.leaseMs === undefined ? SIGN_MS : waits.leaseMs / 3,
    );
    try {
      const links = await targets.allLinks(key, platform);
      const { accuracy, today } = await targets.show(key, platform);
      const { plan, text } = await this.#open(key, platform, order, async (live) => {
        const made = await planFor(live, {
          id,
          links,
          accuracy,
          today,
          onRead: (read) => targets.settle(key, platform, agreedIn(live, read, links)),
          ...(order.only === undefined ? {} : { only: order.only }),
          ...(order.undo === undefined ? {} : { undo: order.undo }),
        });
        return { plan: made, text: planLines(made, live.planKey) };
      });
      const lines = text.split('\n');
      const digest = (JSON.parse(lines.at(-2) ?? '{}') as { readonly sha256?: string }).sha256 ?? '';
      await targets.drive(key, platform, async (claim) => {
        for (const group of groupsOf(text)) held(await this.#store.addPlanLines(claim, id, group));
        const state = plan.header.brake.length > 0 ? 'staged' : 'ready';
        const header = summaryOf(plan.header, plan.steps.length);
        held(await this.#store.changePlan(claim, id, { state, digest, header }));
      });
    } catch (error) {
      await this.#failed(key, platform, id, error);
      if (!(error instanceof TargetError)) throw error;
    } finally {
      clearInterval(sign);
    }
  }

  async #failed(key: string, platform: string, id: string, error: unknown): Promise<void> {
    const why = error instanceof TargetError ? error.message : 'It could not be made; the log has the reason.';
    const kept = await this.#store.plan(id);
    if (kept === null) return;
    const header = { ...summaryIn(kept), why };
    await this.#ports.targets.drive(key, platform, (claim) =>
      this.#store.changePlan(claim, id, { state: 'failed', header }),
    );
  }

  async #run(
    claim: KeptTarget,
    live: PlanningTenant,
    { key, id, choice }: { readonly key: string; readonly id: string; readonly choice: ApplyChoice },
    begun: () => void,
  ): Promise<void> {
    // A pause may have come while the company was loaded and the claim was waited for; from here on it cannot.
    await this.#refuseUnlessOn(key, claim.platform);
    const { plan: text, run: notes } = await textOf(this.#store, id);
    const plan = readHere(text, live);
    const kept = await this.#store.plan(id);
    if (kept === null) throw await this.#unknownPlan(claim.id, id);
    const { run: _before, ...settled } = summaryIn(kept);
    held(await this.#store.changePlan(claim, id, { state: 'running', header: { ...settled, why: null } }));
    begun();
    let why = 'it broke off; the log has the reason';
    let report: ApplyReport | null = null;
    try {
      report = await runKeptPlan({
        store: this.#store,
        claim,
        live,
        plan,
        notes,
        choice,
        closing: this.#ports.closing,
        waits: this.#ports.waits,
        ourNow: (ids) => this.#ports.targets.ourPeople(key, ids),
        isOn: async () => (await this.#ports.targets.standing(key, claim.platform)).state === 'on',
      });
      const { stopped, stale, staged } = report;
      why = stopped === null ? '' : stopWords(stopped.why, stopped.n, stale, staged);
    } finally {
      const position = stepsDone((await textOf(this.#store, id)).run);
      const isOver = report?.stopped === null && position >= plan.steps.filter(({ isRefused }) => !isRefused).length;
      await this.#store.changePlan(claim, id, {
        state: isOver ? 'done' : report?.stopped?.why === 'staged' ? 'staged' : 'stopped',
        position,
        header: { ...settled, why: why === '' ? null : why, ...(report === null ? {} : { run: runOf(report) }) },
      });
    }
  }

  /** A tenant is written to because a command on this installation said so, never because a plan is there. */
  async #refuseUnlessOn(key: string, platform: string): Promise<void> {
    const { state, wayBack } = await this.#ports.targets.standing(key, platform);
    if (state !== 'on') throw new TargetError('refused', `The target is ${state}; ${wayBack ?? 'enable it'}.`);
  }

  #begin(job: Promise<unknown>): void {
    const watched = job.catch((error: unknown) => {
      if (!(error instanceof TargetError)) this.#ports.onFailure(error);
    });
    this.#jobs.add(watched);
    void watched.finally(() => this.#jobs.delete(watched));
  }
}

/** Reads a plan as it was made here, for this tenant, and not too long ago. */
function readHere(text: string, { planKey, company, connector, baseUrl, target }: PlanningTenant): ReadPlan {
  try {
    const plan = readPlan(text, planKey);
    const tenant = { base_url: baseUrl, ids: target.ids };
    checkPlan(plan, { now: Date.now(), company, target: connector.platform, tenant });
    return plan;
  } catch (error) {
    if (error instanceof PlanFileError) throw new TargetError('refused', `${error.message}.`);
    throw error;
  }
}

function held(isHeld: boolean): void {
  if (!isHeld) throw new TargetError('busy', 'Another command or node took the target over; try again.');
}
