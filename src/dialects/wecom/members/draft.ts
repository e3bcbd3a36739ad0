import type { CatalogEntry } from '../../../directory/catalog.ts';
import type { Department } from '../../../directory/departments/department.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import type { EmployeePatch } from '../../../directory/employees/employee-update.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { RequestField } from '../../../directory/verdict.ts';
import type { Holders } from '../employees/rules.ts';
import type { RosterOption } from '../model/roster-fields.ts';
import { toStoredExtension, wecomOf, type WecomEmployee } from '../protocol/wire.ts';

/** A member on the way from the record before to what 更新成员 or 创建成员 makes of it. */
export interface MemberDraft {
  readonly tenant: Tenant;
  readonly holders: Holders;
  /** Who has, or had, the userid that the member is to get. */
  readonly namesakes: readonly Employee[];
  /** The member that `direct_leader` names; undefined where it names none. */
  readonly leader: Employee | undefined;
  /** Everyone above that leader, the leader included. */
  readonly above: ReadonlySet<string>;
  readonly makeTitle: (name: string) => CatalogEntry;
  readonly at: number;
  readonly before: Employee;
  /** Whether the member is being made. */
  readonly isNew: boolean;
  employee: Employee;
  wecom: WecomEmployee;
  departments: readonly Department[];
  catalogs: readonly CatalogEntry[];
  /** Options of 职位 that are made with this. */
  positions: readonly RosterOption[];
  readonly given: RequestField[];
}

/** A draft to which nothing was done. */
export function memberDraftOf(
  facts: Pick<
    MemberDraft,
    'tenant' | 'holders' | 'namesakes' | 'leader' | 'above' | 'makeTitle' | 'at' | 'before' | 'isNew'
  >,
): MemberDraft {
  const { tenant, before } = facts;
  return {
    ...facts,
    employee: before,
    wecom: wecomOf(before),
    departments: tenant.parts.departments,
    catalogs: tenant.parts.catalogs,
    positions: [],
    given: [],
  };
}

/** Sets members of the shared record. */
export function setMembers(draft: MemberDraft, members: Partial<Employee>): void {
  draft.employee = { ...draft.employee, ...members };
}

/** Sets members of the shared record for a field of the request. */
export function setMember(draft: MemberDraft, field: string, target: string, members: Partial<Employee>): null {
  setMembers(draft, members);
  draft.given.push({ field, target });
  return null;
}

/** Sets, or with undefined takes away, what only the contacts keep. */
export function setContact(draft: MemberDraft, key: string, value: unknown): void {
  const { [key]: _old, ...others } = draft.wecom.contacts ?? {};
  draft.wecom = { ...draft.wecom, contacts: value === undefined ? others : { ...others, [key]: value } };
}

/** The draft as a patch; `updateEmployee` finds out what of it differs. */
export function memberPatchOf({ before, employee, wecom }: MemberDraft): EmployeePatch {
  const patch: Record<string, unknown> = {};
  for (const member of Object.keys(employee) as (keyof Employee)[]) {
    if (employee[member] !== before[member]) patch[member] = employee[member];
  }
  if (employee.custom !== before.custom) {
    // A patch adds to what is there, so what is taken away must be said.
    const custom: Record<string, unknown> = { ...employee.custom };
    for (const id in before.custom) if (!Object.hasOwn(custom, id)) custom[id] = null;
    patch['custom'] = custom;
  }
  patch['extensions'] = { wecom: toStoredExtension(wecom) };
  // Keys set members of the shared record alone, each by one of its own type.
  return patch as EmployeePatch;
}
