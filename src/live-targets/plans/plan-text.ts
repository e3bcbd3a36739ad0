import type { PlanHeader, PlanStep } from '../../delivery/targets/plan/plan.ts';
import type { TargetStore } from '../../directory/targets/target-store.ts';

/** Lines that are read, and written, at one time. */
const AT_ONCE = 500;

/** The lines of a plan, as what they are: the plan with its allowances, and the notes of its runs. */
export interface PlanText {
  readonly plan: string;
  readonly run: string;
}

/** Reads all lines of a plan that is kept. */
export async function textOf(store: Pick<TargetStore, 'planLines'>, id: string): Promise<PlanText> {
  const plan: string[] = [];
  const run: string[] = [];
  let isSealed = false;
  for (let from = 0; ; from += AT_ONCE) {
    const lines = await store.planLines(id, from, AT_ONCE);
    for (const line of lines) {
      // Behind the seal there are allowances, which are of the plan, and notes of runs.
      (isSealed && !line.startsWith('{"allowed":') ? run : plan).push(`${line}\n`);
      isSealed ||= line.startsWith('{"steps":');
    }
    if (lines.length < AT_ONCE) return { plan: plan.join(''), run: run.join('') };
  }
}

/** Returns the lines of a text in groups that are written together. */
export function* groupsOf(text: string): Generator<readonly string[]> {
  const lines = text.split('\n').slice(0, -1);
  for (let from = 0; from < lines.length; from += AT_ONCE) yield lines.slice(from, from + AT_ONCE);
}

/** Reads the header of a plan that is kept; null while it is made. */
export async function headerIn(store: Pick<TargetStore, 'planLines'>, id: string): Promise<PlanHeader | null> {
  const [line] = await store.planLines(id, 0, 1);
  // The first line that `planLines` of the file wrote.
  return line === undefined ? null : (JSON.parse(line) as PlanHeader);
}

/** Reads steps of a plan behind one of them, of some kind alone where it is named, and whether there are more. */
export async function stepsIn(
  store: Pick<TargetStore, 'planLines'>,
  id: string,
  { after, limit, what }: { readonly after: number; readonly limit: number; readonly what?: string },
): Promise<{ readonly steps: readonly PlanStep[]; readonly hasMore: boolean }> {
  const steps: PlanStep[] = [];
  // The header is line 0, and step n is line n.
  for (let from = after + 1; ; from += AT_ONCE) {
    const lines = await store.planLines(id, from, AT_ONCE);
    for (const line of lines) {
      if (!line.startsWith('{"n":')) return { steps, hasMore: false };
      const step = JSON.parse(line) as PlanStep;
      if (what !== undefined && !isOf(step, what)) continue;
      if (steps.length === limit) return { steps, hasMore: true };
      steps.push(step);
    }
    if (lines.length < AT_ONCE) return { steps, hasMore: false };
  }
}

/** Whether a step is of a kind: an operation, something that the brake counts, a field, or `refused`. */
function isOf({ operation, counts, subjects, isRefused }: PlanStep, what: string): boolean {
  if (operation === what || Object.hasOwn(counts, what)) return true;
  return what === 'refused' ? isRefused : subjects.some(({ changes }) => Object.hasOwn(changes, what));
}
