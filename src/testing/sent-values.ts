import { isObject } from '../lib/json-equal.ts';
import type { RequestEntry } from '../sandbox/library/contract.ts';

/**
 * The values that a member was sent as, by its name in the results of a call: `employee.mobile`, `staffList[0].name`,
 * `custom_attrs[C-1]` for the entry with that id, `update_items[0].11003` for the item about that field. For such an entry
 * they are the entry and what its members hold. Empty where the body has no such place.
 */
export function sentValues({ request }: Pick<RequestEntry, 'request'>, field: string): readonly unknown[] {
  let found: unknown = request.body;
  let isEntry = false;
  for (const [part] of field.matchAll(/[^.[\]]+|\[[^\]]*\]/g)) {
    const next = part.startsWith('[') ? entryAt(found, part.slice(1, -1)) : memberAt(found, part);
    if (next === undefined) return [];
    ({ value: found, isEntry } = next);
  }
  return isEntry && isObject(found) ? [found, ...valuesBelow(found)] : [found];
}

interface Found {
  readonly value: unknown;
  /** Whether it was found by an id in it. */
  readonly isEntry: boolean;
}

function memberAt(value: unknown, name: string): Found | undefined {
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, name)) return { value: value[name], isEntry: false };
  return names(value, name) ? { value, isEntry: true } : undefined;
}

function entryAt(value: unknown, at: string): Found | undefined {
  if (!Array.isArray(value)) return undefined;
  const entries = value as readonly unknown[];
  if (/^[0-9]+$/.test(at) && Number(at) < entries.length) return { value: entries[Number(at)], isEntry: false };
  const named = entries.find((entry) => isObject(entry) && names(entry, at));
  return named === undefined ? undefined : { value: named, isEntry: true };
}

function names(entry: Readonly<Record<string, unknown>>, id: string): boolean {
  return Object.values(entry).some(
    (value) => (typeof value === 'string' || typeof value === 'number') && String(value) === id,
  );
}

/** What members of an entry hold, and what is one level further in: a value may be wrapped once. */
function valuesBelow(entry: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Object.values(entry).flatMap((value) => (isObject(value) ? [value, ...Object.values(value)] : [value]));
}
