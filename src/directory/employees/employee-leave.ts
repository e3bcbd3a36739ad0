import type { Origin } from '../history/change.ts';
import type { Department } from '../departments/department.ts';
import type { Employee } from './employee.ts';
import { updateEmployee, type EmployeePatch } from './employee-update.ts';
import { load, type Effect, type StoreTask } from '../store.ts';
import type { Tenant } from '../tenant.ts';

/*
 * What it means for the one record that somebody leaves, whichever platform said so. The record stays, with all that is
 * known of the person, so that it can come back; ids and mailboxes are each platform's own affair.
 */

/** What becomes of the record of somebody who leaves on a day, `YYYY-MM-DD`. */
export function resignationPatch(day: string): EmployeePatch {
  return { status: 'resigned', leftOn: day, seated: false, departments: [], mainDepartment: null };
}

/** Removes a resigned employee as the leader of people and of departments. */
export function* unlinkReports(tenant: Tenant, leaver: string, origin: Origin): StoreTask<readonly Effect[]> {
  const effects = yield* loadFollowers(tenant.number, leaver, origin);
  const departments = tenant.parts.departments.map((department) => withoutLeader(department, leaver, origin.at));
  if (departments.every((department, index) => department === tenant.parts.departments[index])) return effects;
  return [...effects, { write: 'tenant', now: tenant, parts: { ...tenant.parts, departments }, origin }];
}

/** So many who report to one person are looked at together. */
const BATCH_SIZE = 500;

function* loadFollowers(tenant: number, leaver: string, origin: Origin): StoreTask<readonly Effect[]> {
  const followers = new Set<string>();
  for (const space of ['leader', 'dotted-leader'] as const) {
    const having = { space, value: leaver };
    for (let after = 0, more = true; more;) {
      const piece = yield* load('employees-from', { tenant, after, limit: BATCH_SIZE, having });
      for (const { employee } of piece) followers.add(employee.id);
      after = piece.at(-1)?.place ?? 0;
      more = piece.length === BATCH_SIZE;
    }
  }
  followers.delete(leaver);
  const ids = [...followers];
  const effects: Effect[] = [];
  for (let from = 0; from < ids.length; from += BATCH_SIZE) {
    // Asked for by their ids they are reserved, and so as they are.
    const found = yield* load('employees-by-id', { tenant, ids: ids.slice(from, from + BATCH_SIZE) });
    for (const before of found.values()) {
      const { after, fields } = updateEmployee(before, withoutFollowing(before, leaver), origin.at);
      if (after !== before) effects.push({ write: 'employee', tenant, before, after, fields, origin });
    }
  }
  return effects;
}

function withoutFollowing({ leader, dottedLeaders }: Employee, leaver: string): EmployeePatch {
  return {
    leader: leader === leaver ? null : leader,
    dottedLeaders: dottedLeaders.filter((id) => id !== leaver),
  };
}

function withoutLeader(department: Department, leaver: string, at: number): Department {
  const leaders = department.leaders.filter(({ employee }) => employee !== leaver);
  return leaders.length === department.leaders.length ? department : { ...department, leaders, updatedAt: at };
}
