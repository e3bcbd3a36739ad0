import type { Attempt, Candidate, Refused } from './candidate.ts';

/** So many requests are tried for one question, and so many changes lead to one. */
export const MAX_RUNS = 80;
const MAX_STEPS = 3;
/** What it costs to go on from a change after which the request was refused as before. */
const IN_VAIN = 0.9;
/** What it costs less to go on from a change of the body after which the request was refused otherwise. */
const PROGRESS = 0.8;

/** What trying an attempt came to; null: it passes. */
export type Tried = Refused | null;

/** What the search came to. */
export interface Found {
  /** The cheapest attempt that passes; null where none was found. */
  readonly attempt: Attempt | null;
  readonly runs: number;
  /** Whether there was more to try. */
  readonly isBounded: boolean;
}

/**
 * Looks for the cheapest changes that make a request pass, best first. A change that leads to another refusal is gone on
 * from, so a value that is wrong in two ways is corrected in two steps.
 */
export async function search(
  start: Attempt,
  first: Refused,
  candidates: (attempt: Attempt, refused: Refused) => readonly Candidate[],
  run: (attempt: Attempt) => Promise<Tried>,
  most: number,
): Promise<Found> {
  const waiting = new CheapestFirst();
  const add = (attempt: Attempt, refused: Refused): void => {
    for (const candidate of candidates(attempt, refused)) {
      const isChanged = attempt.steps.some(
        ({ kind, ...step }) => kind === candidate.step.kind && isAt(step, candidate),
      );
      if (!isChanged) waiting.add(changed(attempt, candidate));
    }
  };
  add(start, first);
  const seen = new Set<string>([textOf(start)]);
  let runs = 0;
  for (let next = waiting.take(); next !== null; next = waiting.take()) {
    const text = textOf(next);
    if (seen.has(text)) continue;
    seen.add(text);
    if (runs >= most) return { attempt: null, runs, isBounded: true };
    runs++;
    const refused = await run(next);
    if (refused === null) return { attempt: next, runs, isBounded: false };
    if (next.steps.length >= MAX_STEPS) continue;
    // A change that led nowhere may still be half of what is needed.
    const cost = next.cost + (isSame(refused, first) ? IN_VAIN : isOfBody(next) ? -PROGRESS : 0);
    add({ ...next, cost }, refused);
  }
  return { attempt: null, runs, isBounded: false };
}

function changed(attempt: Attempt, { step, cost, apply }: Candidate): Attempt {
  return { ...apply(attempt), steps: [...attempt.steps, step], cost: attempt.cost + cost };
}

/** Two attempts with the same text are the same: settings are distinguished by the steps that set them. */
function textOf({ route, params, query, body, app, steps }: Attempt): string {
  const settings = steps.filter(({ kind }) => kind === 'setting');
  return JSON.stringify([route.operation, params, query, body, app.id, settings]);
}

/** Whether the last change was one of the body: another id is often refused for itself. */
function isOfBody({ steps }: Attempt): boolean {
  const kind = steps.at(-1)?.kind;
  return kind === 'set' || kind === 'add' || kind === 'remove';
}

/** Whether a step is about what a candidate changes. */
function isAt(step: object, { step: other }: Candidate): boolean {
  return other.kind !== 'app' && 'at' in step && 'at' in other && step.at === other.at;
}

function isSame(one: Refused, other: Refused): boolean {
  return one.code === other.code && one.fields.join() === other.fields.join() && one.answer === other.answer;
}

/** Attempts by what they cost; of equal ones the first that was added comes first. */
class CheapestFirst {
  readonly #waiting: Attempt[] = [];

  add(attempt: Attempt): void {
    // Binary search for the place behind all that cost no more.
    let low = 0;
    let high = this.#waiting.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#waiting[middle]?.cost ?? 0) <= attempt.cost) low = middle + 1;
      else high = middle;
    }
    this.#waiting.splice(low, 0, attempt);
  }

  take(): Attempt | null {
    return this.#waiting.shift() ?? null;
  }
}
