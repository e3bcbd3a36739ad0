import type { Origin } from '../../../directory/history/change.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { load, type Decision, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { DialectContext } from '../../dialect.ts';
import type { RecordMakers } from '../members/write.ts';
import { leaveCompany } from '../members/leave.ts';
import { useridOf } from '../model/ids.ts';
import { errcodes } from '../protocol/codes.ts';
import type { ImportFile } from './import-file.ts';
import { importWith, moveOn, rowErrorOf, type ImportJob, type RowResult } from './job.ts';
import { isCreator, isLeaver } from './leavers.ts';
import { writeMemberRow } from './member-row.ts';
import { pruneTree, writeTreeRows } from './tree-rows.ts';

/*
 * One step of an import: what it writes and how far the job is then, in one transaction. So a step is taken once, however
 * often the program is killed, and whichever node takes it.
 */

/** What was made before a step. */
export interface StepContext {
  readonly fresh: RecordMakers;
  readonly recordFactory: DialectContext['recordFactory'];
  readonly departmentIds: readonly string[];
  readonly origin: Origin;
  readonly hasMadeTooMany: boolean;
}

/** Where the job is after a step. */
export interface StepTaken {
  readonly job: ImportJob;
  /** A member that the step made. */
  readonly newcomer?: Employee | null;
  /** Whether a member was refused, as no more may be made for now. */
  readonly isOverLimit?: boolean;
}

/** A step writes so many departments at most, or looks at so many people or departments that no row names. */
export const STEP_ROWS = 20;
/** A department that is written costs as much as there are departments, so that a large company takes smaller steps. */
const STEP_WORK = 20_000;

/** Takes the step that follows `seen`; null where the company, or the job, is gone or done. */
export function* takeStep(
  tenant: number,
  seen: ImportJob,
  file: ImportFile,
  context: StepContext,
): StoreTask<Decision<StepTaken | null>> {
  const facts = yield* loadJob(tenant, seen.id);
  if (facts === null) return { answer: null, effects: [] };
  const { now, job } = facts;
  // Another node took it meanwhile.
  if (job.next !== seen.next || job.phase !== seen.phase) return { answer: { job }, effects: [] };
  if (job.phase === 'rows')
    return 'members' in file
      ? yield* memberStep(tenant, job, file, context)
      : yield* treeStep(now, job, file.departments, context);
  return 'members' in file
    ? yield* leaversStep(now, job, file.userids, context.origin)
    : yield* pruneStep(now, job, file.numbers, context.origin.at);
}

/** Passes over the row that cannot be written although it is no row's mistake: 302005. */
export function* giveUpRow(
  tenant: number,
  seen: ImportJob,
  file: ImportFile,
  at: number,
): StoreTask<Decision<StepTaken | null>> {
  const facts = yield* loadJob(tenant, seen.id);
  if (facts === null || facts.job.next !== seen.next || facts.job.phase !== seen.phase)
    return { answer: facts, effects: [] };
  const { job } = facts;
  const rows = job.phase === 'rows' ? 1 : STEP_ROWS;
  const failed = rowErrorOf(errcodes.importFailed);
  const results: RowResult[] = [];
  if (job.phase === 'rows' && 'members' in file)
    results.push({ userid: file.members[job.next]?.userid ?? '', ...failed });
  if (job.phase === 'rows' && 'departments' in file)
    results.push({ action: 0, partyid: file.departments[job.next]?.id ?? 0, ...failed });
  // What no row names stays as it is.
  const to = job.phase === 'rows' ? afterRow(job, job.next + rows) : ({ next: job.next, phase: 'done' } as const);
  const moved = yield* moveOn(tenant, job, to, results, at);
  return { answer: moved, effects: moved.effects };
}

/** Ends a job whose file is gone. */
export function* endImport(tenant: number, id: string, at: number): StoreTask<Decision<null>> {
  const facts = yield* loadJob(tenant, id);
  if (facts === null) return { answer: null, effects: [] };
  const { effects } = yield* moveOn(tenant, facts.job, { next: facts.job.next, phase: 'done' }, [], at);
  return { answer: null, effects };
}

