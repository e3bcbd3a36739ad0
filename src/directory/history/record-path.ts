import { isObject } from '../../lib/json-equal.ts';

/*
 * The change log names a member of a record by its path, e.g. `ids.space` or `custom.field.value`. A key may
 * have a dot itself, so a path is read along the keys that are there.
 */

/** Returns the keys that lead to a member, read along the keys of some records, of which null is none. */
export function keysOf(path: string, records: readonly (object | null)[]): readonly string[] {
  const [first = '', ...others] = path.split('.');
  if (others.length === 0) return [path];
  const keys = [first];
  let rest = others.join('.');
  // Ids are texts, so nothing is below an id space.
  if (first === 'ids') return [...keys, rest];
  let values: readonly unknown[] = records.map((record) => memberOf(record, first));
  while (rest !== '') {
    const known = [...new Set(values.flatMap((value) => (isObject(value) ? Object.keys(value) : [])))];
    const longest = known
      .filter((key) => rest === key || rest.startsWith(`${key}.`))
      .reduce((best, key) => (key.length > best.length ? key : best), '');
    const key = longest === '' ? (first === 'custom' ? rest : (rest.split('.')[0] ?? rest)) : longest;
    keys.push(key);
    rest = rest.slice(key.length + 1);
    values = values.map((value) => memberOf(value, key));
  }
  return keys;
}

/** Returns what is at the end of the keys; null where nothing is. */
export function valueAt(record: object, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((value, key) => memberOf(value, key), record) ?? null;
}

/**
 * Returns the record with another value at the end of the keys. Null removes what is below `ids`, `custom` and
 * `extensions`, and an object that is empty without it.
 */
export function withValueAt<Thing extends object>(
  record: Thing,
  [first = '', ...below]: readonly string[],
  value: unknown,
): Thing {
  const members = record as Readonly<Record<string, unknown>>;
  const fresh = below.length === 0 ? value : (replaced(members[first], below, value ?? undefined) ?? {});
  return { ...record, [first]: fresh };
}

/** Returns undefined where nothing is left. */
function replaced(object: unknown, [key = '', ...below]: readonly string[], value: unknown): unknown {
  const before = isObject(object) ? object : {};
  const fresh = below.length === 0 ? value : replaced(before[key], below, value);
  if (fresh !== undefined) return { ...before, [key]: fresh };
  const { [key]: _removed, ...others } = before;
  return Object.keys(others).length === 0 ? undefined : others;
}

function memberOf(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
