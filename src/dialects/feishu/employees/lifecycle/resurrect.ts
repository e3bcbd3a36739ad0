import type { Origin } from '../../../../directory/history/change.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import { updateEmployee, type EmployeePatch } from '../../../../directory/employees/employee-update.ts';
import { normalizeEmail, type LookupSpace } from '../../../../directory/lookup.ts';
import { e164 } from '../../../../directory/employees/phone.ts';
import { load, loadAll, type StoreTask } from '../../../../directory/store.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import { isTaken, isTakenInService } from '../../../../directory/unique.ts';
import { fieldResults, type RequestField } from '../../../../directory/verdict.ts';
import type { Caller } from '../../auth/caller.ts';
import type { Refusal } from '../../protocol/errors.ts';
import { extensionOf, type FeishuEmployee } from '../../model/employee-extension.ts';
import { RESURRECT_CAPACITY_RULES } from '../capacity-rules.ts';
import type { Facts } from '../facts.ts';
import { loadFactsFor } from '../load-facts.ts';
import { SPACE, type DepartmentIdKind, type EmployeeIdKind } from '../../model/ids.ts';
import { transition } from './lifecycle.ts';
import type { OperationSuccess, OperationRefusal } from '../../auth/run-operation.ts';
import { isPurged } from '../patch.ts';
import { resurrectNotAllowed, RESURRECT_RULES } from './resurrect-rules.ts';
import { firstRefusal } from '../../../rule.ts';
import { seatIds } from '../../model/seats.ts';
import { DIALECT } from '../../model/settings.ts';
import { loadTarget, recordRefusal, type Target } from '../load-target.ts';
import type { PatchInput } from '../../protocol/wire.ts';

/** A return, as asked for. */
export interface ResurrectRequest {
  readonly id: string;
  readonly idKind: EmployeeIdKind;
  readonly departmentKind: DepartmentIdKind;
  /** Departments and seats; without a department, the root department. */
  readonly given: PatchInput;
}

/** Restores an employee who resigned, or returns why not. */
export function* resurrect(
  request: ResurrectRequest,
  caller: Caller,
  origin: Origin,
): StoreTask<OperationSuccess | OperationRefusal> {
  const { tenant } = caller;
  const { at } = origin;
  const closed = resurrectNotAllowed(tenant);
  if (closed !== null) return { refusal: closed };
  const target = yield* loadTarget(caller, request.idKind, request.id);
  if ('refusal' in target) return target;
  const { before, people } = target;
  const facts = yield* loadFactsFor(request, caller, at, { before, people, known: [], isNewPerson: true });
  const refusal = recordRefusal(caller, target) ?? (yield* loadRefusal(facts));
  if (refusal !== null) return { refusal: { ...refusal, fields: refusal.fields.map(atTop) }, employee: before.id };

  const { after, fields } = updateEmployee(before, yield* returnOf(facts, target), at);
  return {
    effects: [{ write: 'employee', tenant: tenant.number, before, after, fields, origin }],
    outcome: { records: [{ employee: before.id, verdicts: fieldResults(givenFields(request.given), before, after) }] },
    data: {},
  };
}

/** Returns the field without `employee.`: this body has its members at the top. */
function atTop(field: string): string {
  return field.replace(/^employee\./, '');
}

function* loadRefusal(facts: Facts): StoreTask<Refusal | null> {
  const refusal = firstRefusal(facts, RESURRECT_RULES);
  if (refusal !== null) return refusal;
  return (yield* isDuplicated(facts.tenant, facts.before))
    ? { problem: { kind: 'taken', subject: 'return' }, fields: [] }
    : firstRefusal(facts, RESURRECT_CAPACITY_RULES);
}

/** Whether somebody in service has the employee_id, the mobile or the work mail by now. 2221269 */
function* isDuplicated({ number: tenant }: Tenant, before: Employee): StoreTask<boolean> {
  const claims: (readonly [space: LookupSpace, value: string])[] = [];
  const id = before.ids[SPACE.employee];
  if (id !== undefined) claims.push([`id:${SPACE.employee}`, id]);
  if (before.mobile !== null) claims.push(['mobile', e164(before.mobile)]);
  if (before.email !== null && before.email !== '') claims.push(['email', normalizeEmail(before.email)]);
  const found = yield* loadAll(
    'employees-by',
    claims.map(([space, value]) => ({ tenant, space, values: [value] })),
  );
  return claims.some(([, value], index) => isTakenInService(found[index]?.get(value), before));
}

/** Returns the patch of a returning employee's record. [derived, contract 4.3] */
export function* returnOf(
  { after, extensionAfter, at, settings, tenant }: Facts,
  { before, extensionBefore }: Target,
): StoreTask<EmployeePatch> {
  const ids: Record<string, string | null> = {
    ...seatIds(extensionBefore.subscriptionIds, extensionAfter.subscriptionIds),
  };
  const isThere = (address: string): boolean =>
    extensionBefore.recycledMail.some(
      (mail) => mail.address === normalizeEmail(address) && !isPurged(mail.since, settings.mail_recycle_days, at),
    );
  const thrownAway = extensionBefore.mailboxAtResignation.filter((address) => address !== '' && isThere(address));
  const holders = yield* load('employees-by', {
    tenant: tenant.number,
    space: 'enterprise-email',
    values: thrownAway.map(normalizeEmail),
  });
  // An address that another employee has by now, perhaps through another platform, stays with that employee.
  const back = new Set(thrownAway.filter((address) => !isTaken(holders.get(normalizeEmail(address)), before)));
  for (const address of back) ids[SPACE.recycledMail(normalizeEmail(address))] = null;
  const [address = '', ...aliases] = extensionBefore.mailboxAtResignation;
  const folded = new Set([...back].map(normalizeEmail));
  const now: FeishuEmployee = {
    ...extensionAfter,
    resignDate: null,
    resignReason: '0',
    resignRemark: '',
    resignType: '0',
    resurrectedAt: at,
    resignedAt: null,
    departmentsAtResignation: [],
    mailboxAtResignation: [],
    resourceReceivers: {},
    recycledMail: extensionAfter.recycledMail.filter((mail) => !folded.has(mail.address)),
  };
  return {
    ...transition(before, 'resurrect'),
    leftOn: null,
    seated: true,
    departments: after.departments,
    mainDepartment: after.mainDepartment,
    ...(back.has(address) ? { enterpriseEmail: address } : {}),
    enterpriseEmailAliases: [...before.enterpriseEmailAliases, ...aliases.filter((alias) => back.has(alias))],
    ids,
    extensions: { [DIALECT]: extensionOf(now) },
  };
}

function givenFields({ departments, subscriptionIds }: PatchInput): readonly RequestField[] {
  return [
    ...(departments === undefined ? [] : [{ field: 'employee_order_in_departments', target: 'departments' }]),
    ...(subscriptionIds === undefined
      ? []
      : [{ field: 'options.subscription_ids', target: `extensions.${DIALECT}.subscriptionIds` }]),
  ];
}
