import type { RowChange } from '../../../dialects/row-calls.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { updateEmployee, type EmployeePatch } from '../../../directory/employees/employee-update.ts';
import { e164 } from '../../../directory/employees/phone.ts';
import { membershipsOf } from '../../../directory/employees/membership.ts';
import type { LookupSpace } from '../../../directory/lookup.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { CellProblem } from '../columns/cell-problem.ts';
import type { RowDraft } from '../columns/field.ts';
import { preferred, type PeopleFound } from './find-people.ts';
import type { PendingRows } from './pending-rows.ts';
import type { RowProblem } from './read-row.ts';

/** What a row would do, before any platform is asked. */
export interface PlannedRow {
  readonly action: 'add' | 'change' | 'same';
  /** Own id. */
  readonly id: string;
  /** When the record was last changed; null: it is added. */
  readonly seen: number | null;
  readonly patch: EmployeePatch;
  readonly change: RowChange;
  /** The record before: of an employee who is added, with only a name. */
  readonly from: Employee;
}

/** All that is wrong with a row, and what it would do as far as it can be read; null where even that cannot be said. */
export interface RowPlan {
  readonly problems: readonly RowProblem[];
  readonly planned: PlannedRow | null;
}

/** What a row is planned with. */
export interface RowPlanning {
  readonly tenant: Tenant;
  readonly people: PeopleFound;
  readonly pending: PendingRows;
  /** Returns the record that a row adds, with only a name; the same one each time. */
  readonly newcomer: (draft: RowDraft) => Employee;
  readonly at: number;
}

/**
 * Finds whose row it is, and works out the record as it is after. `unread` is what is wrong with its cells: they are left
 * out, and what else is wrong is added to it, so that a row is mended at once. A later row may be about the same employee then.
 */
export function planRow(draft: RowDraft, unread: readonly RowProblem[], planning: RowPlanning): RowPlan {
  const problems = [...unread];
  const found = employeeOf(draft, planning);
  if (found !== null && 'en' in found) problems.push(found);
  const named = leaderOf(draft, planning);
  if (named !== null && 'en' in named) problems.push({ ...named, field: 'leader' });
  if (found !== null && 'en' in found) return { problems, planned: null };
  // Whose row it is cannot be said, not even whether it is of someone who is new.
  if (found === null && unread.length > 0 && !namesSomeone(draft)) return { problems, planned: null };
  const { tenant, pending, newcomer, at } = planning;
  const isNew = found === null;
  if (isNew && draft.patch.name === undefined && !unread.some(({ field }) => field === 'name')) {
    problems.push(
      problem(
        'name',
        'No employee has these ids; one who is added needs a name.',
        '没有找到该员工；新增员工需要姓名。',
      ),
    );
  }
  const before = found ?? newcomer(draft);
  const { id } = before;
  const isSelf = named !== null && 'id' in named && named.id === id;
  if (isSelf) problems.push(problem('leader', 'Nobody reports to themselves.', '直属上级不能是本人。'));
  if (problems.length > 0 ? pending.isClaimed(id) : !pending.claim(id)) {
    problems.push(problem(null, 'An earlier row is about the same employee.', '前面已有一行是同一名员工。'));
    return { problems, planned: null };
  }
  // A platform asks for the mobile of who is added: its refusal would be about the cell that is named already.
  if (isNew && unread.some(({ field }) => field === 'mobile')) return { problems, planned: null };
  const leader = named === null || 'en' in named || isSelf ? null : named;
  const isUnled = leader === null && named !== null;
  const patch = patchOf(isUnled ? withoutLeader(draft) : draft, before, isNew, leader, tenant);
  const { after, fields } = updateEmployee(before, patch, at);
  const changed = new Set(Object.keys(fields).map((path) => path.split('.')[0] ?? path));
  const action = isNew ? 'add' : changed.size === 0 ? 'same' : 'change';
  const old = found === null ? null : before;
  const change = { tenant, before: old, after, changed, leader };
  return { problems, planned: { action, id, seen: found?.updatedAt ?? null, patch, change, from: before } };
}

/** Whether a row has something that employees are found by. */
function namesSomeone({ keys, patch }: RowDraft): boolean {
  const { jobNumber, mobile } = patch;
  return [keys.id, ...Object.values(keys.ids), jobNumber, mobile].some((one) => one !== undefined && one !== null);
}

function withoutLeader({ leader: _leader, ...draft }: RowDraft): RowDraft {
  return draft;
}

