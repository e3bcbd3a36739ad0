import findMyWay from 'find-my-way';
import type { Call, Route } from '../dialects/dialect.ts';
import { IncomingCall } from './incoming-call.ts';
import { readablePath } from './path.ts';
import type { RequestMetrics, RequestMeters } from './request-meter.ts';
import type { RouteGroup } from './route-group.ts';

/** Where a route leads. */
interface Way {
  readonly wing: RouteGroup;
  readonly route: Route;
  readonly meter: RequestMetrics;
}

/** Where a call goes: to a route, or to the wing that answers instead of one. */
export interface Found {
  readonly wing: RouteGroup;
  readonly route: Route | undefined;
  readonly meter: RequestMetrics;
  readonly routePath: string | undefined;
  readonly params: Call['params'] | undefined;
}

const METHODS: readonly Route['method'][] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** A longer segment of a path names nothing. */
export const MAX_PATH_SEGMENT = 16_384;

/** Calls to routes. The only file that knows the router. */
export class Finder {
  readonly #router = findMyWay({ maxParamLength: MAX_PATH_SEGMENT });
  readonly #wings: readonly [...RouteGroup[], RouteGroup];
  readonly #meters: RequestMeters;

  /** Wings are asked in this order whether a path is theirs; the last one takes what nobody else does. */
  constructor(wings: readonly [...RouteGroup[], RouteGroup], meters: RequestMeters) {
    this.#wings = wings;
    this.#meters = meters;
    for (const wing of wings)
      for (const route of wing.routes)
        this.#router.on(route.method, route.path, nowhere, {
          wing,
          route,
          meter: meters.of(wing.name, route.operation),
        } satisfies Way);
  }

  find({ method, path }: Call): Found {
    const asked = method === 'HEAD' ? 'GET' : (method as Route['method']);
    let match = path.includes('%00') ? null : this.#router.find(asked, path);
    if (match === null) {
      // An id that is no text is one that nobody has: the route says so in its own words.
      const readable = path.includes('%') ? readablePath(path) : path;
      if (readable !== path) match = this.#router.find(asked, readable);
      if (match === null) return this.#elsewhere(path, this.#withAnyMethod(readable));
    }
    // What the constructor put there; every parameter of a matched path has a value.
    const { wing, route, meter } = match.store as Way;
    return { wing, route, meter, routePath: route.path, params: match.params as Call['params'] };
  }

  /** Where a call goes that no route takes: to the wing of a route with the same path, or of the path's beginning. */
  #elsewhere(path: string, near: Way | undefined): Found {
    const wing = near?.wing ?? this.#wingOf(path);
    const meter = this.#meters.other(wing.name);
    return { wing, route: undefined, meter, routePath: near?.route.path, params: undefined };
  }

  /** A route with this path that takes another method. */
  #withAnyMethod(path: string): Way | undefined {
    for (const method of METHODS) {
      const match = this.#router.find(method, path);
      if (match !== null) return match.store as Way;
    }
    return undefined;
  }

  #wingOf(path: string): RouteGroup {
    for (const wing of this.#wings) for (const prefix of wing.prefixes) if (path.startsWith(prefix)) return wing;
    return this.#wings[this.#wings.length - 1] as RouteGroup;
  }
}

/** The router wants a function for each route; ways are looked up instead. */
function nowhere(): void {
  // never called
}

/** The call with what its route says of it. */
export function directed(call: Call, { routePath, params }: Found): Call {
  if (!(call instanceof IncomingCall)) {
    return { ...call, ...(routePath === undefined ? {} : { routePath }), params: params ?? {} };
  }
  if (routePath !== undefined) call.routePath = routePath;
  if (params !== undefined) call.params = params;
  return call;
}
