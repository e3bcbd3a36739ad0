import { isInService, type Employee } from '../../../directory/employees/employee.ts';
import type { StoreTask } from '../../../directory/store.ts';
import { deepEqual } from '../../../lib/json-equal.ts';
import type { Caller } from '../auth/caller.ts';
import type { EventContent } from './envelope.ts';
import { userShower, visibleMembers, type UserMember, type UserObject } from './user-object.ts';

/** Changes of these go in an event of their own. [public: c3/user/events/updated, contract feishu-contact.md 6.3] */
const ALONE: readonly UserMember[] = ['mobile', 'email'];
/** The page of the event does not list it in `old_object`. [contract feishu-contact.md 6.3] */
const NOT_AMONG_OLD: readonly UserMember[] = ['enterprise_email'];

/** Returns the events of the contact API about an employee, in order. [contract feishu-contact.md 6.2, 6.3] */
export function* userEvents(
  caller: Caller,
  before: Employee | null,
  after: Employee | null,
): StoreTask<readonly EventContent[]> {
  const was = here(before);
  const is = here(after);
  if (was === null && is === null) return [];
  const show = yield* userShower(caller, [was, is ?? was]);
  const visible = (shown: UserObject): UserObject => visibleMembers(caller, shown);
  if (is === null) return was === null ? [] : [deleted(show(was), show({ ...(after ?? was), ...GONE }), visible)];
  if (was === null) return [{ type: 'contact.user.created_v3', event: { object: visible(show(is)) } }];
  const old = show(was);
  const object = show(is);
  const changed = Object.keys({ ...old, ...object }).filter(
    (member) => !deepEqual(old[member as UserMember], object[member as UserMember]),
  ) as UserMember[];
  const together = changed.filter((member) => !ALONE.includes(member));
  const alone = ALONE.filter((member) => changed.includes(member)).map((member) => [member]);
  return [...(together.length === 0 ? [] : [together]), ...alone].map((members): EventContent => {
    const reply = members.filter((member) => !NOT_AMONG_OLD.includes(member));
    const old_object = Object.fromEntries(reply.flatMap((member) => (member in old ? [[member, old[member]]] : [])));
    return { type: 'contact.user.updated_v3', event: { object: visible(object), old_object: visible(old_object) } };
  });
}

/** Whether the contacts show the employee: someone who has not come yet, or has left, is not among them. */
function here(employee: Employee | null): Employee | null {
  return employee !== null && isInService(employee) ? employee : null;
}

/** A record that was removed is one of somebody who left. */
const GONE = { status: 'resigned' } as const satisfies Partial<Employee>;

/** Departments are named in `old_object` alone. [public: c3/user/events/deleted, contract feishu-contact.md 6.2] */
function deleted(old: UserObject, object: UserObject, visible: (shown: UserObject) => UserObject): EventContent {
  return {
    type: 'contact.user.deleted_v3',
    event: {
      object: visible({ ...object, department_ids: [] }),
      old_object: visible({ department_ids: old.department_ids, open_id: old.open_id }),
    },
  };
}
