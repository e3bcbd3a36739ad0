import { holdersIn } from '../../delivery/targets/continuous/kept.ts';
import { maskedValue } from '../../delivery/targets/mask.ts';
import type { ApplyReport, StaleSubject } from '../../delivery/targets/plan/apply.ts';
import { deliveriesOf } from '../../delivery/targets/plan/book-steps.ts';
import type { Counts, Tripped } from '../../delivery/targets/plan/brake.ts';
import type { PlanHeader, PlanStep } from '../../delivery/targets/plan/plan.ts';
import type { DeliveryLine, PlanRun, TargetPlanLine, TargetPlanStep } from '../../directory/targets/plan-view.ts';
import type { OutcomeItem } from '../../directory/targets/step-outcome.ts';
import type { Delivery, KeptPlan } from '../../directory/targets/target-store.ts';
import { isObject } from '../../lib/json-equal.ts';

/** What is kept of a plan beside its lines: what a list of plans shows. */
export interface PlanSummary {
  readonly made_at: string;
  readonly expires_at: string | null;
  readonly steps: number;
  readonly counts: Counts;
  readonly brake: readonly Tripped[];
  readonly accuracy: { readonly hits: number; readonly misses: number };
  readonly undoes: string | null;
  readonly why: string | null;
  /** Absent: it never ran, or runs now. */
  readonly run?: PlanRun;
}

/** What is kept of an allowance. */
export interface Allowance {
  readonly counts: Counts;
  readonly who: string;
  readonly at: string;
}

/** Returns what a list of plans shows of a plan that is rehearsed. */
export function summaryOf(header: PlanHeader, steps: number): PlanSummary {
  const { made_at, expires_at, counts, brake, accuracy, undoes = null } = header;
  return { made_at, expires_at, steps, counts, brake, accuracy, undoes, why: null };
}

/** Returns the summary of a plan that is being made. */
export function beginning(at: number, undoes: string | null): PlanSummary {
  const made_at = new Date(at).toISOString();
  const none = { counts: {}, brake: [], accuracy: { hits: 0, misses: 0 }, why: null };
  return { made_at, expires_at: null, steps: 0, undoes, ...none };
}

/** So often the process that makes a plan gives a sign of it. */
export const SIGN_MS = 20_000;
/** Without a sign for so long, it is gone. */
const GONE_MS = 120_000;
const GONE = 'The process that made it is gone; make another plan.';

/** Returns a kept plan as a line of a list. */
export function lineOf(kept: KeptPlan, now: number): TargetPlanLine {
  const summary = summaryIn(kept);
  const { expires_at: expiresAt, brake } = summary;
  const allowed = allowedIn(kept);
  const isOld = expiresAt !== null && Date.parse(expiresAt) <= now;
  const isGone = kept.state === 'making' && now - kept.createdAt > GONE_MS;
  const isWaiting = kept.state === 'ready' || kept.state === 'staged' || kept.state === 'stopped';
  return {
    id: kept.id,
    state: isGone ? 'failed' : isOld && isWaiting ? 'expired' : kept.state,
    why: isGone ? GONE : summary.why,
    made_at: summary.made_at,
    expires_at: expiresAt,
    steps: summary.steps,
    done: kept.position,
    counts: numbersOf(summary.counts),
    brake: brake.map((one) => ({ ...one, allowed: allowed[one.what] === one.count })),
    accuracy: summary.accuracy,
    undoes: summary.undoes,
    run: summary.run ?? null,
  };
}

/** Returns the summary of a kept plan. */
export function summaryIn({ header }: KeptPlan): PlanSummary {
  // Written by this folder alone.
  return header as PlanSummary;
}

/** Returns what of a kept plan was allowed. */
export function allowedIn({ allowed }: KeptPlan): Counts {
  return isObject(allowed) ? (allowed as unknown as Allowance).counts : {};
}

/** Returns a step as it is shown, with what became of it. */
export function stepOf(plan: string, step: PlanStep, found: ReadonlyMap<string, Delivery>): TargetPlanStep {
  const { n, operation, subjects, request, predicted, isRefused, counts } = step;
  const outcome = { plan, n, operation, subjects, counts, predicted, items: [], made: [] };
  const done = deliveriesOf(outcome).flatMap(({ id }) => found.get(id) ?? []);
  const states = new Set(done.map(({ state }) => state));
  return {
    n,
    operation,
    subjects: subjects.map(({ subject, name, changes }) => ({ subject, name, changes: maskedChanges(changes) })),
    call: request.call,
    predicted: predicted.map(({ remedy, ...item }) => ({
      ...itemOf(item),
      ...(remedy === undefined ? {} : { remedy }),
    })),
    is_refused: isRefused,
    counts: numbersOf(counts),
    outcome:
      done.length === 0
        ? null
        : {
            state: states.has('dead') ? 'dead' : states.has('partial') ? 'partial' : 'verified',
            items: done.flatMap(itemsOf),
          },
  };
}

