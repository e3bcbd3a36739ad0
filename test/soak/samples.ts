import { readdirSync } from 'node:fs';

/** What the server held at one moment, and how fast it answered since the moment before. */
export interface Sample {
  readonly seconds: number;
  readonly residentMb: number;
  readonly heapMb: number;
  /** Open descriptors; null where the system does not tell. */
  readonly descriptors: number | null;
  readonly requests: number;
  readonly p50: number;
  readonly p99: number;
}

const MB = 1_000_000;

/** Keeps a sample every few seconds. */
export class Samples {
  readonly all: Sample[] = [];
  readonly #startedAt = performance.now();
  #latencies: number[] = [];
  /** Answers all in all. */
  answers = 0;

  answered(milliseconds: number): void {
    this.answers++;
    this.#latencies.push(milliseconds);
  }

  /** Takes a sample of a server and its process. */
  async take(url: string, pid: number | undefined): Promise<Sample> {
    const text = await (await fetch(`${url}/metrics`)).text();
    const metric = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    const sorted = this.#latencies.sort((one, other) => one - other);
    this.#latencies = [];
    const sample: Sample = {
      seconds: (performance.now() - this.#startedAt) / 1_000,
      residentMb: metric('process_resident_memory_bytes') / MB,
      heapMb: metric('nodejs_heap_size_used_bytes') / MB,
      descriptors: descriptorsOf(pid),
      requests: sorted.length,
      p50: sorted[Math.floor(sorted.length * 0.5)] ?? 0,
      p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
    };
    this.all.push(sample);
    return sample;
  }
}

function descriptorsOf(pid: number | undefined): number | null {
  try {
    return readdirSync(`/proc/${String(pid)}/fd`).length;
  } catch {
    return null;
  }
}
