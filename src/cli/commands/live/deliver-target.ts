import { setTimeout } from 'node:timers/promises';
import { supportsColor } from '../../../config.ts';
import type { PersonDelivery, PersonStep, PersonStepName, UndoChoice } from '../../../directory/targets/plan-view.ts';
import type { Plan } from '../../../delivery/targets/plan/plan.ts';
import { planToShow } from '../../../delivery/targets/plan/plan-file.ts';
import { PERSON_STEPS } from '../../../directory/targets/plan-view.ts';
import { deliverPerson } from '../../../live-targets/plans/deliver-person.ts';
import { planFor } from '../../../live-targets/planning.ts';
import { askedJson } from '../../asked-server.ts';
import { UsageError } from '../../error-message.ts';
import { EXIT } from '../../live/exit-code.ts';
import { nextCommand } from '../../live/next-command.ts';
import { onlyCompany, withLive, type LiveOptions } from '../../live/open-live.ts';
import { isNothingToDo, personLines } from '../../live/person-lines.ts';
import { planTable } from '../../live/plan-lines.ts';
import { writePlan, writePlanText } from '../../live/plans.ts';
import { targetPath } from '../../live/server/kept-plan.ts';
import { withTargets } from '../../live/with-targets.ts';
import { withDesk } from '../../live/target-desk.ts';
import { undoing } from '../../live/undo-desk.ts';

/** The options of `mingce deliver person` and `mingce deliver undo`. */
export interface DeliverTargetOptions extends LiveOptions {
  /** The platform. */
  readonly to?: string;
  readonly until?: string;
  /** Everything since a time is taken back of this employee. */
  readonly employee?: string;
  readonly since?: string;
  readonly yes: boolean;
  readonly out?: string;
}

/** Delivers one employee to a live tenant in five steps; without `--yes` nothing is sent. Returns the exit code. */
export async function deliverOne(employee: string, options: DeliverTargetOptions): Promise<number> {
  const until = untilIn(options);
  const platform = platformIn(options);
  const colour = supportsColor(process.stdout);
  const show = (step: PersonStep): void => {
    if (!options.json) process.stdout.write(`${personLines(step, colour).join('\n')}\n`);
  };
  const company = await onlyCompany(options);
  const there = await withTargets<PersonDelivery | null>(options, {
    local: () => Promise.resolve(null),
    remote: (request) => {
      const path = `${targetPath({ request, company, platform })}/employees/${encodeURIComponent(employee)}/deliver`;
      return askedJson(request('POST', `${path}?until=${until}`));
    },
  });
  there?.steps.forEach(show);
  const order = { employee, until, sleep: (ms: number) => setTimeout(ms), onStep: show };
  const done =
    there ??
    (await withLive(platform, options, (live) => withDesk(options, (desk) => deliverPerson(live, desk, order))));
  const last = done.steps.at(-1);
  if (options.json) process.stdout.write(`${JSON.stringify(done)}\n`);
  else if (last?.step === 'plan' && last.goes_on) {
    const how = options.yes
      ? 'leave out --until to send it. 尚未发送，去掉 --until 即发送。'
      : 'add --yes to send it. 尚未发送，加 --yes 执行。';
    process.stdout.write(`Nothing was sent; ${how}\n`);
  }
  return exitCodeOf(done);
}

/** Makes a plan that takes back what a plan, one delivery, or all since a time, did; returns the exit code. */
export async function deliverUndo(id: string | undefined, options: DeliverTargetOptions): Promise<number> {
  const of = undoneIn(id, options);
  const platform = platformIn(options);
  const { out } = options;
  const company = await onlyCompany(options);
  const found = await undoing(options, { company, platform, of });
  if ('file' in found) {
    if (out !== undefined) writePlanText(out, found.file);
    return shownUndo(planToShow(found.file), options, true);
  }
  return await withLive(platform, options, async (live) => {
    const { links, view } = await withDesk(options, async (desk) => ({
      links: await desk.allLinks(company, platform),
      view: await desk.show(company, platform),
    }));
    const made = await planFor(live, { links, accuracy: view.accuracy, today: view.today, undo: found.undo });
    if (out !== undefined) writePlan(out, made, live.planKey);
    return shownUndo(made, options, false);
  });
}

function shownUndo(made: Plan, options: DeliverTargetOptions, isOnServer: boolean): number {
  const { out } = options;
  const { header, steps } = made;
  const exitCode = header.brake.length > 0 ? EXIT.differs : EXIT.done;
  if (options.json) {
    const { id, undoes, counts, brake, lasting = [], reports } = header;
    process.stdout.write(`${JSON.stringify({ id, undoes, counts, brake, lasting, reports, steps: steps.length })}\n`);
    return exitCode;
  }
  const isSent = out !== undefined && header.brake.length === 0 && steps.length > 0;
  const lines = [
    ...planTable(made, {}, { ...options, ...(out === undefined ? {} : { file: out }) }, supportsColor(process.stdout)),
    ...(isOnServer ? [`The server keeps it as plan ${header.id}. 服务器已保存该计划。`] : []),
    ...(out === undefined && !isOnServer ? ['Nothing is kept: add --out FILE. 未保存，请加 --out。'] : []),
    ...(isSent ? [nextCommand(['apply-plan', out], options)] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return exitCode;
}

/** Returns what is to be taken back: what has the id, or everything of an employee since a time. */
function undoneIn(id: string | undefined, { employee, since }: DeliverTargetOptions): UndoChoice {
  if (id !== undefined && employee === undefined && since === undefined) return id;
  const at = Date.parse(since ?? '');
  if (id !== undefined || employee === undefined || Number.isNaN(at)) {
    throw new UsageError(
      'Say what is taken back: the id of a plan or a delivery, or --employee ID with --since, an instant such as 2026-12-24T08:00:00+08:00.',
    );
  }
  return { employee, since: at };
}

function platformIn({ to }: DeliverTargetOptions): string {
  if (to === undefined) throw new UsageError('Name the live tenant: --to feishu, wecom or hose.');
  return to;
}

/** Something is sent only to someone who says so. */
function untilIn({ until: text, yes }: DeliverTargetOptions): PersonStepName {
  const until = PERSON_STEPS.find((step) => step === (text ?? (yes ? 'write' : 'plan')));
  if (until === undefined) throw new UsageError(`--until is one of ${PERSON_STEPS.join(', ')}.`);
  if (until === 'write' && !yes) throw new UsageError('Add --yes: without it nothing is sent. 须加 --yes 才会发送。');
  return until;
}

/** Nothing to do is done; what waits for approval, or may not be written, is not. */
function exitCodeOf({ steps }: PersonDelivery): number {
  const last = steps.at(-1);
  if (last === undefined || last.why === null || isNothingToDo(last)) return EXIT.done;
  return last.step === 'write' ? EXIT.refused : EXIT.differs;
}
