import { isObject } from '../../lib/json-equal.ts';

/** A request while something of it is changed. */
export interface Draft {
  readonly params: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Undefined where none is sent. */
  readonly body: unknown;
}

/** Members and positions from the top of a body. */
export type Place = readonly (string | number)[];

/** Returns the value at a place; undefined where there is none. */
export function valueAt(body: unknown, place: Place): unknown {
  let value = body;
  for (const part of place) {
    if (Array.isArray(value) && typeof part === 'number') value = value[part] as unknown;
    else if (isObject(value) && Object.hasOwn(value, part)) value = value[String(part)];
    else return undefined;
  }
  return value;
}

/** Returns the body with another value at a place; undefined removes it. */
export function withValue(body: unknown, [first, ...rest]: Place, value: unknown): unknown {
  if (first === undefined) return value;
  if (Array.isArray(body) && typeof first === 'number') {
    if (rest.length === 0 && value === undefined) return body.filter((_one, index) => index !== first);
    return body.map((one: unknown, index) => (index === first ? withValue(one, rest, value) : one));
  }
  const members = new Map(Object.entries(isObject(body) ? body : {}));
  const name = String(first);
  const inner = withValue(members.get(name), rest, value);
  if (inner === undefined) members.delete(name);
  else members.set(name, inner);
  return Object.fromEntries(members);
}

/** Writes a place as a JSON Pointer. */
export function pointerTo(place: Place): string {
  return place.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Returns a query with one parameter otherwise; null removes it. */
export function withParameter(query: Draft['query'], name: string, value: string | null): Draft['query'] {
  const others = query.filter(([one]) => one !== name);
  return value === null ? others : [...others, [name, value]];
}

/** Every place of a body, those above before those below, up to a bound. */
export function placesIn(body: unknown, most: number): readonly Place[] {
  const places: Place[] = [];
  const walk = (value: unknown, at: Place): void => {
    if (places.length >= most) return;
    if (at.length > 0) places.push(at);
    if (Array.isArray(value)) {
      // What holds for the first entries holds for the others.
      for (const [index, one] of value.slice(0, 4).entries()) walk(one, [...at, index]);
    } else if (isObject(value)) for (const [name, one] of Object.entries(value)) walk(one, [...at, name]);
  };
  walk(body, []);
  return places;
}
