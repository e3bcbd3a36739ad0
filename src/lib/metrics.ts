/** What a value is about; only words of a short list fixed in the code, never anything a caller sent. */
export type Labels = Readonly<Record<string, string>>;

/** One value of a metric. */
export interface Sample {
  readonly labels?: Labels;
  readonly value: number;
  /** Of a histogram: which of its parts the value is. */
  readonly part?: 'bucket' | 'sum' | 'count';
}

/** Something that is counted or measured, and read when somebody asks. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly read: () => Iterable<Sample>;
}

/** How often values were so large; keeping one costs a few comparisons and no memory. */
export class Histogram {
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;

  /** Upper bounds in rising order; what is above the last one is counted as well. */
  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#counts = [...bounds, Infinity].fill(0);
  }

  observe(value: number): void {
    const bounds = this.#bounds;
    let bucket = 0;
    while (bucket < bounds.length && value > (bounds[bucket] as number)) bucket++;
    this.#counts[bucket] = (this.#counts[bucket] as number) + 1;
    this.#sum += value;
  }

  /** As Prometheus has it: each bucket counts what is in those below it, too. */
  *read(labels: Labels = {}): Iterable<Sample> {
    let below = 0;
    for (const [index, count] of this.#counts.entries()) {
      below += count;
      const bound = this.#bounds[index];
      yield { part: 'bucket', labels: { ...labels, le: bound === undefined ? '+Inf' : String(bound) }, value: below };
    }
    yield { part: 'sum', labels, value: this.#sum };
    yield { part: 'count', labels, value: below };
  }
}

/** Metrics as Prometheus reads them, text format 0.0.4. */
export function formatPrometheus(metrics: readonly Metric[]): string {
  const lines: string[] = [];
  for (const { name, help, kind, read } of metrics) {
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`);
    for (const { labels = {}, value, part } of read()) {
      const pairs = Object.entries(labels).map(([label, word]) => `${label}="${escaped(word)}"`);
      const about = pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
      lines.push(`${name}${part === undefined ? '' : `_${part}`}${about} ${String(value)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function escaped(word: string): string {
  return word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
