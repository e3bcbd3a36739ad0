import { isInService, type Employee } from '../../../../directory/employees/employee.ts';
import { normalizeEmail } from '../../../../directory/lookup.ts';
import { load, type StoreTask } from '../../../../directory/store.ts';
import type { Caller } from '../../auth/caller.ts';
import { departmentNamed, employeesNamed, type DepartmentIdKind, type EmployeeIdKind } from '../../model/ids.ts';
import type { UserBody, UserWrite } from '../../protocol/contact/user-body.ts';
import { FIRST_DOTTED_LIMIT } from '../rules/format.ts';
import { loadFactsFor, peopleNamed } from '../load-facts.ts';
import { decodeAttributes, peopleInAttributes } from './attributes.ts';
import { entriesNamed, type EntryFactory } from './catalog-names.ts';
import { placementOf, type Placement } from './departments.ts';
import type { UserFacts } from './facts.ts';
import { effectiveBody, inputOf, userPatch } from './patch.ts';

/** One write of a person over the contact API, as asked for. */
export interface UserRequest {
  readonly write: UserWrite;
  /** The id in the path; empty for who is created. */
  readonly id: string;
  readonly idKind: EmployeeIdKind;
  readonly departmentKind: DepartmentIdKind;
  readonly body: UserBody;
  readonly entries: EntryFactory;
  readonly isTooFast: (caller: Caller, employee: string) => boolean;
}

/** Finds out everything that the rules may ask about a write of this record. */
export function* loadUser(request: UserRequest, caller: Caller, before: Employee, at: number): StoreTask<UserFacts> {
  const { write, id, idKind, departmentKind } = request;
  const body = effectiveBody(request.body, write);
  const named = entriesNamed(caller.tenant, before, body, request.entries);
  const given = inputOf(body, before);
  const people = new Map(yield* employeesNamed(caller.tenant, idKind, caller.ids, peopleOf(request, given)));
  if (id !== '') people.set(id, before);
  // Patch names people in custom fields by user_id, whatever kind of ids the request uses. [contract feishu-contact.md 2.5]
  const attributeKind = write === 'patch' ? 'employee_id' : idKind;
  const inAttributes = peopleInAttributes(body.custom_attrs).slice(0, MAX_IN_ATTRIBUTES);
  const attributePeople = yield* employeesNamed(caller.tenant, attributeKind, caller.ids, [...new Set(inAttributes)]);
  const attributes = decodeAttributes(body.custom_attrs, before, caller.tenant, attributePeople);
  const placement = placed(body, before, caller, departmentKind);
  const facts = yield* loadFactsFor({ id, idKind, departmentKind, given }, { ...caller, tenant: named.tenant }, at, {
    before,
    people,
    known: [],
    customFields: attributes.fields,
    patchFrom: userPatch({ write, body, named, placement }),
    ...(write === 'create' ? { isNewPerson: true } : {}),
  });
  const { number: tenant } = caller.tenant;
  return {
    ...facts,
    write,
    body,
    named,
    placement,
    attributeProblem: attributes.problem,
    workMailHolders: yield* loadWorkMailHolders(facts, tenant),
    isTooFast: () => request.isTooFast(caller, before.id),
  };
}

/** People in custom fields that are looked up; a further one counts as unknown. [proposed] */
const MAX_IN_ATTRIBUTES = 100;

function peopleOf(request: UserRequest, given: ReturnType<typeof inputOf>): readonly string[] {
  const named = peopleNamed({ ...request, given }, [], Math.max(FIRST_DOTTED_LIMIT, given.dottedLeaders?.length ?? 0));
  return named.filter((id) => id !== '' && id !== request.id);
}

function placed(
  { department_ids: ids = [], orders = [] }: UserBody,
  before: Employee,
  { tenant }: Caller,
  kind: DepartmentIdKind,
): Placement | null {
  const given = ids.flatMap((id) => {
    const department = departmentNamed(tenant, kind, id);
    return department === undefined ? [] : [{ id, department }];
  });
  const isWhole =
    given.length === ids.length && new Set(given.map(({ department }) => department.id)).size === ids.length;
  return ids.length > 0 && isWhole ? placementOf(before, given, orders) : null;
}

/** Those in service who have the new enterprise mail as their work mail. */
function* loadWorkMailHolders(
  { fields, after }: Pick<UserFacts, 'fields' | 'after'>,
  tenant: number,
): StoreTask<readonly Employee[]> {
  if (!('enterpriseEmail' in fields) || after.enterpriseEmail === null) return [];
  const address = normalizeEmail(after.enterpriseEmail);
  const holders = yield* load('employees-by', { tenant, space: 'email', values: [address] });
  return (holders.get(address) ?? []).filter(isInService);
}
