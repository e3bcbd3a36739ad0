import type { Call, Route } from '../../dialects/dialect.ts';
import { IncomingCall } from '../incoming-call.ts';
import { reachedPath } from './reached-path.ts';
import { readablePath } from './path.ts';
import type { RequestMetrics, RequestMeters } from '../request-meter.ts';
import type { RouteGroup } from './route-group.ts';
import { RoutesOnDemand, type Match } from './routes-on-demand.ts';

/** Where a route leads. */
interface RouteMatch {
  readonly group: RouteGroup;
  readonly route: Route;
  readonly meter: RequestMetrics;
}

/** Where a call goes: to a route, or to the group that answers instead of one. */
export interface Found {
  readonly group: RouteGroup;
  readonly route: Route | undefined;
  readonly meter: RequestMetrics;
  readonly routePath: string | undefined;
  readonly params: Call['params'] | undefined;
  /** The path by which a platform serves it; present where the call reached it by another. */
  readonly path?: string;
  /** Present where the path is served with other methods only. */
  readonly servedMethods?: readonly Route['method'][];
}

const METHODS: readonly Route['method'][] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Calls to routes. */
export class Finder {
  readonly #router = new RoutesOnDemand<RouteMatch>();
  readonly #groups: readonly [...RouteGroup[], RouteGroup];
  readonly #meters: RequestMeters;
  readonly #platformPrefixes: readonly string[];

  /** Groups are asked in this order whether a path is theirs; the last one takes what no other does. */
  constructor(groups: readonly [...RouteGroup[], RouteGroup], meters: RequestMeters) {
    this.#groups = groups;
    this.#meters = meters;
    this.#platformPrefixes = groups.flatMap(({ isPlatform, prefixes }) => (isPlatform === true ? prefixes : []));
    for (const group of groups)
      for (const route of group.routes)
        this.#router.add({ group, route, meter: meters.of(group.name, route.operation) });
  }

  find({ method, path }: Call): Found {
    const asked = method === 'HEAD' ? 'GET' : (method as Route['method']);
    const found = this.#at(asked, path);
    if (found.route !== undefined || !this.#mayReach(found.group)) return found;
    const reached = reachedPath(path, this.#platformPrefixes);
    return reached === null ? found : { ...this.#at(asked, reached), path: reached };
  }

  /** Only what is a platform's or of no group: no other spelling of a path of ours gets past a proxy's rules. */
  #mayReach(group: RouteGroup): boolean {
    return group.isPlatform === true || group === this.#groups.at(-1);
  }

  #at(asked: Route['method'], path: string): Found {
    let match = path.includes('%00') ? null : this.#router.find(asked, path);
    if (match === null) {
      // An id that is no text is an unknown one: the route answers in its own words.
      const readable = path.includes('%') ? readablePath(path) : path;
      if (readable !== path) match = this.#router.find(asked, readable);
      if (match === null) return this.#elsewhere(asked, readable);
    }
    return foundAt(match);
  }

  /** Where a call goes that no route takes as it is: to a route for another path of the same operation, or to a group. */
  #elsewhere(asked: Route['method'], path: string): Found {
    const owner = this.#groupOf(path.includes('%') ? withoutEscapes(path) : path);
    const paths = [path, ...(owner.otherPaths?.(path) ?? [])];
    const match = this.#firstOf(asked, paths);
    if (match !== null) return foundAt(match);
    let near: Found | undefined;
    const servedMethods = (owner.methodsOf?.(path) ?? METHODS).filter((method) => {
      const other = this.#firstOf(method, paths);
      if (other !== null) near ??= foundAt(other);
      return other !== null;
    });
    const group = near?.group ?? owner;
    const meter = this.#meters.other(group.name);
    const nowhere = { group, route: undefined, meter, routePath: near?.routePath, params: undefined };
    return near === undefined ? nowhere : { ...nowhere, servedMethods };
  }

  #firstOf(method: Route['method'], paths: readonly string[]): Match<RouteMatch> | null {
    for (const path of paths) {
      const match = this.#router.find(method, path);
      if (match !== null) return match;
    }
    return null;
  }

  #groupOf(path: string): RouteGroup {
    for (const group of this.#groups) for (const prefix of group.prefixes) if (path.startsWith(prefix)) return group;
    return this.#groups[this.#groups.length - 1] as RouteGroup;
  }
}

function foundAt({ store, params }: Match<RouteMatch>): Found {
  const { group, route, meter } = store;
  return { group, route, meter, routePath: route.path, params };
}

/** A path that can be compared with the beginnings of paths. */
function withoutEscapes(path: string): string {
  return decodeURI(path);
}

/** The call with what its route says of it. */
export function directed(call: Call, { routePath, params, servedMethods, path }: Found): Call {
  if (!(call instanceof IncomingCall)) {
    return {
      ...call,
      ...(path === undefined ? {} : { path }),
      ...(routePath === undefined ? {} : { routePath }),
      ...(servedMethods === undefined ? {} : { servedMethods }),
      params: params ?? {},
    };
  }
  if (servedMethods !== undefined) call.servedMethods = servedMethods;
  if (path !== undefined) call.path = path;
  if (routePath !== undefined) call.routePath = routePath;
  if (params !== undefined) call.params = params;
  return call;
}
