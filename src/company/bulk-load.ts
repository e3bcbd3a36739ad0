import type { Ids } from '../lib/ids.ts';
import type { Account } from '../directory/auth/account.ts';
import { changedFields, type Origin } from '../directory/history/change.ts';
import type { Employee } from '../directory/employees/employee.ts';
import { APPLIED } from '../directory/snapshots.ts';
import {
  load,
  type Decision,
  type Effect,
  type EmployeeRewrite,
  type StoreTask,
  type TenantRewrite,
} from '../directory/store.ts';
import type { Store } from '../directory/store.ts';
import type { CompanyDraftBuilder } from './build-draft.ts';
import type { EmployeeInFile } from './schema.ts';
import { planChanges } from './plan/plan.ts';

/** How many people are written in one transaction. */
const BATCH = 4_000;
/** A larger company is not kept a second time for `reset` to return to. */
const MAX_APPLIED = 200_000;

/** A company to be made, and those who are in it. */
export interface NewCompany {
  readonly drafting: CompanyDraftBuilder;
  /** Taken one by one, so that they need not all be at hand. */
  readonly people: Iterable<EmployeeInFile>;
}

/**
 * Makes a company of any size, its people a batch at a time. Early batches can be read while the last ones are written.
 * Returns false, and makes nothing, where there is a company of that key. The company is not checked for
 * contradictions; login mobiles that another company's people have are left out.
 */
export async function bulkLoadCompany(
  store: Store,
  { drafting, people }: NewCompany,
  { at, ids, loaded }: { readonly at: number; readonly ids: Ids; readonly loaded: (people: number) => void },
): Promise<boolean> {
  const { company } = drafting;
  const { key } = company.company;
  const origin: Origin = { dialect: 'company-file', operation: 'generate', app: null, request: 'mingce generate', at };
  const batches = batchesOf(drafting, people);
  const first = batches.next().value ?? NOBODY;
  const isNew = await store.rewriteTenant(key, function* (now): StoreTask<TenantRewrite<boolean>> {
    if (now !== null) return { answer: false, employees: [], accounts: [], origin };
    const { parts } = yield* planChanges(
      { ...company, employees: [], accounts: new Map(), warnings: [] },
      null,
      at,
      ids,
    );
    const { employees, accounts } = yield* withoutTakenLogins(first);
    return { answer: true, parts, employees, accounts, origin };
  });
  if (!isNew) return false;
  loaded(first.employees.length);
  let count = first.employees.length;
  const tenant = first.employees.length < BATCH ? 0 : ((await store.tenantByKey(key))?.number ?? 0);
  // While one batch is on its way to the disk the next one is made up.
  let writing = Promise.resolve();
  for (const batch of batches) {
    await writing;
    count += batch.employees.length;
    writing = store
      .write(function* (): StoreTask<Decision<void>> {
        const { employees, accounts } = yield* withoutTakenLogins(batch);
        const effects: readonly Effect[] = [
          ...accounts.map((account) => ({ write: 'account', account }) as const),
          ...employees.map((employee) => ({ write: 'employee', tenant, ...employee, origin }) as const),
        ];
        return { answer: undefined, effects };
      })
      .then(() => {
        loaded(batch.employees.length);
      });
    // A failure is reported when the batch is awaited.
    writing.catch(() => undefined);
  }
  await writing;
  if (count <= MAX_APPLIED) await store.snapshots.take(key, { name: APPLIED, at }, always);
  return true;
}

// eslint-disable-next-line require-yield -- nothing else has written the company
function* always(): StoreTask<boolean> {
  return true;
}

interface Batch {
  readonly employees: readonly EmployeeRewrite[];
  readonly accounts: readonly Account[];
}

const NOBODY: Batch = { employees: [], accounts: [] };

function* batchesOf(
  { employee, account }: CompanyDraftBuilder,
  people: Iterable<EmployeeInFile>,
): Generator<Batch, void, undefined> {
  let employees: EmployeeRewrite[] = [];
  let accounts: Account[] = [];
  let position = 0;
  for (const inFile of people) {
    const draft = employee(inFile, position++);
    const login = account(inFile);
    const after: Employee = {
      ...draft,
      createdAt: draft.createdAt ?? 0,
      updatedAt: draft.updatedAt ?? 0,
      account: login?.id ?? null,
    };
    employees.push({ before: null, after, fields: changedFields(null, after) });
    if (login?.id !== undefined)
      accounts.push({ id: login.id, mobile: login.mobile ?? null, email: login.email ?? null });
    if (employees.length < BATCH) continue;
    yield { employees, accounts };
    employees = [];
    accounts = [];
  }
  if (employees.length > 0) yield { employees, accounts };
}

/** A login belongs to one person in all companies, and one who is here already keeps it. */
function* withoutTakenLogins({ employees, accounts }: Batch): StoreTask<Batch> {
  const taken = yield* load('accounts-by', { by: 'mobile', values: accounts.flatMap(({ mobile }) => mobile ?? []) });
  if (taken.size === 0) return { employees, accounts };
  return {
    employees,
    accounts: accounts.map((one) => {
      const holder = taken.get(one.mobile ?? '');
      return holder === undefined || holder.id === one.id ? one : { ...one, mobile: null };
    }),
  };
}
