import type { Employee } from '../../../directory/employees/employee.ts';
import { load, type StoreTask } from '../../../directory/store.ts';
import { holdsAny, type Caller } from '../auth/caller.ts';
import { attributesOf } from '../employees/contact/attributes-view.ts';
import { serializeUser, type UserView } from '../employees/contact/view.ts';
import { peopleIn } from '../model/custom-fields.ts';
import { employeeIdOf, type EmployeeIdKind } from '../model/ids.ts';
import { settingsOf } from '../model/settings.ts';
import { USER_FIELDS, type UserField } from '../protocol/contact/user-fields.ts';
import { HOST } from '../protocol/envelope.ts';

/**
 * Members of a user in an event, each with the scopes that show it. Two may be seen with a scope more than a read asks
 * for. [public: c3/user/events/updated, contract feishu-contact.md 6.3]
 */
const MEMBERS = {
  open_id: USER_FIELDS.open_id,
  union_id: USER_FIELDS.union_id,
  user_id: USER_FIELDS.user_id,
  name: USER_FIELDS.name,
  en_name: USER_FIELDS.en_name,
  nickname: USER_FIELDS.nickname,
  email: USER_FIELDS.email,
  enterprise_email: [...USER_FIELDS.enterprise_email, 'contact:user.base:readonly'],
  job_title: USER_FIELDS.job_title,
  mobile: USER_FIELDS.mobile,
  gender: USER_FIELDS.gender,
  avatar: USER_FIELDS.avatar,
  status: USER_FIELDS.status,
  department_ids: USER_FIELDS.department_ids,
  leader_user_id: [...USER_FIELDS.leader_user_id, 'contact:user.employee:readonly'],
  city: USER_FIELDS.city,
  country: USER_FIELDS.country,
  work_station: USER_FIELDS.work_station,
  join_time: USER_FIELDS.join_time,
  employee_no: USER_FIELDS.employee_no,
  employee_type: USER_FIELDS.employee_type,
  orders: USER_FIELDS.orders,
  custom_attrs: USER_FIELDS.custom_attrs,
  job_level_id: USER_FIELDS.job_level_id,
  job_family_id: USER_FIELDS.job_family_id,
  dotted_line_leader_user_ids: USER_FIELDS.dotted_line_leader_user_ids,
} as const satisfies Partial<Readonly<Record<UserField, readonly string[]>>>;

/** One member of a user in an event. */
export type UserMember = keyof typeof MEMBERS;

/** A user as an event has it, all of its members or some. */
export type UserObject = Readonly<Partial<Record<UserMember, unknown>>>;

const ALL = Object.keys(MEMBERS) as readonly UserMember[];

/** Returns an employee with every member, whatever the app may see. */
export type ShowUser = (employee: Employee) => UserObject;

/** Finds out what showing states of an employee needs, and returns what shows them. */
export function* userShower(caller: Caller, states: readonly (Employee | null)[]): StoreTask<ShowUser> {
  const { tenant, ids: reader } = caller;
  const needed = states.flatMap((state) => (state === null ? [] : referencedBy(state, caller)));
  const people =
    needed.length === 0
      ? new Map<string, Employee>()
      : yield* load('employees-by-id', { tenant: tenant.number, ids: [...new Set(needed)] });
  const idOf = (kind: EmployeeIdKind) => (id: string) => {
    const employee = people.get(id);
    return employee === undefined ? undefined : employeeIdOf(employee, kind, reader, tenant);
  };
  const view: UserView = {
    tenant,
    reader,
    // Whatever kinds of ids the app uses. [contract feishu-contact.md 6.3]
    departmentKind: 'open_department_id',
    fields: ALL.filter((member) => member !== 'custom_attrs'),
    // There is no request that shows the app's way here: the platform's own host, which a proxy leads here.
    origin: HOST[settingsOf(tenant).brand],
    founder: null,
    idOf: idOf('open_id'),
  };
  return (employee) => {
    // A person in a custom field is named by user_id. [contract feishu-contact.md 6.3]
    const custom_attrs = attributesOf(employee, tenant, idOf('employee_id'));
    return { ...serializeUser(employee, view), ...(custom_attrs === undefined ? {} : { custom_attrs }) };
  };
}

/** Keeps the members that the app holds a scope for. */
export function visibleMembers(caller: Caller, shown: UserObject): UserObject {
  return Object.fromEntries(
    Object.entries(shown).filter(([member]) => holdsAny(caller, MEMBERS[member as UserMember])),
  );
}

function referencedBy({ leader, dottedLeaders, custom }: Employee, { tenant }: Caller): readonly string[] {
  const people = Object.entries(custom).flatMap(([id, value]) => {
    const type = tenant.customFields.get(id)?.type;
    return type === 'person' || type === 'people' ? peopleIn(value) : [];
  });
  return [...(leader === null ? [] : [leader]), ...dottedLeaders, ...people];
}
