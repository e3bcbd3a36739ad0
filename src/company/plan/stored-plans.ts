import type { Clock } from '../../lib/time/clock.ts';
import type { Ids } from '../../lib/ids.ts';
import {
  CompanyFileError,
  CompanyMovedError,
  type Companies,
  type FileError,
  type Plan,
  type RemovalCount,
} from '../contract.ts';
import { meantAmong } from '../../lib/did-you-mean.ts';
import { isOverBrake } from '../brake.ts';
import {
  StoredPlanError,
  type PlanSteps,
  type StepsAsked,
  type ListedPlan,
  type StoredPlanLine,
  type StoredPlans,
  type StoredPlanState,
  type StoredPlanView,
} from './stored-plans-contract.ts';
import { StoredSteps } from './stored-steps.ts';

/** So many plans are kept in all; of more the oldest is forgotten. */
const MAX_PLANS = 20;
/** So many bytes of files and steps are kept in all. */
const MAX_BYTES = 128 * 1_048_576;
/** So long a plan is kept. */
const MAX_AGE_MS = 24 * 3_600_000;

/** What the plans are made with. */
export interface StoredPlansOptions {
  readonly companies: Pick<Companies, 'apply' | 'summary'>;
  /** The number of the newest change of a company; 0 where there is no such company. */
  readonly newestChange: (company: string) => Promise<number>;
  readonly clock: Clock;
  readonly ids: Ids;
  /** What went wrong while a plan was applied, beyond what its file did. */
  readonly onError: (error: unknown) => void;
  readonly limits?: { readonly plans?: number; readonly bytes?: number; readonly ageMs?: number };
}

interface StoredPlan {
  readonly id: string;
  readonly company: string;
  readonly at: number;
  /** The file as it was sent: what is applied is this, not what someone makes of it later. */
  readonly file: Uint8Array;
  readonly forState: string;
  readonly removals: RemovalCount;
  readonly warnings: readonly FileError[];
  readonly steps: StoredSteps;
  /** The newest change of the company when it was planned. */
  readonly change: number;
  state: StoredPlanState;
  appliedAt: number | null;
  request: string | null;
  faults: readonly FileError[];
  progress: { readonly done: number; readonly of: number };
}

/**
 * Plans of company files, kept in memory: a file has secrets in it, which are written nowhere else than as digests. So a plan
 * is known to the process that made it, for a day at most.
 */
export class MemoryPlans implements StoredPlans {
  readonly #plans = new Map<string, StoredPlan>();
  readonly #options: StoredPlansOptions;
  readonly #running = new Set<Promise<void>>();

  constructor(options: StoredPlansOptions) {
    this.#options = options;
  }

