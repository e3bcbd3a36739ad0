import type { TargetOptions } from '../../target.ts';
import { CommandError } from '../../error-message.ts';
import { withTargets } from '../with-targets.ts';
import { keptFile, type ServedTarget } from './kept-plan.ts';

/** A file of a plan, with what its first line says. */
export interface PlanText {
  readonly path: string;
  readonly text: string;
  readonly platform: string;
  readonly company: string;
  readonly id: string;
}

/** What is done with a plan: by the server that keeps it, or here, where it is only a file. */
interface PlanWork<Result> {
  readonly kept: (target: ServedTarget, file: string) => Promise<Result>;
  readonly file: () => Promise<Result>;
}

/** Finds out whether a running server keeps a plan, and does the work there or here. */
export async function withPlanFile<Result>(
  options: TargetOptions & { readonly company?: string },
  plan: PlanText,
  { kept, file }: PlanWork<Result>,
): Promise<Result> {
  const { platform, company, id } = plan;
  const found = await withTargets<{ readonly target: ServedTarget; readonly text: string } | null>(options, {
    local: () => Promise.resolve(null),
    remote: async (request) => {
      const target = { request, company: options.company ?? company, platform };
      const text = await keptFile(target, id);
      return text === null ? null : { target, text };
    },
  });
  if (found === null) return await file();
  if (sealed(found.text) !== sealed(plan.text)) {
    throw new CommandError(
      `${plan.path} is not the plan ${id} as the server keeps it; write it again, or look at it there.`,
    );
  }
  return await kept(found.target, found.text);
}

/** What of a file is the plan itself: behind its seal there are allowances. */
function sealed(text: string): string {
  const seal = text.indexOf('\n{"steps":');
  const end = seal === -1 ? -1 : text.indexOf('\n', seal + 1);
  return end === -1 ? text : text.slice(0, end + 1);
}
