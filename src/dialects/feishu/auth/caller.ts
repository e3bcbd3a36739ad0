import { isInService, type Employee } from '../../../directory/employees/employee.ts';
import type { App } from '../../../directory/auth/app.ts';
import { load, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { GENERIC_CODES, type Code } from '../protocol/codes.ts';
import { feishuOf } from '../model/employee-extension.ts';
import { founderOf } from '../model/founder.ts';
import { idReaderOf, type IdReader } from '../model/ids.ts';
import { managementOf, type AdminRange } from './management-range.ts';
import type { Operation } from '../protocol/operations.ts';
import { appSettingsOf, settingsOf, type AppSettings, type ContactScope } from '../model/settings.ts';

/** Who calls: an app by its tenant token, or a user through an app by a user token. */
export interface Caller {
  readonly tenant: Tenant;
  readonly app: App;
  readonly settings: AppSettings;
  readonly ids: IdReader;
  /** Null holds all scopes. */
  readonly scopes: ReadonlySet<string> | null;
  /** The employees in scope: the app's contact scope, or those the user manages or, over the contact API, sees. */
  readonly range: ContactScope;
  /** Null where the app calls for itself. */
  readonly user: User | null;
  /** Whether the company counts requests. */
  readonly isLimited: boolean;
}

/** The user an app calls for, and whether that administrator may use the operation. */
export interface User {
  /** Own id. */
  readonly employee: string;
  readonly operation: Operation;
  /** API permissions that the user granted to the app; null: all that the app has. */
  readonly granted: readonly string[] | null;
  readonly isAllowed: boolean;
  readonly isPersonnel: boolean;
}

const callers = new WeakMap<App, Caller>();

/** What a scope or range reaches: with the root it has all that is below, which is everything. [contract 2.2] */
export function reachOf(range: ContactScope, { departments }: Tenant): ContactScope {
  return range !== 'all' && range.departments.includes(departments.root.id) ? 'all' : range;
}

/** The app itself as it is in this state of the tenant. */
export function appCaller(tenant: Tenant, app: App): Caller {
  const known = callers.get(app);
  if (known?.tenant === tenant) return known;
  const kept = appSettingsOf(app);
  const settings = { ...kept, contact_scope: reachOf(kept.contact_scope, tenant) };
  const caller: Caller = {
    tenant,
    app,
    settings,
    ids: idReaderOf(app),
    scopes: settings.scopes === 'all' ? null : new Set(settings.scopes),
    range: settings.contact_scope,
    user: null,
    isLimited: settingsOf(tenant).rate_limit_enabled,
  };
  callers.set(app, caller);
  return caller;
}

/** An employee through an app, or null where the employee cannot act any more. */
export function* userCaller(
  tenant: Tenant,
  app: App,
  { employee, operation, granted }: Pick<User, 'employee' | 'operation' | 'granted'>,
): StoreTask<Caller | null> {
  const found = yield* load('employees-by-id', { tenant: tenant.number, ids: [employee] });
  const record = found.get(employee);
  if (record === undefined || !canAct(record)) return null;
  const { range, ...allowed }: AdminRange = readsAsOwner(operation)
    ? { range: feishuOf(record).visible ?? 'all', isAllowed: true, isPersonnel: false }
    : managementOf(tenant, yield* founderOf(tenant), employee, operation);
  const own = appCaller(tenant, app);
  // What the app has lost since then, the user's grant does not give back. [derived]
  const scopes =
    granted === null ? own.scopes : new Set(granted.filter((scope) => own.scopes === null || own.scopes.has(scope)));
  return { ...own, scopes, range: reachOf(range, tenant), user: { employee, operation, granted, ...allowed } };
}

/**
 * Whether a user's token reads what the user sees, administrator or not: everything of the contact API that users may
 * call but its one write. [contract feishu-contact.md 1.5]
 */
function readsAsOwner(operation: Operation): boolean {
  if (operation === 'contact.user.patch') return false;
  return operation.startsWith('contact.') || operation.startsWith('search.');
}

/** Returns whether the employee can act: in service and not frozen. [derived] */
export function canAct(employee: Employee): boolean {
  return isInService(employee) && !employee.frozen && employee.activation !== 'exited';
}

/** The caller as of this transaction, for what the token's check saw may have changed; null where there is none any more. */
export function* reloadCaller(known: Caller): StoreTask<Caller | null> {
  const tenant = yield* load('tenant', { number: known.tenant.number });
  const app = tenant?.app(known.app.id);
  if (tenant === null || app === undefined) return null;
  return known.user === null ? appCaller(tenant, app) : yield* userCaller(tenant, app, known.user);
}

/** Returns the code for a caller whose access was revoked after authentication. */
export function revokedTokenCode({ user }: Caller): Code {
  return user === null ? GENERIC_CODES.tenantTokenInvalid : GENERIC_CODES.userTokenInvalid;
}

/** Whether the caller holds one of the scopes. */
export function holdsAny({ scopes }: Caller, wanted: readonly string[]): boolean {
  return scopes === null || wanted.length === 0 || wanted.some((scope) => scopes.has(scope));
}
