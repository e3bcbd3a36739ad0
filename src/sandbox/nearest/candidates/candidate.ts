import type { Route } from '../../../dialects/dialect.ts';
import type { App } from '../../../directory/auth/app.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { CallingUser } from '../../acting/app-grant.ts';
import type { NearestStep, StepNote } from '../contract.ts';
import { pointerTo, valueAt, withValue, type Draft, type Place } from '../draft.ts';

/** A step of an attempt; `isMasked`: its value says something about people, so it is masked where that is. */
export type Step = NearestStep & { readonly isMasked?: true };

/** A request, and what is pretended of the company that it meets. */
export interface Attempt extends Draft {
  readonly app: App;
  /** The employee that the app acts for; null where it acts for itself. */
  readonly user: CallingUser | null;
  readonly route: Route;
  readonly pretended: readonly ((tenant: Tenant) => Tenant)[];
  readonly steps: readonly Step[];
  readonly cost: number;
  /** What made it of the attempt that a search began with. */
  readonly made: readonly Candidate[];
}

/** Changes that may make a refused request pass; the cheapest are tried first. */
export interface Candidate {
  readonly cost: number;
  readonly steps: readonly Step[];
  readonly apply: (attempt: Attempt) => Omit<Attempt, 'steps' | 'cost' | 'made'>;
}

/** How an attempt was refused: what decides which changes are tried next. */
export interface Refused {
  readonly code: string | null;
  /** The fields that a rule refused, as the operation names them. */
  readonly fields: readonly string[];
  /** The answer without what differs with each. */
  readonly answer: string;
}

/** How a value of the body is changed. */
export interface Change {
  readonly place: Place;
  /** Undefined removes it. */
  readonly to: unknown;
  readonly note?: StepNote | undefined;
  readonly isMasked?: boolean;
}

/** Changes, adds or removes values of the body, all at once. */
export function bodyChange(body: unknown, changes: readonly Change[], cost: number): Candidate {
  return {
    cost,
    steps: changes.map((change) => stepOf(body, change)),
    apply: (attempt) => ({
      ...attempt,
      body: changes.reduce((changed, { place, to }) => withValue(changed, place, to), attempt.body),
    }),
  };
}

function stepOf(body: unknown, { place, to, note, isMasked = false }: Change): Step {
  const from = valueAt(body, place);
  return {
    kind: to === undefined ? 'remove' : from === undefined ? 'add' : 'set',
    at: pointerTo(place),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(note === undefined ? {} : { note }),
    ...(isMasked ? { isMasked } : {}),
  };
}

/** Makes another attempt of one. */
export function changed(attempt: Attempt, candidate: Candidate): Attempt {
  return {
    ...candidate.apply(attempt),
    steps: [...attempt.steps, ...candidate.steps],
    cost: attempt.cost + candidate.cost,
    made: [...attempt.made, candidate],
  };
}
