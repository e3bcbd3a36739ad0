import { clearInterval, setInterval } from 'node:timers';
import { setTimeout } from 'node:timers/promises';
import type { Waits } from '../../delivery/targets/continuous/ports.ts';
import type { OwnPerson } from '../../delivery/targets/own-people.ts';
import { applyPlan, type ApplyReport } from '../../delivery/targets/plan/apply.ts';
import { bookSteps } from '../../delivery/targets/plan/book-steps.ts';
import type { ReadPlan } from '../../delivery/targets/plan/plan-file.ts';
import { LineJournal } from '../../delivery/targets/plan/run-journal.ts';
import type { ConsumerClaim } from '../../directory/deliveries.ts';
import type { ApplyChoice } from '../../directory/targets/plan-view.ts';
import type { TargetStore } from '../../directory/targets/target-store.ts';
import { TargetError } from '../../directory/targets/target-view.ts';
import { ourPeopleOf, performerOf, type PlanningTenant } from '../planning.ts';

/** What a run of a plan that is kept needs. */
export interface KeptRun {
  readonly store: TargetStore;
  readonly claim: ConsumerClaim;
  readonly live: PlanningTenant;
  readonly plan: ReadPlan;
  /** The notes of earlier runs. */
  readonly notes: string;
  readonly choice: ApplyChoice;
  /** Ends the run before its next step. */
  readonly closing: AbortSignal;
  /** Whether the target may still be written to; asked before each step, as its settings may change. */
  readonly isOn: () => Promise<boolean>;
  /** Some of our people at this moment. */
  readonly ourNow: (ids: readonly string[]) => Promise<ReadonlyMap<string, OwnPerson>>;
  /** Shortens what is waited for; shorter is for tests alone. */
  readonly waits: Waits | undefined;
}

/** So long is the target held at a time, and how often that is renewed. */
const LEASE_MS = 30_000;
const RENEW_MS = 8_000;

/** Applies a plan that is kept: each step is noted before it is sent, and kept with what it came to. */
export async function runKeptPlan(run: KeptRun): Promise<ApplyReport> {
  const { store, claim, live, plan, notes, choice, closing, isOn, ourNow, waits } = run;
  const { id } = plan.header;
  let isLost = false;
  const renewing = setInterval(() => {
    void store.renew(claim, LEASE_MS).then(
      (isHeld) => (isLost ||= !isHeld),
      () => undefined,
    );
  }, RENEW_MS).unref();
  const held = (isKept: boolean): void => {
    if (!isKept) throw new TargetError('busy', 'Another node took the target over; the run ends here.');
  };
  let done = 0;
  try {
    return await applyPlan({
      plan,
      performer: await performerOf(live, plan),
      find: (...asked) => live.connector.writes.find(...asked),
      ourPeople: ourPeopleOf(live),
      ourNow,
      journal: new LineJournal(notes, async (line) => {
        held(await store.addPlanLines(claim, id, [line.trimEnd()]));
      }),
      now: Date.now,
      sleep: (ms) => setTimeout(waits === undefined ? ms : Math.min(ms, waits.doubtMs)),
      book: async (outcome) => {
        held(await bookSteps(store, claim, [outcome], Date.now()));
        done++;
        held(await store.changePlan(claim, id, { position: stepsDone(notes) + done }));
      },
      day: { limits: live.settings.brake ?? {}, today: () => store.braked(claim.id, Date.now()) },
      isStopped: async () =>
        isLost || closing.aborted || (await store.plan(id))?.state === 'stopping' || !(await isOn()),
      options: {
        ...(choice.only === undefined ? {} : { only: new Set(choice.only) }),
        ...(choice.until === undefined ? {} : { until: choice.until }),
        isPartial: choice.partial ?? false,
        goesOn: choice.continue ?? false,
      },
    });
  } finally {
    clearInterval(renewing);
  }
}

/** Returns how many steps the notes of earlier runs call done. */
export function stepsDone(notes: string): number {
  const done = new Set<number>();
  for (const line of notes.split('\n').slice(0, -1)) {
    const { n, state } = JSON.parse(line) as { readonly n: number; readonly state: string };
    if (state === 'done') done.add(n);
  }
  return done.size;
}
