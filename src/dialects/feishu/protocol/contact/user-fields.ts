import { LEGACY } from '../operations.ts';

const EMPLOYEE = ['contact:user.employee:readonly', ...LEGACY];
const DEPARTMENT = ['contact:user.department:readonly', ...LEGACY];
const BASE = ['contact:user.base:readonly', ...LEGACY];

/** Which scopes show which field of a user; any one is enough, none at all is asked for an empty list. [contract feishu-contact.md 2.2] */
export const USER_FIELDS = {
  open_id: [],
  union_id: [],
  user_id: ['contact:user.employee_id:readonly'],
  name: BASE,
  en_name: BASE,
  nickname: BASE,
  avatar: BASE,
  description: BASE,
  email: ['contact:user.email:readonly'],
  mobile: ['contact:user.phone:readonly'],
  mobile_visible: [],
  gender: ['contact:user.gender:readonly', ...LEGACY],
  avatar_key: [],
  is_frozen: [],
  department_ids: DEPARTMENT,
  leader_user_id: DEPARTMENT,
  orders: DEPARTMENT,
  status: EMPLOYEE,
  city: EMPLOYEE,
  country: EMPLOYEE,
  work_station: EMPLOYEE,
  join_time: EMPLOYEE,
  is_tenant_manager: EMPLOYEE,
  employee_type: EMPLOYEE,
  custom_attrs: EMPLOYEE,
  enterprise_email: EMPLOYEE,
  job_title: EMPLOYEE,
  employee_no: ['contact:user.employee_number:read', ...EMPLOYEE],
  geo: ['contact:user.user_geo'],
  job_level_id: ['contact:user.job_level:readonly'],
  job_family_id: ['contact:user.job_family:readonly'],
  // The dot before `read` is the page's.
  dotted_line_leader_user_ids: ['contact:user.dotted_line_leader_info.read'],
  assign_info: ['contact:user.assign_info:read'],
  department_path: ['contact:user.department_path:readonly'],
  subscription_ids: ['contact:user.subscription_ids:write'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** One field of a user. */
export type UserField = keyof typeof USER_FIELDS;

/** The answer of patch shows a mail to one scope more. [contract feishu-contact.md 2.2] */
export const EMAIL_IN_PATCH: readonly string[] = [...USER_FIELDS.email, 'directory:employee.base.email:read'];
