import { sameJson } from '../lib/equal.ts';
import type { Ids } from '../lib/ids.ts';
import type { App } from '../directory/app.ts';
import { holdsItsIdentifiers, type Account, type HeldAccount } from '../directory/account.ts';
import { changedFields } from '../directory/change.ts';
import { removedAfter } from '../directory/department-edit.ts';
import type { Employee } from '../directory/employee.ts';
import { hashSecret, isSecret } from '../directory/secret.ts';
import { ask, type EmployeeRewrite, type Gather, type TenantContents } from '../directory/store.ts';
import type { TenantParts } from '../directory/tenant.ts';
import { CompanyFileError, type PlannedStep } from '../http/admin/contract.ts';
import type { CompanyDraft, Draft } from './draft.ts';

/** A company as it will be, and every step from how it is now. */
export interface Settled {
  readonly parts: Omit<TenantParts, 'number'>;
  readonly employees: readonly EmployeeRewrite[];
  readonly accounts: readonly Account[];
  readonly steps: readonly PlannedStep[];
}

/**
 * Holds a file's company against the one that is there. What the file does not date keeps its times, and dates itself
 * anew where it differs; what is the same stays the very same.
 */
export function* settle(draft: CompanyDraft, now: TenantContents | null, at: number, ids: Ids): Gather<Settled> {
  const steps: PlannedStep[] = [];
  const old = now?.tenant.parts;
  const company = old === undefined ? undefined : companyOf(old);
  const { departments, catalogs, customFields, apps } = old ?? emptyParts;
  const appsById = new Map(apps.map((app) => [app.id, app]));
  const settledCompany = settleOne(draft.company, company, at);
  step(steps, 'company', draft.company.key, company, settledCompany);
  const settledDepartments = settleAll(steps, 'department', draft.departments, departments, ({ id }) => id, at);
  const parts = {
    ...settledCompany,
    departments: settledDepartments,
    ...(old === undefined ? {} : { removedDepartments: removedAfter(old, settledDepartments, at) }),
    catalogs: settleAll(
      steps,
      ({ catalog }) => catalog,
      draft.catalogs,
      catalogs,
      ({ catalog, id }) => `${catalog}\n${id}`,
      at,
    ),
    customFields: settleAll(
      steps,
      'custom-field',
      draft.customFields.map(undated),
      customFields.map(dated),
      ({ id }) => id,
      at,
    ).map(plain),
    apps: settleAll(
      steps,
      'app',
      draft.apps.map((app) => undated(settleApp(app, appsById.get(app.id), ids))),
      apps.map(dated),
      ({ id }) => id,
      at,
    ).map(plain),
  };
  const { accountOf, accounts } = yield* settleAccounts(draft, now, ids, steps);
  const employees: EmployeeRewrite[] = [];
  const before = new Map((now?.employees ?? []).map((employee) => [employee.id, employee]));
  for (const inFile of draft.employees) {
    const existing = before.get(inFile.id);
    const after = settleOne({ ...inFile, account: accountOf.get(inFile.id) ?? null }, existing, at);
    step(steps, 'employee', after.id, existing, after);
    if (after !== existing)
      employees.push({ before: existing ?? null, after, fields: changedFields(existing ?? null, after) });
    before.delete(inFile.id);
  }
  for (const gone of before.values()) {
    steps.push({ action: 'remove', kind: 'employee', id: gone.id, fields: [] });
    employees.push({ before: gone, after: null, fields: changedFields(gone, null) });
  }
  return { parts, employees, accounts, steps };
}

const emptyParts: Pick<TenantParts, 'departments' | 'catalogs' | 'customFields' | 'apps'> = {
  departments: [],
  catalogs: [],
  customFields: [],
  apps: [],
};

function companyOf({ key, name, state, secondLocale, names, settings, createdAt, updatedAt }: TenantParts) {
  return { key, name, state, secondLocale, names, settings, createdAt, updatedAt };
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
  at: number,
): Thing & Dated {
  const { createdAt, updatedAt, ...rest } = draft;
  const kept = {
    ...rest,
    createdAt: createdAt ?? existing?.createdAt ?? at,
    updatedAt: updatedAt ?? existing?.updatedAt ?? at,
  };
  // A draft with its two times is the thing it is a draft of.
  const settled = kept as unknown as Thing & Dated;
  if (existing !== undefined && sameJson(settled, existing)) return existing;
  return { ...settled, updatedAt: updatedAt ?? at };
}

