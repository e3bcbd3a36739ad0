import type { Tenant } from '../../../directory/tenant.ts';
import { spaces } from '../model/ids.ts';
import { itemIdOf } from './dimensions.ts';
import type { RoleScope } from './roles.ts';

/** By what the parts of a path name departments or items. */
export type PathType = 'name' | 'id' | 'code';

/** The path types that there are [public: corporation/get-roles.md]. */
export function isPathType(text: string): text is PathType {
  return text === 'name' || text === 'id' || text === 'code';
}

/** A department or an item as a part of a path. */
interface PathNode {
  /** Own id. */
  readonly id: string;
  readonly active: boolean;
  readonly name: string;
  readonly code: string;
  /** Hose's id. */
  readonly hoseId: string;
}

/** How the places of a role lie above each other. */
interface PathTree {
  readonly get: (id: string) => PathNode | undefined;
  /** Own id of the one above; null at the top. */
  readonly above: (id: string) => string | null;
  /** What lies directly below; at the top for null. */
  readonly below: (id: string | null) => readonly PathNode[];
  readonly withHoseId: (hoseId: string) => PathNode | undefined;
}

function placesOf(scope: Exclude<RoleScope, { kind: 'plain' }>, tenant: Tenant): PathTree {
  if (scope.kind === 'department') {
    const tree = tenant.departments;
    const place = (one: (typeof tree.all)[number]): PathNode => ({
      id: one.id,
      active: one.enabled,
      name: one.name.value,
      code: one.code,
      hoseId: one.ids[spaces.department] ?? one.id,
    });
    const known = (one: (typeof tree.all)[number] | undefined): PathNode | undefined => one && place(one);
    return {
      get: (id) => known(tree.get(id)),
      above: (id) => tree.get(id)?.parent ?? null,
      below: (id) => (id === null ? [place(tree.root)] : tree.childrenOf(id).map(place)),
      withHoseId: (hoseId) => known(tree.by(spaces.department, hoseId)),
    };
  }
  const catalog = tenant.catalog(scope.dimension.catalog);
  const place = (one: (typeof catalog.all)[number]): PathNode => ({
    id: one.id,
    active: one.enabled,
    name: one.name.value,
    code: one.code,
    hoseId: itemIdOf(one),
  });
  const known = (one: (typeof catalog.all)[number] | undefined): PathNode | undefined => one && place(one);
  return {
    get: (id) => known(catalog.get(id)),
    above: (id) => catalog.get(id)?.parent ?? null,
    below: (id) => catalog.all.filter(({ parent }) => parent === id).map(place),
    withHoseId: (hoseId) => known(catalog.by(spaces.entry, hoseId)),
  };
}

/** The full path to a place from the top; null where the place is gone. */
export function pathTo(
  at: string,
  scope: Exclude<RoleScope, { kind: 'plain' }>,
  type: PathType,
  tenant: Tenant,
): readonly string[] | null {
  const places = placesOf(scope, tenant);
  if (places.get(at) === undefined) return null;
  const path: string[] = [];
  const seen = new Set<string>();
  for (let id: string | null = at; id !== null && !seen.has(id); id = places.above(id)) {
    seen.add(id);
    const place = places.get(id);
    if (place === undefined) break;
    path.unshift(type === 'id' ? place.hoseId : place[type]);
  }
  return path;
}

/**
 * The place that a path leads to, by its own id; or the first part that is not found below the part before it. A name or
 * code that several siblings have counts as not found (hose-more 10, ruling 5a) [proposed].
 */
export function placeAt(
  path: readonly string[],
  scope: Exclude<RoleScope, { kind: 'plain' }>,
  type: PathType,
  tenant: Tenant,
): { readonly at: string } | { readonly missing: string } {
  const places = placesOf(scope, tenant);
  let at: string | null = null;
  for (const part of path) {
    const found: readonly PathNode[] = places
      .below(at)
      .filter((place) => place.active && (type === 'id' ? place.hoseId : place[type]) === part);
    const [only] = found;
    if (only === undefined || found.length > 1) return { missing: part };
    at = only.id;
  }
  return at === null ? { missing: '' } : { at };
}

/** The place with the last id of a path, wherever it lies: so is `id` meant since v1.1 [public: corporation/update-roles.md]. */
export function placeWithId(
  path: readonly string[],
  scope: Exclude<RoleScope, { kind: 'plain' }>,
  tenant: Tenant,
): { readonly at: string } | { readonly missing: string } {
  const id = path.at(-1) ?? '';
  const place = placesOf(scope, tenant).withHoseId(id);
  return place?.active === true ? { at: place.id } : { missing: id };
}
