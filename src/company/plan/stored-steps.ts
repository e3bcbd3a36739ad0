import { Turns } from '../../lib/turns.ts';
import type { PlannedStep } from '../contract.ts';
import type { PlanSteps, StepCounts, StepsAsked } from './stored-plans-contract.ts';

/** So many steps are in one piece: what a page needs is parsed, not the whole plan. */
const IN_PIECE = 50;

/** What a step is found by. */
interface Mark {
  readonly action: PlannedStep['action'];
  readonly kind: string;
  readonly words: string;
}

const NONE: StepCounts = { add: 0, change: 0, remove: 0 };

/** The steps of a plan as bytes outside of the heap, of which pages are read and searched. */
export class StoredSteps {
  readonly counts: StepCounts;
  readonly kinds: Readonly<Record<string, StepCounts>>;
  /** How much memory they take. */
  readonly bytes: number;
  readonly #pieces: readonly Buffer[];
  readonly #marks: readonly Mark[];

  private constructor(pieces: readonly Buffer[], marks: readonly Mark[]) {
    this.#pieces = pieces;
    this.#marks = marks;
    const kinds = new Map<string, StepCounts>();
    let counts = NONE;
    let letters = 0;
    for (const { action, kind, words } of marks) {
      const of = kinds.get(kind) ?? NONE;
      kinds.set(kind, { ...of, [action]: of[action] + 1 });
      counts = { ...counts, [action]: counts[action] + 1 };
      letters += words.length;
    }
    this.counts = counts;
    this.kinds = Object.fromEntries(kinds);
    this.bytes = pieces.reduce((sum, { byteLength }) => sum + byteLength, 2 * letters);
  }

  static async of(steps: readonly PlannedStep[]): Promise<StoredSteps> {
    const turns = new Turns();
    const pieces: Buffer[] = [];
    const marks: Mark[] = [];
    for (let from = 0; from < steps.length; from += IN_PIECE) {
      const some = steps.slice(from, from + IN_PIECE);
      pieces.push(Buffer.from(JSON.stringify(some)));
      for (const { action, kind, id, name = '', fields } of some) {
        marks.push({ action, kind, words: [name, id, kind, ...fields].join('\n').toLowerCase() });
      }
      await turns.next();
    }
    return new StoredSteps(pieces, marks);
  }

  /** The steps that are asked for. Values are not searched: a reader who sees them masked must not find them out. */
  async page({ q = '', action, kind, after, limit }: StepsAsked): Promise<PlanSteps> {
    const turns = new Turns();
    const words = q.trim().toLowerCase();
    const chosen: number[] = [];
    let found = 0;
    for (const [at, mark] of this.#marks.entries()) {
      if (action !== undefined && mark.action !== action) continue;
      if (kind !== undefined && mark.kind !== kind) continue;
      if (words !== '' && !mark.words.includes(words)) continue;
      if (found >= after && chosen.length < limit) chosen.push(at);
      found += 1;
      if (found % 1_000 === 0) await turns.next();
    }
    const steps: PlannedStep[] = [];
    let open: { readonly piece: number; readonly steps: readonly PlannedStep[] } = { piece: -1, steps: [] };
    for (const at of chosen) {
      const piece = Math.floor(at / IN_PIECE);
      if (open.piece !== piece) open = { piece, steps: this.#read(piece) };
      const step = open.steps[at % IN_PIECE];
      if (step !== undefined) steps.push(step);
      await turns.next();
    }
    const next = after + steps.length;
    return { steps, found, next: next < found ? next : null };
  }

  #read(piece: number): readonly PlannedStep[] {
    // It was written here.
    return JSON.parse(this.#pieces[piece]?.toString() ?? '[]') as readonly PlannedStep[];
  }
}
