import type { Store } from '../../../directory/store.ts';

/** One file of an export. */
export interface ExportFile {
  readonly id: string;
  readonly bytes: Buffer;
  readonly md5: string;
}

/** An export that was asked for. */
export interface ExportJob {
  readonly id: string;
  readonly tenant: number;
  /** Own id of the app that asked. */
  readonly app: string;
  /** Null: there was more than may be kept. */
  readonly files: readonly ExportFile[] | null;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** An export and its addresses are good for two hours. [public: 94854] */
export const EXPORT_MS = 2 * 3_600_000;
/** So large may one export be, and so much of all is kept, the latest. Our own bounds. */
export const MAX_EXPORT_BYTES = 32 * 1024 * 1024;
const MAX_BYTES = 2 * MAX_EXPORT_BYTES;
const MAX_JOBS = 1_000;

/** Recent exports, in the memory of this node. */
class ExportJobs {
  #jobs: ExportJob[] = [];

  add(job: ExportJob, now: number): void {
    // Other companies may have another time.
    this.#jobs = this.#jobs.filter(({ tenant, expiresAt }) => tenant !== job.tenant || expiresAt > now);
    this.#jobs.push(job);
    while (this.#jobs.length > 1 && (this.#jobs.length > MAX_JOBS || this.#bytes() > MAX_BYTES)) this.#jobs.shift();
  }

  job(tenant: number, id: string, now: number): ExportJob | undefined {
    return this.#jobs.find((one) => one.tenant === tenant && one.id === id && one.expiresAt > now);
  }

  /** Finds a file by its id, and the export that it is of, which may be over. */
  file(id: string): { readonly file: ExportFile; readonly job: ExportJob } | undefined {
    for (const job of this.#jobs) for (const file of job.files ?? []) if (file.id === id) return { file, job };
    return undefined;
  }

  #bytes(): number {
    return this.#jobs.reduce((sum, { files }) => (files ?? []).reduce((all, { bytes }) => all + bytes.length, sum), 0);
  }
}

const known = new WeakMap<Store, ExportJobs>();

/** The exports of a store's companies. */
export function exportJobs(store: Store): ExportJobs {
  let jobs = known.get(store);
  if (jobs === undefined) {
    jobs = new ExportJobs();
    known.set(store, jobs);
  }
  return jobs;
}
