/** Where the versions of an operation differ in their path. */
export const V1 = '/api/openapi/v1';
/** The same with another number. */
export const V11 = '/api/openapi/v1.1';
/** The same with another number. */
export const V2 = '/api/openapi/v2';

/** A version of an operation, as a path names it; compared number by number, so 1.10 is above 1.9 (hose-more 1.1). */
export interface ApiVersion {
  readonly major: number;
  readonly minor: number;
}

/** The versions under which operations are documented, the highest first. */
const DOCUMENTED: readonly (ApiVersion & { readonly base: string })[] = [
  { major: 2, minor: 0, base: V2 },
  { major: 1, minor: 1, base: V11 },
  { major: 1, minor: 0, base: V1 },
];

const LOWEST: ApiVersion = { major: 1, minor: 0 };
const BASES = DOCUMENTED.map(({ base, major, minor }) => ({ base: `${base}/`, version: { major, minor } }));

/** Whether a version is another one or above it. */
export function isAtLeast({ major, minor }: ApiVersion, major0: number, minor0: number): boolean {
  return major > major0 || (major === major0 && minor >= minor0);
}

const VERSIONED = /^\/([^/]+)\/([^/]+)\/([^/]+)(\/.*)$/s;

/** The version that a path names and what follows it; null where a path names none. */
function readPath(path: string): (ApiVersion & { readonly rest: string }) | null {
  const [, api = '', openapi = '', version = '', rest = ''] = VERSIONED.exec(path) ?? [];
  if (decoded(api) !== 'api' || decoded(openapi) !== 'openapi') return null;
  // No more digits than a number keeps exactly.
  const [, major, minor = '0'] = /^v([0-9]{1,15})(?:\.([0-9]{1,15}))?$/.exec(decoded(version)) ?? [];
  return major === undefined ? null : { major: Number(major), minor: Number(minor), rest };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}

/** The version that a call names; v1 where its path names none. */
export function versionOf(path: string): ApiVersion {
  // Nearly every path begins as documented, letter by letter.
  for (const { base, version } of BASES) if (path.startsWith(base)) return version;
  return readPath(path) ?? LOWEST;
}

/** The version as a path spells it. */
export function versionText({ major, minor }: ApiVersion): string {
  return minor === 0 ? `v${String(major)}` : `v${String(major)}.${String(minor)}`;
}

/**
 * The documented paths that serve a call to this path: an operation answers under every version above its lowest, as the
 * highest documented one that is not above it (hose-more 1.1) [live: six clients; rule derived].
 */
export function documentedPaths(path: string): readonly string[] {
  const called = readPath(path);
  if (called === null) return [];
  return DOCUMENTED.filter(({ major, minor }) => isAtLeast(called, major, minor)).map(
    ({ base }) => `${base}${called.rest}`,
  );
}

/** The parts of a path between its slashes. */
export type PathSegments = readonly string[];

/** Returns the parts of a path between its slashes. */
export function segmentsOf(path: string): PathSegments {
  return path.split('/');
}

/**
 * Whether a path has the literal `$` before each value that its route takes after one (contract 0.4): without it the path
 * is unknown, with whatever method.
 */
export function hasDollars(given: PathSegments, route: PathSegments): boolean {
  return route.every(
    (segment, at) => !segment.startsWith(':') || segment === ':staffIds' || /^(?:\$|%24)/.test(given[at] ?? ''),
  );
}

/** Whether a documented path is that of a route: an id without its `$` is a path of its own, which another route may have. */
export function isPathOf(given: PathSegments, route: PathSegments): boolean {
  return (
    given.length === route.length &&
    route.every((segment, at) => segment.startsWith(':') || segment === decoded(given[at] ?? '')) &&
    hasDollars(given, route)
  );
}
