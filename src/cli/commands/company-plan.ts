import { setTimeout } from 'node:timers/promises';
import type { ListedPlan, StoredPlanLine, StoredPlanView } from '../../company/plan/stored-plans-contract.ts';
import { counted } from '../../lib/counted.ts';
import { supportsColor } from '../../config.ts';
import type { StoredPlanList } from '../../http/admin/contract.ts';
import { toCommandError } from '../admin-client.ts';
import { askedAddress, askedServer } from '../asked-server.ts';
import { confirm } from '../confirm.ts';
import { CommandError, faultLine, UsageError } from '../error-message.ts';
import { nextCommand } from '../live/next-command.ts';
import { planTable } from '../output/plan-table.ts';
import type { TargetOptions } from '../target.ts';

/** The options of `mingce company-plan`. */
export interface CompanyPlanOptions extends TargetOptions {
  readonly json: boolean;
  readonly yes: boolean;
  readonly find?: string;
}

const ACTIONS = ['list', 'show', 'apply', 'erase'] as const;
/** So many steps of a plan are printed; a search finds the others. */
const SHOWN = 500;
/** How often the server is asked how far it is. */
const AGAIN_MS = 200;

/** Lists, shows, applies or erases the stored plans of a company. */
export async function companyPlan(
  action: string,
  key: string,
  id: string | undefined,
  options: CompanyPlanOptions,
): Promise<void> {
  if (!ACTIONS.some((one) => one === action)) {
    throw new UsageError(`The action is one of ${ACTIONS.join(', ')}, not "${action}".`);
  }
  const plans = plansPath(key);
  if (action === 'list') {
    const list = await ask<StoredPlanList>(options, 'GET', plans);
    print(options, list, list.plans.length === 0 ? ['No plan is stored. 没有已保存的计划。'] : list.plans.map(lineOf));
    return;
  }
  if (id === undefined) throw new UsageError(`Name the plan to ${action}.`);
  const path = `${plans}/${encodeURIComponent(id)}`;
  switch (action) {
    case 'show': {
      const query = new URLSearchParams({
        limit: String(SHOWN),
        ...(options.find === undefined ? {} : { q: options.find }),
      });
      const plan = await ask<StoredPlanView>(options, 'GET', `${path}?${query.toString()}`);
      print(options, plan, linesOf(plan));
      return;
    }
    case 'apply':
      await applyPlan(path, options);
      return;
    default:
      await ask(options, 'DELETE', path);
      print(options, {}, [`${id} was erased. 计划已删除。`]);
  }
}

/** Has a server plan for a file and store the plan; prints where to look at it. */
export async function keepPlan(key: string, file: string, options: TargetOptions): Promise<StoredPlanLine> {
  const plan = await ask<StoredPlanLine>(options, 'POST', plansPath(key), file);
  const steps = await ask<StoredPlanView>(options, 'GET', `${plansPath(key)}/${plan.id}?limit=${String(SHOWN)}`);
  const page = new URL(`/console/c/${key}/file/plans/${plan.id}`, await askedAddress(options));
  const lines = [
    ...linesOf(steps),
    `Look at it 查看: ${page.href}`,
    `Apply exactly this 原样应用: ${nextCommand(['company-plan', 'apply', key, plan.id], options)}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return plan;
}

async function applyPlan(path: string, options: CompanyPlanOptions): Promise<void> {
  const { brake } = await ask<StoredPlanView>(options, 'GET', `${path}?limit=1`);
  const { tripped, removes, present } = brake;
  if (tripped && !options.yes) {
    const question = `The plan would remove ${String(removes)} of ${counted(present, 'employee')}. Go on? 将删除这些员工，是否继续？`;
    if ((await confirm(question)) !== true) {
      throw new CommandError(
        `The plan would remove ${counted(removes, 'employee')}. Nothing was changed; add --yes if it is meant.`,
      );
    }
  }
  await ask(options, 'POST', `${path}/apply`, JSON.stringify(tripped ? { confirm: removes } : {}));
  for (;;) {
    const plan = await ask<StoredPlanView>(options, 'GET', `${path}?limit=1`);
    if (plan.state === 'applying') {
      await setTimeout(AGAIN_MS);
      continue;
    }
    if (plan.state === 'moved') {
      throw new CommandError('The company was changed after the plan was made; nothing was changed. Plan again.');
    }
    if (plan.state === 'failed') {
      const faults = plan.faults.map((fault) => faultLine(plan.id, fault));
      throw new CommandError(['The plan was not applied.', ...faults].join('\n'));
    }
    print(options, plan, [lineOf(plan)]);
    return;
  }
}

function linesOf(plan: StoredPlanView): readonly string[] {
  const shown = { company: plan.company, steps: plan.steps, state: plan.for_state, present: plan.brake.present };
  const table = planTable(shown, { planned: plan.state !== 'applied', colour: supportsColor(process.stdout) });
  const left = plan.found - plan.steps.length;
  return [
    lineOf(plan),
    ...(plan.changed_since ? ['The company was changed since; plan again. 公司在此期间有变更，请重新计划。'] : []),
    ...(plan.found === 0 ? [] : [table.trimEnd()]),
    ...(left > 0
      ? [`… and ${String(left)} more steps; --find finds them. 另有 ${String(left)} 步，可用 --find 查找。`]
      : []),
  ];
}

const STATES = {
  ready: 'ready 待应用',
  applying: 'applying 正在应用',
  applied: 'applied 已应用',
  moved: 'refused: the company was changed since 已拒绝：公司有变更',
  failed: 'failed 失败',
} as const;
const OUT_OF_DATE = 'out of date: the company was changed since 已过期：公司有变更';

function lineOf({ id, made_at: at, state, counts: { add, change, remove }, changed_since: isOld }: ListedPlan): string {
  const words = isOld ? OUT_OF_DATE : STATES[state];
  return `${at}  ${id}  +${String(add)} ~${String(change)} -${String(remove)}  ${words}`;
}

function plansPath(key: string): string {
  return `/mingce/v1/companies/${encodeURIComponent(key)}/plans`;
}

function print({ json }: CompanyPlanOptions, answer: unknown, lines: readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(answer)}\n` : lines.map((line) => `${line}\n`).join(''));
}

async function ask<Answer>(options: TargetOptions, method: string, path: string, body?: string): Promise<Answer> {
  const send = await askedServer(options);
  const answer = await send(method, path, body);
  if (!answer.ok) throw await toCommandError(answer);
  // The admin API answers each path with one type; 204 has no body.
  return (answer.status === 204 ? {} : await answer.json()) as Answer;
}
