import { isAsPredicted, type ItemResult, type PlanStep } from '../../../src/delivery/targets/plan/plan.ts';
import type { OutcomeItem, StepOutcome } from '../../../src/directory/targets/step-outcome.ts';

/** What delivering to one tenant came to. */
export interface TenantResult extends Counted {
  readonly seed: number;
  readonly platform: string;
  /** How often our company was changed. */
  readonly changes: number;
  readonly planned: number;
  /** Steps that were not sent, as somebody changed the person meanwhile. */
  readonly left: number;
  /** How often a run that stopped was begun again. */
  readonly resumed: number;
  readonly stopped: string | null;
  readonly ms: number;
}

/** How predictions of steps did. */
export interface Counted {
  readonly hits: number;
  readonly misses: readonly CountedMiss[];
  /** Steps by operation, predicted and real code. */
  readonly counts: Readonly<Record<string, number>>;
}

/** A step with another answer than the predicted one; without any value. */
export interface CountedMiss {
  readonly n: number;
  readonly operation: string;
  readonly cause: string;
  readonly items: readonly string[];
  /** The platform's own words. */
  readonly words: readonly string[];
}

/** Compares what steps came to with what was predicted of them. */
export function countOf(
  outcomes: readonly StepOutcome[],
  steps: ReadonlyMap<number, PlanStep>,
  words: ReadonlyMap<number, readonly string[]>,
): Counted {
  const counts: Record<string, number> = {};
  const misses: CountedMiss[] = [];
  let hits = 0;
  for (const { n, operation, items } of outcomes) {
    const predicted = steps.get(n)?.predicted ?? [];
    const key = `${operation}|${saidOf(predicted)}|${saidOf(items)}`;
    counts[key] = (counts[key] ?? 0) + 1;
    // The items of an outcome are those of a step, as text.
    if (isAsPredicted(predicted, items as readonly ItemResult[])) hits++;
    else {
      const causes = new Set(items.flatMap(({ cause }) => cause ?? []));
      const differences = differencesOf(predicted, items);
      const cause = [...causes].join('+') || 'rule';
      misses.push({ n, operation, cause, items: differences, words: words.get(n) ?? [] });
    }
  }
  return { hits, misses, counts };
}

/** Says in one word what was answered, and what a read showed then. */
function saidOf(items: readonly OutcomeItem[]): string {
  const refused = items.flatMap(({ code }) => code ?? []);
  const shown = items.flatMap((one) => (one.shown === 'dropped' || one.shown === 'other' ? [one.shown] : []));
  return [...new Set([...refused, ...shown])].toSorted().join(' ') || 'ok';
}

function differencesOf(predicted: readonly OutcomeItem[], real: readonly OutcomeItem[]): readonly string[] {
  const all = new Set([...predicted, ...real].map(({ subject, field }) => `${subject} ${field ?? '*'}`));
  const say = (items: readonly OutcomeItem[], key: string): string => {
    const one = items.find(({ subject, field }) => `${subject} ${field ?? '*'}` === key);
    return one === undefined ? 'nothing' : [one.fate, one.code, one.shown].filter((part) => part !== null).join('/');
  };
  return [...all].flatMap((key) => {
    const [before, after] = [say(predicted, key), say(real, key)];
    return before === after ? [] : [`${key}: ${before} -> ${after}`];
  });
}
