import type { Employee } from '../../../../directory/employees/employee.ts';
import { load, type StoreTask } from '../../../../directory/store.ts';
import { holdsAny, type Caller } from '../../auth/caller.ts';
import type { IdKinds } from '../../auth/guarded-route.ts';
import { peopleIn } from '../../model/custom-fields.ts';
import { founderOf } from '../../model/founder.ts';
import { employeeIdOf } from '../../model/ids.ts';
import { EMAIL_IN_PATCH, USER_FIELDS, type UserField } from '../../protocol/contact/user-fields.ts';
import { serializeUser, type UserView } from './view.ts';

/** Operations that show users, each with fields of its own. */
export type UserAnswer = 'get' | 'batch' | 'list' | 'create' | 'patch' | 'put';

/** What only some operations show. [contract feishu-contact.md 2.1, 2.2] */
const SHOWN_BY: { readonly [Field in UserField]?: readonly UserAnswer[] } = {
  is_frozen: ['batch', 'list', 'create', 'patch', 'put'],
  avatar_key: ['create', 'patch', 'put'],
  assign_info: ['get'],
  subscription_ids: ['get', 'list', 'create', 'patch', 'put'],
  department_path: ['get', 'list'],
};

const EVERY_FIELD = Object.keys(USER_FIELDS) as readonly UserField[];

/** The fields that an operation shows to a caller. */
export function fieldsFor(caller: Caller, answer: UserAnswer): readonly UserField[] {
  return EVERY_FIELD.filter((field) => {
    if (SHOWN_BY[field]?.includes(answer) === false) return false;
    // A path is returned to users only.
    if (field === 'department_path' && caller.user === null) return false;
    const scopes = field === 'email' && answer === 'patch' ? EMAIL_IN_PATCH : USER_FIELDS[field];
    return holdsAny(caller, scopes);
  });
}

/** Finds out what showing these employees needs, and shows them. */
export function* showUsers(
  caller: Caller,
  employees: readonly Employee[],
  answer: UserAnswer,
  { idKind, departmentKind }: Pick<IdKinds, 'idKind' | 'departmentKind'>,
  origin: string,
): StoreTask<readonly object[]> {
  const { tenant, ids: reader } = caller;
  const fields = fieldsFor(caller, answer);
  const people = new Map(employees.map((employee) => [employee.id, employee]));
  const needed = employees
    .flatMap((employee) => referencedBy(employee, caller, fields))
    .filter((id) => !people.has(id));
  if (needed.length > 0) {
    const found = yield* load('employees-by-id', { tenant: tenant.number, ids: [...new Set(needed)] });
    for (const [id, employee] of found) people.set(id, employee);
  }
  const view: UserView = {
    tenant,
    reader,
    departmentKind,
    fields,
    origin,
    founder: fields.includes('is_tenant_manager') ? yield* founderOf(tenant) : null,
    idOf: (id) => {
      const employee = people.get(id);
      return employee === undefined ? undefined : employeeIdOf(employee, idKind, reader, tenant);
    },
  };
  return employees.map((employee) => serializeUser(employee, view));
}

/** Own ids of others that showing an employee needs. */
function referencedBy(
  { leader, dottedLeaders, custom }: Employee,
  { tenant }: Caller,
  fields: readonly UserField[],
): readonly string[] {
  const needed: string[] = [];
  if (leader !== null && fields.includes('leader_user_id')) needed.push(leader);
  if (fields.includes('dotted_line_leader_user_ids')) needed.push(...dottedLeaders);
  if (fields.includes('custom_attrs')) {
    for (const [id, value] of Object.entries(custom)) {
      const type = tenant.customFields.get(id)?.type;
      if (type === 'person' || type === 'people') needed.push(...peopleIn(value));
    }
  }
  return needed;
}
