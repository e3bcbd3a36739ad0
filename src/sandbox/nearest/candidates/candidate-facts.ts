import type { Dialect } from '../../../dialects/dialect.ts';
import { e164 } from '../../../directory/employees/phone.ts';
import type { RepairFacts } from '../../../dialects/dialect-facts.ts';

/*
 * What each kind of change costs: first what was refused is corrected or left out, then the setting that decides about the
 * code, then everything else of the request, then who sends it.
 */
export const COST = {
  refused: 1,
  parameter: 1.3,
  setting: 1.5,
  path: 1.6,
  missing: 1.7,
  other: 2,
  app: 2.6,
  last: 2.8,
  /** What it costs more to name something else than the request does. */
  another: 0.9,
  /** What it costs more to leave out some of what was sent. */
  drops: 1.2,
  /** What each further value costs that is left out with a member. */
  leaf: 0.1,
} as const;
/** What one value costs more than the one before it. */
export const STEP = 0.05;

/** Values by the names of members and parameters. */
export type Values = Readonly<Record<string, readonly unknown[]>>;

/** The values under a name that a caller chose, which may be one that every object inherits. */
export function valuesNamed(values: Values, name: string): readonly unknown[] {
  return Object.hasOwn(values, name) ? (values[name] ?? []) : [];
}

/** What candidates are made of. */
export interface CandidateFacts extends RepairFacts {
  readonly dialect: Dialect;
  /** Whether a member of this name holds data about people that is masked. */
  readonly isPersonal: (name: string) => boolean;
  /** Whether a member or parameter of this name names something that is there. */
  readonly isReference: (name: string) => boolean;
  /** Whether a value is what an employee has, or part of it. */
  readonly isOfPeople: (value: unknown) => boolean;
  /** The other ids of what an id names. */
  readonly synonymsOf: (id: string) => readonly string[];
}

/** What candidates of a platform are made of. */
export function candidateFacts(facts: RepairFacts & Pick<CandidateFacts, 'dialect' | 'isPersonal'>): CandidateFacts {
  const { references, synonyms } = facts.dialect.facts.repairs;
  const names = new Set(references);
  const groups = synonyms?.(facts) ?? [];
  const held = new Set(
    facts.people.flatMap(({ mobile, email, enterpriseEmail }) => [
      ...(mobile === null ? [] : [e164(mobile)]),
      ...(email === null ? [] : [email]),
      ...(enterpriseEmail === null ? [] : [enterpriseEmail]),
    ]),
  );
  return {
    ...facts,
    isOfPeople: (value) => typeof value === 'string' && held.has(value),
    isReference: (name) => names.has(name.replace('[]', '')),
    synonymsOf: (id) =>
      groups.filter((group) => group.includes(id)).flatMap((group) => group.filter((one) => one !== id)),
  };
}
