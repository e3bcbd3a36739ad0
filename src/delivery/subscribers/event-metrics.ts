import type { Metric } from '../../lib/metrics.ts';
import type { Tried } from './ports.ts';

/** Counts the tries to send events, by platform and result. */
export class EventMetrics {
  readonly #tries = new Map<string, Map<string, number>>();
  readonly metrics: readonly Metric[] = [
    {
      name: 'mingce_events_total',
      help: 'Tries to send events to apps, by what became of them: taken, failed (tried again), dead (given up).',
      kind: 'counter',
      read: () => this.#read(),
    },
  ];

  count({ platform, outcome: { state } }: Tried): void {
    const results = this.#tries.get(platform) ?? new Map<string, number>();
    const result = state === 'waiting' ? 'failed' : state;
    this.#tries.set(platform, results.set(result, (results.get(result) ?? 0) + 1));
  }

  *#read(): ReturnType<Metric['read']> extends Iterable<infer Sample> ? Generator<Sample> : never {
    for (const [platform, results] of this.#tries)
      for (const [result, value] of results) yield { labels: { platform, result }, value };
  }
}
