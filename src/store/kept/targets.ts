import type { ConsumerClaim } from '../../directory/deliveries.ts';
import type { DriftRun, DriftRunWithLines } from '../../directory/targets/drift-run.ts';
import type * as Port from '../../directory/targets/target-store.ts';
import type { SqlTask, Statement, WriteResult } from '../engine.ts';
import { endLease, renewLease } from '../queries/consumers.ts';
import {
  countOpen,
  deadLetters,
  deliveriesOf,
  keepDone,
  openDeliveries,
  settleDeliveries,
  takeDeliveries,
  trimTarget,
} from '../targets/delivery-rows.ts';
import { beginRun, keepRun, runById, runsOf } from '../targets/drift-rows.ts';
import {
  agreeOn,
  countLinks,
  linkPage,
  linksByLiveId,
  linkMark,
  linksOf,
  newestLinks,
  putLinks,
  removeLinks,
} from '../targets/link-rows.ts';
import {
  addPlan,
  addPlanLines,
  brakedOf,
  changePlan,
  countBraked,
  countPredictions,
  planById,
  planLines,
  plansOf,
  predictionsOf,
  removePlan,
  keepMaking,
  stopPlan,
} from '../targets/plan-rows.ts';
import { addTarget, changeTarget, claimDriving, claimTarget, claimWriting, targets } from '../targets/target-rows.ts';
import type { DeliveriesWithin } from './deliveries.ts';

/** What the store keeps of live tenants. */
export class TargetsKept implements Port.TargetStore {
  readonly #within: DeliveriesWithin;

  constructor(within: DeliveriesWithin) {
    this.#within = within;
  }

  list(tenant?: number): Promise<readonly Port.KeptTarget[]> {
    return this.#within.read(() => targets(tenant));
  }

  add(tenant: number, platform: string): Promise<void> {
    return this.#run([addTarget(tenant, platform)]);
  }

  claim(id: string, node: string, leaseMs: number): Promise<Port.KeptTarget | null> {
    return this.#write(() => claimTarget(this.#within.flavor, id, node, leaseMs));
  }

  claimDriving(id: string, node: string, leaseMs: number): Promise<Port.KeptTarget | null> {
    return this.#write(() => claimDriving(this.#within.flavor, id, node, leaseMs));
  }

  claimWriting(id: string, node: string, leaseMs: number): Promise<Port.KeptTarget | null> {
    return this.#write(() => claimWriting(this.#within.flavor, id, node, leaseMs));
  }

  renew(claim: ConsumerClaim, leaseMs: number): Promise<boolean> {
    return this.#write(() => renewLease(this.#within.flavor, claim, leaseMs));
  }

  release(claim: ConsumerClaim): Promise<void> {
    return this.#run([endLease(claim)]);
  }

  change(claim: ConsumerClaim, patch: Port.TargetPatch): Promise<boolean> {
    return this.#write(() => changeTarget(claim, patch));
  }

  links(consumer: string, page: Port.LinkPage): Promise<readonly Port.Link[]> {
    return this.#within.read(() => linkPage(consumer, page));
  }

  linksOf(consumer: string, subjects: readonly Port.Subject[]): Promise<readonly Port.Link[]> {
    return this.#within.read(() => linksOf(this.#within.flavor, consumer, subjects));
  }

  linksByLiveId(consumer: string, kind: Port.SubjectKind, liveIds: readonly string[]): Promise<readonly Port.Link[]> {
    return this.#within.read(() => linksByLiveId(this.#within.flavor, consumer, kind, liveIds));
  }

  newestLinks(consumer: string, limit: number): Promise<readonly Port.Link[]> {
    return this.#within.read(() => newestLinks(consumer, limit));
  }

  linkMark(consumer: string, kind: Port.SubjectKind): Promise<string> {
    return this.#within.read(() => linkMark(consumer, kind));
  }

  putLinks(claim: ConsumerClaim, links: readonly Port.NewLink[]): Promise<boolean> {
    return this.#write(() => putLinks(this.#within.flavor, claim, links));
  }

  removeLinks(claim: ConsumerClaim, subjects: readonly Port.Subject[]): Promise<boolean> {
    return this.#write(() => removeLinks(this.#within.flavor, claim, subjects));
  }

  agree(claim: ConsumerClaim, agreed: readonly Port.AgreedBase[], now: number): Promise<boolean> {
    return this.#write(() => agreeOn(this.#within.flavor, claim, agreed, now));
  }

  countLinks(consumer: string): Promise<Readonly<Partial<Record<Port.LinkState, number>>>> {
    return this.#within.read(() => countLinks(consumer));
  }

  open(claim: ConsumerClaim, deliveries: readonly Port.NewDelivery[], now: number): Promise<readonly string[] | null> {
    return this.#write(() => openDeliveries(this.#within.flavor, claim, deliveries, now));
  }

