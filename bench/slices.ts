import { load, type LoadReport } from './load.ts';
import { CONNECTIONS, type Options } from './options.ts';
import type { Report } from './report/report.ts';
import type { Running } from './servers.ts';
import type { Workload, Workloads } from './workloads.ts';

/** Employees of the company that most is measured on. */
export const SMALL = 10_000;

/** What every measurement has at hand. */
export interface Bench {
  readonly options: Options;
  readonly report: Report;
  /** Removed at the end. */
  readonly folder: string;
}

/** The small company's server, what is asked of it, and what it is held against. */
export interface Pair {
  /** The least a server can do. */
  readonly bare: Running;
  /** The least a server can do that keeps each update as ours does. */
  readonly limit: Running;
  readonly small: Running;
  readonly work: Workloads;
}

/** A load of some seconds, and what it cost the server. */
export interface Slice extends LoadReport {
  /** Microseconds of processor time. */
  readonly cpuPerRequest: number;
}

/** Of a hundred answers so many may be refusals: in an invented company three have left, and cannot be changed. */
const REFUSED_AT_MOST = 0.05;

/** One slice of load; throws when answers were no success. A workload without a check is a baseline's. */
export async function slice(
  { options }: Bench,
  server: Running,
  workload: Pick<Workload, 'name' | 'next'> & Partial<Workload>,
  rate?: number,
): Promise<Slice> {
  // The baseline asked for the same, and no client there wrote it.
  workload.readBack?.forget();
  const before = server.cpuMs();
  const done = await load({
    port: server.port,
    connections: CONNECTIONS,
    seconds: options.seconds,
    next: workload.next,
    isSuccess: workload.isSuccess ?? (() => true),
    ...(rate === undefined ? {} : { rate }),
  });
  const allowed = workload.someLeft === true ? done.requests * REFUSED_AT_MOST + 10 : 0;
  if (done.failures > allowed) throw new Error(`${workload.name}: ${String(done.failures)} answers were no success`);
  const cpuPerRequest = ((server.cpuMs() - before) * 1_000) / done.requests;
  await workload.readBack?.check(workload.name, workload.someLeft === true);
  return { ...done, cpuPerRequest };
}

/** The same requests sent to a server that answers anything. */
export function unchecked({ name, next }: Workload): Pick<Workload, 'name' | 'next'> {
  return { name, next };
}

/** Requests a second. */
export function perSecond({ requests, seconds }: LoadReport): number {
  return requests / seconds;
}

/** Slices of a candidate, each after one of its baseline; the first round warms up and does not count. */
export async function interleaved<Base>(
  bench: Bench,
  candidate: () => Promise<Slice>,
  baseline: () => Promise<Base>,
): Promise<{ readonly candidate: readonly Slice[]; readonly baseline: readonly Base[] }> {
  const figures = { candidate: [] as Slice[], baseline: [] as Base[] };
  for (let round = 0; round <= bench.options.rounds; round++) {
    const base = await baseline();
    const done = await candidate();
    if (round === 0) continue;
    figures.baseline.push(base);
    figures.candidate.push(done);
  }
  return figures;
}
