import type { LivePerson } from '../../../connectors/connector.ts';
import type { ConnectorWrites } from '../../../connectors/writing.ts';
import type { StepOutcome } from '../../../directory/targets/step-outcome.ts';
import type { OwnPerson } from '../own-people.ts';
import { PASSED_ON } from '../match.ts';
import { notAllowed, sumOf, trippedByDay, type BrakeLimits, type Counts, type Tripped } from './brake.ts';
import { afterDoubt, asWritten, type DoubtPerformer } from './after-doubt.ts';
import { causeOf, isForeseen } from './causes.ts';
import { liveDigest, ownDigest } from './digests.ts';
import { isAboutNone, notMadeBy, resultOf, UNDONE, type StepResult } from './perform.ts';
import { isAsPredicted, type ItemResult, type PlanStep, type StepSubject } from './plan.ts';
import type { ReadPlan } from './plan-file.ts';
import type { RunJournal } from './run-journal.ts';

/** What applying a plan needs. */
export interface ApplyInput {
  readonly plan: ReadPlan;
  readonly performer: DoubtPerformer & { readonly links: { readonly people: Map<string, string> } };
  readonly find: ConnectorWrites['find'];
  /** Our people as they are now. */
  readonly ourPeople: ReadonlyMap<string, OwnPerson>;
  /** Some of our people at this moment, asked for before each step; absent: `ourPeople` holds. */
  readonly ourNow?: (ids: readonly string[]) => Promise<ReadonlyMap<string, OwnPerson>>;
  readonly journal: RunJournal;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly options: ApplyOptions;
  readonly progress?: (step: PlanStep, items: readonly ItemResult[]) => void;
  /** Keeps what each step came to; absent: nothing is kept but the journal. */
  readonly book?: (outcome: StepOutcome) => Promise<void>;
  /** What the brake is counted with while the plan runs; absent: what the plan says holds. */
  readonly day?: { readonly limits: BrakeLimits; readonly today: () => Promise<Counts> };
  /** Says that the run shall end before its next step. */
  readonly isStopped?: () => boolean | Promise<boolean>;
}

/** How far a plan is applied, and what happens where something is not as planned. */
export interface ApplyOptions {
  /** Only steps of these people. */
  readonly only?: ReadonlySet<string>;
  /** The last step. */
  readonly until?: number;
  /** Leaves out steps whose people changed since, instead of refusing all. */
  readonly isPartial: boolean;
  /** Goes on after an answer that was not predicted, up to one step in twenty. */
  readonly goesOn: boolean;
  /** Sends steps that are predicted to be refused as well, to compare the prediction with the answer. */
  readonly sendsRefused?: boolean;
}

/** Why a plan was not applied to its end. */
export type StopReason =
  /** The brake holds it: too many of a kind, and no one allowed them. */
  | 'staged'
  /** Somebody was changed since the plan was made. */
  | 'stale'
  /** An answer was not the predicted one. */
  | 'surprise'
  /** It cannot be seen whether a step was done. */
  | 'doubt'
  | 'unreachable'
  | 'limit'
  | 'credentials'
  /** Somebody asked for it. */
  | 'asked';

/** What applying a plan came to. */
export interface ApplyReport {
  readonly sent: number;
  /** Done in an earlier run. */
  readonly before: number;
  readonly left: readonly number[];
  readonly staged: readonly Tripped[];
  readonly stale: readonly StaleSubject[];
  readonly hits: number;
  readonly misses: readonly Miss[];
  readonly stopped: { readonly why: StopReason; readonly n: number | null } | null;
}

/** Somebody who is no longer as the plan has it, and on which side. */
export interface StaleSubject {
  readonly n: number;
  readonly subject: string;
  readonly name: string;
  readonly side: 'ours' | 'theirs';
}

/** A step with another answer than the predicted one. */
export interface Miss {
  readonly n: number;
  readonly predicted: readonly ItemResult[];
  readonly real: readonly ItemResult[];
}

/** A read counts for so long. */
const FRESH_MS = 60_000;
/** A request begins within this time after its intent was kept, or not at all. */
const BEGIN_MS = 5_000;
/** How long a value may take to be seen. */
const READ_WAITS = [2_000, 5_000, 15_000];
const TRIES = 5;
const MAX_WAIT_MS = 120_000;
/** One unexpected step in so many is borne with `goesOn`. */
const BORNE = 20;

/** Applies a plan exactly: its own bytes, in its order, each step looked at before and read back afterwards. */
export async function applyPlan(input: ApplyInput): Promise<ApplyReport> {
  return await new Run(input).run();
}

