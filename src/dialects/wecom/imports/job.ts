import type { Attachment } from '../../../directory/attachment.ts';
import type { Origin } from '../../../directory/history/change.ts';
import { load, type Decision, type Effect, type Store, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { DIALECT } from '../auth/caller.ts';
import { useMedia } from '../media/kept-media.ts';
import { settingsIn } from '../model/settings.ts';
import type { Errcode } from '../protocol/codes.ts';

/** What an import does. */
export type ImportType = 'sync_user' | 'replace_user' | 'replace_party';

/** An import as it is kept: how far it came, and the results that fill no piece yet. */
export interface ImportJob {
  readonly id: string;
  /** Own id of the app that began it. */
  readonly app: string;
  /** The id of the request that began it. */
  readonly request: string;
  readonly type: ImportType;
  readonly media: string;
  readonly toInvite: boolean;
  /** Where its end is sent; absent: to the address of its app. */
  readonly callback?: { readonly url: string; readonly token: string; readonly encodingaeskey: string };
  /** Epoch milliseconds, on the company's clock. */
  readonly startedAt: number;
  /** Rows of the file. */
  readonly total: number;
  readonly phase: 'rows' | 'leavers' | 'done';
  /** How many rows, or how much of what is not in the file, were gone through. */
  readonly next: number;
  /** How many pieces of results are full. */
  readonly pieces: number;
  readonly tail: readonly RowResult[];
}

/** What became of a row. */
export type RowResult = { readonly errcode: number; readonly errmsg: string } & (
  | { readonly userid: string }
  | { readonly action: number; readonly partyid: number }
);

/** The operation that began a job, as the coverage names it. */
const OPERATIONS: Readonly<Record<ImportType, string>> = {
  sync_user: 'batch.syncuser',
  replace_user: 'batch.replaceuser',
  replace_party: 'batch.replaceparty',
};

/** Returns who asked for whatever a job does. */
export function originOf({ type, app, request }: ImportJob, at: number): Origin {
  return { dialect: DIALECT, operation: OPERATIONS[type], app, request, at };
}

/** Jobs of a company that are kept. [public: 90313 on 40089] */
const MAX_JOBS = 5;
/** A piece of results is written once, so the record that is written with every row stays small. */
const PIECE_RESULTS = 50;

const INDEX = 'wecom-imports';

/** What an answer says of a row that was carried out, or refused. Without tail. (wecom-more 6.5) */
export function rowErrorOf({ errcode, errmsg }: Errcode): Pick<RowResult, 'errcode' | 'errmsg'> {
  return { errcode, errmsg };
}

/** How far a job shows itself to have come: at once, or over `batch_seconds`. (wecom-more 6.5) */
export function shownStatus(
  job: ImportJob,
  tenant: Tenant,
  at: number,
): { readonly status: 1 | 2 | 3; readonly percentage: number } {
  const pace = (settingsIn(tenant).batch_seconds ?? 0) * 1000;
  const share = pace === 0 ? (job.phase === 'done' ? 1 : resultCount(job) / job.total) : (at - job.startedAt) / pace;
  if (job.phase === 'done' && share >= 1) return { status: 3, percentage: 100 };
  const hasBegun = pace === 0 ? share > 0 : share >= 1 / 3;
  return { status: hasBegun ? 2 : 1, percentage: Math.min(99, Math.max(0, Math.floor(share * 100))) };
}

function resultCount({ pieces, tail }: ImportJob): number {
  return pieces * PIECE_RESULTS + tail.length;
}

/** Begins a job: one at a time in a company; the oldest of those that are kept goes. */
export function* startImport(tenant: number, job: ImportJob): StoreTask<Decision<'started' | 'busy' | 'gone'>> {
  const now = yield* load('tenant', { number: tenant });
  if (now === null) return { answer: 'gone', effects: [] };
  const index = yield* importIndex(tenant);
  const last = index.at(-1);
  const before = last === undefined ? null : yield* importWith(tenant, last.id);
  if (before !== null && shownStatus(before, now, job.startedAt).status !== 3) return { answer: 'busy', effects: [] };
  const stays = index.slice(-(MAX_JOBS - 1));
  const gone: string[] = [];
  for (const { id } of index.slice(0, -(MAX_JOBS - 1))) {
    const old = yield* importWith(tenant, id);
    gone.push(recordId(id), ...Array.from({ length: old?.pieces ?? 0 }, (_, piece) => pieceId(id, piece)));
  }
  const inUse = yield* useMedia(tenant, job.media, true);
  return {
    answer: 'started',
    effects: [
      ...(gone.length === 0 ? [] : [{ write: 'attachment-end' as const, tenant, ids: gone }]),
      kept(tenant, INDEX, [...stays, { id: job.id, app: job.app }]),
      kept(tenant, recordId(job.id), job),
      ...inUse,
    ],
  };
}

/** The jobs of a company that are kept, the newest last. */
export function* importIndex(tenant: number): StoreTask<readonly Pick<ImportJob, 'id' | 'app'>[]> {
  return (yield* readJson<readonly Pick<ImportJob, 'id' | 'app'>[]>(tenant, INDEX)) ?? [];
}

/** The job with that id. */
export function* importWith(tenant: number, id: string): StoreTask<ImportJob | null> {
  return yield* readJson<ImportJob>(tenant, recordId(id));
}

/** What writes a job with these further results, and lets go of its file where it is done. */
export function* moveOn(
  tenant: number,
  job: ImportJob,
  to: Pick<ImportJob, 'next' | 'phase'>,
  results: readonly RowResult[],
  at: number,
): StoreTask<{ readonly job: ImportJob; readonly effects: readonly Effect[] }> {
  const effects: Effect[] = [];
  let { pieces } = job;
  let tail = [...job.tail, ...results];
  while (tail.length >= PIECE_RESULTS) {
    effects.push(kept(tenant, pieceId(job.id, pieces++), tail.slice(0, PIECE_RESULTS)));
    tail = tail.slice(PIECE_RESULTS);
  }
  const moved = { ...job, ...to, pieces, tail };
  effects.push(kept(tenant, recordId(job.id), moved));
  if (to.phase === 'done') {
    effects.push(...(yield* useMedia(tenant, job.media, false)));
    // What the app is called back for. (wecom-more 10.6)
    const fields = { type: [null, job.type] as const };
    effects.push({ write: 'job', tenant, id: job.id, fields, origin: originOf(job, at) });
  }
  return { job: moved, effects };
}

/** The results of a job in their order, a piece at a time. */
export async function* resultsOf(
  store: Store,
  tenant: number,
  { id, pieces, tail }: ImportJob,
): AsyncGenerator<readonly RowResult[]> {
  for (let piece = 0; piece < pieces; piece++)
    yield (await store.read(() => readJson<readonly RowResult[]>(tenant, pieceId(id, piece)))) ?? [];
  yield tail;
}

function recordId(id: string): string {
  return `${INDEX} ${id}`;
}

function pieceId(id: string, piece: number): string {
  return `${INDEX} ${id} ${String(piece)}`;
}

function* readJson<Value>(tenant: number, id: string): StoreTask<Value | null> {
  const found = yield* load('attachment', { tenant, id });
  // Written by this file alone.
  return found === null ? null : (JSON.parse(Buffer.from(found.bytes).toString()) as Value);
}

function kept(tenant: number, id: string, value: unknown): Effect {
  const attachment: Attachment = {
    id,
    dialect: DIALECT,
    kind: 'import',
    type: 'application/json',
    bytes: Buffer.from(JSON.stringify(value)),
  };
  return { write: 'attachment', tenant, attachment };
}
