import type { Employee } from '../../../directory/employees/employee.ts';
import type { OutboxRecipient } from '../../../directory/outbox.ts';
import { peopleHaving } from '../../../directory/employees/people-having.ts';
import { load, type Store } from '../../../directory/store.ts';
import type { Caller } from '../auth/caller.ts';
import { checkMemberVisible } from '../auth/member-access.ts';
import { seesDepartment, seesEmployee, visibleRange } from '../auth/visible-range.ts';
import { DEPARTMENT_ID, foldUserid, useridOf } from '../model/ids.ts';
import { isMember } from '../model/member-status.ts';
import { membersNamed, tagNumbered } from '../tags/tag.ts';

/** The recipients that a message names. */
export interface Addressed {
  readonly users: readonly string[];
  readonly parties: readonly string[];
  readonly tags: readonly string[];
}

/** Who gets it, and what of the address was bad. */
export interface Recipients {
  readonly recipients: readonly OutboxRecipient[];
  readonly invaliduser: readonly string[];
  readonly invalidparty: readonly string[];
  readonly invalidtag: readonly string[];
}

/** The most recipients of one message, also in a larger company. Our own bound. */
const MAX_RECIPIENTS = 20_000;

/** Returns the members that a message names directly, by departments with all below, and by tags, in the app's range. (wecom-more 8.2) */
export async function recipientsOf(caller: Caller, asked: Addressed, store: Store): Promise<Recipients> {
  const { tenant } = caller;
  const range = visibleRange(tenant, caller.app);
  const found = new Map<string, OutboxRecipient>();
  const add = (member: Employee): void => {
    if (isMember(member) && seesEmployee(range, member) && found.size < MAX_RECIPIENTS)
      found.set(member.id, { employee: member.id, userid: useridOf(member) });
  };
  const addUsers = async (userids: readonly string[]): Promise<readonly string[]> => {
    const members = await store.read(() => membersNamed(caller, userids));
    const bad = userids.filter((userid) => checkMemberVisible(caller, members.get(foldUserid(userid))) !== null);
    for (const userid of userids) {
      const member = members.get(foldUserid(userid));
      if (member !== undefined) add(member);
    }
    return bad;
  };
  const addParty = async (number: string): Promise<boolean> => {
    const top = tenant.departments.by(DEPARTMENT_ID, number);
    if (top === undefined || !seesDepartment(range, top.id)) return false;
    const all = [top];
    for (const department of all) {
      all.push(...tenant.departments.childrenOf(department.id));
      const having = { space: 'department', value: department.id } as const;
      for await (const people of peopleHaving(store, tenant.number, having)) people.forEach(add);
    }
    return true;
  };
  const invaliduser = (await addUsers(asked.users)).map(foldUserid);
  const invalidparty: string[] = [];
  for (const number of asked.parties) if (!(await addParty(number))) invalidparty.push(number);
  const invalidtag: string[] = [];
  for (const number of asked.tags) {
    const tag = tagNumbered(tenant, /^[0-9]{1,10}$/.test(number) ? Number(number) : undefined);
    if (tag === undefined) {
      invalidtag.push(number);
      continue;
    }
    await addUsers(tag.userids);
    for (const id of tag.department_ids) await addParty(String(id));
  }
  return { recipients: [...found.values()], invaliduser, invalidparty, invalidtag };
}

/** Everybody in the app's range, for `@all`. */
export async function everyoneInRange(caller: Caller, store: Store): Promise<readonly OutboxRecipient[]> {
  const range = visibleRange(caller.tenant, caller.app);
  const recipients: OutboxRecipient[] = [];
  for (let after = 0; ;) {
    const about = { tenant: caller.tenant.number, after, limit: 100 };
    const piece = await store.read(() => load('employees-from', about));
    for (const { employee } of piece)
      if (isMember(employee) && seesEmployee(range, employee) && recipients.length < MAX_RECIPIENTS)
        recipients.push({ employee: employee.id, userid: useridOf(employee) });
    if (piece.length < 100) return recipients;
    after = piece.at(-1)?.place ?? after;
  }
}