/** The patch with what depends on the record: places in departments, ids of who is added, the day of leaving. */
function patchOf(
  { patch, keys, leader: named }: RowDraft,
  before: Employee,
  isNew: boolean,
  leader: Employee | null,
  { departments: tree }: Tenant,
): EmployeePatch {
  const leaves = patch.status === 'resigned';
  const { departments } = patch;
  const root = tree.root?.id;
  const places =
    departments === undefined
      ? isNew && !leaves && root !== undefined
        ? { departments: membershipsOf([root], []), mainDepartment: root }
        : {}
      : placesIn(
          departments.map(({ department }) => department),
          before,
        );
  return {
    ...patch,
    // The table has one name; translations stay.
    ...(patch.name === undefined ? {} : { name: { ...before.name, value: patch.name.value } }),
    ...places,
    ...(named === undefined ? {} : { leader: leader?.id ?? null }),
    ...(isNew && Object.keys(keys.ids).length > 0 ? { ids: keys.ids } : {}),
    ...(leaves ? { seated: false } : {}),
  };
}

function placesIn(
  departments: readonly string[],
  before: Employee,
): Pick<EmployeePatch, 'departments' | 'mainDepartment'> {
  const now = before.departments.map(({ department }) => department);
  const main = departments[0] ?? null;
  // The same departments in another order are the same where the main one stays.
  const isSame = departments.length === now.length && departments.every((id) => now.includes(id));
  return {
    departments: isSame ? before.departments : membershipsOf(departments, before.departments),
    mainDepartment: main,
  };
}

/** The employee that the ids of a row name; null where there is none yet. */
function employeeOf({ keys, patch }: RowDraft, { people, pending }: RowPlanning): Employee | RowProblem | null {
  const own = keys.id === undefined ? undefined : people.byId.get(keys.id);
  let employee: Employee | undefined = own;
  for (const [space, value] of Object.entries(keys.ids)) {
    const holder = oneOf(people, `id:${space}`, value);
    if (holder === undefined && (employee !== undefined || own !== undefined)) {
      return problem(
        null,
        `The employee has another id than ${value} there.`,
        `该员工在该平台的 ID 不是「${value}」。`,
      );
    }
    if (holder !== undefined && employee !== undefined && holder.id !== employee.id) {
      return problem(null, 'The ids of the row are those of two employees.', '这一行的 ID 属于两名不同的员工。');
    }
    employee ??= holder;
  }
  if (employee !== undefined) return employee;
  if (keys.id !== undefined || Object.keys(keys.ids).length > 0) return null;
  const { jobNumber, mobile } = patch;
  if (typeof jobNumber === 'string') {
    const holders = preferred(people.by.get('job-number')?.get(jobNumber) ?? []);
    if (holders.length > 1) {
      return problem(
        'job_number',
        'Several employees have this job number; add their ids.',
        '多名员工有这个工号，请加上员工 ID。',
      );
    }
    // Who is added by an earlier row cannot be changed by a later one.
    return pending.holders('job-number', jobNumber, holders)[0] ?? null;
  }
  return mobile === undefined || mobile === null ? null : (oneOf(people, 'mobile', e164(mobile)) ?? null);
}

function oneOf({ by }: PeopleFound, space: LookupSpace, value: string): Employee | undefined {
  return preferred(by.get(space)?.get(value) ?? [])[0];
}

/** The leader that a row names by any id or the job number; among those that earlier rows add, too. */
function leaderOf({ leader }: RowDraft, { people, pending }: RowPlanning): Employee | CellProblem | null {
  if (leader === undefined || leader === null) return null;
  const own = people.byId.get(leader) ?? pending.added(leader);
  if (own !== undefined) return own;
  for (const [space, found] of people.by) {
    if (space === 'mobile') continue;
    const holders = preferred(pending.holders(space, leader, found.get(leader) ?? []));
    if (holders.length > 1) {
      return {
        en: `Several employees have ${leader}; write the employee id.`,
        zh: `多名员工有「${leader}」，请填写员工 ID。`,
      };
    }
    if (holders[0] !== undefined) return holders[0];
  }
  return {
    en: `No employee has the job number or id ${leader}; one who is added must come in an earlier row.`,
    zh: `没有工号或 ID 为「${leader}」的员工；新增的上级须排在前面的行。`,
  };
}

function problem(field: string | null, en: string, zh: string): RowProblem {
  return { field, en, zh };
}
