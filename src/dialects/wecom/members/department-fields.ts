import type { Department } from '../../../directory/departments/department.ts';
import { membershipsOf, type Membership } from '../../../directory/employees/membership.ts';
import { errcodes } from '../protocol/codes.ts';
import type { Refusal } from '../protocol/errors.ts';
import { DEPARTMENT_ID } from '../model/ids.ts';
import { setMembers, type MemberDraft } from './draft.ts';
import { invalidValue, wrongParameter } from '../protocol/value-errors.ts';
import type { JsonObject } from '../protocol/wire.ts';
import { orderOf } from './view.ts';

/** So many departments one member may be in. https://developer.work.weixin.qq.com/document/path/90197 */
export const MAX_DEPARTMENTS = 100;
const MAX_ORDER = 0xffff_ffff;

/** `department` with its `order`. */
export function setDepartments(draft: MemberDraft, value: readonly number[], { order }: JsonObject): Refusal | null {
  if (value.length === 0) return invalidValue('department', errcodes.invalidPartyList);
  if (value.length > MAX_DEPARTMENTS) return invalidValue('department', errcodes.tooManyDepartments);
  const named: Department[] = [];
  for (const id of value) {
    const department = departmentNamed(draft, id);
    if (department === undefined)
      return { problem: { kind: 'unknown', subject: 'department', value: '' }, returned: errcodes.invalidDepartment };
    named.push(department);
  }
  const ranks = order === undefined ? null : ordersIn(order, value.length);
  if (ranks === undefined) return wrongParameter('order', 'invalid order');
  const { departments: before, mainDepartment } = draft.employee;
  const kept = membershipsOf(
    named.map(({ id }) => id),
    before,
  );
  const departments =
    ranks === null
      ? kept
      : kept.map((membership) => ({
          ...membership,
          rank: rankSaid(membership, ranks[named.findIndex(({ id }) => id === membership.department)]),
        }));
  // The main one stays while it is among them, else the first is it. [proposed]
  const isKept = departments.some(({ department }) => department === mainDepartment);
  setMembers(draft, {
    departments,
    mainDepartment: isKept ? mainDepartment : (departments[0]?.department ?? null),
  });
  draft.given.push({ field: 'department', target: 'departments' });
  if (ranks !== null) draft.given.push({ field: 'order', target: 'departments' });
  return null;
}

/** Returns the rank of the request; the value shown for a rank that was never set is no new one. */
function rankSaid({ rank }: Membership, said: number | undefined): number | null {
  return said === undefined || said === orderOf(rank) ? rank : said;
}

/** `main_department`, one of the member's; 0 is as absent. (wecom-more 3.4) */
export function setMainDepartment(draft: MemberDraft, value: number): Refusal | null {
  if (value === 0) return null;
  const department = departmentNamed(draft, value);
  if (department === undefined || !draft.employee.departments.some((one) => one.department === department.id))
    return {
      problem: { kind: 'unknown', subject: 'main_department', value: '' },
      returned: errcodes.invalidDepartment,
    };
  setMembers(draft, { mainDepartment: department.id });
  draft.given.push({ field: 'main_department', target: 'mainDepartment' });
  return null;
}

/** `is_leader_in_dept`: 0 or 1 for each of the departments in their order. It is the departments that keep who leads them. */
export function setLeading(draft: MemberDraft, flags: readonly number[]): Refusal | null {
  const { departments, id: employee } = draft.employee;
  if (flags.length !== departments.length) return invalidValue('is_leader_in_dept', errcodes.leaderCountDiffers);
  if (!flags.every((flag) => flag === 0 || flag === 1))
    return wrongParameter('is_leader_in_dept', 'invalid is_leader_in_dept');
  const leads = new Map(departments.map(({ department }, index) => [department, flags[index] === 1]));
  draft.departments = draft.departments.map((department) => {
    const isLeader = department.leaders.some((one) => one.employee === employee);
    const will = leads.get(department.id) ?? isLeader;
    if (will === isLeader) return department;
    const others = department.leaders.filter((one) => one.employee !== employee);
    return { ...department, leaders: will ? [...others, { employee, deputy: false }] : others, updatedAt: draft.at };
  });
  draft.given.push({ field: 'is_leader_in_dept', ignored: 'the departments keep who leads them' });
  return null;
}

function departmentNamed({ tenant }: MemberDraft, id: number): Department | undefined {
  return tenant.departments.by(DEPARTMENT_ID, String(id));
}

/** As many as departments, 0 to 2³²−1; undefined where they are not. */
function ordersIn(order: unknown, count: number): readonly number[] | undefined {
  if (!Array.isArray(order) || order.length !== count) return undefined;
  const isRank = (rank: unknown): rank is number =>
    typeof rank === 'number' && Number.isInteger(rank) && rank >= 0 && rank <= MAX_ORDER;
  return order.every(isRank) ? order : undefined;
}
