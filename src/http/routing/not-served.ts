import type { Call, Coverage, Reply } from '../../dialects/dialect.ts';
import type { Log } from '../../lib/log.ts';
import type { RouteGroup } from './route-group.ts';

/** Says why a call was not answered by any route: the platform itself would answer the same to a typing error. */
export class NotServed {
  readonly #log: Log;
  /** What was logged already: a client calls the same again and again. */
  readonly #logged = new Set<string>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** The reply with the reason in a header; an operation that the platform has is named in the log, once. */
  explained(reply: Reply, call: Call, group: RouteGroup): Reply {
    const absent = absentAt(call, group);
    if (absent !== undefined) {
      const { operation, method, path } = absent;
      const key = `${group.name} ${operation}`;
      if (!this.#logged.has(key)) {
        this.#logged.add(key);
        const reason = `${group.title ?? group.name}'s ${path} is not served yet, see coverage`;
        this.#log.warn('not-served', { reason, method, operation });
      }
    }
    return { ...reply, headers: { ...reply.headers, 'x-mingce-reason': 'not-served' } };
  }
}

/** The operation of the coverage that a call is for. */
function absentAt({ method, path }: Call, { absent = [], otherPaths }: RouteGroup): Coverage | undefined {
  if (absent.length === 0) return undefined;
  const paths = [path, ...(otherPaths?.(path) ?? [])].map((one) => one.split('/'));
  const asked = method === 'HEAD' ? 'GET' : method;
  return absent.find((one) => {
    const template = one.path.split('/');
    return one.method === asked && paths.some((segments) => fits(segments, template));
  });
}

function fits(segments: readonly string[], template: readonly string[]): boolean {
  return (
    segments.length === template.length &&
    template.every((part, at) => (part.startsWith(':') ? segments[at] !== '' : part === segments[at]))
  );
}