  keepDone(claim: ConsumerClaim, deliveries: readonly Port.DoneDelivery[], now: number): Promise<boolean> {
    return this.#write(() => keepDone(this.#within.flavor, claim, deliveries, now));
  }

  take(
    claim: ConsumerClaim,
    cursor: number,
    subjects: readonly Port.TakenSubject[],
    now: number,
  ): Promise<readonly Port.Delivery[] | null> {
    return this.#write(() => takeDeliveries(claim, cursor, subjects, now));
  }

  settle(claim: ConsumerClaim, patches: readonly Port.DeliveryPatch[], now: number): Promise<boolean> {
    return this.#write(() => settleDeliveries(this.#within.flavor, claim, patches, now));
  }

  deliveries(consumer: string, filter: Port.DeliveryFilter): Promise<readonly Port.Delivery[]> {
    return this.#within.read(() => deliveriesOf(this.#within.flavor, consumer, filter));
  }

  countOpen(consumer: string): ReturnType<Port.TargetStore['countOpen']> {
    return this.#within.read(() => countOpen(consumer));
  }

  deadLetters(consumer: string, page: Port.DeadPage): Promise<Port.DeadLetterPage> {
    return this.#within.read(() => deadLetters(this.#within.flavor, consumer, page));
  }

  trim(consumer: string, now: number): Promise<void> {
    return this.#run(trimTarget(consumer, now));
  }

  addPlan(claim: ConsumerClaim, plan: Omit<Port.KeptPlan, 'consumer' | 'allowed' | 'position'>): Promise<boolean> {
    return this.#write(() => addPlan(this.#within.flavor, claim, plan));
  }

  plan(id: string): Promise<Port.KeptPlan | null> {
    return this.#within.read(() => planById(id));
  }

  plans(consumer: string, limit: number): Promise<readonly Port.KeptPlan[]> {
    return this.#within.read(() => plansOf(consumer, limit));
  }

  changePlan(claim: ConsumerClaim, id: string, patch: Port.PlanPatch): Promise<boolean> {
    return this.#write(() => changePlan(this.#within.flavor, claim, id, patch));
  }

  removePlan(claim: ConsumerClaim, id: string): Promise<boolean> {
    return this.#write(() => removePlan(this.#within.flavor, claim, id));
  }

  keepMaking(id: string, now: number): Promise<undefined> {
    return this.#write(() => keepMaking(id, now));
  }

  stopPlan(id: string): Promise<boolean> {
    return this.#write(() => stopPlan(id));
  }

  addPlanLines(claim: ConsumerClaim, id: string, lines: readonly string[]): Promise<boolean> {
    return this.#write(() => addPlanLines(this.#within.flavor, claim, id, lines));
  }

  planLines(id: string, from: number, limit: number): Promise<readonly string[]> {
    return this.#within.read(() => planLines(id, from, limit));
  }

  countPredictions(claim: ConsumerClaim, results: readonly Port.PredictionResult[], now: number): Promise<boolean> {
    return this.#write(() => countPredictions(this.#within.flavor, claim, results, now));
  }

  predictions(consumer: string): Promise<readonly Port.Prediction[]> {
    return this.#within.read(() => predictionsOf(consumer));
  }

  countBraked(claim: ConsumerClaim, counts: Readonly<Record<string, number>>, now: number): Promise<boolean> {
    return this.#write(() => countBraked(this.#within.flavor, claim, counts, now));
  }

  braked(consumer: string, now: number): Promise<Readonly<Record<string, number>>> {
    return this.#within.read(() => brakedOf(consumer, now));
  }

  beginRun(consumer: string, run: DriftRun): Promise<boolean> {
    return this.#write(() => beginRun(consumer, run));
  }

  keepRun(consumer: string, run: DriftRunWithLines): Promise<boolean> {
    return this.#write(() => keepRun(consumer, run));
  }

  runs(consumer: string, limit: number): Promise<readonly DriftRun[]> {
    return this.#within.read(() => runsOf(consumer, limit));
  }

  run(consumer: string, id: string): Promise<DriftRunWithLines | null> {
    return this.#within.read(() => runById(consumer, id));
  }

  #run(deferred: readonly Statement[]): Promise<void> {
    // eslint-disable-next-line require-yield -- there is nothing to ask
    return this.#within.write(function* (): SqlTask<WriteResult<void>> {
      return { result: undefined, deferred };
    });
  }

  /** No caller of the directory waits for it, so it goes with what they write. */
  #write<Result>(work: () => SqlTask<Result>): Promise<Result> {
    return this.#within.write(function* () {
      return { result: yield* work(), deferred: [] };
    }, 'soon');
  }
}
