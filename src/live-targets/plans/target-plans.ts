import { setTimeout } from 'node:timers/promises';
import type {
  DeadLetters,
  DeliveriesReplayed,
  DeliveryChoice,
  DeliveryLine,
  DeliveryList,
  DeliveryRetried,
  PersonDelivery,
  PersonStepName,
  ReplayChoice,
  TargetPlanLine,
  TargetPlans,
  UndoChoice,
} from '../../directory/targets/plan-view.ts';
import type { Delivery } from '../../directory/targets/target-store.ts';
import { TargetError } from '../../directory/targets/target-view.ts';
import { deliverPerson } from './deliver-person.ts';
import { KeptPlans, type KeptPlansPorts, type PlanOrder } from './kept-plans.ts';
import { withPlanning } from './open-planning.ts';
import { deliveryLine } from './plan-views.ts';
import { Replays } from './replays.ts';

/** Deliveries that are looked through for a reason, at most. */
const MAX_LOOKED = 5_000;
const AT_ONCE = 500;

/** What an operator does with the plans and deliveries of live tenants, in the store of a server. */
export class CompanyTargetPlans implements TargetPlans {
  readonly #ports: KeptPlansPorts;
  readonly #plans: KeptPlans;
  readonly #replays: Replays;

  constructor(ports: KeptPlansPorts) {
    this.#ports = ports;
    this.#plans = new KeptPlans(ports);
    this.#replays = new Replays(ports, async (key, platform, only) => (await this.make(key, platform, only)).id);
  }

  readonly list: TargetPlans['list'] = (...given) => this.#plans.list(...given);
  readonly show: TargetPlans['show'] = (...given) => this.#plans.show(...given);
  readonly file: TargetPlans['file'] = (...given) => this.#plans.file(...given);
  readonly allow: TargetPlans['allow'] = (...given) => this.#plans.allow(...given);
  readonly apply: TargetPlans['apply'] = (...given) => this.#plans.apply(...given);
  readonly stop: TargetPlans['stop'] = (...given) => this.#plans.stop(...given);
  readonly erase: TargetPlans['erase'] = (...given) => this.#plans.erase(...given);

  make(key: string, platform: string, only?: readonly string[]): Promise<TargetPlanLine> {
    return this.#plans.make(key, platform, only === undefined ? {} : { only: new Set(only) });
  }

  /** Begins to make a plan by other settings than those of the company file; answers its id. */
  async makeNarrowed(key: string, platform: string, order: Pick<PlanOrder, 'only' | 'settings'>): Promise<string> {
    return (await this.#plans.make(key, platform, order)).id;
  }

  async undo(key: string, platform: string, of: UndoChoice): Promise<TargetPlanLine> {
    return await this.#plans.make(key, platform, { undo: await this.#ports.targets.undoOf(key, platform, of) });
  }

  async undoDelivery(key: string, id: string): Promise<TargetPlanLine & { readonly target: string }> {
    const { platform } = await this.#delivery(key, id);
    return { ...(await this.undo(key, platform, id)), target: platform };
  }

  async deliveries(key: string, choice: DeliveryChoice): Promise<DeliveryList> {
    const { target, reason, limit } = choice;
    const kept = (await this.#targets(key)).filter(({ platform }) => target === undefined || platform === target);
    const isMeant = (one: DeliveryLine): boolean => reason === undefined || one.reason === reason;
    const lists = await Promise.all(
      kept.map(async ({ id, platform }) => {
        const lines: DeliveryLine[] = [];
        for (let before = choice.before, looked = 0; looked < MAX_LOOKED; looked += AT_ONCE) {
          const page = await this.#store.deliveries(id, filterOf(choice, before));
          lines.push(...page.map((one) => deliveryLine(one, platform)).filter(isMeant));
          before = page.at(-1)?.number;
          if (page.length < AT_ONCE || lines.length > limit) break;
        }
        return lines;
      }),
    );
    const all = lists.flat().toSorted((a, b) => b.number - a.number);
    const shown = await this.#withPlans(all.slice(0, limit));
    return { deliveries: shown, next: all.length > limit ? (shown.at(-1)?.number ?? null) : null };
  }

  /** Says of each delivery whether its plan can be shown. */
  async #withPlans(lines: readonly DeliveryLine[]): Promise<readonly DeliveryLine[]> {
    const ids = [...new Set(lines.flatMap(({ plan }) => plan ?? []))];
    const found = await Promise.all(ids.map((id) => this.#store.plan(id)));
    const kept = new Set(found.flatMap((one) => one?.id ?? []));
    return lines.map((line) => ({ ...line, plan_kept: line.plan !== null && kept.has(line.plan) }));
  }

  async dead(key: string, platform: string, reason: string | null): Promise<DeadLetters> {
    return (await this.#replays.count(key, platform, reason)).counted;
  }

  replay(key: string, platform: string, choice: ReplayChoice): Promise<DeliveriesReplayed> {
    return this.#replays.all(key, platform, choice);
  }

  async retry(key: string, id: string): Promise<DeliveryRetried> {
    const { delivery, platform } = await this.#delivery(key, id);
    return await this.#replays.one(key, platform, delivery);
  }

  deliver(key: string, platform: string, employee: string, until: PersonStepName): Promise<PersonDelivery> {
    const { store, targets, start, calls } = this.#ports;
    return withPlanning({ store: store(), targets, start, calls }, { key, platform }, (live) =>
      deliverPerson(live, targets, { employee, until, sleep: (ms) => setTimeout(ms) }),
    );
  }

  /** Waits until nothing is made or applied in the background. */
  settled(): Promise<void> {
    return this.#plans.settled();
  }

  get #store(): ReturnType<KeptPlansPorts['store']>['targets'] {
    return this.#ports.store().targets;
  }

  async #targets(key: string): Promise<readonly { readonly id: string; readonly platform: string }[]> {
    const tenant = await this.#ports.store().tenantByKey(key);
    if (tenant === null) throw new TargetError('missing', `There is no company "${key}".`);
    return await this.#store.list(tenant.number);
  }

  async #delivery(key: string, id: string): Promise<{ readonly delivery: Delivery; readonly platform: string }> {
    for (const { id: consumer, platform } of await this.#targets(key)) {
      const [delivery] = await this.#store.deliveries(consumer, { ids: [id], limit: 1 });
      if (delivery !== undefined) return { delivery, platform };
    }
    throw new TargetError('missing', 'The company has no such delivery.');
  }
}

function filterOf({ states, employee, plan }: DeliveryChoice, before: number | undefined): Parameters<Deliveries>[1] {
  return {
    limit: AT_ONCE,
    ...(before === undefined ? {} : { before }),
    ...(states === undefined ? {} : { states }),
    ...(plan === undefined ? {} : { plan }),
    ...(employee === undefined ? {} : { subject: { kind: 'employee', subject: employee } }),
  };
}

type Deliveries = ReturnType<KeptPlansPorts['store']>['targets']['deliveries'];
