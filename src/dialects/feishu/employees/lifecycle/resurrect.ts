import type { Origin } from '../../../../directory/change.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import { updateEmployee, type EmployeePatch } from '../../../../directory/employees/employee-update.ts';
import { foldMail, type LookupSpace } from '../../../../directory/lookup.ts';
import { e164 } from '../../../../directory/employees/phone.ts';
import { ask, askEach, type Gather } from '../../../../directory/store.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import { isTaken, isTakenInService } from '../../../../directory/unique.ts';
import { verdictsOf, type GivenField } from '../../../../directory/verdict.ts';
import type { Caller } from '../../auth/caller.ts';
import type { Refusal } from '../../protocol/errors.ts';
import { extensionOf, type FeishuEmployee } from '../../model/employee-extension.ts';
import type { Facts } from '../facts.ts';
import { gatherAbout } from '../load-facts.ts';
import { SPACE, type DepartmentIdKind, type EmployeeIdKind } from '../../model/ids.ts';
import { step } from './lifecycle.ts';
import type { Accepted, Refused } from '../write-operation.ts';
import { isPurged } from '../patch.ts';
import { gatherRoom } from './resurrect-capacity.ts';
import { returnRefusal, RULES_OF_RETURN } from './resurrect-rules.ts';
import { returnerRefusal } from './resurrect-capacity-rules.ts';
import { firstRefusal } from '../rules.ts';
import { seatIds } from '../../model/seats.ts';
import { DIALECT } from '../../model/settings.ts';
import { gatherTarget, recordRefusal, type Target } from '../load-target.ts';
import type { Given } from '../../protocol/wire.ts';

/** A return, as asked for. */
export interface ResurrectRequest {
  readonly id: string;
  readonly idKind: EmployeeIdKind;
  readonly departmentKind: DepartmentIdKind;
  /** Departments and seats; who is put nowhere is put into the root. */
  readonly given: Given;
}

/** Takes somebody back who resigned, or says why not. */
export function* resurrect(request: ResurrectRequest, caller: Caller, origin: Origin): Gather<Accepted | Refused> {
  const { tenant } = caller;
  const { at } = origin;
  const closed = returnRefusal(tenant);
  if (closed !== null) return { refusal: closed };
  const target = yield* gatherTarget(caller, request.idKind, request.id);
  if ('refusal' in target) return target;
  const { before, people } = target;
  const facts = yield* gatherAbout(request, caller, at, { before, people, known: [] });
  const refusal = recordRefusal(caller, target) ?? (yield* gatherRefusal(facts));
  if (refusal !== null) return { refusal: { ...refusal, fields: refusal.fields.map(atTop) }, employee: before.id };

  const { after, fields } = updateEmployee(before, yield* returnOf(facts, target), at);
  return {
    effects: [{ write: 'employee', tenant: tenant.number, before, after, fields, origin }],
    outcome: { records: [{ employee: before.id, verdicts: verdictsOf(givenFields(request.given), before, after) }] },
    data: {},
  };
}

/** What an update has in `employee` stands at the top here. */
function atTop(field: string): string {
  return field.replace(/^employee\./, '');
}

function* gatherRefusal(facts: Facts): Gather<Refusal | null> {
  const refusal = firstRefusal(facts, RULES_OF_RETURN);
  if (refusal !== null) return refusal;
  const { tenant, before, after, will } = facts;
  if (yield* isDuplicated(tenant, before)) return { problem: { kind: 'taken', subject: 'return' }, fields: [] };
  const departments = after.departments.map(({ department }) => department);
  return returnerRefusal(yield* gatherRoom(tenant, departments, will.subscriptionIds));
}

/** Whether somebody in service has the employee_id, the mobile or the work mail by now. 2221269 */
function* isDuplicated({ number: tenant }: Tenant, before: Employee): Gather<boolean> {
  const claims: (readonly [space: LookupSpace, value: string])[] = [];
  const id = before.ids[SPACE.employee];
  if (id !== undefined) claims.push([`id:${SPACE.employee}`, id]);
  if (before.mobile !== null) claims.push(['mobile', e164(before.mobile)]);
  if (before.email !== null && before.email !== '') claims.push(['email', foldMail(before.email)]);
  const found = yield* askEach(
    'employees-by',
    claims.map(([space, value]) => ({ tenant, space, values: [value] })),
  );
  return claims.some(([, value], index) => isTakenInService(found[index]?.get(value), before));
}

/** What becomes of the record. [derived, contract 4.3] */
function* returnOf({ after, will, at, settings, tenant }: Facts, { before, was }: Target): Gather<EmployeePatch> {
  const ids: Record<string, string | null> = { ...seatIds(was.subscriptionIds, will.subscriptionIds) };
  const isThere = (address: string): boolean =>
    was.recycledMail.some(
      (mail) => mail.address === foldMail(address) && !isPurged(mail.since, settings.mail_recycle_days, at),
    );
  const thrownAway = was.mailboxAtResignation.filter((address) => address !== '' && isThere(address));
  const holders = yield* ask('employees-by', {
    tenant: tenant.number,
    space: 'enterprise-email',
    values: thrownAway.map(foldMail),
  });
  // What somebody has by now, which another platform may have given, stays with him.
  const back = new Set(thrownAway.filter((address) => !isTaken(holders.get(foldMail(address)), before)));
  for (const address of back) ids[SPACE.recycledMail(foldMail(address))] = null;
  const [address = '', ...aliases] = was.mailboxAtResignation;
  const folded = new Set([...back].map(foldMail));
  const now: FeishuEmployee = {
    ...will,
    resignDate: null,
    resignReason: '0',
    resignRemark: '',
    resignType: '0',
    resurrectedAt: at,
    resignedAt: null,
    departmentsAtResignation: [],
    mailboxAtResignation: [],
    resourceReceivers: {},
    recycledMail: will.recycledMail.filter((mail) => !folded.has(mail.address)),
  };
  return {
    ...step(before, 'resurrect'),
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

function givenFields({ departments, subscriptionIds }: Given): readonly GivenField[] {
  return [
    ...(departments === undefined ? [] : [{ field: 'employee_order_in_departments', target: 'departments' }]),
    ...(subscriptionIds === undefined
      ? []
      : [{ field: 'options.subscription_ids', target: `extensions.${DIALECT}.subscriptionIds` }]),
  ];
}
