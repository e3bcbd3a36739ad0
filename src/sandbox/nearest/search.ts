import { Turns } from '../../lib/turns.ts';
import { changed, type Attempt, type Candidate, type Refused, type Step } from './candidates/candidate.ts';

/** So many requests are tried for one question, so many of them for further ways, and so many changes lead to one. */
const MAX_RUNS = 100;
const MAX_FURTHER_RUNS = 24;
const MAX_CHANGES = 3;
/** So many ways are named. */
const MAX_WAYS = 3;
/** So long a request is tried so often; a longer one, each run of which takes longer, less often. */
const RUN_BYTES = 8_192;
const LEAST_RUNS = 10;
/** What it costs to go on from a change after which the request was refused as before. */
const IN_VAIN = 0.9;
/** What it costs less to go on from a change of the body after which the request was refused otherwise. */
const PROGRESS = 0.8;

/** Returns how many requests are tried for one of so many bytes. */
export function mostRunsFor(bytes: number): number {
  return Math.max(LEAST_RUNS, Math.min(MAX_RUNS, Math.floor((MAX_RUNS * RUN_BYTES) / bytes)));
}

/** What trying an attempt came to; null: it passes. */
export type Tried = Refused | null;

/** What the search came to. */
export interface Found {
  /** The attempts that pass, the cheapest first; none where none was found. */
  readonly attempts: readonly Attempt[];
  readonly runs: number;
  /** Whether there was more to try before one was found. */
  readonly isBounded: boolean;
}

/**
 * Looks for the cheapest changes that make a request pass, best first. A change that leads to another refusal is gone on
 * from, so a value that is wrong in two ways is corrected in two steps. Each step that is named is needed.
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
      const isChanged = candidate.steps.some((step) => attempt.steps.some((one) => isOfOnePlace(one, step)));
      if (!isChanged) waiting.add({ attempt, candidate, cost: attempt.cost + candidate.cost });
    }
  };
  add(start, first);
  const seen = new Set<string>([textOf(start)]);
  const attempts: Attempt[] = [];
  let runs = 0;
  let left = most;
  const turns = new Turns();
  for (let next = waiting.take(); next !== null && attempts.length < MAX_WAYS; next = waiting.take()) {
    const text = textOf(next);
    if (seen.has(text)) continue;
    seen.add(text);
    const isFurther = attempts.length > 0;
    if (isFurther && attempts.some((way) => isAnotherValueOf(way, next))) continue;
    if (runs >= left) return { attempts, runs, isBounded: !isFurther };
    runs++;
    await turns.next();
    const refused = await run(next);
    if (refused === null) {
      if (!isFurther) left = Math.min(most, runs + MAX_FURTHER_RUNS);
      const way = await withoutNeedless(start, next, run);
      runs += way.runs;
      if (!attempts.some((one) => isAnotherValueOf(one, way.attempt))) attempts.push(way.attempt);
      continue;
    }
    if (next.made.length >= MAX_CHANGES) continue;
    // A change that led nowhere may still be half of what is needed.
    const cost = next.cost + (isSame(refused, first) ? IN_VAIN : isOfBody(next) ? -PROGRESS : 0);
    add({ ...next, cost }, refused);
  }
  return { attempts, runs, isBounded: false };
}

/** Leaves out each change without which the request passes as well. */
async function withoutNeedless(
  start: Attempt,
  found: Attempt,
  run: (attempt: Attempt) => Promise<Tried>,
): Promise<{ readonly attempt: Attempt; readonly runs: number }> {
  let attempt = found;
  let runs = 0;
  if (found.made.length === 1) return { attempt, runs };
  for (const one of found.made) {
    const rest = attempt.made.filter((other) => other !== one);
    if (rest.length === 0) break;
    const less = rest.reduce(changed, start);
    runs++;
    if ((await run(less)) === null) attempt = less;
  }
  return { attempt, runs };
}

/** Whether an attempt changes all that a way changes: other values, or more than is needed. */
function isAnotherValueOf(way: Attempt, { steps }: Attempt): boolean {
  return way.steps.every((step) => steps.some((one) => isOfOnePlace(one, step)));
}

/** Two attempts with the same text are the same: settings are distinguished by the steps that set them. */
function textOf({ route, params, query, body, app, user, steps }: Attempt): string {
  const settings = steps.filter(({ kind }) => kind === 'setting');
  return JSON.stringify([route.operation, params, query, body, app.id, user?.employee, settings]);
}

/** Whether the last change was one of the body: another id is often refused for itself. */
function isOfBody({ steps }: Attempt): boolean {
  const kind = steps.at(-1)?.kind;
  return kind === 'set' || kind === 'add' || kind === 'remove';
}

const OF_BODY: ReadonlySet<string> = new Set(['set', 'add', 'remove']);

/** Whether two steps change the same. */
function isOfOnePlace(one: Step, other: Step): boolean {
  const isOfOneKind = one.kind === other.kind || (OF_BODY.has(one.kind) && OF_BODY.has(other.kind));
  return isOfOneKind && 'at' in one && 'at' in other && one.at === other.at;
}

function isSame(one: Refused, other: Refused): boolean {
  return one.code === other.code && one.fields.join() === other.fields.join() && one.answer === other.answer;
}

/** A change that may be tried. Most never are, and to change a long body takes long, so that is done when its turn comes. */
interface Waiting {
  readonly attempt: Attempt;
  readonly candidate: Candidate;
  readonly cost: number;
}

/** Changes by what the attempts cost that they make; of equal ones the first that was added comes first. */
class CheapestFirst {
  readonly #waiting: Waiting[] = [];

  add(one: Waiting): void {
    // Binary search for the place behind all that cost no more.
    let low = 0;
    let high = this.#waiting.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#waiting[middle]?.cost ?? 0) <= one.cost) low = middle + 1;
      else high = middle;
    }
    this.#waiting.splice(low, 0, one);
  }

  take(): Attempt | null {
    const first = this.#waiting.shift();
    return first === undefined ? null : changed(first.attempt, first.candidate);
  }
}
