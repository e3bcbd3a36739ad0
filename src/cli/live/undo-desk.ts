import { setTimeout } from 'node:timers/promises';
import { readConfig } from '../../config.ts';
import type { UndoRequest } from '../../delivery/targets/plan/undo/undo.ts';
import type { TargetPlanLine } from '../../directory/targets/plan-view.ts';
import { TargetError } from '../../directory/targets/target-view.ts';
import { companyTargets, placeOf } from '../../live-targets/live-targets.ts';
import { toCommandError, type AdminRequest } from '../admin-client.ts';
import { askedJson } from '../asked-server.ts';
import { CommandError } from '../error-message.ts';
import { withStoreAt, withTarget, type TargetOptions } from '../target.ts';

/** What is taken back: what was done, where the store is here; the file of the plan, where a server made that. */
type Undoing = { readonly undo: UndoRequest } | { readonly file: string };

/** A plan or delivery of a live tenant that is to be taken back. */
interface Undone {
  readonly company: string;
  readonly platform: string;
  readonly of: string;
}

/** Finds out what a plan or one delivery did; a running server makes the plan that takes it back itself, and keeps it. */
export async function undoing(options: TargetOptions, undone: Undone): Promise<Undoing> {
  const { company, platform, of } = undone;
  try {
    return await withTarget<Undoing>(options, {
      local: (url) =>
        withStoreAt(url, async (store) => {
          const targets = companyTargets(() => store, placeOf(url, readConfig({}).installation));
          return { undo: await targets.undoOf(company, platform, of) };
        }),
      remote: async (_, request) => ({ file: await madeThere(request, undone) }),
    });
  } catch (error) {
    if (error instanceof TargetError) throw new CommandError(error.message, { cause: error });
    throw error;
  }
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
