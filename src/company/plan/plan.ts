import { deepEqual } from '../../lib/json-equal.ts';
import type { Ids } from '../../lib/ids.ts';
import type { App } from '../../directory/auth/app.ts';
import { reservesIdentifiers, type Account, type AccountWithMemberships } from '../../directory/auth/account.ts';
import { changedFields } from '../../directory/history/change.ts';
import { removedAfter } from '../../directory/departments/department-edit.ts';
import type { Employee } from '../../directory/employees/employee.ts';
import { hashSecret, verifySecret } from '../../directory/auth/secret.ts';
import { load, pause, type EmployeeRewrite, type StoreTask, type TenantContents } from '../../directory/store.ts';
import type { TenantData } from '../../directory/tenant.ts';
import { CompanyFileError, type PlannedStep } from '../contract.ts';
import { companyTime } from '../../directory/company-clock.ts';
import type { SettledApp } from '../../dialects/company-section.ts';
import type { Platform } from '../schema.ts';
import { settleFaults } from './faults.ts';
import { planSteps, type StepWriter } from './steps.ts';
import type { AccountDraft, CompanyDraft, Draft } from '../draft.ts';
import { readAgain } from './read-again.ts';

/** A company as it will be, and every step from how it is now. */
export interface ChangePlan {
  readonly parts: Omit<TenantData, 'number'>;
  readonly accounts: readonly Account[];
  /** Only the employees that change. */
  readonly employees: readonly EmployeeRewrite[];
  readonly steps: readonly PlannedStep[];
  /** Plans one employee again, whose record is now as given, or gone. */
  readonly again: (id: string, now: Employee | null) => void;
  /** Whether the file gives an account this id or login identifier. */
  readonly concerns: (value: string) => boolean;
}

/** How many people are settled, or asked about, before others are let pass. */
const BATCH_SIZE = 50;
const ACCOUNTS = 500;

/**
 * Compares a file's company with the one that is there. What the file does not date keeps its times, and gets the present
 * time where it differs; a new thing gets the times that the file gives the company. What is the same stays the same object.
 */
export function* planChanges(
  draft: CompanyDraft,
  now: TenantContents | null,
  at: number,
  ids: Ids,
  /** Whose parts of a file name what a step changes. */
  dialects: readonly Platform[] = [],
): StoreTask<ChangePlan> {
  const steps: PlannedStep[] = [];
  const stepOf = planSteps(dialects);
  const times: SettlingTimes = { at, createdAt: draft.company.createdAt, updatedAt: draft.company.updatedAt };
  const parts = settleParts(draft, now?.tenant.parts, { steps, stepOf, times, ids, dialects });
  const { accountOf, accounts, given } = yield* settleAccounts(draft, now, ids, steps);
  yield* pause();
  const drafts = new Map(draft.employees.map((inFile) => [inFile.id, inFile]));
  yield* pause();
  const people = new Map<string, { readonly rewrite: EmployeeRewrite; readonly step: PlannedStep }>();
  const again = (id: string, existing: Employee | null): void => {
    const inFile = drafts.get(id);
    const after =
      inFile === undefined
        ? null
        : settleOne({ ...inFile, account: accountOf.get(id) ?? null }, existing ?? undefined, times);
    people.delete(id);
    if (after === existing) return;
    const fields = changedFields(existing, after);
    people.set(id, { rewrite: { before: existing, after, fields }, step: stepOf('employee', id, existing, after) });
  };
  const before = new Map((now?.employees ?? []).map((employee) => [employee.id, employee]));
  yield* pause();
  let settled = 0;
  for (const id of drafts.keys()) {
    again(id, before.get(id) ?? null);
    if (++settled % BATCH_SIZE === 0) yield* pause();
  }
  for (const id of before.keys()) {
    if (drafts.has(id)) continue;
    again(id, before.get(id) ?? null);
    if (++settled % BATCH_SIZE === 0) yield* pause();
  }
  return {
    parts,
    accounts,
    // Computed on reading, as an employee may be planned again.
    get employees() {
      return Array.from(people.values(), ({ rewrite }) => rewrite);
    },
    get steps() {
      return [...steps, ...Array.from(people.values(), ({ step }) => step)];
    },
    again,
    concerns: (value) => given.has(value),
  };
}

