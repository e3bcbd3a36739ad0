import { planFor, readPeople } from '../../live-targets/planning.ts';
import { supportsColor } from '../../config.ts';
import { chosenOf, narrowed, notOurs } from '../../delivery/targets/drift/choice.ts';
import type { Plan } from '../../delivery/targets/plan/plan.ts';
import { planToShow } from '../../delivery/targets/plan/plan-file.ts';
import { TargetError } from '../../directory/targets/target-view.ts';
import type { DriftChoice, DriftLeft, DriftRepair } from '../../directory/targets/drift-view.ts';
import { randomIds } from '../../lib/ids.ts';
import { askedJson } from '../asked-server.ts';
import { CommandError } from '../error-message.ts';
import { countsIn } from './counts.ts';
import { withDrift } from './drift-desk.ts';
import { EXIT } from './exit-code.ts';
import { onlyCompany, withLive, type LiveOptions } from './open-live.ts';
import { nextLine } from './next-command.ts';
import { planTable } from './plan-lines.ts';
import { writePlan, writePlanText } from './plans.ts';
import { table } from './report-lines.ts';
import { madePlan, targetPath, type ServedTarget } from './server/kept-plan.ts';
import { withDesk } from './target-desk.ts';
import { withTargets } from './with-targets.ts';

/** Which differences a command is about, and what becomes of them. */
export interface RemedyOptions extends LiveOptions {
  readonly all: boolean;
  readonly person: readonly string[];
  readonly field: readonly string[];
  readonly allow: readonly string[];
  readonly out?: string;
}

