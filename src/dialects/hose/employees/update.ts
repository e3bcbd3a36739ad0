import { withOrigin } from '../../../directory/history/attributed.ts';
import type { Account } from '../../../directory/auth/account.ts';
import type { Origin } from '../../../directory/history/change.ts';
import type { Department } from '../../../directory/departments/department.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { updateEmployee, type Update } from '../../../directory/employees/employee-update.ts';
import { LoginIndex } from '../../../directory/auth/logins.ts';
import { load, type Decision, type Effect, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { RecordOutcome } from '../../dialect.ts';
import type { UpdateVariant } from './api-version.ts';
import { failureOf } from '../protocol/errors.ts';
import { readForm } from './form.ts';
import { findDepartment, spaces } from '../model/ids.ts';
import { patchOf } from './patch.ts';
import { firstRefusal } from '../../rule.ts';
import {
  loginEmail,
  loginMobile,
  nameGiven,
  rules,
  staffFound,
  staffUnique,
  type Facts,
  type NamedDepartment,
  type Refusal,
} from './rules.ts';
import { settingsOf } from '../model/settings.ts';
import { fieldResultsFor, skippedResults } from './verdicts.ts';
import { hoseOf, readPhone, readPhoneLeniently, type StaffRequest } from '../protocol/wire.ts';

/** One staff to be updated. */
export interface StaffTask {
  /** The id, or under `type=code` the code. */
  readonly staff: string;
  readonly request: StaffRequest;
  /** Id for a new login account, used only if the employee has none. */
  readonly freshAccount: string;
}

/** Who updates, when and how. */
export interface UpdateContext {
  readonly tenant: number;
  readonly variant: UpdateVariant;
  /** The version of the operation that was called. */
  readonly version: string;
  readonly isBatch: boolean;
  readonly origin: Origin & { readonly app: string };
}

/** One staff after the update, with the login account. */
export interface UpdatedStaff {
  readonly employee: Employee;
  readonly account: Account | undefined;
}

/** What became of an update: everything was done, or nothing for the first refusal's sake (contract 3.1) [proposed]. */
export type Updated =
  | {
      readonly refusal?: undefined;
      readonly tenant: Tenant;
      readonly staffs: readonly UpdatedStaff[];
      readonly records: readonly RecordOutcome[];
    }
  | { readonly refusal: Refusal; readonly record: RecordOutcome };

/** Updates staff one after the other, each judged by what the ones before it leave behind: all of them or none. */
export function* updateStaffs(tasks: readonly StaffTask[], context: UpdateContext): StoreTask<Decision<Updated>> {
  const { variant, origin } = context;
  const tenant = yield* load('tenant', { number: context.tenant });
  if (tenant === null) return refuseUpdate({ field: 'accessToken', problem: { kind: 'forbidden', subject: 'token' } });
  const found = yield* load('employees-by', {
    tenant: tenant.number,
    space: variant.by === 'code' ? 'job-number' : `id:${spaces.staff}`,
    values: distinct(tasks.map(({ staff }) => staff)),
  });
  const logins = yield* LoginIndex.load({
    tenant,
    ...loginQuestions(tasks, variant, [...found.values()].flat()),
  });
  const current = new Map<string, Employee>();
  const ids: string[] = [];
  const records: RecordOutcome[] = [];
  const effects: Effect[] = [];
  for (const [index, task] of tasks.entries()) {
    const { staff, request } = task;
    const named = found.get(staff) ?? [];
    const who = variant.by === 'code' ? staffUnique(named, staff) : staffFound(named, staff);
    if ('problem' in who) return refuseUpdate(nameGiven(request) ?? who);
    const employee = current.get(who.id) ?? who;
    ids.push(who.id);
    current.set(who.id, employee);
    if (isSkipped(employee, tenant)) {
      records.push({ employee: who.id, verdicts: skippedResults(request, SKIPPED) });
      effects.push(skipping(employee, request, index, context));
      continue;
    }
    const facts = factsOf(request, employee, tenant, variant, logins);
    const refusal = nameGiven(request) ?? firstRefusal(facts, rules);
    if (refusal !== null) return refuseUpdate(refusal, who.id);
    const { update, outcome } = applyUpdate(task, facts, tenant, origin);
    effects.push(written(update, context));
    records.push(outcome);
    current.set(who.id, update.after);
  }
  return {
    answer: { tenant, records, staffs: ids.flatMap((id) => updatedStaff(current.get(id), logins)) },
    effects: [...withOrigin(logins.effects, origin), ...effects],
  };
}

function written({ before, after, fields }: Update, { tenant, origin }: UpdateContext): Effect {
  return { write: 'employee', tenant, before, after, fields: withoutTimes(fields), origin };
}

/** So much of what was sent is named; the members that there are, are fewer and shorter. */
const MAX_KEYS = 100;
const MAX_KEY_LENGTH = 100;

/** A staff that is passed over leaves one entry in the history, and nothing else (hose-more 6, row 1) [proposed]. */
export function skipping(
  employee: Employee,
  { sent }: Pick<StaffRequest, 'sent'>,
  index: number,
  { tenant, version, isBatch, origin }: Pick<UpdateContext, 'tenant' | 'version' | 'isBatch' | 'origin'>,
): Effect {
  const keys = Object.keys(sent)
    .slice(0, MAX_KEYS)
    .map((key) => key.slice(0, MAX_KEY_LENGTH));
  const note = { verdict: 'skipped', reason: SKIPPED, version, index: isBatch ? index : null, keys } as const;
  return { write: 'employee', tenant, before: employee, after: employee, fields: {}, origin, note };
}

/** Returns an employee as after the update. */
export function updatedStaff(employee: Employee | undefined, logins: LoginIndex): readonly UpdatedStaff[] {
  return employee === undefined ? [] : [{ employee, account: logins.accountOf(employee) }];
}

/** Nothing was done, and why. */
export function refuseUpdate({ field, problem }: Refusal, employee?: string): Decision<Updated> {
  const verdicts = [{ field, verdict: 'refused', reason: failureOf(problem).message }] as const;
  const record = { ...(employee === undefined ? {} : { employee }), verdicts, problem };
  return { answer: { refusal: { field, problem }, record }, effects: [] };
}

function distinct(values: readonly string[]): readonly string[] {
  return values.length <= 1 ? values : [...new Set(values)];
}

function loginQuestions(
  tasks: readonly StaffTask[],
  variant: UpdateVariant,
  employees: readonly Employee[],
): Omit<Parameters<typeof LoginIndex.load>[0], 'tenant'> {
  const ids: string[] = [];
  for (const { account } of employees) if (account !== null) ids.push(account);
  const mobiles: string[] = [];
  const emails: string[] = [];
  for (const { request } of tasks) {
    const mobile = loginMobile(request, phoneOf(request, variant));
    if (mobile !== null) mobiles.push(mobile);
    const email = loginEmail(request);
    if (email !== null) emails.push(email);
  }
  return { ids, mobiles: distinct(mobiles), emails: distinct(emails) };
}

/**
 * The phone that a request names: undefined where it leaves it alone or clears it; null where it names none. Where
 * characters are not checked a text without a digit counts as not sent (hose-more 6, row 4) [proposed].
 */
export function phoneOf({ cellphone }: StaffRequest, variant: UpdateVariant): Facts['phone'] {
  if (cellphone === undefined || cellphone === '') return undefined;
  return variant.checksPhone ? readPhone(cellphone) : (readPhoneLeniently(cellphone) ?? undefined);
}

/** Why an update answers success and changes nothing (contract 2.8) [public: contacts/question-answer.md]. */
export const SKIPPED = '当API同步数据时，「所有」被修改员工不参与同步';

/** Whether the staff takes no part in synchronisation: edited by hand, in a company that spares such staff. */
export function isSkipped(employee: Employee, tenant: Tenant): boolean {
  const { handEditStaffs, skipEditedStaffs } = settingsOf(tenant).syncRules;
  return handEditStaffs && skipEditedStaffs && hoseOf(employee).edited;
}

function factsOf(
  request: StaffRequest,
  employee: Employee,
  tenant: Tenant,
  variant: UpdateVariant,
  logins: LoginIndex,
): Facts {
  return {
    request,
    variant,
    employee,
    logins,
    phone: phoneOf(request, variant),
    departments: departmentsNamed(request, employee, tenant, variant),
    form: request.staffCustomForm === undefined ? undefined : readForm(request.staffCustomForm, tenant, variant.by),
  };
}

/** The departments that a request names: the default first, as it is the one a documented failure names when both fields carry the bad code [proposed]. */
export function departmentsNamed(
  { departments, defaultDepartment }: Pick<StaffRequest, 'departments' | 'defaultDepartment'>,
  { external, departments: held = [] }: Pick<Employee, 'external'> & Partial<Pick<Employee, 'departments'>>,
  tenant: Tenant,
  { departmentsBy }: UpdateVariant,
): readonly NamedDepartment[] {
  if (departments === undefined || defaultDepartment === undefined) return [];
  // Another platform may leave the staff in a department that is off or of the other kind; a read that is sent back
  // names it again. [proposed]
  const isHeld = ({ id }: Department): boolean => held.some(({ department }) => department === id);
  const find = (value: string): NamedDepartment['found'] =>
    findDepartment(tenant.departments, value, departmentsBy, external, isHeld);
  return [
    { field: 'defaultDepartment', value: defaultDepartment, found: find(defaultDepartment) },
    ...departments.map((value): NamedDepartment => ({ field: 'departments', value, found: find(value) })),
  ];
}

function applyUpdate(
  { request, freshAccount }: StaffTask,
  facts: Facts,
  tenant: Tenant,
  origin: UpdateContext['origin'],
): { readonly update: Update; readonly outcome: RecordOutcome } {
  const { employee, logins } = facts;
  const account = employee.account ?? freshAccount;
  const member = { tenant: tenant.number, employee: employee.id, tenantInUse: tenant.isInUse };
  const mobile = loginMobile(request, facts.phone);
  const email = loginEmail(request);
  // A stale account that held the identifier loses it [proposed].
  const login = {
    mobile: mobile !== null && logins.give('mobile', mobile, account, member),
    email: email !== null && logins.give('email', email, account, member),
  };
  const update = updateEmployee(
    employee,
    login.mobile || login.email ? { ...patchOf(facts, tenant, origin), account } : patchOf(facts, tenant, origin),
    origin.at,
    { touch: true }, // a success always moves updateTime [proposed]
  );
  const verdicts = fieldResultsFor(facts, employee, update.after, login, tenant.parts.secondLocale);
  return { update, outcome: { employee: employee.id, verdicts } };
}

const LAST_CALL = 'extensions.hose.lastApiChange.at';

/** Returns the changed fields without the time of the last API call, which each change has anyway. */
export function withoutTimes(fields: Update['fields']): Update['fields'] {
  const others: Record<string, Update['fields'][string]> = {};
  for (const field in fields) if (field !== LAST_CALL) others[field] = fields[field] as Update['fields'][string];
  return others;
}