/** Returns the ids of what a step left among the deliveries. */
export function deliveryIdsOf(
  plan: string,
  { n, operation, subjects, counts, predicted }: PlanStep,
): readonly string[] {
  return deliveriesOf({ plan, n, operation, subjects, counts, predicted, items: [], made: [] }).map(({ id }) => id);
}

/** Returns a delivery as it is shown. */
export function deliveryLine(delivery: Delivery, target: string): DeliveryLine {
  const intent = isObject(delivery.intent) ? delivery.intent : {};
  const outcome = isObject(delivery.outcome) ? delivery.outcome : {};
  const items = itemsOf(delivery);
  const said = [outcome['code'], outcome['reason']].find((one) => typeof one === 'string');
  return {
    id: delivery.id,
    number: delivery.number,
    target,
    kind: delivery.kind,
    subject: delivery.subject,
    operation: delivery.operation,
    state: delivery.state,
    plan: delivery.plan,
    plan_kept: false,
    step: delivery.step,
    before: maskedFields(intent['before']),
    sent: maskedFields(intent['sent']),
    reason: typeof said === 'string' ? said : (items.find(({ code }) => code !== null)?.code ?? null),
    waits_for: waitsForOf(delivery.state, textsOf(outcome['fields'])),
    due_at: isTimed(delivery) ? new Date(delivery.dueAt).toISOString() : null,
    items,
    tries: Math.max(delivery.attempt, delivery.attempts.length),
    attempts: delivery.attempts.map(({ at, status, code, ms, request = null }) => {
      return { at: new Date(at).toISOString(), status, code, ms, request };
    }),
    created_at: new Date(delivery.createdAt).toISOString(),
    updated_at: new Date(delivery.updatedAt).toISOString(),
  };
}

/** Of what is over, only that a colleague has a value counts: it is sent once that one has given it up. */
function waitsForOf(state: Delivery['state'], fields: Readonly<Record<string, string>>): DeliveryLine['waits_for'] {
  if (state === 'held') return fields;
  return Object.fromEntries(Object.entries(fields).filter(([, why]) => holdersIn({ why }).length > 0));
}

function textsOf(fields: unknown): Readonly<Record<string, string>> {
  const entries = isObject(fields) ? Object.entries(fields) : [];
  return Object.fromEntries(entries.filter((one): one is [string, string] => typeof one[1] === 'string'));
}

/** Whether it is a matter of time until a delivery is looked at again. */
function isTimed({ state, dueAt }: Delivery): boolean {
  return (state === 'waiting' || state === 'held' || state === 'doubt') && dueAt > 0;
}

/** So many people and answers of a run are kept. */
const MOST_SAID = 200;

/** Returns what is kept of how a run ended. */
export function runOf({ sent, before, hits, misses, left, stale, staged, stopped }: ApplyReport): PlanRun {
  return {
    sent,
    before,
    hits,
    misses: misses
      .slice(0, MOST_SAID)
      .map(({ n, predicted, real }) => ({ n, predicted: predicted.map(itemOf), real: real.map(itemOf) })),
    left: left.slice(0, MOST_SAID),
    stale: stale.slice(0, MOST_SAID).map(({ n, subject, name, side }) => ({ n, subject, name, side })),
    staged,
    stopped: stopped === null ? null : { why: stopped.why, n: stopped.n },
  };
}

/** Says why a run stopped. */
export function stopWords(
  why: string,
  n: number | null,
  stale: readonly StaleSubject[],
  staged: readonly Tripped[],
): string {
  const at = n === null ? '' : ` at step ${String(n)}`;
  const who = stale.slice(0, 20).map(({ subject, side }) => `${subject} (${side})`);
  const kinds = staged.map(({ what, count }) => `${what}=${String(count)}`);
  const more = [...who, ...kinds];
  return `${why}${at}${more.length === 0 ? '' : `: ${more.join(', ')}`}`;
}

/** Masks the changes of a subject. */
export function maskedChanges(
  changes: PlanStep['subjects'][number]['changes'],
): TargetPlanStep['subjects'][number]['changes'] {
  return Object.fromEntries(
    Object.entries(changes).map(([field, { from, to }]) => [
      field,
      { ...(from === undefined ? {} : { from: maskedValue(field, from) }), to: maskedValue(field, to) },
    ]),
  );
}

function maskedFields(values: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(values)) return {};
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      typeof value === 'string' ? maskedValue(field, value) : value,
    ]),
  );
}

function itemsOf({ outcome }: Pick<Delivery, 'outcome'>): readonly OutcomeItem[] {
  const items = isObject(outcome) ? outcome['items'] : null;
  // Kept by `deliveriesOf` in this form.
  return Array.isArray(items) ? (items as OutcomeItem[]).map(itemOf) : [];
}

/** The platform's words may name a person: they are left out. */
function itemOf({ subject, field, fate, code, shown, cause }: OutcomeItem): OutcomeItem {
  return { subject, field, fate, code, shown, ...(cause === undefined ? {} : { cause }) };
}

function numbersOf(counts: Counts): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(counts).flatMap(([what, n]) => (n === undefined ? [] : [[what, n]])));
}