/** Takes values of the live tenant over into the company. Returns the exit code. */
export async function acceptDrift(platform: string, options: RemedyOptions): Promise<number> {
  const company = await onlyCompany(options);
  const allow = options.allow.length === 0 ? {} : { allow: countsIn(options.allow) };
  const choice: DriftChoice = { ...choiceIn(options), ...allow };
  const { accepted, left, staged } = await withDrift(options, (desk) =>
    desk.accept(company, platform, choice, randomIds.fresh('cli_')),
  );
  const exitCode = staged.length > 0 ? EXIT.differs : left.length > 0 ? EXIT.refused : EXIT.done;
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ accepted, left, staged }, null, 2)}\n`);
    return exitCode;
  }
  const counts = staged.map(({ what, count }) => `--allow ${what}=${String(count)}`).join(' ');
  const lines = [
    ...(accepted.length === 0 ? [] : ['Accepted 已采纳']),
    ...table(accepted.map(({ employee, fields }) => [employee, fields.join(', ')])),
    ...leftLines(left),
    ...(staged.length === 0
      ? []
      : [`Nothing was accepted: too much at one time 数量过多，未采纳; repeat with ${counts}`]),
    ...(accepted.length + left.length + staged.length === 0 ? ['Nothing to accept 无可采纳的差异'] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return exitCode;
}

/** Makes the plan that writes our values there again, and keeps it in a file. Returns the exit code. */
export async function repairDrift(platform: string, options: RemedyOptions): Promise<number> {
  const company = await onlyCompany(options);
  const there = await withTargets<number | null>(options, {
    local: () => Promise.resolve(null),
    remote: (request) => repairThere({ request, company, platform }, options),
  });
  return there ?? (await repairHere(platform, options));
}

/** Has a server make the plan and keep it; its file is written where asked. */
async function repairThere(target: ServedTarget, options: RemedyOptions): Promise<number> {
  const asked = target.request('POST', `${targetPath(target)}/repair`, JSON.stringify(choiceIn(options)));
  const { plan: id, left } = await askedJson<DriftRepair>(asked);
  if (id === null) return nothingToRepair(left, options);
  const text = await madePlan(target, { id });
  if (options.out !== undefined) writePlanText(options.out, text);
  const kept = [`The server keeps it as plan ${id}. 服务器已保存该计划。`];
  return shownRepair(planToShow(text), left, options, kept);
}

async function repairHere(platform: string, options: RemedyOptions): Promise<number> {
  const { out } = options;
  return await withLive(platform, options, async (live) => {
    const { links, view } = await withDesk(options, async (desk) => ({
      links: await desk.allLinks(live.company, platform),
      view: await desk.show(live.company, platform),
    }));
    const choice = choiceIn(options);
    const chosenOrNot = (differences: Parameters<typeof chosenOf>[0]): ReturnType<typeof chosenOf> => {
      try {
        return chosenOf(differences, choice, 'repair');
      } catch (error) {
        if (error instanceof TargetError) throw new CommandError(error.message, { cause: error });
        throw error;
      }
    };
    chosenOrNot([]);
    const read = await readPeople(live, links);
    const { chosen, left: given } = chosenOrNot(live.compare(read, links).differences);
    const left = [...given, ...notOurs({ own: live.own, live: read }, choice)];
    if (chosen.length === 0) {
      return nothingToRepair(left, options);
    }
    const { only, settings } = narrowed(live.settings, chosen, choice);
    const made = await planFor({ ...live, settings }, { links, only, accuracy: view.accuracy, today: view.today });
    if (out !== undefined) writePlan(out, made, live.planKey);
    const kept = out === undefined ? ['Nothing is kept: add --out FILE. 未保存，请加 --out。'] : [];
    return shownRepair(made, left, options, kept);
  });
}

function nothingToRepair(left: readonly DriftLeft[], { json }: RemedyOptions): number {
  const lines = ['Nothing to repair 无可修复的差异', ...leftLines(left)];
  process.stdout.write(json ? `${JSON.stringify({ left })}\n` : `${lines.join('\n')}\n`);
  return left.length > 0 ? EXIT.refused : EXIT.done;
}

function shownRepair(made: Plan, left: readonly DriftLeft[], options: RemedyOptions, kept: readonly string[]): number {
  const { out } = options;
  const isHeld = made.header.brake.length > 0;
  const file = out === undefined ? {} : { file: out };
  const lines = [
    ...planTable(made, {}, { ...options, ...file }, supportsColor(process.stdout)),
    ...leftLines(left),
    ...kept,
    // While something waits for approval, the commands that give it are the next ones.
    ...(out === undefined || isHeld ? [] : [nextLine(['apply-plan', out], options)]),
  ];
  process.stdout.write(
    options.json ? `${JSON.stringify({ ...made.header, left }, null, 2)}\n` : `${lines.join('\n')}\n`,
  );
  return isHeld ? EXIT.differs : EXIT.done;
}

function choiceIn({ person, field, all }: RemedyOptions): DriftChoice {
  return {
    ...(person.length === 0 ? {} : { employees: person }),
    ...(field.length === 0 ? {} : { fields: field }),
    ...(all ? { all } : {}),
  };
}

const WHY: Readonly<Record<DriftLeft['why'], string>> = {
  moved: 'changed since 已变化',
  'not-ours-to-decide':
    'authority leaves it open or decides otherwise: name it with --person 以谁为准未设置或不允许，请用 --person 指定',
  refused: 'refused here 本地拒绝',
  'no-field': 'status is not accepted 在职状态不采纳',
  'unknown-here': 'names nothing of ours 本地无对应项',
  'only-there':
    'only theirs, so there is no record to accept into: put the person into the company file and adopt again, or say in a file for --adopt who it is; a plan leaves it alone 仅平台有此人，本地无记录：请加入公司文件后重新 --adopt，或在 --adopt 的文件中指定；计划不会改动',
  'no-one': 'neither side has an employee of this id 双方均无此员工',
};

function leftLines(left: readonly DriftLeft[]): readonly string[] {
  if (left.length === 0) return [];
  return [
    'Left as it is 未处理',
    ...table(left.map(({ employee, field, why, detail = '' }) => [employee ?? '', field ?? '', WHY[why], detail])),
  ];
}
