import type { RowChange } from '../../../dialects/row-calls.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { isGroupMarker, lookupKeys } from '../../../directory/lookup.ts';
import type { RowDraft } from '../columns/field.ts';
import { valuesOf, type PeopleFound } from './find-people.ts';
import { isUnique } from './pending-rows.ts';

/**
 * The values and ids that some rows give or take. A row that has none of them is planned and judged the same whether those
 * rows are written or not. A value counts in every space, so that a row is rather taken to depend than not.
 */
export class TouchedValues {
  readonly #values = new Set<string>();

  /** Takes note of the change of a row. */
  note({ before, after }: RowChange): void {
    this.#values.add(after.id);
    for (const one of [before, after]) if (one !== null) for (const value of ownValues(one)) this.#values.add(value);
  }

  /** Whether a row may depend on those: some of the values that it depends on are among them. */
  has(values: readonly string[]): boolean {
    return this.#values.size > 0 && values.some((value) => this.#values.has(value));
  }
}

/** The values that a row depends on: those that it has, and those of the people that it names; `newcomer` is the record that it would add. */
export function dependenciesOf(
  draft: RowDraft,
  people: PeopleFound,
  newcomer: Employee | undefined,
): readonly string[] {
  const { keys, leader } = draft;
  const named = [keys.id, leader, ...Object.values(keys.ids)].filter((value) => typeof value === 'string');
  for (const [, value] of valuesOf([draft], NO_PEOPLE, newcomer === undefined ? [] : [newcomer])) named.push(value);
  const found = new Set(named.flatMap((value) => foundBy(value, people)));
  for (const one of found) named.push(one.id, ...ownValues(one));
  return named;
}

/** The values that are of this employee alone. */
function ownValues(one: Employee): readonly string[] {
  const own = lookupKeys(one).filter((key) => isUnique(key) && !isGroupMarker(...key));
  return own.map(([, value]) => value);
}

const NO_PEOPLE: PeopleFound = { byId: new Map(), by: new Map() };

function foundBy(value: string, { byId, by }: PeopleFound): readonly Employee[] {
  const own = byId.get(value);
  const found = own === undefined ? [] : [own];
  for (const holders of by.values()) found.push(...(holders.get(value) ?? []));
  return found;
}