function settleParts(
  draft: CompanyDraft,
  old: TenantData | undefined,
  {
    stepOf,
    ...context
  }: {
    readonly steps: PlannedStep[];
    readonly stepOf: StepWriter;
    readonly times: SettlingTimes;
    readonly ids: Ids;
    readonly dialects: readonly Platform[];
  },
): ChangePlan['parts'] {
  const { steps, times, ids, dialects } = context;
  const settling: Settling = { steps, stepOf, times };
  const company = old === undefined ? undefined : companyOf(old);
  const at = old === undefined ? times.at : companyTime({ number: old.number, parts: old }, times.at);
  const { departments, catalogs, customFields, apps } = old ?? emptyParts;
  const appsById = new Map(apps.map((app) => [app.id, app]));
  const keptBefore = readAgain(dialects, draft.company);
  const settledCompany = settleOne(draft.company, company, times, keptBefore.company);
  if (settledCompany !== company) steps.push(stepOf('company', draft.company.key, company ?? null, settledCompany));
  const faults = settleFaults(draft.faults, old?.faults ?? [], steps);
  const settledDepartments = settleAll(settling, 'department', draft.departments, departments, ({ id }) => id);
  return {
    ...settledCompany,
    ...(old?.clock === undefined ? {} : { clock: old.clock }),
    ...(old?.suppressions === undefined ? {} : { suppressions: old.suppressions }),
    ...(faults.length === 0 ? {} : { faults }),
    departments: settledDepartments,
    ...(old === undefined ? {} : { removedDepartments: removedAfter(old, settledDepartments, times.at) }),
    catalogs: settleAll(
      settling,
      ({ catalog }) => catalog,
      draft.catalogs,
      catalogs,
      ({ catalog, id }) => `${catalog}\n${id}`,
    ),
    customFields: settleAll(
      settling,
      'custom-field',
      draft.customFields.map(undated),
      customFields.map(dated),
      ({ id }) => id,
    ).map(plain),
    apps: settleAll(
      settling,
      'app',
      draft.apps.map((app) => {
        const before = appsById.get(app.id);
        const company = draft.company.settings[app.dialect];
        return undated(withSettled(settleApp(app, before, ids), dialects, { before: before?.settings, company, at }));
      }),
      apps.map(dated),
      ({ id }) => id,
      keptBefore.app,
    ).map(plain),
  };
}

const emptyParts: Pick<TenantData, 'departments' | 'catalogs' | 'customFields' | 'apps'> = {
  departments: [],
  catalogs: [],
  customFields: [],
  apps: [],
};

function companyOf(parts: TenantData) {
  const { key, name, state, secondLocale, loginRealm, sandbox, targets, names, settings, createdAt, updatedAt } = parts;
  const realm = loginRealm === undefined ? {} : { loginRealm };
  const shown = sandbox === undefined ? {} : { sandbox };
  const live = targets === undefined ? {} : { targets };
  return { key, name, state, secondLocale, ...realm, ...shown, ...live, names, settings, createdAt, updatedAt };
}

/** Fields and apps carry no times; these three lend them some for the comparison. */
function undated<Thing>(thing: Thing): Draft<Thing> {
  return { ...thing, createdAt: 0, updatedAt: 0 };
}
function dated<Thing>(thing: Thing): Thing & Dated {
  return { ...thing, createdAt: 0, updatedAt: 0 };
}
function plain<Thing extends Dated>({
  createdAt: _created,
  updatedAt: _updated,
  ...thing
}: Thing): Omit<Thing, keyof Dated> {
  return thing;
}

interface Dated {
  readonly createdAt: number;
  readonly updatedAt: number;
}

function settleOne<Thing extends object>(
  draft: Draft<Thing>,
  existing: (Thing & Dated) | undefined,
  times: SettlingTimes,
  readNow: (kept: Thing & Dated) => Thing & Dated = (kept) => kept,
): Thing & Dated {
  const { createdAt, ...rest } = draft;
  const updatedAt = draft.updatedAt ?? (existing === undefined ? times.updatedAt : undefined);
  const kept = {
    ...rest,
    createdAt: createdAt ?? existing?.createdAt ?? times.createdAt ?? times.at,
    updatedAt: updatedAt ?? existing?.updatedAt ?? times.at,
  };
  // A draft with its two times is the thing it is a draft of.
  const settled = kept as unknown as Thing & Dated;
  if (existing === undefined) return settled;
  // What is kept is compared first as it is: most things are the same, and reading them again takes longer.
  if (deepEqual(settled, existing) || deepEqual(settled, readNow(existing))) return existing;
  return { ...settled, updatedAt: updatedAt ?? times.at };
}

/** When it is settled, and the times that a file gives the company: those of new things that it does not date. */
interface SettlingTimes {
  readonly at: number;
  readonly createdAt: number | undefined;
  readonly updatedAt: number | undefined;
}

/** Where the steps of settling go, and when it is done. */
interface Settling {
  readonly steps: PlannedStep[];
  readonly stepOf: StepWriter;
  readonly times: SettlingTimes;
}

function settleAll<Thing extends object>(
  { steps, stepOf, times }: Settling,
  kind: string | ((thing: Thing) => string),
  drafts: readonly Draft<Thing>[],
  existing: readonly (Thing & Dated)[],
  keyOf: (thing: Thing) => string,
  readNow?: (kept: Thing & Dated) => Thing & Dated,
): readonly (Thing & Dated)[] {
  const nameOf = (thing: Thing): string => (typeof kind === 'string' ? kind : kind(thing));
  const idOf = (thing: Thing): string => keyOf(thing).split('\n').at(-1) ?? '';
  const before = new Map(existing.map((thing) => [keyOf(thing), thing]));
  const settled = drafts.map((draft) => {
    const now = before.get(keyOf(draft as unknown as Thing));
    const after = settleOne(draft, now, times, readNow);
    if (after !== now) steps.push(stepOf(nameOf(after), idOf(after), now ?? null, after));
    before.delete(keyOf(after));
    return after;
  });
  for (const gone of before.values()) steps.push(stepOf(nameOf(gone), idOf(gone), gone, null));
  return settled;
}

