import type { Employee } from '../../../directory/employees/employee.ts';
import { load, type Store } from '../../../directory/store.ts';
import type { Caller } from '../auth/caller.ts';
import { checkMemberVisible } from '../auth/member-access.ts';
import { seesDepartment, seesEmployee, visibleRange } from '../auth/visible-range.ts';
import { listedMemberOf, simpleMemberOf } from '../members/view.ts';
import { DEPARTMENT_ID, foldUserid, useridOf } from '../model/ids.ts';
import { isMember } from '../model/member-status.ts';
import type { Tag } from '../model/settings.ts';
import { membersNamed } from '../tags/tag.ts';

const BATCH_SIZE = 100;

/** Every member that the app may see, as user/simplelist shows them. */
export async function* simpleRows(caller: Caller, store: Store): AsyncIterable<object> {
  for await (const members of membersSeen(caller, store))
    for (const member of members) yield simpleMemberOf(caller, member);
}

/** The same as user/list shows them. */
export async function* memberRows(caller: Caller, store: Store): AsyncIterable<object> {
  for await (const members of membersSeen(caller, store)) {
    const ids = [...new Set(members.flatMap(({ leader }) => leader ?? []))];
    const leaders = await store.read(() => load('employees-by-id', { tenant: caller.tenant.number, ids }));
    for (const member of members) yield listedMemberOf(caller, member, leaders.get(member.leader ?? ''));
  }
}

async function* membersSeen(caller: Caller, store: Store): AsyncIterable<readonly Employee[]> {
  const range = visibleRange(caller.tenant, caller.app);
  for (let after = 0; ;) {
    const about = { tenant: caller.tenant.number, after, limit: BATCH_SIZE };
    const piece = await store.read(() => load('employees-from', about));
    yield piece.map(({ employee }) => employee).filter((one) => isMember(one) && seesEmployee(range, one));
    if (piece.length < BATCH_SIZE) return;
    after = piece.at(-1)?.place ?? after;
  }
}

/** The members and departments of a tag that the app may see. */
export async function tagRows(
  caller: Caller,
  tag: Tag,
  store: Store,
): Promise<{ readonly users: readonly object[]; readonly parties: readonly number[] }> {
  const members = await store.read(() => membersNamed(caller, tag.userids));
  const users = tag.userids.flatMap((userid) => {
    const member = members.get(foldUserid(userid));
    if (member === undefined || checkMemberVisible(caller, member) !== null) return [];
    return [{ userid: useridOf(member), name: member.name.value }];
  });
  const range = visibleRange(caller.tenant, caller.app);
  const parties = tag.department_ids.filter((id) => {
    const department = caller.tenant.departments.by(DEPARTMENT_ID, String(id));
    return department !== undefined && seesDepartment(range, department.id);
  });
  return { users, parties };
}
