import type { ItemResult, PlanStep } from './plan.ts';

const MAKES: ReadonlySet<string> = new Set(['create', 'return', 'department-create']);

/**
 * Returns the subjects that a step was to make and the platform refused: nothing is there that later steps could be about, so each
 * of them would only be refused in its turn.
 */
export function notMadeBy(step: Pick<PlanStep, 'operation' | 'subjects'>, items: readonly ItemResult[]): string[] {
  if (!MAKES.has(step.operation)) return [];
  return step.subjects.flatMap(({ subject }) => {
    const own = items.filter((item) => item.subject === subject);
    return own.length > 0 && own.every(({ fate }) => fate === 'refused') ? [subject] : [];
  });
}
