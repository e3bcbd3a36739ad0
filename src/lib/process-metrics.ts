import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Metric } from './metrics.ts';

const NANOSECONDS = 1e9;

/**
 * Metrics of any process, under the names that dashboards for Node use. Delays are those since they were last
 * asked for. Measures until it is stopped.
 */
export function processMetrics(): { readonly metrics: readonly Metric[]; stop(): void } {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const gauge = (name: string, help: string, value: () => number): Metric => ({
    name,
    help,
    kind: 'gauge',
    read: () => [{ value: value() }],
  });
  const metrics: readonly Metric[] = [
    {
      name: 'process_cpu_seconds_total',
      help: 'User and system CPU time.',
      kind: 'counter',
      read: () => {
        const { user, system } = process.cpuUsage();
        return [{ value: (user + system) / 1e6 }];
      },
    },
    gauge('process_start_time_seconds', 'When the process started.', () => performance.timeOrigin / 1_000),
    gauge('process_resident_memory_bytes', 'Memory held.', () => process.memoryUsage.rss()),
    gauge('nodejs_heap_size_used_bytes', 'Heap in use.', () => process.memoryUsage().heapUsed),
    gauge('nodejs_heap_size_total_bytes', 'Heap held.', () => process.memoryUsage().heapTotal),
    gauge('nodejs_external_memory_bytes', 'Memory outside the heap.', () => process.memoryUsage().external),
    gauge('nodejs_eventloop_lag_mean_seconds', 'How late timers of 20 ms are, on average.', () => lag(delay.mean)),
    gauge('nodejs_eventloop_lag_p99_seconds', 'The same, for all but one in a hundred.', () =>
      lag(delay.percentile(99)),
    ),
    {
      // Read last, then reset.
      name: 'nodejs_eventloop_lag_max_seconds',
      help: 'The same, at worst.',
      kind: 'gauge',
      read: () => {
        const value = lag(delay.max);
        delay.reset();
        return [{ value }];
      },
    },
  ];
  return { metrics, stop: () => void delay.disable() };
}

/** The monitor counts from one timer to the next, and knows nothing right after a reset. */
function lag(nanoseconds: number): number {
  return Number.isFinite(nanoseconds) ? Math.max(0, nanoseconds / NANOSECONDS - 0.02) : 0;
}
