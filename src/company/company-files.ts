import type { Clock } from '../lib/time/clock.ts';
import type { Ids } from '../lib/ids.ts';
import { yieldBetween } from '../lib/turns.ts';
import { COMPANY_FILE, type Origin } from '../directory/history/change.ts';
import { companyTime } from '../directory/company-clock.ts';
import { DirectoryError } from '../directory/errors.ts';
import type { FaultRule } from '../directory/faults/fault.ts';
import { APPLIED } from '../directory/snapshots.ts';
import {
  load,
  type EmployeeRewrite,
  type StoreTask,
  type Remaking,
  type TenantRewrite,
  type Store,
  type TenantContents,
} from '../directory/store.ts';
import {
  CompanyFileError,
  CompanyMovedError,
  CompanyTooLargeError,
  RemovalsError,
  type ApplyProgress,
  type Companies,
  type Plan,
  type Removals,
} from './contract.ts';
import { isAsApplied, isCompanyAsApplied, markerOf, stateOf } from './applied-marker.ts';
import type { CompanyDraft } from './draft.ts';
import { refusePublished } from './published-secrets.ts';
import { readingHere, type CompanyReading } from './reading/reading.ts';
import type { FaultInFile, Platform } from './schema.ts';
import { isOverBrake } from './brake.ts';
import { companySummary } from './summary.ts';
import { planChanges, type ChangePlan } from './plan/plan.ts';
import { exportCompany } from './export/export.ts';

/** How files are read, and what no file may give. */
export interface CompanyFilesOptions {
  /** Default: here and now. */
  readonly reading?: CompanyReading;
  /** Secrets that no app may have. */
  readonly forbiddenSecrets?: () => readonly string[];
  /** Reads the rules of a file that make calls fail; throws {@link CompanyFileError}. Default: a file has none. */
  readonly readFaults?: (given: readonly FaultInFile[]) => readonly FaultRule[];
  /** Whether the state that a file makes is kept, for `reset` to return to. Default: yes. */
  readonly keepsApplied?: boolean;
}

/** On what a file is applied. */
interface ApplyConditions {
  readonly removals: Removals;
  /** The state that it was planned for; undefined: any. */
  readonly state: string | undefined;
  readonly progress: ApplyProgress | undefined;
}

