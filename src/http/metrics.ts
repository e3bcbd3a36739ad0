import { isFromForeignPage } from '../lib/network/foreign-page.ts';
import { formatPrometheus, type Metric } from '../lib/metrics.ts';
import type { Guard } from './admin/access/admin-access.ts';
import { FOREIGN } from './admin/reply.ts';
import { rootRoutes } from './root-routes.ts';
import type { RouteGroup } from './routing/route-group.ts';

/** What the routes of the metrics are made of. */
export interface MetricsOptions {
  readonly metrics: () => readonly Metric[];
  /** Turns callers away who are not on this machine. */
  readonly guard: Guard;
}

/** `GET /metrics`, for Prometheus. */
export function metricsRoutes({ metrics, guard }: MetricsOptions): RouteGroup {
  return {
    name: rootRoutes.name,
    prefixes: [],
    bodyBytes: rootRoutes.bodyBytes,
    routes: [
      {
        operation: 'metrics',
        method: 'GET',
        path: '/metrics',
        answer: () =>
          Promise.resolve({
            status: 200,
            headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8', 'Cache-Control': 'no-store' },
            body: formatPrometheus(metrics()),
          }),
      },
    ],
    fallback: rootRoutes.fallback,
    onRequest: (call) => {
      if (isFromForeignPage(call)) return FOREIGN;
      return call.isLocal === true ? null : guard(call);
    },
  };
}
