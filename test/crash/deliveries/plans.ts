import { setTimeout as sleep } from 'node:timers/promises';
import type { TargetPlanView } from '../../../src/http/admin/targets/plan-contract.ts';
import type { Wire } from './wire.ts';

/** How long a plan may take to be over, with the kills in it. */
const OVER_MS = 240_000;
const TARGET = 'targets/wecom';
const PEOPLE = ['chengwu', 'duliu', 'fanqi', 'gaoba'];

/** What of a plan came to. */
export interface PlannedRound {
  readonly plans: number;
  /** Runs that were begun, also those that went on where an earlier one broke off. */
  readonly runs: number;
  readonly acknowledged: number;
}

/** Changes the company that is delivered by plans: four updates, a department, its first member, a new name, and a leave. */
export async function changePlanned(wire: Wire, url: string, round: number): Promise<number> {
  const name = (n: number): string => `部门${String(n)}`;
  const member = (n: number): string => `q${String(n).padStart(4, '0')}`;
  let acknowledged = 0;
  const write = async (call: string, body: object): Promise<void> => {
    // Nothing is killed now: what is refused is a fault of the rounds.
    if (!(await wire.write(url, call, body)) && !(await wire.write(url, call, body))) throw new Error(`${call} failed`);
    acknowledged++;
  };
  for (const userid of PEOPLE) await write('user/update', { userid, alias: `n${String(round)}` });
  await write('department/create', { name: name(round), parentid: 1 });
  const department = await wire.departmentId(url, name(round));
  await write('user/create', {
    userid: member(round),
    name: `新${String(round)}`,
    mobile: `139${String(20_000_000 + round)}`,
    department: [department],
    to_invite: false,
  });
  const before = await wire.departmentId(url, name(round - 1));
  if (before !== null) await write('department/update', { id: before, name: `${name(round - 1)}（旧）` });
  if (round > 2 && (await wire.everything(url)).has(member(round - 2)))
    await write(`user/delete?userid=${member(round - 2)}`, {});
  return acknowledged;
}

/**
 * Makes plans and applies them until one of them is done and the next has nothing to do. Nodes may be killed meanwhile: a run that
 * broke off goes on at whatever node is asked.
 */
export async function applyPlans(wire: Wire, nodes: readonly { readonly url: string }[]): Promise<PlannedRound> {
  const until = Date.now() + OVER_MS;
  let [plans, runs, turn] = [0, 0, 0];
  let id: string | null = null;
  let last: unknown = null;
  while (Date.now() < until) {
    const url = nodes[turn++ % nodes.length]?.url ?? '';
    try {
      if (id === null) {
        const made: { body: { id?: string } } = await wire.admin(url, 'POST', `${TARGET}/plans`, {});
        last = made.body;
        id = made.body.id ?? (await abandoned(wire, url));
        if (made.body.id !== undefined) plans++;
        continue;
      }
      const { body: plan } = await wire.admin<Partial<TargetPlanView>>(url, 'GET', `${TARGET}/plans/${id}`);
      last = { state: plan.state, why: plan.why, done: plan.done, steps: plan.steps };
      // Erased meanwhile, or over.
      if (plan.state === undefined || plan.state === 'done') id = null;
      else if (plan.state === 'staged') {
        const counts = Object.fromEntries((plan.brake ?? []).map(({ what, count }) => [what, count]));
        await wire.admin(url, 'POST', `${TARGET}/plans/${id}/allow`, { counts });
      } else if (plan.state === 'ready' && plan.steps === 0) return { plans, runs, acknowledged: 0 };
      else if (plan.state === 'failed' || /^(stale|doubt)/.test(plan.why ?? '')) id = null;
      else if (plan.state === 'making') await madeOrGone(wire, url, id);
      else if ((await wire.admin(url, 'POST', `${TARGET}/plans/${id}/apply`, {})).status === 202) {
        runs++;
        await notRunning(wire, url, id);
      }
    } catch {
      // The node is being killed, or its database is.
    }
    await sleep(200);
  }
  throw new Error(`no plan came to its end: ${JSON.stringify(last)}`);
}

/** Waits until a run is over, or for so long that its node may be dead: another node that is asked begins it again. */
async function notRunning(wire: Wire, url: string, id: string): Promise<void> {
  for (let looks = 0; looks < 25; looks++) {
    await sleep(200);
    const { body } = await wire.admin<Partial<TargetPlanView>>(url, 'GET', `${TARGET}/plans/${id}`);
    if (body.state !== 'running') return;
  }
}

/** Returns the plan that is in the way of another. */
async function abandoned(wire: Wire, url: string): Promise<string | null> {
  const { body } = await wire.admin<{ readonly plans?: readonly { id: string; state: string }[] }>(
    url,
    'GET',
    `${TARGET}/plans`,
  );
  return body.plans?.find(({ state }) => state === 'making')?.id ?? null;
}

/** A plan whose maker was killed is erased, as an operator would: it takes a second to make one. */
async function madeOrGone(wire: Wire, url: string, id: string): Promise<void> {
  for (let looks = 0; looks < 75; looks++) {
    await sleep(200);
    const { body } = await wire.admin<TargetPlanView>(url, 'GET', `${TARGET}/plans/${id}`);
    if (body.state !== 'making') return;
  }
  await wire.admin(url, 'DELETE', `${TARGET}/plans/${id}`);
}
