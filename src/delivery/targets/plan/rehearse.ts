import type { LiveValue } from '../../../connectors/connector.ts';
import type { Intent, Known, WriteRequest } from '../../../connectors/writing.ts';
import type { OwnPerson } from '../own-people.ts';
import type { Counts } from './brake.ts';
import { liveDigest, ownDigest } from './digests.ts';
import { ONCE, resultOf, type Performer, type StepResult } from './perform.ts';
import type { PlanStep, StepSubject } from './plan.ts';

/** What a rehearsal needs. */
export interface RehearsalOptions {
  readonly performer: Performer & {
    readonly links: { readonly departments: Map<string, string>; readonly people: Map<string, string> };
  };
  readonly halves: (request: WriteRequest) => readonly WriteRequest[];
  readonly known: Known & { readonly departments: Map<string, string>; readonly people: Map<string, string> };
  readonly names: ReadonlyMap<string, string>;
  readonly ourPeople: ReadonlyMap<string, OwnPerson>;
  /** Returns what the brake counts of a request. */
  readonly countsOf: (operation: WriteRequest['operation'], subjects: readonly StepSubject[]) => Counts;
}

/** How long a request to the copy may take. */
const ANSWER_TIMEOUT_MS = 60_000;

/**
 * Sends requests to the copy of the tenant, one after the other, and keeps each with the answer: the copy moves on from
 * step to step, so that what one needs of the one before is judged as well.
 */
export class Rehearsal {
  readonly steps: PlanStep[] = [];
  readonly #options: RehearsalOptions;

  constructor(options: RehearsalOptions) {
    this.#options = options;
  }

  /** Tries a request, and keeps a refused batch as its halves, so that one bad row does not keep the others back. */
  async run(request: WriteRequest, intents: readonly Intent[]): Promise<void> {
    const { performer, halves } = this.#options;
    const subjects = this.#subjectsOf(request, intents);
    const result = await this.#try({ operation: request.operation, subjects, request }, performer);
    const isRefused = result.items.every(({ fate }) => fate === 'refused');
    const smaller = isRefused && request.parts.length > 1 ? halves(request) : [];
    if (smaller.length > 0) {
      for (const half of smaller) await this.run(half, intents);
      return;
    }
    this.steps.push({
      n: this.steps.length + 1,
      operation: request.operation,
      subjects: subjects.map((one) => this.#learned(one, request, result)),
      request,
      predicted: result.items,
      isRefused,
      counts: isRefused ? {} : this.#options.countsOf(request.operation, subjects),
    });
  }

  async #try(step: Pick<PlanStep, 'operation' | 'subjects' | 'request'>, performer: Performer): Promise<StepResult> {
    const outcome = await performer.wire.write(step.request, Date.now() + ANSWER_TIMEOUT_MS);
    return await resultOf(step, outcome, performer, ONCE, () => Promise.resolve());
  }

  /** Keeps the id of what was made where it is the one that we chose: only then it will be the same there. */
  #learned(one: StepSubject, { operation }: WriteRequest, { made }: StepResult): StepSubject {
    const { known, performer } = this.#options;
    const liveId = made.get(one.subject);
    if (liveId === undefined || operation !== 'create') return one;
    const { people } = known;
    people.set(one.subject, liveId);
    performer.links.people.set(liveId, one.subject);
    return { ...one, expectedId: liveId };
  }

  #subjectsOf(request: WriteRequest, intents: readonly Intent[]): readonly StepSubject[] {
    const { names, ourPeople, known, performer } = this.#options;
    return request.parts.map(({ subject, fields }) => {
      const intent = intents.find((one) => one.subject === subject);
      const changes = changesOf(intent, new Set(fields.map(({ field }) => field)));
      const own = ourPeople.get(subject) ?? null;
      const changed = Object.keys(changes);
      return {
        subject,
        name: names.get(subject) ?? '',
        liveId: liveIdOf(intent, known),
        changes,
        ours: ownDigest(own, changed),
        live: liveDigest(known.live.get(subject) ?? null, changed, performer.rows),
      };
    });
  }
}

function liveIdOf(intent: Intent | undefined, known: Known): string | null {
  if (intent === undefined || intent.operation === 'create' || intent.operation === 'department-create') return null;
  return known.people.get(intent.subject) ?? intent.liveId;
}

/** Returns what an intent changes of these fields, e.g. those that a request has; null: of all. */
export function changesOf(
  intent: Intent | undefined,
  fields: ReadonlySet<string> | null,
): Readonly<Record<string, { readonly from?: LiveValue; readonly to: LiveValue }>> {
  const picked = <Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> =>
    Object.fromEntries(fields === null ? entries : entries.filter(([field]) => fields.has(field)));
  switch (intent?.operation) {
    case 'update':
      return picked([
        ...Object.entries(intent.fields),
        ...Object.entries(intent.custom ?? {}).map(([name, change]) => [`custom:${name}`, change] as const),
      ]);
    case 'create':
    case 'return':
      return picked(Object.entries(intent.values).map(([field, to]) => [field, { to }] as const));
    case 'freeze':
      return { frozen: { from: !intent.frozen, to: intent.frozen } };
    case 'department-create':
      return { name: { to: intent.name }, parent: { to: intent.parent } };
    case 'department-update':
      return picked([['name', { to: intent.name }] as const, ['parent', { to: intent.parent }] as const]);
    default:
      return {};
  }
}
