import { isFromForeignPage } from '../lib/foreign-page.ts';
import { exposition, type Metric } from '../lib/metrics.ts';
import type { Guard } from './admin/admin-key.ts';
import { FOREIGN } from './admin/reply.ts';
import { front } from './root-routes.ts';
import type { Wing } from './route-group.ts';

/** What the wing of metrics is made of. */
export interface MetricsParts {
  readonly metrics: () => readonly Metric[];
  /** Turns callers away who are not on this machine. */
  readonly guard: Guard;
}

/** `GET /metrics`, for Prometheus. */
export function metricsWing({ metrics, guard }: MetricsParts): Wing {
  return {
    name: front.name,
    prefixes: [],
    bodyBytes: front.bodyBytes,
    routes: [
      {
        operation: 'metrics',
        method: 'GET',
        path: '/metrics',
        answer: () =>
          Promise.resolve({
            status: 200,
            headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8', 'Cache-Control': 'no-store' },
            body: exposition(metrics()),
          }),
      },
    ],
    turn: front.turn,
    admit: (call) => {
      if (isFromForeignPage(call)) return FOREIGN;
      return call.isLocal === true ? null : guard(call);
    },
  };
}
