import type { TSchema } from 'typebox';
import { deepEqual, isObject } from '../../../lib/json-equal.ts';
import { entriesOf, memberOf, pathsOf } from '../../journal/schema-members.ts';
import { bodyChange, type Attempt, type Candidate, type Change, type Refused } from './candidate.ts';
import { corrections } from './corrections.ts';
import { COST, STEP, valuesNamed, type CandidateFacts, type Values } from './candidate-facts.ts';
import type { StepNote } from '../contract.ts';
import { misspelt } from './misspelt.ts';
import { placesIn, valueAt, type Place } from '../draft.ts';

/** So many members of a body are looked at, and so many values of one. */
const MAX_MEMBERS = 24;
const MAX_VALUES = 5;
/** One thing may be named at so many places. */
const MAX_PLACES = 6;

/** Corrects or removes each member of the body. */
export function memberChanges(
  attempt: Attempt,
  refused: Refused,
  facts: CandidateFacts,
  values: Values,
): readonly Candidate[] {
  const { body } = attempt;
  // A body that is no JSON has no members: it is replaced as a whole.
  if (typeof body === 'string' && attempt.route.body !== undefined)
    return [bodyChange(body, [{ place: [], to: {}, note: 'drops' }], COST.refused)];
  const places = placesIn(body, MAX_MEMBERS);
  return places.flatMap((place) => {
    const value = valueAt(body, place);
    const name = nameOf(place);
    const known = isObject(value) ? [] : valuesNamed(values, name);
    const isCredential = known.some((one) => one === facts.secret || one === attempt.app.key);
    const base = isCredential || isRefused(place, body, refused.fields) ? COST.refused : COST.other;
    const cost = base + (STEP * place.length) / 10;
    const one = { place, value, name, known, cost };
    return [
      ...renamed(one, facts, attempt, places),
      ...corrected(one, facts, attempt),
      ...replaced(one, facts, attempt, places),
      bodyChange(body, [{ place, to: undefined }], cost + STEP * 4 + lossOf(value)),
    ];
  });
}

/** One member of a body and what it may be instead. */
interface Member {
  readonly place: Place;
  readonly value: unknown;
  readonly name: string;
  readonly known: readonly unknown[];
  readonly cost: number;
}

/** Names the same employee or department by another id, wherever the body does so. */
function renamed(
  { place, value, name, cost }: Member,
  facts: CandidateFacts,
  { body }: Attempt,
  places: readonly Place[],
): readonly Candidate[] {
  if (typeof value !== 'string' || !facts.isReference(name)) return [];
  return facts.synonymsOf(value).flatMap((to, index) => {
    const others = placesOf(value, place, body, places);
    const all = [place, ...others].map((one) => ({ place: one, to }));
    const whole = bodyChange(body, all, cost + STEP * index);
    return others.length === 0 ? [whole] : [whole, bodyChange(body, [{ place, to }], cost + STEP * (index + 1))];
  });
}

/** What the value may have been meant to be. */
function corrected(
  { place, value, name, cost }: Member,
  facts: CandidateFacts,
  attempt: Attempt,
): readonly Candidate[] {
  // Part of a text about an employee would be shown, and would not be what was meant.
  const isKept = isObject(value) || (typeof value === 'string' && facts.isPersonal(name.replace('[]', '')));
  if (isKept) return [];
  const found = corrections(value, schemasAt(attempt.route.body, place)).slice(0, 2 * MAX_VALUES);
  return found.map(({ to, drops }, index) => {
    const change: Change = { place, to, note: drops ? 'drops' : undefined, isMasked: true };
    return bodyChange(attempt.body, [change], cost + STEP * index + (drops ? COST.drops : 0));
  });
}

/** Values that a member of this name may have: close ones first, then any. */
function replaced(
  { place, value, name, known, cost }: Member,
  facts: CandidateFacts,
  { body }: Attempt,
  places: readonly Place[],
): readonly Candidate[] {
  const isReference = facts.isReference(name);
  const close = isReference ? closeTo(value, known) : [];
  const order = [...close, ...known.filter((one) => !close.includes(one))].slice(0, MAX_VALUES);
  const isFull = typeof value === 'object' && value !== null && leavesOf(value) > 0;
  return order
    .filter((to) => !deepEqual(to, value))
    .flatMap((to, index) => {
      const isClose = close.includes(to);
      // A flag turned round asks for the opposite.
      const isOpposite = typeof value === 'boolean' && typeof to === 'boolean';
      const isOther =
        isOpposite || (isReference && !isClose && !isEmpty(value) && !isEmpty(to) && !isMadeUp(to, facts));
      const note: StepNote | undefined = isClose
        ? undefined
        : isFull && !isReference
          ? 'drops'
          : isOther
            ? 'other'
            : 'example';
      const more = note === 'drops' ? COST.drops : note === 'other' ? COST.another : 0;
      const at = cost + more + STEP * (index + 1);
      const isMasked = facts.isPersonal(name) && facts.isOfPeople(to);
      const single = bodyChange(body, [{ place, to, note, isMasked }], at);
      const others = isReference && typeof value !== 'object' ? placesOf(value, place, body, places) : [];
      if (others.length === 0) return [single];
      const everywhere = [place, ...others].map((one) => ({ place: one, to, note, isMasked }));
      return [bodyChange(body, everywhere, at), single];
    });
}

