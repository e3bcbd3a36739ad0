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

  /**
   * The reply with the reason in a header: `no-such-path` where the path is known and the platform has no such method there.
   * An operation that the platform has is named in the log, once.
   */
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
    const reason = absent === undefined && isKnownPath(call, group) ? 'no-such-path' : 'not-served';
    return { ...reply, headers: { ...reply.headers, 'x-mingce-reason': reason } };
  }
}

/** The operation of the coverage that a call is for. */
function absentAt(call: Call, group: RouteGroup): Coverage | undefined {
  const asked = call.method === 'HEAD' ? 'GET' : call.method;
  return absentOn(call, group).find(({ method }) => method === asked);
}

/** Whether the path is the platform's, whatever the method. */
function isKnownPath(call: Call, group: RouteGroup): boolean {
  return call.servedMethods !== undefined || absentOn(call, group).length > 0;
}

/** The operations of the coverage on the path of a call that are not served, whatever their methods. */
function absentOn({ path }: Call, { absent = [], otherPaths }: RouteGroup): readonly Coverage[] {
  if (absent.length === 0) return absent;
  const paths = [path, ...(otherPaths?.(path) ?? [])].map((one) => one.split('/'));
  return absent.filter((one) => {
    const template = one.path.split('/');
    return paths.some((segments) => fits(segments, template));
  });
}

function fits(segments: readonly string[], template: readonly string[]): boolean {
  return (
    segments.length === template.length &&
    template.every((part, at) => (part.startsWith(':') ? segments[at] !== '' : part === segments[at]))
  );
}
