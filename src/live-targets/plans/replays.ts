import { randomUUID } from 'node:crypto';
import type {
  DeadLetters,
  DeliveriesReplayed,
  DeliveryRetried,
  ReplayChoice,
} from '../../directory/targets/plan-view.ts';
import type { Delivery } from '../../directory/targets/target-store.ts';
import { TargetError } from '../../directory/targets/target-view.ts';
import type { KeptPlansPorts } from './kept-plans.ts';
import { deliveryLine } from './plan-views.ts';

/** As many deliveries of a target are open at one time: no command opens more. */
const MOST = 1_000;
/** Dead letters that are looked through by one command. */
const MAX_LOOKED = 5_000;

/** What would be sent again. */
interface Counted {
  readonly counted: DeadLetters;
  readonly again: readonly Delivery[];
}

/** Sends again what was given up: one delivery, those of one reason, or all, after it was said how many they are. */
export class Replays {
  readonly #ports: KeptPlansPorts;
  /** Begins to make a plan for some employees; answers its id. */
  readonly #plan: (key: string, platform: string, only: readonly string[]) => Promise<string>;

  constructor(
    ports: KeptPlansPorts,
    plan: (key: string, platform: string, only: readonly string[]) => Promise<string>,
  ) {
    this.#ports = ports;
    this.#plan = plan;
  }

  /** Counts what would be sent again. */
  async count(key: string, platform: string, reason: string | null): Promise<Counted> {
    const { targets } = this.#ports;
    const by = (await targets.settings(key, platform)).continuous === true ? 'follow' : 'plan';
    const consumer = await this.#consumer(key, platform);
    const again: Delivery[] = [];
    const reasons: Record<string, number> = {};
    let [leftOut, more] = [0, false];
    let next: number | null = null;
    for (let looked = 0; consumer !== null && !more; looked += MOST) {
      const before: number | null = next;
      const page = await this.#store.deadLetters(consumer, { limit: MOST, ...(before === null ? {} : { before }) });
      for (const letter of page.letters) {
        const why = deliveryLine(letter, platform).reason ?? 'unknown';
        if (reason !== null && why !== reason) continue;
        if (!isTaken(letter, by)) leftOut++;
        else if (again.length === MOST) more = true;
        else {
          again.push(letter);
          reasons[why] = (reasons[why] ?? 0) + 1;
        }
      }
      ({ next } = page);
      if (next === null) break;
      if (looked + MOST >= MAX_LOOKED) more = true;
    }
    return { counted: { target: platform, count: again.length, reasons, left_out: leftOut, by, more }, again };
  }

  /** Sends dead letters again. */
  async all(key: string, platform: string, { reason, count }: ReplayChoice): Promise<DeliveriesReplayed> {
    const { counted, again } = await this.count(key, platform, reason);
    if (counted.count !== count) {
      throw new TargetError(
        'refused',
        `${String(counted.count)} would be sent again, not ${String(count)}; repeat the number.`,
      );
    }
    if (counted.by === 'plan') {
      const plan = await this.#plan(
        key,
        platform,
        again.map(({ subject }) => subject),
      );
      return { target: platform, opened: 0, plan };
    }
    return { target: platform, opened: (await this.#open(key, platform, again)).length, plan: null };
  }

  /** Sends one again that is dead, or arrived in part. */
  async one(key: string, platform: string, delivery: Delivery): Promise<DeliveryRetried> {
    const { state, subject } = delivery;
    if (state !== 'dead' && state !== 'partial') {
      throw new TargetError('refused', `The delivery is ${state}; one that is dead or partial is sent again.`);
    }
    const by = (await this.#ports.targets.settings(key, platform)).continuous === true ? 'follow' : 'plan';
    if (!isTaken(delivery, by)) throw new TargetError('refused', 'Make a plan of the whole target for departments.');
    // Only what follows the log takes what waits; elsewhere a plan says first what would be sent.
    if (by === 'plan') return { target: platform, delivery: null, plan: await this.#plan(key, platform, [subject]) };
    const [first] = await this.#open(key, platform, [delivery]);
    if (first === undefined) throw new TargetError('busy', 'A delivery of this subject is open already.');
    return { target: platform, delivery: first, plan: null };
  }

  async #open(key: string, platform: string, again: readonly Delivery[]): Promise<readonly string[]> {
    const fresh = again.map(({ kind, subject, operation, fromChange, toChange }) => {
      const about = { kind, subject, operation, fromChange, toChange };
      return { ...about, id: randomUUID(), plan: null, step: null, predicted: null };
    });
    const opened = await this.#ports.targets.drive(key, platform, (claim) =>
      this.#store.open(claim, fresh, Date.now()),
    );
    if (opened === null) {
      throw new TargetError('busy', 'Another command or node works on this target; try again when it is done.');
    }
    return opened;
  }

  get #store(): ReturnType<KeptPlansPorts['store']>['targets'] {
    return this.#ports.store().targets;
  }

  async #consumer(key: string, platform: string): Promise<string | null> {
    const tenant = await this.#ports.store().tenantByKey(key);
    if (tenant === null) return null;
    return (await this.#store.list(tenant.number)).find((one) => one.platform === platform)?.id ?? null;
  }
}

/** Whether a subject can be sent again: a plan is made for employees, and what followed the log is followed again. */
function isTaken({ kind, plan }: Delivery, by: DeadLetters['by']): boolean {
  return kind === 'employee' || (by === 'follow' && plan === null);
}
