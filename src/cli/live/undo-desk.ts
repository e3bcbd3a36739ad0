import { setTimeout } from 'node:timers/promises';
import type { UndoRequest } from '../../delivery/targets/plan/undo/undo.ts';
import type { TargetPlanLine } from '../../directory/targets/plan-view.ts';
import { toCommandError, type AdminRequest } from '../admin-client.ts';
import { askedJson } from '../asked-server.ts';
import { CommandError } from '../error-message.ts';
import type { TargetOptions } from '../target.ts';
import { withTargets } from './with-targets.ts';

/** What is taken back: what was done, where the store is here; the file of the plan, where a server made that. */
type Undoing = { readonly undo: UndoRequest } | { readonly file: string };

/** A plan or delivery of a live tenant that is to be taken back. */
interface Undone {
  readonly company: string;
  readonly platform: string;
  readonly of: string;
}

/** Finds out what a plan or one delivery did; a running server makes the plan that takes it back itself, and keeps it. */
export function undoing(options: TargetOptions, undone: Undone): Promise<Undoing> {
  const { company, platform, of } = undone;
  return withTargets<Undoing>(options, {
    local: async (targets) => ({ undo: await targets.undoOf(company, platform, of) }),
    remote: async (request) => ({ file: await madeThere(request, undone) }),
  });
}

const POLL_MS = 250;

/** Has a server make the plan, and returns its file. A plan that is made for too long is failed there. */
async function madeThere(request: AdminRequest, { company, platform, of }: Undone): Promise<string> {
  const plans = `/mingce/v1/companies/${encodeURIComponent(company)}/targets/${encodeURIComponent(platform)}/plans`;
  // The id of a delivery is taken there as well.
  let line = await askedJson<TargetPlanLine>(request('POST', `${plans}/${encodeURIComponent(of)}/undo`));
  const path = `${plans}/${encodeURIComponent(line.id)}`;
  while (line.state === 'making') {
    await setTimeout(POLL_MS);
    line = await askedJson<TargetPlanLine>(request('GET', `${path}?limit=1`));
  }
  if (line.state === 'failed') throw new CommandError(`The server made no plan: ${line.why ?? 'it gave no reason'}`);
  const answer = await request('GET', `${path}/file`);
  if (!answer.ok) throw await toCommandError(answer);
  return await answer.text();
}
