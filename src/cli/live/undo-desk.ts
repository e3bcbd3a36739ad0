import type { UndoRequest } from '../../delivery/targets/plan/undo/undo.ts';
import type { UndoChoice } from '../../directory/targets/plan-view.ts';
import type { AdminRequest } from '../admin-client.ts';
import { askedJson } from '../asked-server.ts';
import type { TargetOptions } from '../target.ts';
import { madePlan, targetPath } from './server/kept-plan.ts';
import { withTargets } from './with-targets.ts';

/** What is taken back: what was done, where the store is here; the file of the plan, where a server made that. */
type Undoing = { readonly undo: UndoRequest } | { readonly file: string };

/** What of a live tenant is to be taken back. */
interface Undone {
  readonly company: string;
  readonly platform: string;
  readonly of: UndoChoice;
}

/** Finds out what was done; a running server makes the plan that takes it back itself, and keeps it. */
export function undoing(options: TargetOptions, undone: Undone): Promise<Undoing> {
  const { company, platform, of } = undone;
  return withTargets<Undoing>(options, {
    local: async (targets) => ({ undo: await targets.undoOf(company, platform, of) }),
    remote: async (request) => ({ file: await madeThere(request, undone) }),
  });
}

/** Has a server make the plan, and returns its file. */
async function madeThere(request: AdminRequest, { of, ...about }: Undone): Promise<string> {
  const target = { request, ...about };
  // The id of a delivery is taken there as well.
  const undo =
    typeof of === 'string'
      ? `plans/${encodeURIComponent(of)}/undo`
      : `employees/${encodeURIComponent(of.employee)}/undo?since=${new Date(of.since).toISOString()}`;
  return await madePlan(target, await askedJson(request('POST', `${targetPath(target)}/${undo}`)));
}