class Run {
  readonly #input: ApplyInput;
  /** When a person was read last. */
  readonly #readAt = new Map<string, number>();
  /** What steps of this plan wrote already: it is no longer as it was read, and rightly so. */
  readonly #written = new Set<string>();
  /** Subjects that the platform refused to make. */
  readonly #notMade = new Set<string>();
  readonly #misses: Miss[] = [];
  #hits = 0;
  #sent = 0;
  /** What the brake counted in the last 24 hours, and when that was asked for. */
  #today: Counts = {};
  #countedAt = -Infinity;

  constructor(input: ApplyInput) {
    this.#input = input;
  }

  async run(): Promise<ApplyReport> {
    const { plan, journal, options } = this.#input;
    const staged = notAllowed(plan.header.brake, plan.allowed);
    if (staged.length > 0) return this.#report({ staged, stopped: { why: 'staged', n: null } });
    const all = plan.steps.filter(({ isRefused }) => !isRefused || options.sendsRefused === true);
    const meant = all.filter(
      ({ n, subjects }) =>
        n <= (options.until ?? Infinity) &&
        (options.only === undefined || subjects.every(({ subject }) => options.only?.has(subject) === true)),
    );
    for (const step of all) {
      const entry = journal.entry(step.n);
      if (entry?.state === 'done') this.#note(step, entry.items, new Map(entry.made));
    }
    const waiting = meant.filter(({ n }) => journal.entry(n)?.state !== 'done');
    const braked = await this.#brakedBy(waiting);
    if (braked.length > 0) return this.#report({ staged: braked, stopped: { why: 'staged', n: null } });
    const stale = await this.#staleOf(waiting.filter(({ n }) => journal.entry(n) === null));
    if (stale.length > 0 && !options.isPartial) return this.#report({ stale, stopped: { why: 'stale', n: null } });
    const left = new Set(stale.map(({ n }) => n));
    const leftSubjects = new Set(stale.map(({ subject }) => subject));
    const before = meant.length - waiting.length;
    for (const step of waiting) {
      // Later steps of somebody who is left out depend on the earlier ones.
      if (
        left.has(step.n) ||
        step.subjects.some(({ subject }) => leftSubjects.has(subject)) ||
        isAboutNone(step, this.#notMade)
      ) {
        left.add(step.n);
        for (const { subject } of step.subjects) leftSubjects.add(subject);
        continue;
      }
      if ((await this.#input.isStopped?.()) === true) {
        return this.#report({ before, stale, left: [...left], stopped: { why: 'asked', n: step.n } });
      }
      const over = await this.#brakedBy([step]);
      if (over.length > 0) {
        return this.#report({ before, stale, left: [...left], staged: over, stopped: { why: 'staged', n: step.n } });
      }
      const stopped = await this.#do(step);
      if (stopped === 'stale' && options.isPartial) {
        left.add(step.n);
        for (const { subject } of step.subjects) leftSubjects.add(subject);
      } else if (stopped !== null) {
        return this.#report({ before, stale, left: [...left], stopped: { why: stopped, n: step.n } });
      }
    }
    return this.#report({ before, stale, left: [...left] });
  }

  #report(more: Partial<ApplyReport>): ApplyReport {
    const none = { before: 0, left: [], staged: [], stale: [], stopped: null };
    return { ...none, sent: this.#sent, hits: this.#hits, misses: this.#misses, ...more };
  }

  /** Returns the kinds of these steps that are over the limit of the day, counting what others did meanwhile. */
  async #brakedBy(steps: readonly PlanStep[]): Promise<readonly Tripped[]> {
    const { plan, day, now } = this.#input;
    if (day === undefined) return [];
    if (now() - this.#countedAt > FRESH_MS) {
      this.#today = { ...(await day.today()) };
      this.#countedAt = now();
    }
    const { linked, counts: planned } = plan.header;
    const tripped = trippedByDay(sumOf(steps.map(({ counts }) => counts)), {
      linked,
      limits: day.limits,
      today: this.#today,
    });
    // A word is given for the number of the plan.
    return notAllowed(
      tripped.map((one) => ({ ...one, count: planned[one.what] ?? one.count })),
      plan.allowed,
    );
  }

  /** Does one step; returns why the run ends with it, or null. */
  async #do(step: PlanStep): Promise<StopReason | null> {
    const { journal, now, options, plan } = this.#input;
    if (journal.entry(step.n)?.state === 'sending') {
      // An earlier run ended here: look before anything is sent again.
      const seen = await this.#lookAfterDoubt(step);
      if (seen === 'mixed') return 'doubt';
      if (seen !== 'undone') return await this.#settle(step, seen);
    }
    const oldest = Math.min(...step.subjects.map(({ subject }) => this.#readAt.get(subject) ?? 0));
    if (now() - oldest > FRESH_MS && (await this.#staleOf([step])).length > 0) return 'stale';
    for (let tries = 1; ; tries++) {
      if (await this.#isOursOther(step)) return 'stale';
      const result = await this.#send(step);
      const fates = new Set(result.items.map(({ fate }) => fate));
      if (fates.has('doubt')) {
        const seen = await this.#lookAfterDoubt(step);
        if (seen === 'mixed') return 'doubt';
        if (seen !== 'undone') return await this.#settle(step, seen);
        if (tries >= 3) return 'doubt';
        continue;
      }
      if (![...fates].some((fate) => UNDONE.has(fate))) {
        const stopped = await this.#settle(step, result);
        if (stopped === null) return null;
        return options.goesOn && this.#misses.length * BORNE <= plan.steps.length + BORNE ? null : stopped;
      }
      await journal.forget(step.n);
      if (fates.has('token')) return 'credentials';
      const wait = fates.has('not-sent') ? 1_000 * 2 ** tries : (result.waitMs ?? 1_000);
      if (tries >= TRIES || wait > MAX_WAIT_MS) return fates.has('not-sent') ? 'unreachable' : 'limit';
      await this.#input.sleep(wait);
    }
  }

  async #send(step: PlanStep): Promise<StepResult> {
    const { journal, performer, now, sleep } = this.#input;
    await journal.add({ n: step.n, state: 'sending', at: now() });
    const outcome = await performer.wire.write(step.request, now() + BEGIN_MS);
    // A value that is expected to be dropped is not waited for.
    const expects = step.predicted.some(({ shown }) => shown === 'dropped');
    return await resultOf(step, outcome, performer, { waits: READ_WAITS, untilSeen: !expects }, sleep);
  }

  /** Waits and looks, and returns what a step came to that was done. */
  async #lookAfterDoubt(step: PlanStep): Promise<StepResult | 'undone' | 'mixed'> {
    const { performer, sleep } = this.#input;
    const seen = await afterDoubt(step, performer, sleep);
    return typeof seen === 'string' ? seen : { items: asWritten(step), made: seen.made, waitMs: null };
  }

  /** Keeps what a step came to, and compares it with what was predicted. */
  async #settle(step: PlanStep, { items, made }: StepResult): Promise<StopReason | null> {
    const { journal, now, progress, book, plan } = this.#input;
    const isHit = isAsPredicted(step.predicted, items);
    const judged = isHit ? items : await this.#withCauses(step, items);
    const { n, operation, subjects, predicted, counts } = step;
    // Before the step counts as done: a run that is cut off in between brings it once more, which is noticed.
    await book?.({ plan: plan.header.id, n, operation, subjects, counts, predicted, items: judged, made: [...made] });
    await journal.add({ n, state: 'done', at: now(), items: judged, made: [...made] });
    this.#sent++;
    this.#today = sumOf([this.#today, counts]);
    this.#note(step, items, made);
    progress?.(step, items);
    if (isHit) {
      this.#hits++;
      return null;
    }
    this.#misses.push({ n, predicted, real: judged });
    return 'surprise';
  }

  /** Puts each wrong prediction down to a reason: somebody moved, something was assumed, or a rule of ours is wrong. */
  async #withCauses(step: PlanStep, items: readonly ItemResult[]): Promise<readonly ItemResult[]> {
    const { assumptionOf } = this.#input.performer.writes;
    const moved = await this.#movedSince(step, items);
    return items.map((item) => {
      if (isForeseen(step.predicted, item)) return item;
      const before = step.predicted.find(({ subject, field }) => subject === item.subject && field === item.field);
      return { ...item, cause: causeOf(item, before, moved.has(item.subject), assumptionOf) };
    });
  }

  /** Returns those of a step that somebody else changed between the last read and the answer. */
  async #movedSince(step: PlanStep, items: readonly ItemResult[]): Promise<ReadonlySet<string>> {
    const { performer } = this.#input;
    const { writes, target, setup, wire } = performer;
    const written = new Set(items.flatMap(({ subject, fate }) => (fate === 'written' ? [subject] : [])));
    const refused = step.subjects.filter(({ subject }) => !written.has(subject));
    const ids = refused.flatMap(({ subject, liveId }) => (this.#written.has(subject) ? [] : (liveId ?? [])));
    if (step.operation.startsWith('department-') || refused.length === 0) return new Set();
    const { found } = ids.length === 0 ? { found: null } : await wire.run(writes.readPeople(ids, target, setup));
    const taken = await this.#holders(refused);
    return new Set(
      refused.flatMap((one) => {
        const there = found?.get(one.liveId ?? '');
        const hasMoved = there !== undefined && this.#moved(one, there);
        return hasMoved || taken.has(one.subject) ? [one.subject] : [];
      }),
    );
  }

  #note(step: PlanStep, items: readonly ItemResult[], made: ReadonlyMap<string, string>): void {
    const { people } = this.#input.performer.links;
    for (const { subject, changes } of step.subjects) {
      for (const field of Object.keys(changes)) this.#written.add(`${subject} ${field}`);
      if (items.some((item) => item.subject === subject && item.fate === 'written')) this.#written.add(subject);
    }
    for (const [subject, liveId] of made) people.set(liveId, subject);
    for (const subject of notMadeBy(step, items)) if (!this.#written.has(subject)) this.#notMade.add(subject);
  }

  /** Reads everybody that steps are about, and returns those who are not as the plan has them. */
  async #staleOf(steps: readonly PlanStep[]): Promise<readonly StaleSubject[]> {
    const { performer, now, ourPeople } = this.#input;
    const people = steps.filter(({ operation }) => !operation.startsWith('department-'));
    const ids = [...new Set(people.flatMap(({ subjects }) => subjects.flatMap(({ liveId }) => liveId ?? [])))];
    const { writes, target, setup, wire } = performer;
    const found: ReadonlyMap<string, LivePerson | 'absent'> =
      ids.length === 0 ? new Map() : (await wire.run(writes.readPeople(ids, target, setup))).found;
    const taken = await this.#takenKeys(people);
    const stale: StaleSubject[] = [];
    for (const { n, subjects } of people) {
      for (const one of subjects) {
        const { subject, name, changes, ours, liveId } = one;
        const fields = Object.keys(changes);
        this.#readAt.set(subject, now());
        if (ownDigest(ourPeople.get(subject) ?? null, fields) !== ours) stale.push({ n, subject, name, side: 'ours' });
        else if (this.#written.has(subject)) continue;
        else if (liveId === null ? taken.has(subject) : this.#moved(one, found.get(liveId))) {
          stale.push({ n, subject, name, side: 'theirs' });
        }
      }
    }
    return stale;
  }

  /** Whether one of ours is no longer as the plan has it, at this moment. */
  async #isOursOther({ operation, subjects }: PlanStep): Promise<boolean> {
    const { ourNow } = this.#input;
    if (ourNow === undefined || operation.startsWith('department-')) return false;
    const now = await ourNow(subjects.map(({ subject }) => subject));
    return subjects.some((one) => ownDigest(now.get(one.subject) ?? null, Object.keys(one.changes)) !== one.ours);
  }

  #moved({ changes, live }: StepSubject, there: LivePerson | 'absent' | undefined): boolean {
    // Somebody who could not be read is not known to be as before.
    return there === undefined || liveDigest(there, Object.keys(changes), this.#input.performer.rows) !== live;
  }

  /** Returns those who are to be made although somebody there has one of their keys by now. */
  async #takenKeys(steps: readonly PlanStep[]): Promise<ReadonlySet<string>> {
    return await this.#holders(steps.flatMap(({ operation, subjects }) => (operation === 'create' ? subjects : [])));
  }

  /** Returns those who shall have a value that somebody else there has. */
  async #holders(subjects: readonly StepSubject[]): Promise<ReadonlySet<string>> {
    const { performer, find } = this.#input;
    const { wire, target, setup } = performer;
    const taken = new Set<string>();
    for (const key of PASSED_ON) {
      const values = new Map(
        subjects.flatMap(({ subject, liveId, changes }) => {
          const value = changes[key]?.to;
          return typeof value === 'string' ? [[value, { subject, liveId }] as const] : [];
        }),
      );
      if (values.size === 0) continue;
      const { matches } = await wire.run(find(key, [...values.keys()], target, setup));
      for (const [value, those] of matches) {
        const wanted = values.get(value);
        if (wanted !== undefined && those.some((id) => id !== wanted.liveId)) taken.add(wanted.subject);
      }
    }
    return taken;
  }
}
