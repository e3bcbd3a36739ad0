import type { Repairs } from '../../../dialects/dialect-facts.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { isObject } from '../../../lib/json-equal.ts';
import type { MemberResult } from '../../journal/contract.ts';
import { valueAt, type Place } from '../draft.ts';
import { bodyChange, type Candidate, type Change } from './candidate.ts';
import { COST } from './candidate-facts.ts';

/** So many members are looked at. */
const MAX_MEMBERS = 50;

/**
 * Returns the change that gives members without effect the names and forms that were meant: the answer said success, and
 * they were passed over. Null where none of them is known to mean something.
 */
export function meantChange(
  body: unknown,
  fields: readonly MemberResult[],
  tenant: Tenant,
  meant: Repairs['meant'],
): Candidate | null {
  const changes = fields
    .filter(({ silent }) => silent === true)
    .slice(0, MAX_MEMBERS)
    .flatMap((field): readonly Change[] => {
      const from = placeOf(field.field, body);
      const value = from === null ? undefined : valueAt(body, from);
      if (from === null || value === undefined) return [];
      const beside = valueAt(body, from.slice(0, -1));
      const inForm = isObject(beside) ? (meant?.({ name: String(from.at(-1)), value, beside }, tenant) ?? null) : null;
      const place = inForm === null ? closePlace(from, field) : [...from.slice(0, -1), inForm.name];
      if (place === null || valueAt(body, place) !== undefined) return [];
      return [
        { place: from, to: undefined },
        { place, to: inForm === null ? value : inForm.value, isMasked: true },
      ];
    });
  // Of two that mean the same only one can be it.
  const places = changes.flatMap(({ place, to }) => (to === undefined ? [] : [place.join('/')]));
  if (changes.length === 0 || new Set(places).size < places.length) return null;
  return bodyChange(body, changes, COST.refused);
}

/** The place of the closest name: beside the member, or elsewhere where no list is on the way. */
function closePlace(from: Place, { did_you_mean: [close] = [] }: MemberResult): Place | null {
  if (close === undefined || close.startsWith('?')) return null;
  const names = close.split('.');
  const front = from.filter((part) => typeof part === 'string').slice(0, -1);
  if (front.join('.') === names.slice(0, -1).join('.')) return [...from.slice(0, -1), names.at(-1) ?? ''];
  return close.includes('[') || from.some((part) => typeof part === 'number') ? null : names;
}

/** Finds the place that a result names. A part of its name may be the id of an item and no member, e.g. `items[0].11003.value`. */
function placeOf(field: string, body: unknown): Place | null {
  const parts = field.matchAll(/[^.[\]]+/g);
  let place: Place = [];
  for (const [part] of parts) {
    const around = valueAt(body, place);
    if (Array.isArray(around) && /^[0-9]+$/.test(part)) place = [...place, Number(part)];
    else if (isObject(around) && Object.hasOwn(around, part)) place = [...place, part];
    else if (!(isObject(around) && Object.values(around).some((value) => String(value) === part))) return null;
  }
  return place.length === 0 ? null : place;
}
