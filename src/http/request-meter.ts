import { performance } from 'node:perf_hooks';
import type { Reply } from '../dialects/dialect.ts';
import { Histogram, type Metric, type Sample } from '../lib/metrics.ts';

/** Seconds that a request may take. */
const SECONDS = [0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** The operation of requests that no route answers. */
const NO_OPERATION = 'none';

/** A reply to a request that failed through no fault of the caller, whatever its status and code say. */
export interface Failure extends Reply {
  readonly isFailure: true;
}

/** How requests for one operation ended. Counting one allocates nothing. */
export class RequestMetrics {
  readonly group: string;
  readonly operation: string;
  ok = 0;
  /** Accepted, but something in it was refused. */
  partly = 0;
  refused = 0;
  /** The store was busy, or there is a defect. */
  failed = 0;
  /** The caller hung up, or was too slow, before the request was complete. */
  aborted = 0;
  readonly seconds = new Histogram(SECONDS);

  constructor(group: string, operation: string) {
    this.group = group;
    this.operation = operation;
  }

  /** Keeps an answer to a request that came at that time of `performance.now()`. */
  answered(reply: Reply | Failure, startedAt: number): void {
    const { status, code } = reply;
    if (status === 0) this.aborted++;
    else if ('isFailure' in reply || status >= 500) this.failed++;
    else if (status >= 400 || (code !== undefined && code !== 0)) this.refused++;
    else if (reply.outcome?.records.some(hasProblem) === true) this.partly++;
    else this.ok++;
    this.seconds.observe((performance.now() - startedAt) / 1_000);
  }

  *outcomes(): Iterable<Sample> {
    const { group: dialect, operation, ok, partly, refused, failed, aborted } = this;
    for (const [outcome, value] of Object.entries({ ok, partly, refused, failed, aborted })) {
      if (value > 0) yield { labels: { dialect, operation, outcome }, value };
    }
  }

  get isUsed(): boolean {
    return !this.outcomes()[Symbol.iterator]().next().done;
  }
}

function hasProblem({ problem }: { readonly problem?: unknown }): boolean {
  return problem !== undefined;
}

/** The meters of a server: one for each operation, and one for each group's requests that no route answers. */
export class RequestMeters {
  readonly #meters = new Map<string, RequestMetrics>();
  readonly #others = new Map<string, RequestMetrics>();
  /** Connections closed because there were as many as are allowed. */
  dropped = 0;
  /** Connections closed because their callers did not take their answers and others needed the room. */
  cut = 0;
  /** Bodies given up because there was no room for them. */
  noRoom = 0;

  /** The meter for an operation, which may have several routes. */
  of(group: string, operation: string): RequestMetrics {
    const name = `${group} ${operation}`;
    let meter = this.#meters.get(name);
    if (meter === undefined) this.#meters.set(name, (meter = new RequestMetrics(group, operation)));
    return meter;
  }

  /** The meter for what no route of the group answers. */
  other(group: string): RequestMetrics {
    let meter = this.#others.get(group);
    if (meter === undefined) this.#others.set(group, (meter = this.of(group, NO_OPERATION)));
    return meter;
  }

  get #all(): readonly RequestMetrics[] {
    return [...this.#meters.values()];
  }

  readonly metrics: readonly Metric[] = [
    {
      name: 'mingce_requests_total',
      help: 'Requests by what became of them: ok, partly (something in it was refused), refused, failed, aborted.',
      kind: 'counter',
      read: () => this.#all.flatMap((meter) => [...meter.outcomes()]),
    },
    {
      name: 'mingce_request_seconds',
      help: 'From the headers of a request to its answer.',
      kind: 'histogram',
      read: () =>
        this.#all
          .filter(({ isUsed }) => isUsed)
          .flatMap(({ group: dialect, operation, seconds }) => [...seconds.read({ dialect, operation })]),
    },
    {
      name: 'mingce_connections_dropped_total',
      help: 'Connections closed to make room for others, see MINGCE_CONNECTIONS and MINGCE_CONNECTIONS_PER_ADDRESS.',
      kind: 'counter',
      read: () => [{ value: this.dropped }],
    },
    {
      name: 'mingce_answers_cut_total',
      help: 'Connections closed because their answers were not taken and others needed the room, see MINGCE_ANSWERS_BYTES.',
      kind: 'counter',
      read: () => [{ value: this.cut }],
    },
    {
      name: 'mingce_bodies_refused_total',
      help: 'Request bodies given up because there was no room for them, see MINGCE_BODIES_BYTES.',
      kind: 'counter',
      read: () => [{ value: this.noRoom }],
    },
  ];
}