/** The app with what its settings keep of before. */
function withSettled(app: App, dialects: readonly Platform[], about: SettledApp): App {
  const section = dialects.find(({ name }) => name === app.dialect)?.company;
  return section?.settleApp === undefined ? app : { ...app, settings: section.settleApp(app.settings, about) };
}

function settleApp(
  { secret, secretHash, ...app }: CompanyDraft['apps'][number],
  before: App | undefined,
  ids: Ids,
): App {
  const isKept = before !== undefined && secret !== undefined && verifySecret(secret, before.secret);
  return { ...app, secret: isKept ? before.secret : (secretHash ?? hashSecret(secret ?? '', ids.hex(16))) };
}

/** Finds or makes the account of each employee whose file gives one. */
function* settleAccounts(
  draft: CompanyDraft,
  now: TenantContents | null,
  ids: Ids,
  steps: PlannedStep[],
): StoreTask<{
  readonly accountOf: ReadonlyMap<string, string>;
  readonly accounts: readonly Account[];
  readonly given: ReadonlySet<string>;
}> {
  const { loginRealm: realm } = draft.company;
  const inRealm = realm === undefined ? {} : { realm };
  const inFile = [...draft.accounts.values()];
  const byId = yield* accountsBy('id', inFile, realm);
  const byMobile = yield* accountsBy('mobile', inFile, realm);
  const byEmail = yield* accountsBy('email', inFile, realm);
  const current = new Map((now?.employees ?? []).map(({ id, account }) => [id, account]));
  const accountOf = new Map<string, string>();
  const accounts: Account[] = [];
  const given = new Set<string>();
  let settled = 0;
  for (const [employee, wanted] of draft.accounts) {
    if (++settled % ACCOUNTS === 0) yield* pause();
    const mine = current.get(employee) ?? undefined;
    const known: AccountWithMemberships | undefined =
      (wanted.id === undefined ? undefined : byId.get(wanted.id)) ??
      (wanted.id === undefined && mine !== undefined ? now?.accounts.get(mine) : undefined) ??
      (wanted.id === undefined ? (byMobile.get(wanted.mobile ?? '') ?? byEmail.get(wanted.email ?? '')) : undefined);
    const account: Account = {
      id: known?.id ?? wanted.id ?? ids.fresh('acc_'),
      mobile: wanted.mobile ?? known?.mobile ?? null,
      email: wanted.email ?? known?.email ?? null,
      ...inRealm,
    };
    for (const holder of [byMobile.get(account.mobile ?? ''), byEmail.get(account.email ?? '')]) {
      if (holder === undefined || holder.id === account.id) continue;
      if (reservesIdentifiers(holder)) throw takenIdentifier(draft, employee);
      accounts.push({
        id: holder.id,
        mobile: holder.mobile === account.mobile ? null : holder.mobile,
        email: holder.email === account.email ? null : holder.email,
        ...inRealm,
      });
    }
    accountOf.set(employee, account.id);
    for (const value of [account.id, account.mobile, account.email]) if (value !== null) given.add(value);
    if (known?.mobile === account.mobile && known.email === account.email && known.realm === realm) continue;
    accounts.push(account);
    steps.push({
      action: known === undefined ? 'add' : 'change',
      kind: 'account',
      id: account.id,
      fields: known === undefined ? [] : ['login'],
    });
  }
  return { accountOf, accounts, given };
}

/** The accounts that have what the file gives, asked for a piece at a time. */
function* accountsBy(
  by: 'id' | 'mobile' | 'email',
  inFile: readonly AccountDraft[],
  realm = '',
): StoreTask<ReadonlyMap<string, AccountWithMemberships>> {
  const values = inFile.flatMap((account) => account[by] ?? []);
  const found = new Map<string, AccountWithMemberships>();
  for (let from = 0; from < values.length; from += ACCOUNTS) {
    const piece = yield* load('accounts-by', { by, values: values.slice(from, from + ACCOUNTS), realm });
    for (const [value, account] of piece) found.set(value, account);
    yield* pause();
  }
  return found;
}

function takenIdentifier(draft: CompanyDraft, employee: string): CompanyFileError {
  const position = draft.employees.findIndex(({ id }) => id === employee);
  return new CompanyFileError([
    {
      path: `employees[${String(position)}].account`,
      message:
        'its login mobile or mail belongs to another account of a company in use; give that account’s id, or another login',
    },
  ]);
}