function* loadJob(tenant: number, id: string): StoreTask<{ readonly now: Tenant; readonly job: ImportJob } | null> {
  const now = yield* load('tenant', { number: tenant });
  const job = now === null ? null : yield* importWith(tenant, id);
  return now === null || job === null || job.phase === 'done' ? null : { now, job };
}

function* memberStep(
  tenant: number,
  job: ImportJob,
  file: Extract<ImportFile, { readonly members: unknown }>,
  { fresh, origin, hasMadeTooMany }: StepContext,
): StoreTask<Decision<StepTaken>> {
  const row = file.members[job.next];
  const written = row === undefined ? null : yield* writeMemberRow(row, { tenant, job, fresh, origin, hasMadeTooMany });
  const results = written === null ? [] : [written.answer.result];
  const moved = yield* moveOn(tenant, job, afterRow(job, job.next + 1), results, origin.at);
  return {
    answer: {
      job: moved.job,
      newcomer: written?.answer.newcomer ?? null,
      isOverLimit: written?.answer.isOverLimit === true,
    },
    effects: [...(written?.effects ?? []), ...moved.effects],
  };
}

function* treeStep(
  now: Tenant,
  job: ImportJob,
  rows: Parameters<typeof writeTreeRows>[1]['rows'],
  { recordFactory, departmentIds: ids, origin: { at } }: StepContext,
): StoreTask<Decision<StepTaken>> {
  const size = Math.ceil(Math.min(STEP_ROWS, STEP_WORK / now.departments.all.length));
  const to = Math.min(job.next + size, rows.length);
  const { answer, effects } = writeTreeRows(now, { rows, from: job.next, to, recordFactory, ids, at });
  const moved = yield* moveOn(now.number, job, afterRow(job, to), answer, at);
  return { answer: { job: moved.job }, effects: [...effects, ...moved.effects] };
}

/** After the last row of a file comes what it does not name. */
function afterRow(job: ImportJob, next: number): Pick<ImportJob, 'next' | 'phase'> {
  if (next < job.total) return { next, phase: 'rows' };
  return job.type === 'sync_user' ? { next, phase: 'done' } : { next: 0, phase: 'leavers' };
}

function* leaversStep(
  now: Tenant,
  job: ImportJob,
  named: ReadonlySet<string>,
  origin: Origin,
): StoreTask<Decision<StepTaken>> {
  const { number: tenant } = now;
  const page = yield* load('employees-from', { tenant, after: job.next, limit: STEP_ROWS });
  const ids = page.flatMap(({ employee }) => (isLeaver(employee, named, job.startedAt) ? [employee.id] : []));
  // Asked for by their ids they are reserved, and so as they are.
  const found = ids.length === 0 ? [] : [...(yield* load('employees-by-id', { tenant, ids })).values()];
  const going = found.filter((employee) => isLeaver(employee, named, job.startedAt));
  const leavers = going.filter((employee) => !isCreator(now, employee));
  const effects = leavers.length === 0 ? [] : yield* leaveCompany(now, leavers, origin);
  const results = going.map((employee) => ({
    userid: useridOf(employee),
    ...rowErrorOf(isCreator(now, employee) ? errcodes.creatorStays : errcodes.ok),
  }));
  const isOver = page.length < STEP_ROWS;
  const to = { next: page.at(-1)?.place ?? job.next, phase: isOver ? ('done' as const) : ('leavers' as const) };
  const moved = yield* moveOn(tenant, job, to, results, origin.at);
  return { answer: { job: moved.job }, effects: [...effects, ...moved.effects] };
}

function* pruneStep(
  now: Tenant,
  job: ImportJob,
  named: ReadonlySet<number>,
  at: number,
): StoreTask<Decision<StepTaken>> {
  const { answer, effects } = yield* pruneTree(now, named, job.next, STEP_ROWS, at);
  const to = { next: answer.stay, phase: answer.isOver ? ('done' as const) : ('leavers' as const) };
  const moved = yield* moveOn(now.number, job, to, [], at);
  return { answer: { job: moved.job }, effects: [...effects, ...moved.effects] };
}