/** The companies of a store, read and written as files. */
export function companyFiles(
  store: Store,
  dialects: readonly Platform[],
  clock: Clock,
  ids: Ids,
  options: CompanyFilesOptions = {},
): Companies {
  const {
    reading = readingHere(dialects),
    forbiddenSecrets = () => [],
    readFaults = noFaults,
    keepsApplied = true,
  } = options;
  const originOf = (operation: string, request: string): Origin => ({
    dialect: COMPANY_FILE,
    operation,
    app: null,
    request,
    at: clock.now(),
  });
  const answerOf = (
    { company, warnings }: CompanyDraft,
    settled: ChangePlan,
    { state, now }: { readonly state: string; readonly now: TenantContents | null },
  ): Plan => ({
    company: company.key,
    state,
    present: now?.employees.length ?? 0,
    steps: settled.steps,
    ...(warnings.length === 0 ? {} : { warnings }),
  });
  const planned = (draft: CompanyDraft, at: number): Promise<Plan> => {
    const { key } = draft.company;
    return store.consider(key, function* (now): StoreTask<Plan> {
      const state = yield* stateOf(now);
      const settled = yield* planChanges(draft, now, companyTime(now?.tenant ?? null, at), ids, dialects);
      return answerOf(draft, settled, { state, now });
    });
  };
  const applied = (
    draft: CompanyDraft,
    asked: Origin,
    { removals, state, progress }: ApplyConditions,
  ): Promise<Plan> => {
    const { key } = draft.company;
    return store.remakeTenant(key, function* (now): StoreTask<Remaking<Plan>> {
      const origin = { ...asked, at: companyTime(now?.tenant ?? null, asked.at) };
      const found = yield* stateOf(now);
      if (state !== undefined && state !== found) throw new CompanyMovedError();
      const newest = yield* load('newest-change', {});
      const isMarked = now !== null && (yield* isAsApplied(now.tenant));
      const isKept = now !== null && (yield* load('has-snapshot', { tenant: now.tenant.number, name: APPLIED }));
      const snapshot = keepsApplied ? { name: APPLIED, at: origin.at } : null;
      const settled = yield* planChanges(draft, now, origin.at, ids, dialects);
      const { accounts, again, concerns } = settled;
      const parts = { ...settled.parts, appliedFile: markerOf(settled.parts, newest) };
      return {
        answer: () => answerOf(draft, settled, { state: found, now }),
        rewriting: () => {
          if (settled.steps.length === 0 && isMarked && isKept === keepsApplied) return null;
          const { employees } = settled;
          if (removals === 'few') refuseManyRemovals(employees, now?.employees.length ?? 0);
          return { parts, accounts, employees, origin, snapshot };
        },
        again: (id, record) => {
          // It was changed while the file was compared: what would be written is not what was planned.
          if (state !== undefined) throw new CompanyMovedError();
          again(id, record);
        },
        concerns,
        ...(progress === undefined ? {} : { progress }),
      };
    });
  };
  const exported = async (key: string): Promise<AsyncIterable<string> | null> => {
    await refuseTooLarge(store, key);
    // eslint-disable-next-line require-yield -- there is nothing to ask
    const contents = await store.consider(key, function* (now): StoreTask<TenantContents | null> {
      return now;
    });
    return contents === null ? null : yieldBetween(exportCompany(contents, dialects));
  };
  return {
    keys: () => store.tenantKeys(),
    apply: async (key, text, { plan = false, request = ids.uuid(), removals = 'allow', state, progress } = {}) => {
      const read = await reading.read(text);
      const draft = { ...read, faults: readFaults(read.faults) };
      if (draft.company.key !== key) {
        throw new CompanyFileError([
          { path: 'key', message: `is ${draft.company.key}, but the company asked for is ${key}` },
        ]);
      }
      refusePublished(draft.apps, forbiddenSecrets());
      await refuseTooLarge(store, key);
      const origin = originOf('apply', request);
      try {
        return await (plan ? planned(draft, origin.at) : applied(draft, origin, { removals, state, progress }));
      } catch (error) {
        if (!(error instanceof DirectoryError) || error.problem.kind !== 'taken') throw error;
        throw new CompanyFileError([{ path: '', message: `${error.problem.subject} belongs to another company` }]);
      }
    },
    isAsApplied: (key) => isCompanyAsApplied(store, key),
    export: async (key) => {
      const pieces = await exported(key);
      if (pieces === null) return null;
      let file = '';
      for await (const piece of pieces) file += piece;
      return file;
    },
    exportPieces: exported,
    summary: (key) => companySummary(store, key),
    remove: (key, request = ids.uuid()) =>
      // eslint-disable-next-line require-yield -- a removal asks nothing
      store.rewriteTenant(key, function* (now): StoreTask<TenantRewrite<boolean>> {
        return { answer: now !== null, parts: null, employees: [], accounts: [], origin: originOf('remove', request) };
      }),
  };
}

function noFaults(given: readonly FaultInFile[]): readonly FaultRule[] {
  if (given.length === 0) return [];
  throw new CompanyFileError([{ path: 'faults', message: 'are not read here; apply the file to a running server' }]);
}

/** Throws {@link RemovalsError} where more people are removed than a mistake in a file should. */
function refuseManyRemovals(employees: readonly EmployeeRewrite[], present: number): void {
  const removed = employees.filter(({ after }) => after === null).length;
  if (isOverBrake(removed, present)) throw new RemovalsError({ removed, present });
}

/** The most people that are held in memory at one time. */
export const MAX_PEOPLE = 50_000;

/** Everyone in a company is held at once; throws {@link CompanyTooLargeError}. */
async function refuseTooLarge(store: Store, key: string): Promise<void> {
  const tenant = await store.tenantByKey(key);
  if (tenant === null) return;
  const about = { tenant: tenant.number, offset: 0, limit: 0, order: 'created' } as const;
  const { total } = await store.read(() => load('employee-page', about));
  if (total > MAX_PEOPLE) throw new CompanyTooLargeError(total, MAX_PEOPLE);
}
