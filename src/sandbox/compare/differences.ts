import { deepEqual, isObject } from '../../lib/json-equal.ts';
import type { Difference } from './contract.ts';

/** More differences of one answer are not listed. */
const MAX_DIFFERENCES = 200;

/** What two answers may differ in. */
export interface Allowance {
  /** Whether two values that are not equal mean the same at this place: the name of the member, and its path. */
  readonly allows: (was: unknown, is: unknown, name: string, at: string) => boolean;
}

/** Returns where two JSON values differ, one entry a place; places are JSON Pointers. */
export function differencesOf(was: unknown, is: unknown, { allows }: Allowance): readonly Difference[] {
  const found: Difference[] = [];
  const add = (difference: Difference): void => {
    if (found.length < MAX_DIFFERENCES) found.push(difference);
  };
  const compare = (one: unknown, other: unknown, at: string, name: string): void => {
    if (Array.isArray(one) && Array.isArray(other)) {
      if (!isOtherOrder(one, other)) {
        const length = Math.max(one.length, other.length);
        for (let index = 0; index < length; index++) member(one, other, String(index), `${at}/${String(index)}`, name);
      } else add({ at, kind: 'order', was: one, is: other });
    } else if (isObject(one) && isObject(other)) {
      for (const key of new Set([...Object.keys(one), ...Object.keys(other)]))
        member(one, other, key, `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, key);
    } else if (!deepEqual(one, other) && !allows(one, other, name, at)) {
      add({ at, kind: typeOf(one) === typeOf(other) ? 'value' : 'type', was: one, is: other });
    }
  };
  const member = (one: object, other: object, key: string, at: string, name: string): void => {
    const [here, there] = [Object.hasOwn(one, key), Object.hasOwn(other, key)];
    const was: unknown = Reflect.get(one, key);
    const is: unknown = Reflect.get(other, key);
    if (here && there) compare(was, is, at, name);
    else if (here) add({ at, kind: 'missing', was, is: undefined });
    else add({ at, kind: 'extra', was: undefined, is });
  };
  compare(was, is, '', '');
  return found;
}

/** Whether two lists have the same entries, but not in the same order. */
function isOtherOrder(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length || one.length < 2 || deepEqual(one, other)) return false;
  const sorted = (list: readonly unknown[]): string =>
    JSON.stringify(list.map((value) => JSON.stringify(value)).sort());
  return sorted(one) === sorted(other);
}

function typeOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
}
