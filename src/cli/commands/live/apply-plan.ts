import { setTimeout } from 'node:timers/promises';
import { supportsColor } from '../../../config.ts';
import { applyPlan, type ApplyReport } from '../../../delivery/targets/plan/apply.ts';
import { checkPlan, PlanFileError, planToShow, type ReadPlan } from '../../../delivery/targets/plan/plan-file.ts';
import type { PlanRun } from '../../../directory/targets/plan-view.ts';
import type { HeldWrite } from '../../../delivery/targets/write-hold.ts';
import { CommandError, UsageError } from '../../error-message.ts';
import { EXIT } from '../../live/exit-code.ts';
import { withLive, type Live, type LiveOptions } from '../../live/open-live.ts';
import { applyLines } from '../../live/plan-lines.ts';
import { refuseUnlessOn, withDesk, type TargetDesk } from '../../live/target-desk.ts';
import { ourPeopleOf, performerOf } from '../../../live-targets/planning.ts';
import { runPlan } from '../../live/server/kept-plan.ts';
import { withPlanFile } from '../../live/server/plan-file.ts';
import { openRun, planOf, planText, saidTarget } from '../../live/plans.ts';

/** The options of `mingce apply-plan`. */
export interface ApplyPlanOptions extends LiveOptions {
  readonly only: readonly string[];
  readonly until?: string;
  readonly partial: boolean;
  readonly continue: boolean;
}

/** Applies a plan to the live tenant that it was made for; one that stopped goes on where it was. Returns the exit code. */
export async function applyPlanFile(path: string, options: ApplyPlanOptions): Promise<number> {
  const text = planText(path);
  const plan = { path, text, ...saidTarget(path, text) };
  refuseStrangers(path, text, options.only);
  const until = options.until === undefined ? {} : { until: stepIn(options.until) };
  return await withPlanFile(options, plan, {
    kept: async (target) => {
      const report = await runPlan(target, plan.id, {
        ...(options.only.length === 0 ? {} : { only: options.only }),
        ...until,
        partial: options.partial,
        continue: options.continue,
      });
      return shown(report, options);
    },
    file: () => applyHere(path, text, options),
  });
}

/** Refuses an employee who is in no step of the plan: nothing would be sent, and it would seem to be done. */
function refuseStrangers(path: string, text: string, only: readonly string[]): void {
  if (only.length === 0) return;
  let planned: ReadonlySet<string>;
  try {
    planned = new Set(planToShow(text).steps.flatMap(({ subjects }) => subjects.map(({ subject }) => subject)));
  } catch {
    // What is wrong with the file is said where it is read to be applied.
    return;
  }
  const stranger = only.find((id) => !planned.has(id));
  if (stranger !== undefined)
    throw new UsageError(
      `${path} has no step of "${stranger}"; mingce plan show ${path} lists them. 计划中没有该员工。`,
    );
}

/** Applies a plan that is only a file. */
async function applyHere(path: string, text: string, options: ApplyPlanOptions): Promise<number> {
  const { platform, company } = saidTarget(path, text);
  return await withLive(platform, { company, ...options }, async (live) => {
    const plan = planOf(path, text, live.planKey);
    try {
      const tenant = { base_url: live.baseUrl, ids: live.target.ids };
      checkPlan(plan, { now: Date.now(), company: live.company, target: platform, tenant });
    } catch (error) {
      if (error instanceof PlanFileError) throw new CommandError(`${path}: ${error.message}.`, { cause: error });
      throw error;
    }
    return await withDesk(options, (desk) => run(path, plan, { live, desk, options }));
  });
}

async function run(
  path: string,
  plan: ReadPlan,
  { live, desk, options }: { readonly live: Live; readonly desk: TargetDesk; readonly options: ApplyPlanOptions },
): Promise<number> {
  const { company, connector, settings } = live;
  const { platform, writes } = connector;
  // A tenant is written to because a command on this installation said so, never because a file does.
  await refuseUnlessOn(desk, { company, platform }, options);
  const until = options.until === undefined ? {} : { until: stepIn(options.until) };
  const journal = openRun(path);
  try {
    const performer = await performerOf(live, plan);
    const apply = (held: HeldWrite): Promise<ApplyReport> =>
      applyPlan({
        plan,
        performer,
        find: (...asked) => writes.find(...asked),
        ourPeople: ourPeopleOf(live),
        ourNow: (ids) => held.ourPeople(ids),
        journal: journal.journal,
        now: Date.now,
        sleep: setTimeout,
        book: (outcome) => held.book(outcome),
        day: { limits: settings.brake ?? {}, today: async () => (await desk.show(company, platform)).today },
        isStopped: () => held.isStopped(),
        options: {
          ...(options.only.length === 0 ? {} : { only: new Set(options.only) }),
          ...until,
          isPartial: options.partial,
          goesOn: options.continue,
        },
      });
    const report = await desk.writing(company, platform, apply);
    return shown(report, options);
  } finally {
    journal.close();
  }
}

function shown(report: PlanRun, options: ApplyPlanOptions): number {
  const lines = options.json ? [JSON.stringify(report)] : applyLines(report, supportsColor(process.stdout));
  process.stdout.write(`${lines.join('\n')}\n`);
  return exitCode(report);
}

/** Exit codes: done, something waits for approval, refused or changed since, not reached. */
function exitCode({ stopped }: PlanRun): number {
  if (stopped === null) return EXIT.done;
  if (stopped.why === 'staged') return EXIT.differs;
  return stopped.why === 'unreachable' ? EXIT.unreachable : EXIT.refused;
}

function stepIn(text: string): number {
  const n = Number(text);
  if (!Number.isSafeInteger(n) || n < 1) throw new UsageError(`--until: "${text}" is no number of a step.`);
  return n;
}
