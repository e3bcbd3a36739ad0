import type { Origin } from '../../../directory/history/change.ts';
import { resignationPatch } from '../../../directory/employees/employee-leave.ts';
import { updateEmployee, type EmployeePatch } from '../../../directory/employees/employee-update.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { load, type Effect, type StoreTask } from '../../../directory/store.ts';
import type { Tenant, TenantData } from '../../../directory/tenant.ts';
import { dayInChina } from '../../../lib/time/day.ts';
import { DIALECT } from '../auth/caller.ts';
import { USERID } from '../model/ids.ts';
import { wecomSettings } from '../model/settings.ts';

/** So many who report to one person are looked at together. */
const BATCH_SIZE = 500;

/**
 * What members leave behind: their records as they are after, the others without them as leaders, the departments and tags
 * without them. (wecom-more 3.6)
 */
export function* leaveCompany(
  tenant: Tenant,
  leavers: readonly Employee[],
  origin: Origin,
): StoreTask<readonly Effect[]> {
  const gone = new Set(leavers.map(({ id }) => id));
  const effects: Effect[] = [];
  const write = (before: Employee, patch: EmployeePatch): void => {
    const { after, fields } = updateEmployee(before, patch, origin.at);
    if (after !== before) effects.push({ write: 'employee', tenant: tenant.number, before, after, fields, origin });
  };
  const day = dayInChina(origin.at);
  // The company mailbox goes with the member. [public: 90198]
  for (const leaver of leavers)
    write(leaver, {
      ...resignationPatch(day),
      ...withoutLeaders(leaver, gone),
      enterpriseEmail: null,
      enterpriseEmailAliases: [],
    });
  const followers = yield* followersOf(tenant.number, gone);
  for (const follower of followers) write(follower, withoutLeaders(follower, gone));
  const parts = withoutMembers(tenant.parts, leavers, origin.at);
  if (parts !== tenant.parts) effects.push({ write: 'tenant', now: tenant, parts, origin });
  return effects;
}

function withoutLeaders({ leader, dottedLeaders }: Employee, gone: ReadonlySet<string>): EmployeePatch {
  return {
    leader: leader !== null && gone.has(leader) ? null : leader,
    dottedLeaders: dottedLeaders.filter((id) => !gone.has(id)),
  };
}

/** Everyone who reports to one of them and stays. */
function* followersOf(tenant: number, gone: ReadonlySet<string>): StoreTask<readonly Employee[]> {
  const ids = new Set<string>();
  for (const value of gone) {
    for (const space of ['leader', 'dotted-leader'] as const) {
      for (let after = 0, more = true; more;) {
        const piece = yield* load('employees-from', { tenant, after, limit: BATCH_SIZE, having: { space, value } });
        for (const { employee } of piece) if (!gone.has(employee.id)) ids.add(employee.id);
        after = piece.at(-1)?.place ?? 0;
        more = piece.length === BATCH_SIZE;
      }
    }
  }
  const followers: Employee[] = [];
  const all = [...ids];
  for (let from = 0; from < all.length; from += BATCH_SIZE) {
    // Asked for by their ids they are reserved, and so as they are.
    const found = yield* load('employees-by-id', { tenant, ids: all.slice(from, from + BATCH_SIZE) });
    for (const follower of found.values()) followers.push(follower);
  }
  return followers;
}

/** The company whose departments and tags know these members no more. */
function withoutMembers(parts: TenantData, leavers: readonly Employee[], at: number): TenantData {
  const gone = new Set(leavers.map(({ id }) => id));
  const userids = new Set(leavers.flatMap(({ ids }) => ids[USERID] ?? []));
  const departments = parts.departments.map((department) => {
    const leaders = department.leaders.filter(({ employee }) => !gone.has(employee));
    return leaders.length === department.leaders.length ? department : { ...department, leaders, updatedAt: at };
  });
  const isLed = departments.some((department, index) => department !== parts.departments[index]);
  const settings = wecomSettings(parts);
  const tags = settings.tags.map((tag) => {
    const staying = tag.userids.filter((userid) => !userids.has(userid.toLowerCase()));
    return staying.length === tag.userids.length ? tag : { ...tag, userids: staying };
  });
  const isTagged = tags.some((tag, index) => tag !== settings.tags[index]);
  if (!isLed && !isTagged) return parts;
  return {
    ...parts,
    ...(isLed ? { departments } : {}),
    ...(isTagged ? { settings: { ...parts.settings, [DIALECT]: { ...settings, tags } } } : {}),
    updatedAt: at,
  };
}