function settleAll<Thing extends object>(
  steps: PlannedStep[],
  kind: string | ((thing: Thing) => string),
  drafts: readonly Draft<Thing>[],
  existing: readonly (Thing & Dated)[],
  keyOf: (thing: Thing) => string,
  at: number,
): readonly (Thing & Dated)[] {
  const nameOf = (thing: Thing): string => (typeof kind === 'string' ? kind : kind(thing));
  const idOf = (thing: Thing): string => keyOf(thing).split('\n').at(-1) ?? '';
  const before = new Map(existing.map((thing) => [keyOf(thing), thing]));
  const settled = drafts.map((draft) => {
    const after = settleOne(draft, before.get(keyOf(draft as unknown as Thing)), at);
    step(steps, nameOf(after), idOf(after), before.get(keyOf(after)), after);
    before.delete(keyOf(after));
    return after;
  });
  for (const gone of before.values()) steps.push({ action: 'remove', kind: nameOf(gone), id: idOf(gone), fields: [] });
  return settled;
}

function step(steps: PlannedStep[], kind: string, id: string, before: object | undefined, after: object): void {
  if (before === after) return;
  if (before === undefined) steps.push({ action: 'add', kind, id, fields: [] });
  else
    steps.push({
      action: 'change',
      kind,
      id,
      fields: Object.keys(changedFields(before as Employee, after as Employee)),
    });
}

function settleApp(
  { secret, secretHash, ...app }: CompanyDraft['apps'][number],
  before: App | undefined,
  ids: Ids,
): App {
  const isKept = before !== undefined && secret !== undefined && isSecret(secret, before.secret);
  return { ...app, secret: isKept ? before.secret : (secretHash ?? hashSecret(secret ?? '', ids.hex(16))) };
}

/** Finds or makes the account of each employee whose file gives one. */
function* settleAccounts(
  draft: CompanyDraft,
  now: TenantContents | null,
  ids: Ids,
  steps: PlannedStep[],
): Gather<{ readonly accountOf: ReadonlyMap<string, string>; readonly accounts: readonly Account[] }> {
  const given = [...draft.accounts.values()];
  const byId = yield* ask('accounts-by', { by: 'id', values: given.flatMap(({ id }) => id ?? []) });
  const byMobile = yield* ask('accounts-by', { by: 'mobile', values: given.flatMap(({ mobile }) => mobile ?? []) });
  const byEmail = yield* ask('accounts-by', { by: 'email', values: given.flatMap(({ email }) => email ?? []) });
  const current = new Map((now?.employees ?? []).map(({ id, account }) => [id, account]));
  const accountOf = new Map<string, string>();
  const accounts: Account[] = [];
  for (const [employee, wanted] of draft.accounts) {
    const mine = current.get(employee) ?? undefined;
    const known: HeldAccount | undefined =
      (wanted.id === undefined ? undefined : byId.get(wanted.id)) ??
      (wanted.id === undefined && mine !== undefined ? now?.accounts.get(mine) : undefined) ??
      (wanted.id === undefined ? (byMobile.get(wanted.mobile ?? '') ?? byEmail.get(wanted.email ?? '')) : undefined);
    const account: Account = {
      id: known?.id ?? wanted.id ?? ids.fresh('acc_'),
      mobile: wanted.mobile ?? known?.mobile ?? null,
      email: wanted.email ?? known?.email ?? null,
    };
    for (const holder of [byMobile.get(account.mobile ?? ''), byEmail.get(account.email ?? '')]) {
      if (holder === undefined || holder.id === account.id) continue;
      if (holdsItsIdentifiers(holder)) throw takenIdentifier(draft, employee);
      accounts.push({
        id: holder.id,
        mobile: holder.mobile === account.mobile ? null : holder.mobile,
        email: holder.email === account.email ? null : holder.email,
      });
    }
    accountOf.set(employee, account.id);
    if (known !== undefined && known.mobile === account.mobile && known.email === account.email) continue;
    accounts.push(account);
    steps.push({
      action: known === undefined ? 'add' : 'change',
      kind: 'account',
      id: account.id,
      fields: known === undefined ? [] : ['login'],
    });
  }
  return { accountOf, accounts };
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
