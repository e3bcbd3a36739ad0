import { attributed } from '../../../directory/history/attributed.ts';
import { setTimeout } from 'node:timers/promises';
import type { Store } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { Semaphore } from '../../../lib/semaphore.ts';
import type { DialectContext } from '../../dialect.ts';
import { blockAccounts, countAccount, hasMadeTooMany } from '../auth/rate-limits.ts';
import { mediaInUse } from '../media/kept-media.ts';
import { makersOf } from '../members/makers.ts';
import { invite } from '../messages/invitation.ts';
import { readImportFile, type ImportFile } from './import-file.ts';
import { importWith, originOf, type ImportJob } from './job.ts';
import { endImport, giveUpRow, STEP_ROWS, takeStep, type StepTaken } from './steps.ts';

/** What an import is carried out with. */
type RunContext = Pick<DialectContext, 'store' | 'now' | 'ids' | 'recordFactory' | 'rateLimiter'>;

/** A node holds the rows of so many files. */
const MAX_AT_ONCE = 2;
/** A step that the store refuses is tried so often, after so long each time. */
const TRIES = 3;
const PAUSE_MS = 200;

/** Imports that this node carries out. */
class Runs {
  readonly #places = new Semaphore(MAX_AT_ONCE);
  readonly #running = new Map<string, Promise<void>>();

  /**
   * Carries a job on where it stopped, unless this node does so already. A job that is interrupted stays as it is until
   * its company asks for it.
   */
  run(context: RunContext, tenant: number, id: string): Promise<void> {
    const key = `${String(tenant)} ${id}`;
    const known = this.#running.get(key);
    if (known !== undefined) return known;
    const run = this.#places
      .pass(() => runRows(context, tenant, id))
      // The store is closed, or cannot be written just now.
      .catch(() => undefined)
      .finally(() => this.#running.delete(key));
    this.#running.set(key, run);
    return run;
  }
}

const runsOfStores = new WeakMap<Store, Runs>();

/** Carries a job on in the background; waits for its end for so long. */
export async function runImport(context: RunContext, tenant: number, id: string, waitMs: number): Promise<void> {
  let runs = runsOfStores.get(context.store);
  if (runs === undefined) {
    runs = new Runs();
    runsOfStores.set(context.store, runs);
  }
  const run = runs.run(context, tenant, id);
  if (waitMs > 0) await Promise.race([run, setTimeout(waitMs, undefined, { ref: false })]);
}

async function runRows(context: RunContext, number: number, id: string): Promise<void> {
  const { store } = context;
  let tenant = await store.tenant(number);
  let job = await store.read(() => importWith(number, id));
  if (tenant === null || job === null || job.phase === 'done') return;
  const file = await fileOf(store, tenant, job);
  if (file === null) {
    const at = context.now(tenant);
    await store.write(() => endImport(number, id, at));
    return;
  }
  while (job.phase !== 'done') {
    const taken = await stepOrGiveUp(context, tenant, job, file);
    if (taken === null) return;
    job = taken.job;
    tenant = await store.tenant(number);
    if (tenant === null) return;
  }
}

async function fileOf(store: Store, tenant: Tenant, job: ImportJob): Promise<ImportFile | null> {
  const media = await store.read(() => mediaInUse(tenant.number, job.media));
  if (media === null) return null;
  const file = await readImportFile(store, tenant, job.type, media);
  return 'returned' in file ? null : file;
}

/** A step that fails, whatever the reason, is a row that fails; where that cannot be written either, the job waits. */
async function stepOrGiveUp(
  context: RunContext,
  tenant: Tenant,
  job: ImportJob,
  file: ImportFile,
): Promise<StepTaken | null> {
  for (let tried = 0; tried < TRIES; tried++) {
    try {
      return await step(context, tenant, job, file);
    } catch {
      await setTimeout(PAUSE_MS, undefined, { ref: false });
    }
  }
  const at = context.now(tenant);
  return await context.store.write(() => giveUpRow(tenant.number, job, file, at));
}

async function step(context: RunContext, tenant: Tenant, job: ImportJob, file: ImportFile): Promise<StepTaken | null> {
  const { store, ids, recordFactory, rateLimiter } = context;
  const at = context.now(tenant);
  const origin = originOf(job, at);
  const isTree = job.type === 'replace_party' && job.phase === 'rows';
  const made = {
    fresh: makersOf(context, at),
    recordFactory,
    departmentIds: isTree ? Array.from({ length: STEP_ROWS }, () => ids.fresh('d-')) : [],
    origin,
    hasMadeTooMany: hasMadeTooMany(tenant, rateLimiter, at),
  };
  const taken = await store.write(() => attributed(origin, takeStep(tenant.number, job, file, made)));
  const { newcomer = null, isOverLimit = false } = taken ?? {};
  if (isOverLimit) blockAccounts(tenant, rateLimiter, at);
  if (newcomer === null) return taken;
  countAccount(tenant, rateLimiter, at);
  const app = tenant.app(job.app);
  if (job.toInvite && app !== undefined) invite({ tenant, app }, newcomer, context, origin);
  return taken;
}
