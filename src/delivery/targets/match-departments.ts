import type { LiveDepartment } from '../../connectors/connector.ts';
import type { OwnCompany } from './own-people.ts';

/**
 * Finds which department there is which of ours: by the platform's id in our record, then by the path of names from the
 * root, then by a code that is unique on both sides. Returns our ids by theirs. An id that is a bare number proves nothing
 * alone: a file that gives none gets the place in the file, which some other department there has, too. Such a one counts
 * after the paths, and where the names agree.
 */
export function matchDepartments(
  own: OwnCompany['departments'],
  live: readonly LiveDepartment[],
  space: string,
): ReadonlyMap<string, string> {
  const matched = new Map<string, string>();
  const taken = new Set<string>();
  const link = (there: LiveDepartment, ours: string | undefined): void => {
    if (ours === undefined || taken.has(ours) || matched.has(there.id)) return;
    matched.set(there.id, ours);
    taken.add(ours);
  };
  const byId = new Map(
    own.flatMap((one): [string, OwnCompany['departments'][number]][] => {
      const given = one.ids[space];
      return given === undefined ? [] : [[given, one]];
    }),
  );
  for (const there of live) if (!isBareNumber(there.id)) link(there, byId.get(there.id)?.id);

  const ownPath = pathsOf(own.map(({ id, parent, name }) => ({ id, parent, name: name.value })));
  const byPath = uniqueBy(own, ({ id }) => ownPath.get(id) ?? null);
  const livePath = pathsOf(live);
  for (const there of live) {
    const path = livePath.get(there.id);
    if (path !== undefined) link(there, byPath.get(path)?.id);
  }

  for (const there of live) {
    const ours = byId.get(there.id);
    if (ours !== undefined && comparable(ours.name.value) === comparable(there.name)) link(there, ours.id);
  }

  const byCode = uniqueBy(own, ({ code }) => (code === '' ? null : code));
  for (const [code, there] of uniqueBy(live, ({ code: theirs }) => (theirs === '' ? null : theirs))) {
    link(there, byCode.get(code)?.id);
  }
  return matched;
}

/**
 * The names from below the root down to each department; the root's path is "", whatever it is called. What is above some
 * may be out of an app's sight: those have none.
 */
export function pathsOf(
  departments: readonly Pick<LiveDepartment, 'id' | 'parent' | 'name'>[],
): ReadonlyMap<string, string> {
  const byId = new Map(departments.map((department) => [department.id, department]));
  const pathOf = (id: string): string | null => {
    const names: string[] = [];
    for (let at = byId.get(id); at !== undefined; at = byId.get(at.parent)) {
      if (at.parent === null) return names.toReversed().join('/');
      names.push(comparable(at.name));
      if (names.length > departments.length) return null;
    }
    return null;
  };
  return new Map(
    departments.flatMap(({ id }) => {
      const path = pathOf(id);
      return path === null ? [] : [[id, path] as const];
    }),
  );
}

function isBareNumber(id: string): boolean {
  return /^[0-9]+$/.test(id);
}

function comparable(name: string): string {
  return name.normalize('NFC').trim();
}

function uniqueBy<Value>(values: readonly Value[], keyOf: (value: Value) => string | null): ReadonlyMap<string, Value> {
  const found = new Map<string, Value | null>();
  for (const value of values) {
    const key = keyOf(value);
    if (key !== null) found.set(key, found.has(key) ? null : value);
  }
  return new Map([...found].flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])));
}
