import type { Dialect, Route } from '../../dialects/dialect.ts';
import { didYouMean } from '../../lib/did-you-mean.ts';
import type { JournalEntry } from '../journal/entry.ts';
import { NotRunError } from '../replay/rebuilt-call.ts';
import type { Step } from './candidates/candidate.ts';

/** An operation that a call is about. */
export interface Operation {
  readonly route: Route;
  /** The values of the parameters of its path. */
  readonly params: Readonly<Record<string, string>>;
  /** What leads to it from the path of the call; none where the call names it. */
  readonly steps: readonly Step[];
}

/** So many operations are tried for a path that none has. */
const MAX_OPERATIONS = 3;

/** Finds the platform of a call. Throws {@link NotRunError}. */
export function platformOf(entry: JournalEntry, dialects: readonly Dialect[]): Dialect {
  const dialect = dialects.find(({ name }) => name === entry.platform);
  if (dialect === undefined) throw new NotRunError('The call is not one that is served.');
  return dialect;
}

/** Finds the operation of a call; where none has its path, those whose paths are close to it. Throws {@link NotRunError}. */
export function operationsOf(entry: JournalEntry, { routes }: Dialect): readonly Operation[] {
  const [path = ''] = entry.target.split('?');
  if (entry.operation === null) {
    const close = closeRoutes(entry.method, path, routes);
    if (close.length === 0) throw new NotRunError('The call is not one that is served.');
    return close;
  }
  const route = routes.find(({ operation }) => operation === entry.operation);
  if (route === undefined) throw new NotRunError('The call is not one that is served.');
  if (route.streamsBody === true) throw new NotRunError('The body was streamed and is not kept.');
  const params = paramsIn(route.path, path);
  if (params === null) throw new NotRunError('The call came by another path than that of its operation.');
  return [{ route, params, steps: [] }];
}

const VERSION = /^v[0-9](?:\.[0-9])?$/;

/** Operations whose paths differ from one in a version or a misspelt word. */
function closeRoutes(method: string, path: string, routes: readonly Route[]): readonly Operation[] {
  const given = path.split('/');
  const found = routes.flatMap((route) => {
    if (route.method !== method || route.streamsBody === true) return [];
    const expected = route.path.split('/');
    if (expected.length !== given.length) return [];
    const differing = expected.filter((part, index) => !part.includes(':') && part !== given[index]);
    const wrong = expected.flatMap((part, index) =>
      part.includes(':') || part === given[index] ? [] : [isCloseTo(given[index] ?? '', part)],
    );
    if (differing.length !== 1 || wrong.includes(false)) return [];
    const corrected = expected.map((part, index) => (part.includes(':') ? (given[index] ?? '') : part)).join('/');
    const params = paramsIn(route.path, corrected);
    if (params === null) return [];
    return [{ route, params, steps: [{ kind: 'path', at: 'path', from: path, to: corrected } as const] }];
  });
  return found.toSorted((one, other) => versionOf(other.route) - versionOf(one.route)).slice(0, MAX_OPERATIONS);
}

/** The newest version comes first. */
function versionOf({ path }: Route): number {
  return Number(/\/v([0-9](?:\.[0-9])?)\//.exec(path)?.[1] ?? 0);
}

function isCloseTo(given: string, part: string): boolean {
  return (VERSION.test(given) && VERSION.test(part)) || didYouMean(given, [part]).length > 0;
}

/** Reads the parameters of a path; null where it is not of this pattern. */
function paramsIn(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const expected = pattern.split('/');
  const given = path.split('/');
  if (expected.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const value = given[index] ?? '';
    const [, fixed = '', name] = /^([^:]*):([A-Za-z_]+)/.exec(part) ?? [];
    if (name === undefined) {
      if (part !== value) return null;
    } else if (value.startsWith(fixed)) params[name] = decoded(value.slice(fixed.length));
    else return null;
  }
  return params;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
