import { setTimeout } from 'node:timers/promises';
import type { ApplyChoice, DeliveryList, PlanRun, TargetPlanLine } from '../../../directory/targets/plan-view.ts';
import { toCommandError, type AdminRequest } from '../../admin-client.ts';
import { askedJson } from '../../asked-server.ts';
import { CommandError } from '../../error-message.ts';

/** A live tenant of a company on a running server. */
export interface ServedTarget {
  readonly request: AdminRequest;
  readonly company: string;
  readonly platform: string;
}

const POLL_MS = 250;
const MISSING = 404;

/** The path of a live tenant in the admin API. */
export function targetPath({ company, platform }: ServedTarget): string {
  return `/mingce/v1/companies/${encodeURIComponent(company)}/targets/${encodeURIComponent(platform)}`;
}

/** Waits until a server made a plan, and returns its file. A plan that is made for too long is failed there. */
export async function madePlan(target: ServedTarget, begun: Pick<TargetPlanLine, 'id'>): Promise<string> {
  const line = await over(target, begun.id, new Set(['making']));
  if (line.state === 'failed') throw new CommandError(`The server made no plan: ${line.why ?? 'it gave no reason'}`);
  return await fileOf(target, begun.id);
}

/** Has a server make a plan, for some employees or for all, and returns its file. */
export async function makePlan(target: ServedTarget, only: readonly string[]): Promise<string> {
  const body = only.length === 0 ? undefined : JSON.stringify({ only });
  return await madePlan(target, await askedJson(target.request('POST', `${targetPath(target)}/plans`, body)));
}

/** Returns the file of a plan that a server keeps; null where it has none of this id. */
export async function keptFile(target: ServedTarget, id: string): Promise<string | null> {
  const answer = await target.request('GET', `${planPath(target, id)}?limit=1`);
  if (answer.status === MISSING) return null;
  if (!answer.ok) throw await toCommandError(answer);
  return await fileOf(target, id);
}

/** Allows counts of a plan that a server keeps. */
export async function allowPlan(
  target: ServedTarget,
  id: string,
  counts: Readonly<Record<string, number>>,
): Promise<TargetPlanLine> {
  return await askedJson(target.request('POST', `${planPath(target, id)}/allow`, JSON.stringify({ counts })));
}

/** Has a server apply a plan that it keeps, and waits until that is over. */
export async function runPlan(target: ServedTarget, id: string, choice: ApplyChoice): Promise<PlanRun> {
  await askedJson(target.request('POST', `${planPath(target, id)}/apply`, JSON.stringify(choice)));
  const line = await over(target, id, new Set(['running', 'stopping']));
  if (line.run === null) throw new CommandError(`The server stopped: ${line.why ?? 'it gave no reason'}.`);
  return line.run;
}

/** Returns what a plan that a server keeps left among the deliveries. */
export async function deliveriesOf(target: ServedTarget, id: string): Promise<DeliveryList['deliveries']> {
  const all: DeliveryList['deliveries'][number][] = [];
  for (let before: number | null = null, isFirst = true; isFirst || before !== null; isFirst = false) {
    const page: string = before === null ? '' : `&before=${String(before)}`;
    const path = `/mingce/v1/companies/${encodeURIComponent(target.company)}/deliveries`;
    const list = await askedJson<DeliveryList>(
      target.request('GET', `${path}?plan=${encodeURIComponent(id)}&limit=500${page}`),
    );
    all.push(...list.deliveries);
    before = list.next;
  }
  return all;
}

async function over(target: ServedTarget, id: string, states: ReadonlySet<string>): Promise<TargetPlanLine> {
  for (;;) {
    const line = await askedJson<TargetPlanLine>(target.request('GET', `${planPath(target, id)}?limit=1`));
    if (!states.has(line.state)) return line;
    await setTimeout(POLL_MS);
  }
}

async function fileOf(target: ServedTarget, id: string): Promise<string> {
  const answer = await target.request('GET', `${planPath(target, id)}/file`);
  if (!answer.ok) throw await toCommandError(answer);
  return await answer.text();
}

function planPath(target: ServedTarget, id: string): string {
  return `${targetPath(target)}/plans/${encodeURIComponent(id)}`;
}
