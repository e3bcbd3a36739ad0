import { deepEqual } from '../../../lib/json-equal.ts';
import type { App } from '../../../directory/auth/app.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { load, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { seesEmployee, visibleRange } from '../auth/visible-range.ts';
import { memberOf } from '../members/view.ts';
import { appSettings, isGivenSensitiveFields } from '../model/app-settings.ts';
import { useridOf } from '../model/ids.ts';
import { isMember } from '../model/member-status.ts';
import { memberElements, memberNamesOfEvents } from './member-elements.ts';
import type { XmlElement } from './xml.ts';

/** The content of one event of the contacts: the kind of change, and what it is of. */
export interface ContactEvent {
  readonly changeType: string;
  readonly content: readonly XmlElement[];
}

/** Returns the event that a change of an employee gives; null where an app is sent none for it. (wecom-more 10.5) */
export function* memberEvent(
  tenant: Tenant,
  app: App,
  before: Employee | null,
  after: Employee | null,
  style: 'old' | 'new',
): StoreTask<ContactEvent | null> {
  const was = before !== null && isMember(before) ? before : null;
  const is = after !== null && isMember(after) ? after : null;
  const range = visibleRange(tenant, app);
  if (![was, is].some((one) => one !== null && seesEmployee(range, one))) return null;
  if (is === null) {
    return was === null ? null : { changeType: 'delete_user', content: [['UserID', useridOf(was)]] };
  }
  const shown = yield* shownMember(tenant, app, is);
  if (was === null) {
    const only = style === 'new' ? DEPARTMENT_ONLY : undefined;
    return { changeType: 'create_user', content: [['UserID', useridOf(is)], ...memberElements(shown, only)] };
  }
  const old = yield* shownMember(tenant, app, was);
  const names = style === 'new' ? [...DEPARTMENT_ONLY] : memberNamesOfEvents();
  const changed = new Set(names.filter((name) => !deepEqual(old[name] ?? null, shown[name] ?? null)));
  const renamed: readonly XmlElement[] = useridOf(was) === useridOf(is) ? [] : [['NewUserID', useridOf(is)]];
  if (changed.size === 0 && renamed.length === 0) return null;
  // The new style names the departments whenever it says anything.
  const elements = memberElements(shown, style === 'new' ? DEPARTMENT_ONLY : changed);
  return { changeType: 'update_user', content: [['UserID', useridOf(was)], ...renamed, ...elements] };
}

const DEPARTMENT_ONLY: ReadonlySet<string> = new Set(['department']);

function* shownMember(tenant: Tenant, app: App, employee: Employee): StoreTask<ReturnType<typeof memberOf>> {
  const { leader } = employee;
  const found = leader === null ? undefined : yield* load('employees-by-id', { tenant: tenant.number, ids: [leader] });
  const settings = appSettings(app);
  // An entrusted app is given no sensitive field, whatever it may read. (wecom-more 10.1)
  const isGiven = settings.kind !== 'provider' && isGivenSensitiveFields(settings);
  return memberOf({ tenant, app }, employee, leader === null ? undefined : found?.get(leader), isGiven);
}
