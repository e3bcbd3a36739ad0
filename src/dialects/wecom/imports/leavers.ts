import type { Employee } from '../../../directory/employees/employee.ts';
import { load, type PositionedEmployee, type Store } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { Turns } from '../../../lib/turns.ts';
import { foldUserid, USERID, useridOf } from '../model/ids.ts';
import { isMember } from '../model/member-status.ts';
import { settingsIn } from '../model/settings.ts';

/** So many people are looked through together. */
const PAGE = 500;

/** Of so many members at most an import that deletes more is refused where they are most of the company. (wecom-more 6.4) */
const FEW = 50;

/** Whether an import that replaces the members would delete too many of them: 45026. (wecom-more 6.4) */
export async function deletesTooMany(
  store: Store,
  tenant: Tenant,
  named: ReadonlySet<string>,
  at: number,
): Promise<boolean> {
  const turns = new Turns();
  let present = 0;
  let leavers = 0;
  for (let after = 0, more = true; more;) {
    const about = { tenant: tenant.number, after, limit: PAGE };
    const page: readonly PositionedEmployee[] = await store.read(() => load('employees-from', about));
    for (const { employee } of page) {
      if (!isMember(employee)) continue;
      present++;
      if (!isCreator(tenant, employee) && isLeaver(employee, named, at)) leavers++;
    }
    after = page.at(-1)?.place ?? after;
    more = page.length === PAGE;
    await turns.next();
  }
  return leavers > FEW ? leavers > present * 0.2 : leavers > present * 0.8;
}

/** Whether an import that began then deletes a member: one whose userid no row has, and who was there before. */
export function isLeaver(employee: Employee, named: ReadonlySet<string>, startedAt: number): boolean {
  return isMember(employee) && employee.createdAt <= startedAt && !named.has(foldUserid(useridOf(employee)));
}

/** Whether a member is the creator of the company, who is never deleted: 301005. */
export function isCreator(tenant: Tenant, { ids }: Employee): boolean {
  const { creator } = settingsIn(tenant);
  return creator !== undefined && foldUserid(creator) === ids[USERID];
}
