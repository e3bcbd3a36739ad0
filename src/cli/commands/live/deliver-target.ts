import { setTimeout } from 'node:timers/promises';
import { supportsColor } from '../../../config.ts';
import type { PersonDelivery, PersonStep, PersonStepName } from '../../../directory/targets/plan-view.ts';
import { PERSON_STEPS } from '../../../directory/targets/plan-view.ts';
import { deliverPerson } from '../../../live-targets/plans/deliver-person.ts';
import { planFor } from '../../../live-targets/planning.ts';
import { CommandError } from '../../error-message.ts';
import { EXIT } from '../../live/exit-code.ts';
import { withLive, type LiveOptions } from '../../live/open-live.ts';
import { planTable } from '../../live/plan-lines.ts';
import { writePlan } from '../../live/plans.ts';
import { withDesk } from '../../live/target-desk.ts';

/** The options of `mingce deliver person` and `mingce deliver undo`. */
export interface DeliverTargetOptions extends LiveOptions {
  /** The platform. */
  readonly to?: string;
  readonly until?: string;
  readonly out?: string;
}

/** Delivers one employee to a live tenant in five steps; returns the exit code. */
export async function deliverOne(employee: string, options: DeliverTargetOptions): Promise<number> {
  const until = untilIn(options.until);
  return await withLive(platformIn(options), options, (live) =>
    withDesk(options, async (desk) => {
      const show = (step: PersonStep): void => {
        if (!options.json) process.stdout.write(`${lineOf(step)}\n`);
      };
      const order = { employee, until, sleep: (ms: number) => setTimeout(ms), onStep: show };
      const done = await deliverPerson(live, desk, order);
      if (options.json) process.stdout.write(`${JSON.stringify(done)}\n`);
      return exitCodeOf(done);
    }),
  );
}

/** Makes a plan that takes back what a plan or one delivery did; returns the exit code. */
export async function deliverUndo(of: string, options: DeliverTargetOptions): Promise<number> {
  const platform = platformIn(options);
  return await withLive(platform, options, async (live) => {
    const { links, view, undo } = await withDesk(options, async (desk) => ({
      undo: await desk.undoOf(live.company, platform, of),
      links: await desk.allLinks(live.company, platform),
      view: await desk.show(live.company, platform),
    }));
    const made = await planFor(live, { links, accuracy: view.accuracy, today: view.today, undo });
    if (options.out !== undefined) writePlan(options.out, made, live.planKey);
    const { header, steps } = made;
    if (options.json) {
      const { id, undoes, counts, brake, lasting = [], reports } = header;
      process.stdout.write(`${JSON.stringify({ id, undoes, counts, brake, lasting, reports, steps: steps.length })}\n`);
    } else {
      const lines = planTable(
        made,
        {},
        { ...options, ...(options.out === undefined ? {} : { file: options.out }) },
        supportsColor(process.stdout),
      );
      process.stdout.write(`${lines.join('\n')}\n`);
    }
    return header.brake.length > 0 ? EXIT.differs : EXIT.done;
  });
}

function platformIn({ to }: DeliverTargetOptions): string {
  if (to === undefined) throw new CommandError('Name the live tenant: --to feishu, wecom or hose.');
  return to;
}

function untilIn(text: string | undefined): PersonStepName {
  const until = PERSON_STEPS.find((step) => step === (text ?? 'write'));
  if (until === undefined) throw new CommandError(`--until is one of ${PERSON_STEPS.join(', ')}.`);
  return until;
}

function lineOf({ step, ms, why, data }: PersonStep): string {
  const sign = why === null ? '✓' : '✗';
  const shown = JSON.stringify(data, null, 2).replaceAll('\n', '\n    ');
  return `${sign} ${step}  ${String(ms)} ms${why === null ? '' : `  ${why}`}\n    ${shown}`;
}

/** Nothing to do is done; what waits for a word, or may not be written, is not. */
function exitCodeOf({ steps }: PersonDelivery): number {
  const last = steps.at(-1);
  if (last === undefined || last.why === null || last.why.startsWith('Nothing has to change')) return EXIT.done;
  return last.step === 'write' ? EXIT.refused : EXIT.differs;
}
