import findMyWay from 'find-my-way';
import type { Call, Route } from '../../dialects/dialect.ts';

/** A longer segment of a path names nothing. */
export const MAX_PATH_SEGMENT = 16_384;

/** Something that is found by the method and the path of its route. */
interface Routed {
  readonly route: Pick<Route, 'method' | 'path'>;
}

/** What a path leads to, and what it has in the places of parameters. */
export interface Match<Target> {
  readonly store: Target;
  readonly params: Call['params'];
}

/**
 * Finds routes by method and path; the only file that knows the router. The router compiles code for each route, which was most of the
 * time of a start: so it takes over the routes with a common beginning when a path first begins so. Beginnings have no parameters:
 * routes with different ones never match the same path.
 */
export class RoutesOnDemand<Target extends Routed> {
  readonly #router = findMyWay({ maxParamLength: MAX_PATH_SEGMENT });
  /** Routes that the router does not have yet, by method and beginning. */
  readonly #waiting = new Map<string, Target[]>();
  readonly #known = new Set<string>();

  /** Adds a route; throws where there is one for the same paths. All are added before any is looked for. */
  add(target: Target): void {
    const { method, path } = target.route;
    const key = `${method} ${path.includes(':') ? path.replaceAll(/:[^/]+/g, ':') : path}`;
    if (this.#known.has(key)) throw new Error(`There are two routes for ${key}.`);
    this.#known.add(key);
    const beginning = `${method} ${beginningOf(path)}`;
    const waiting = this.#waiting.get(beginning);
    if (waiting === undefined) this.#waiting.set(beginning, [target]);
    else waiting.push(target);
  }

  find(method: Route['method'], path: string): Match<Target> | null {
    const match = this.#router.find(method, path);
    if (match !== null || this.#waiting.size === 0 || !this.#takeOver(method, path)) return matchOf(match);
    return matchOf(this.#router.find(method, path));
  }

  /** Gives the router the routes that a path may be one of; returns whether there were any. */
  #takeOver(method: Route['method'], path: string): boolean {
    const [, first = '', second = ''] = path.split('/', 3);
    const keys = [...this.#waiting.keys()];
    // The router decodes a path, so any route may be meant.
    const isAny = /[%?#;]/.test(first + second);
    const fronts = ['', `/${first}`, `/${first}/${second}`].map((front) => `${method} ${front}`);
    const found = fronts.filter((front) => this.#waiting.has(front));
    // Routes with a longer beginning come along: the router prefers them.
    const meant = keys.filter((key) => isAny || found.some((front) => key === front || isLonger(key, front)));
    for (const key of meant) {
      for (const target of this.#waiting.get(key) ?? [])
        this.#router.on(target.route.method, target.route.path, nowhere, target);
      this.#waiting.delete(key);
    }
    return meant.length > 0;
  }
}

function isLonger(key: string, front: string): boolean {
  return key.startsWith(front.endsWith(' ') ? front : `${front}/`);
}

/** The first two segments of a path, as far as they are no parameters. */
function beginningOf(path: string): string {
  const [, first = '', second] = path.split('/', 3);
  if (isParameter(first)) return '';
  return second === undefined || isParameter(second) ? `/${first}` : `/${first}/${second}`;
}

function isParameter(segment: string): boolean {
  return segment.includes(':') || segment.includes('*');
}

/** What the router found: the target is what `#takeOver` gave it, and every parameter of a matched path has a value. */
function matchOf<Target>(found: ReturnType<ReturnType<typeof findMyWay>['find']>): Match<Target> | null {
  return found as Match<Target> | null;
}

/** The router wants a function for each route; ways are looked up instead. */
function nowhere(): void {
  // never called
}
