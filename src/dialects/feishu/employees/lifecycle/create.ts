import type { Origin } from '../../../../directory/history/change.ts';
import { addition } from '../../../../directory/employees/employee-addition.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import { load, type Effect, type StoreTask } from '../../../../directory/store.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import { plainText } from '../../../../directory/text.ts';
import type { DialectContext } from '../../../dialect.ts';
import type { Caller } from '../../auth/caller.ts';
import type { Refusal } from '../../protocol/errors.ts';
import type { Facts } from '../facts.ts';
import { customFieldsNamed, loadFactsFor, peopleNamed } from '../load-facts.ts';
import { employeeIdOf, employeesNamed, SPACE, type DepartmentIdKind, type EmployeeIdKind } from '../../model/ids.ts';
import { invitationEffect } from '../invitation.ts';
import { INITIAL_STATE } from './lifecycle.ts';
import { createLoginAccount } from './create-account.ts';
import type { OperationSuccess, OperationRefusal } from '../../auth/run-operation.ts';
import { FIRST_DOTTED_LIMIT } from '../rules/format.ts';
import { firstRefusal } from '../../../rule.ts';
import { CREATE_RULES } from './create-rules.ts';
import { acceptedOutcome } from '../verdicts.ts';
import type { PatchInput } from '../../protocol/wire.ts';

/** An employee to be created, with the ids generated beforehand, since the transaction may run again. */
export interface CreateRequest {
  readonly idKind: EmployeeIdKind;
  readonly departmentKind: DepartmentIdKind;
  readonly given: PatchInput;
  readonly isInvited: boolean;
  readonly recordFactory: DialectContext['recordFactory'];
  /** A new own id. */
  readonly id: string;
  /** Generated ids for a request without one; the first unused one is taken. */
  readonly employeeIds: readonly string[];
  readonly accountId: string;
  /** Counts this creation, once however often it is asked; the number allowed in a minute where it is one too many. */
  readonly burst: (tenant: Tenant) => number | null;
}

/** Creates an employee, or returns why not. */
export function* create(
  request: CreateRequest,
  caller: Caller,
  origin: Origin,
): StoreTask<OperationSuccess | OperationRefusal> {
  const { tenant } = caller;
  const blank = request.recordFactory.employee(tenant, request.id, plainText(''), origin.at);
  const newcomer: Employee = { ...blank, ...INITIAL_STATE };
  const facts = yield* loadNewcomer(request, caller, newcomer, origin.at);
  const refusal = firstRefusal(facts, CREATE_RULES) ?? burstRefusal(request, tenant);
  if (refusal !== null) return { refusal };

  const accounts = yield* createLoginAccount(facts.after, request.accountId, caller.tenant);
  const after: Employee = { ...facts.after, account: request.accountId };
  return {
    effects: creationEffects(request.isInvited, tenant, after, accounts, origin),
    // The defaults that were filled in are not fields of the request.
    outcome: acceptedOutcome({ ...facts, after, given: request.given }, null),
    data: { employee_id: employeeIdOf(after, request.idKind, caller.ids, tenant) },
  };
}

/** Loads the facts of the rules for an employee who does not exist yet. */
function* loadNewcomer(
  { idKind, departmentKind, given: asked, employeeIds }: CreateRequest,
  caller: Caller,
  newcomer: Employee,
  at: number,
): StoreTask<Facts> {
  const { tenant } = caller;
  const given: PatchInput = {
    ...asked,
    employeeId: asked.employeeId ?? (yield* firstFree(tenant, employeeIds)),
    departments: asked.departments ?? ROOT_ALONE,
  };
  const request = { id: '', idKind, departmentKind, given };
  const known = customFieldsNamed(request, tenant);
  const named = peopleNamed(request, known, FIRST_DOTTED_LIMIT).filter((id) => id !== '');
  const people = new Map(yield* employeesNamed(tenant, idKind, caller.ids, named));
  // The id that the new employee will have names the new employee, who as a leader would form a loop. [derived]
  const { employeeId } = asked;
  if (idKind === 'employee_id' && employeeId !== undefined && !people.has(employeeId)) people.set(employeeId, newcomer);
  return yield* loadFactsFor(request, caller, at, { before: newcomer, people, known, isNewPerson: true });
}

/** Without a department, the employee joins the root department. [derived, contract 4.1] */
const ROOT_ALONE = [{ id: '0', rank: null, rankAmongOwn: null, isMain: false }] as const;

/** Returns the first id that was never used; if there is none, the last one is judged like any other. */
export function* firstFree(tenant: Tenant, ids: readonly string[]): StoreTask<string> {
  const held = yield* load('employees-by', { tenant: tenant.number, space: `id:${SPACE.employee}`, values: ids });
  return ids.find((id) => !held.has(id)) ?? ids.at(-1) ?? '';
}

/** Checks the creation rate limit. Runs last, after all other rules have passed. [derived] */
function burstRefusal({ burst }: CreateRequest, tenant: Tenant): Refusal | null {
  const limit = burst(tenant);
  return limit === null ? null : { problem: { kind: 'too-long', subject: 'creations', limit }, fields: [] };
}

/** Returns the effects of a creation: the account, the record and an invitation. */
export function creationEffects(
  isInvited: boolean,
  { number: tenant }: Tenant,
  after: Employee,
  accounts: readonly Effect[],
  origin: Origin,
): readonly Effect[] {
  // By mobile if there is one, else by mail. [derived, contract 4.1]
  const invitation = isInvited
    ? (invitationEffect(tenant, after, 'sms', origin) ?? invitationEffect(tenant, after, 'mail', origin))
    : null;
  return [...accounts, addition(tenant, after, origin), ...(invitation === null ? [] : [invitation])];
}
