import type { Route } from '../../dialects/dialect.ts';
import type { App } from '../../directory/auth/app.ts';
import type { Tenant } from '../../directory/tenant.ts';
import type { NearestStep } from './contract.ts';
import { pointerTo, valueAt, withValue, type Draft, type Place } from './draft.ts';

/** A step of an attempt; `isDerived`: its value is made of what was sent, so it is masked where that is. */
export type Step = NearestStep & { readonly isDerived?: true };

/** A request, and what is pretended of the company that it meets. */
export interface Attempt extends Draft {
  readonly app: App;
  readonly route: Route;
  readonly pretended: readonly ((tenant: Tenant) => Tenant)[];
  readonly steps: readonly Step[];
  readonly cost: number;
}

/** One change that may make a refused request pass; the cheapest is tried first. */
export interface Candidate {
  readonly cost: number;
  readonly step: Step;
  readonly apply: (attempt: Attempt) => Omit<Attempt, 'steps' | 'cost'>;
}

/** How an attempt was refused: what decides which changes are tried next. */
export interface Refused {
  readonly code: string | null;
  /** The fields that a rule refused, as the operation names them. */
  readonly fields: readonly string[];
  /** The answer without what differs with each. */
  readonly answer: string;
}

/** Changes the value at a place of the body, adds or removes it. */
export function bodyChange(body: unknown, place: Place, to: unknown, cost: number, isDerived = false): Candidate {
  const from = valueAt(body, place);
  const kind = to === undefined ? 'remove' : from === undefined ? 'add' : 'set';
  return {
    cost,
    step: {
      kind,
      at: pointerTo(place),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(isDerived ? { isDerived } : {}),
    },
    apply: (attempt) => ({ ...attempt, body: withValue(attempt.body, place, to) }),
  };
}
