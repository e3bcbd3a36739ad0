import type { Metric } from '../../../lib/metrics.ts';

/** What names a target in metrics. */
export interface TargetName {
  readonly company: string;
  readonly platform: string;
}

/** How a target is at this moment. */
export interface TargetGauge extends TargetName {
  readonly state: string;
  readonly reason: string | null;
  /** Changes of the log that were not looked at yet. */
  readonly lagChanges: number;
  /** How long the oldest open delivery waits. */
  readonly lagSeconds: number;
  readonly open: number;
  readonly staged: number;
}

type Labels = Readonly<Record<string, string>>;

/** Counts what continuous delivery does; no label is a value of a person. */
export class DeliveryMetrics {
  readonly #gauges = new Map<string, TargetGauge>();
  readonly #calls = new Counter();
  readonly #callSeconds = new Counter();
  readonly #verified = new Counter();
  readonly #dead = new Counter();
  readonly #braked = new Counter();
  readonly #limited = new Counter();

  readonly metrics: readonly Metric[] = [
    this.#gauge(
      'mingce_delivery_lag_changes',
      'Changes that a target has not looked at.',
      ({ lagChanges }) => lagChanges,
    ),
    this.#gauge('mingce_delivery_lag_seconds', 'Age of the oldest open delivery.', ({ lagSeconds }) => lagSeconds),
    this.#gauge('mingce_delivery_open', 'Deliveries that are not over.', ({ open }) => open),
    this.#gauge('mingce_delivery_staged', 'Deliveries that the brake holds back.', ({ staged }) => staged),
    {
      name: 'mingce_delivery_state',
      help: 'One for the state that a target is in.',
      kind: 'gauge',
      read: () =>
        [...this.#gauges.values()].map(({ company, platform, state, reason }) => ({
          labels: { company, target: platform, state, reason: reason ?? '' },
          value: 1,
        })),
    },
    counter('mingce_delivery_calls_total', 'Writes sent to live tenants, by what became of them.', this.#calls),
    counter('mingce_delivery_call_seconds_total', 'Time that these writes took.', this.#callSeconds),
    counter('mingce_delivery_limit_wait_seconds_total', 'Time that platforms asked to wait.', this.#limited),
    counter('mingce_delivery_verified_total', 'Deliveries read back, by what was seen.', this.#verified),
    counter('mingce_delivery_dead_total', 'Deliveries given up, by reason.', this.#dead),
    counter('mingce_delivery_brake_total', 'Deliveries that the brake held back, by kind.', this.#braked),
  ];

  /** Keeps how a target is. */
  observe(gauge: TargetGauge): void {
    this.#gauges.set(`${gauge.company} ${gauge.platform}`, gauge);
  }

  /** Keeps how a target is that is on. */
  followed(gauge: Omit<TargetGauge, 'state' | 'reason'>): void {
    this.observe({ ...gauge, state: 'on', reason: null });
  }

  /** Forgets a target that is no longer followed. */
  forget({ company, platform }: TargetName): void {
    this.#gauges.delete(`${company} ${platform}`);
  }

  called({ company, platform }: TargetName, call: string, fate: string, ms: number): void {
    this.#calls.add({ company, target: platform, call, class: fate }, 1);
    this.#callSeconds.add({ company, target: platform, call }, ms / 1_000);
  }

  limited({ company, platform }: TargetName, ms: number): void {
    this.#limited.add({ company, target: platform }, ms / 1_000);
  }

  verified({ company, platform }: TargetName, result: string): void {
    this.#verified.add({ company, target: platform, result }, 1);
  }

  died({ company, platform }: TargetName, reason: string): void {
    this.#dead.add({ company, target: platform, reason }, 1);
  }

  braked({ company, platform }: TargetName, what: string): void {
    this.#braked.add({ company, target: platform, what }, 1);
  }

  #gauge(name: string, help: string, valueOf: (gauge: TargetGauge) => number): Metric {
    return {
      name,
      help,
      kind: 'gauge',
      read: () =>
        [...this.#gauges.values()].map((gauge) => ({
          labels: { company: gauge.company, target: gauge.platform },
          value: valueOf(gauge),
        })),
    };
  }
}

/** Sums by labels, of which there are few: companies, targets, calls and classes. */
class Counter {
  readonly #sums = new Map<string, { readonly labels: Labels; value: number }>();

  add(labels: Labels, value: number): void {
    const key = JSON.stringify(Object.values(labels));
    const sum = this.#sums.get(key) ?? { labels, value: 0 };
    sum.value += value;
    this.#sums.set(key, sum);
  }

  read(): readonly { readonly labels: Labels; readonly value: number }[] {
    return [...this.#sums.values()];
  }
}

function counter(name: string, help: string, sums: Counter): Metric {
  return { name, help, kind: 'counter', read: () => sums.read() };
}
