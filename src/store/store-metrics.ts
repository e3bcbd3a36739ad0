import { performance } from 'node:perf_hooks';
import { Histogram, type Metric } from '../lib/metrics.ts';

/** Seconds that a transaction may take. */
const SECONDS = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
/** How many writes may share one. */
const SHARING = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** What an engine counts. */
export class StoreMetrics {
  /** Writes that were run again, because another one stood in their way. */
  retries = 0;
  /** Reads and writes given up because the database could not be used just then. */
  busy = 0;
  /** Reads and writes that met something damaged. */
  damaged = 0;
  /** How long transactions took that wrote something, until it was durable. */
  readonly seconds = new Histogram(SECONDS);
  /** How many writes shared a transaction. */
  readonly shared = new Histogram(SHARING);

  /** Keeps that a transaction ended, begun at that time of `performance.now()`. */
  ended(writes: number, begunAt: number): void {
    this.shared.observe(writes);
    this.seconds.observe((performance.now() - begunAt) / 1_000);
  }

  readonly metrics: readonly Metric[] = [
    {
      name: 'mingce_store_transaction_seconds',
      help: 'How long transactions took that write, until durable.',
      kind: 'histogram',
      read: () => this.seconds.read(),
    },
    {
      name: 'mingce_store_transaction_writes',
      help: 'How many writes shared a transaction and its sync; the sum is all writes.',
      kind: 'histogram',
      read: () => this.shared.read(),
    },
    {
      name: 'mingce_store_retries_total',
      help: 'Writes run again because another one stood in their way.',
      kind: 'counter',
      read: () => [{ value: this.retries }],
    },
    {
      name: 'mingce_store_busy_total',
      help: 'Reads and writes given up because the database could not be used just then.',
      kind: 'counter',
      read: () => [{ value: this.busy }],
    },
    {
      name: 'mingce_store_damaged_total',
      help: 'Reads and writes that met something damaged, and were refused.',
      kind: 'counter',
      read: () => [{ value: this.damaged }],
    },
  ];
}