/** Adds members that the operation has and the body has not: those of which a value is known. */
export function missingMembers(
  attempt: Attempt,
  refused: Refused,
  facts: CandidateFacts,
  values: Values,
): readonly Candidate[] {
  const { route } = attempt;
  if (route.body === undefined) return [];
  const body = attempt.body ?? {};
  if (!isObject(body)) return [];
  const { needed } = facts.dialect.facts.repairs;
  return [...pathsOf(route.body), ...(needed?.[route.operation] ?? [])].flatMap((path) => {
    const place = path.split('.');
    const name = place.at(-1) ?? '';
    const around = valueAt(body, place.slice(0, -1));
    if (valueAt(body, place) !== undefined || !isObject(around)) return [];
    const isNamed = isRefused(place, body, refused.fields);
    const required = requiredIn(schemasAt(route.body, place.slice(0, -1)), name);
    const cost = isNamed ? COST.refused : required ? COST.missing : COST.other + 0.3;
    return valuesNamed(values, name)
      .slice(0, isNamed || required ? 3 : 1)
      .map((to, index) => {
        const isMasked = facts.isPersonal(name) && facts.isOfPeople(to);
        return bodyChange(body, [{ place, to, note: 'example', isMasked }], cost + STEP * index);
      });
  });
}

/** Other places at which the body has the same value. */
function placesOf(value: unknown, here: Place, body: unknown, places: readonly Place[]): readonly Place[] {
  return places.filter((place) => place !== here && valueAt(body, place) === value).slice(0, MAX_PLACES);
}

/** Known values that are written like one. */
function closeTo(value: unknown, known: readonly unknown[]): readonly unknown[] {
  if (typeof value !== 'string') return [];
  return misspelt(
    value,
    known.filter((one) => typeof one === 'string'),
  );
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Whether a value is made of digits that no one has. */
function isMadeUp(value: unknown, { unused }: CandidateFacts): boolean {
  return JSON.stringify(value).includes(unused);
}

/** What it costs to leave out what is in a value as well. */
function lossOf(value: unknown): number {
  const leaves = leavesOf(value);
  // A member goes before the object that has it alone.
  return typeof value === 'object' ? Math.min(COST.drops, COST.leaf * leaves) : 0;
}

/** How many values there are in one. */
function leavesOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, one) => sum + leavesOf(one), 0);
}

/** The last name of a place; entries of a list are named by the list and `[]`. */
function nameOf(place: Place): string {
  const last = place.at(-1);
  return typeof last === 'number' ? `${nameOf(place.slice(0, -1))}[]` : (last ?? '');
}

/** Whether one of the refused fields names the place, something in it, or what it is in. */
function isRefused(place: Place, body: unknown, fields: readonly string[]): boolean {
  const names = place.filter((part) => typeof part === 'string');
  const path = names.join('.');
  return fields.some((field) => {
    const plain = field.replaceAll(/\[[^[\]]*\]/g, '');
    const [, item] = /\[([^[\]*]+)\]$/.exec(field) ?? [];
    if (item !== undefined && isOfItem(place, body, item)) return true;
    return plain === path || plain.startsWith(`${path}.`) || path.startsWith(`${plain}.`) || plain.endsWith(`.${path}`);
  });
}

/** Whether a place is in the entry of a list that an id names, e.g. `update_items[11004]`. */
function isOfItem(place: Place, body: unknown, item: string): boolean {
  return place.some((part, index) => {
    if (typeof part !== 'number') return false;
    const entry = valueAt(body, place.slice(0, index + 1));
    return String(part) === item || (isObject(entry) && Object.values(entry).some((value) => String(value) === item));
  });
}

function schemasAt(schema: TSchema | undefined, place: Place): readonly TSchema[] {
  return place.reduce<readonly TSchema[]>(
    (schemas, part) => (typeof part === 'number' ? entriesOf(schemas) : (memberOf(schemas, part) ?? [])),
    schema === undefined ? [] : [schema],
  );
}

function requiredIn(schemas: readonly TSchema[], name: string): boolean {
  return schemas.some((schema) => {
    const { required } = schema as { readonly required?: unknown };
    return Array.isArray(required) && required.includes(name);
  });
}
