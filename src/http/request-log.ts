import { performance } from 'node:perf_hooks';
import type { Call, Reply, Route } from '../dialects/dialect.ts';
import type { Log } from '../lib/log.ts';
import type { RouteGroup } from './routing/route-group.ts';

/** Tells of one answered request. */
export type RequestLog = (
  group: RouteGroup,
  route: Route | undefined,
  call: Call,
  reply: Reply,
  startedAt: number,
) => void;

/** For methods that no route has: what else a caller may have put there is not repeated. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Logs one line a request; null where the level is off. A line names the route and never the path, the query, a header
 * or a body, which contain tokens, ids and personal data.
 */
export function requestLog(log: Log): RequestLog | null {
  if (!log.isEnabled('info')) return null;
  return (group, route, call, reply, startedAt) => {
    const problem = reply.outcome?.records.find((record) => record.problem !== undefined)?.problem;
    log.info('request', {
      method: METHODS.has(call.method) ? call.method : 'other',
      group: group.name,
      route: route?.path,
      status: reply.status,
      code: reply.code,
      problem: problem === undefined ? undefined : `${problem.kind} ${problem.subject}`,
      ms: Math.round((performance.now() - startedAt) * 100) / 100,
      request: call.requestId,
    });
  };
}