  async make(company: string, file: Uint8Array): Promise<StoredPlanLine> {
    const { companies, clock, ids } = this.#options;
    // Asked for before, so that a change during the planning counts as a later one.
    const change = await this.#options.newestChange(company);
    const planned = await companies.apply(company, file, { plan: true, removals: 'allow' });
    const steps = await StoredSteps.of(planned.steps);
    const bytes = file.byteLength + steps.bytes;
    const { bytes: most = MAX_BYTES } = this.#options.limits ?? {};
    if (bytes > most) {
      throw new StoredPlanError('too-large', 'The plan is larger than plans may be here; apply the file by itself.');
    }
    const plan: StoredPlan = {
      id: `pl_${ids.hex(16)}`,
      company,
      at: clock.now(),
      // A copy: what the call came in is used again.
      file: Uint8Array.from(file),
      forState: planned.state,
      removals: removalsOf(planned),
      warnings: planned.warnings ?? [],
      steps,
      change,
      state: 'ready',
      appliedAt: null,
      request: null,
      faults: [],
      progress: { done: 0, of: 0 },
    };
    this.#forget(bytes);
    this.#plans.set(plan.id, plan);
    return lineOf(plan, this.#age);
  }

  async list(company: string): Promise<readonly ListedPlan[]> {
    this.#forget(0);
    const plans = [...this.#plans.values()].filter((plan) => plan.company === company);
    if (plans.length === 0 && (await this.#options.companies.summary(company)) === null) {
      throw new StoredPlanError('no-company', 'There is no such company.');
    }
    const isReady = plans.some(({ state }) => state === 'ready');
    const change = isReady ? await this.#options.newestChange(company) : 0;
    return plans
      .map((plan) => ({
        ...lineOf(plan, this.#age),
        changed_since: plan.state === 'ready' && change !== plan.change,
      }))
      .toReversed();
  }

  async show(company: string, id: string, asked: StepsAsked): Promise<StoredPlanView> {
    const plan = this.#plan(company, id);
    const steps: PlanSteps = await plan.steps.page(asked);
    const isChanged = plan.state === 'ready' && (await this.#options.newestChange(company)) !== plan.change;
    return {
      ...lineOf(plan, this.#age),
      changed_since: isChanged,
      kinds: plan.steps.kinds,
      warnings: plan.warnings,
      faults: plan.faults,
      ...steps,
    };
  }

  apply(company: string, id: string, confirm: number | null, request: string): StoredPlanLine {
    const plan = this.#plan(company, id);
    if (plan.state !== 'ready') {
      throw new StoredPlanError('not-now', `The plan is ${plan.state}; only one that is ready can be applied.`);
    }
    const { removed, present } = plan.removals;
    if (isOverBrake(removed, present) && confirm !== removed) {
      throw new StoredPlanError(
        'confirm',
        `${String(removed)} of ${String(present)} employees would be removed; nothing was changed. ` +
          `If that is meant, confirm the number: {"confirm": ${String(removed)}}, or mingce with --yes.`,
      );
    }
    plan.state = 'applying';
    plan.request = request;
    const running = this.#run(plan, request).finally(() => this.#running.delete(running));
    this.#running.add(running);
    return lineOf(plan, this.#age);
  }

  erase(company: string, id: string): void {
    const plan = this.#plan(company, id);
    if (plan.state === 'applying') throw new StoredPlanError('not-now', 'The plan is being applied; wait for it.');
    this.#plans.delete(id);
  }

  /** Waits for what is being applied. */
  async close(): Promise<void> {
    await Promise.all(this.#running);
    this.#plans.clear();
  }

  async #run(plan: StoredPlan, request: string): Promise<void> {
    const { companies, clock, onError } = this.#options;
    try {
      await companies.apply(plan.company, plan.file, {
        request,
        // The number was confirmed, and the state is the one that it was counted in.
        removals: 'allow',
        state: plan.forState,
        progress: (done, of) => {
          plan.progress = { done, of };
        },
      });
      plan.state = 'applied';
      plan.appliedAt = clock.now();
    } catch (error) {
      plan.state = error instanceof CompanyMovedError ? 'moved' : 'failed';
      if (error instanceof CompanyFileError) plan.faults = error.faults;
      else if (plan.state === 'failed') onError(error);
    }
  }

  get #age(): number {
    return this.#options.limits?.ageMs ?? MAX_AGE_MS;
  }

  /** Forgets what is too old, and the oldest where another of so many bytes would be too many. One that is being applied stays. */
  #forget(bytes: number): void {
    const { plans: most = MAX_PLANS, bytes: mostBytes = MAX_BYTES } = this.#options.limits ?? {};
    const now = this.#options.clock.now();
    let held = bytes;
    for (const { file, steps } of this.#plans.values()) held += file.byteLength + steps.bytes;
    let count = this.#plans.size + (bytes === 0 ? 0 : 1);
    for (const plan of this.#plans.values()) {
      const isOld = now - plan.at >= this.#age;
      if (plan.state === 'applying' || !(isOld || count > most || held > mostBytes)) continue;
      this.#plans.delete(plan.id);
      held -= plan.file.byteLength + plan.steps.bytes;
      count -= 1;
    }
  }

  #plan(company: string, id: string): StoredPlan {
    this.#forget(0);
    const plan = this.#plans.get(id);
    if (plan?.company !== company) {
      const ids = [...this.#plans.values()].filter((one) => one.company === company).map((one) => one.id);
      throw new StoredPlanError(
        'no-plan',
        `There is no such plan, as one is kept for a day and as long as the server runs; ${meantAmong(id, ids.toReversed())}.`,
      );
    }
    return plan;
  }
}

function removalsOf({ steps, present }: Plan): RemovalCount {
  const removed = steps.filter(({ action, kind }) => action === 'remove' && kind === 'employee').length;
  return { removed, present };
}

function lineOf(plan: StoredPlan, ageMs: number): StoredPlanLine {
  const { removed, present } = plan.removals;
  return {
    id: plan.id,
    company: plan.company,
    state: plan.state,
    made_at: new Date(plan.at).toISOString(),
    expires_at: new Date(plan.at + ageMs).toISOString(),
    applied_at: plan.appliedAt === null ? null : new Date(plan.appliedAt).toISOString(),
    request: plan.request,
    for_state: plan.forState,
    counts: plan.steps.counts,
    brake: { tripped: isOverBrake(removed, present), removes: removed, present },
    progress: plan.progress,
  };
}
