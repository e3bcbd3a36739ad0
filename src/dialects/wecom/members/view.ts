import type { Department } from '../../../directory/departments/department.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import type { Phone } from '../../../directory/employees/phone.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { Caller } from '../auth/caller.ts';
import { departmentIdOf, useridOf } from '../model/ids.ts';
import { isMember, memberStatusOf } from '../model/member-status.ts';
import { appSettings, isGivenSensitiveFields } from '../model/app-settings.ts';
import { settingsIn } from '../model/settings.ts';
import { attributesOf } from './attribute-fields.ts';
import { aliasesOf } from './mailbox-fields.ts';
import { positionOf } from './position-field.ts';
import { wecomOf, type Contacts, type JsonObject } from '../protocol/wire.ts';
import { seesDepartment, seesEmployee, visibleRange } from '../auth/visible-range.ts';

/** A rank among siblings is 0 to 2³²−1, larger first. https://developer.work.weixin.qq.com/document/path/90205 */
const MAX_ORDER = 0xffff_ffff;

/** A member as 读取成员 tells it to an app. */
export function memberOf(
  { tenant, app }: Caller,
  employee: Employee,
  leader: Employee | undefined,
  isGiven = isGivenSensitiveFields(appSettings(app)),
): JsonObject {
  const range = visibleRange(tenant, app);
  const departments = employee.departments.flatMap(({ department, rank }) => {
    const known = tenant.departments.get(department);
    return known !== undefined && seesDepartment(range, known.id) ? [{ known, rank }] : [];
  });
  const main = departments.find(({ known }) => known.id === employee.mainDepartment);
  const leads = (department: Department): boolean => department.leaders.some((one) => one.employee === employee.id);
  const isLeaderShown = leader !== undefined && isMember(leader) && seesEmployee(range, leader);
  const hasGender = !isGiven && settingsIn(tenant).withheld_gender === 'zero';
  return {
    userid: useridOf(employee),
    name: employee.name.value,
    department: departments.map(({ known }) => departmentIdOf(known)),
    order: departments.map(({ rank }) => orderOf(rank)),
    position: positionOf(tenant, employee),
    ...(isGiven ? sensitivePart(employee) : hasGender ? { gender: '0' } : {}),
    is_leader_in_dept: departments.map(({ known }) => (leads(known) ? 1 : 0)),
    direct_leader: isLeaderShown ? [useridOf(leader)] : [],
    ...contactsTold(wecomOf(employee).contacts, isGiven),
    telephone: employee.telephone ?? '',
    alias: employee.alias ?? '',
    ...(main === undefined ? {} : { main_department: departmentIdOf(main.known) }),
    extattr: { attrs: attributesOf(tenant, employee) },
    status: memberStatusOf(employee),
  };
}

/** A member as 获取部门成员详情 tells it. https://developer.work.weixin.qq.com/document/path/90201 */
export function listedMemberOf(caller: Caller, employee: Employee, leader: Employee | undefined): JsonObject {
  const english_name = employee.name.i18n[caller.tenant.parts.secondLocale] ?? '';
  return { ...memberOf(caller, employee, leader), english_name };
}

/** A member as 获取部门成员 tells it. https://developer.work.weixin.qq.com/document/path/90200 */
export function simpleMemberOf({ tenant, app }: Caller, employee: Employee): object {
  const range = visibleRange(tenant, app);
  const department = employee.departments.flatMap((membership) => {
    const known = tenant.departments.get(membership.department);
    return known !== undefined && seesDepartment(range, known.id) ? [departmentIdOf(known)] : [];
  });
  return { userid: useridOf(employee), name: employee.name.value, department };
}

/** What 更新成员 left here and no other platform knows, as it was given. [proposed] */
function contactsTold(contacts: Contacts | undefined, isGiven: boolean): object {
  if (contacts === undefined) return {};
  const { position: _told, biz_mail_alias: _older, address, ...others } = contacts;
  return isGiven && address !== undefined ? { address, ...others } : others;
}

/** What a member may give an app when signing in; pictures are not kept. (wecom-more 9.5) */
export function sensitiveValues(employee: Employee): JsonObject {
  const { mobile, gender, email, biz_mail } = sensitivePart(employee);
  const address = wecomOf(employee).contacts?.['address'];
  return { mobile, gender, email, biz_mail, address: typeof address === 'string' ? address : '' };
}

/** What apps made after 2022-06-20 are not given. https://developer.work.weixin.qq.com/document/path/90196 */
function sensitivePart(employee: Employee) {
  const item = aliasesOf(employee);
  return {
    mobile: employee.mobile === null ? '' : numberOf(employee.mobile),
    // A string here, a number in the roster; the third gender that another platform knows is 未定义.
    gender: employee.gender === 3 ? '0' : String(employee.gender),
    email: employee.email ?? '',
    biz_mail: employee.enterpriseEmail ?? '',
    ...(item.length === 0 ? {} : { biz_mail_alias: { item } }),
  };
}

/** Mainland numbers bare, others with their code. [public: 90196 sample; others proposed] */
function numberOf({ country, number }: Phone): string {
  return country === '86' ? number : `+${country}${number}`;
}

/** A department as 获取部门列表 tells it. */
export function departmentOf(
  { tenant }: Caller,
  department: Department,
  leaders: ReadonlyMap<string, Employee>,
): object {
  const english = department.name.i18n[tenant.parts.secondLocale];
  return {
    id: departmentIdOf(department),
    name: department.name.value,
    ...(english === undefined ? {} : { name_en: english }),
    department_leader: department.leaders.flatMap(({ employee }) => {
      const leader = leaders.get(employee);
      return leader === undefined ? [] : [useridOf(leader)];
    }),
    parentid: parentIdOf(tenant, department),
    order: orderOf(department.order),
  };
}

/** A department as 获取子部门ID列表 tells it. */
export function departmentNodeOf({ tenant }: Caller, department: Department): object {
  return {
    id: departmentIdOf(department),
    parentid: parentIdOf(tenant, department),
    order: orderOf(department.order),
  };
}

/** The root's parent is 0, as in the contacts' answers. */
function parentIdOf(tenant: Tenant, department: Department): number {
  const parent = department.parent === null ? undefined : tenant.departments.get(department.parent);
  return parent === undefined ? 0 : departmentIdOf(parent);
}

/** A rank as it is shown. */
export function orderOf(rank: number | null): number {
  return rank === null ? 0 : Math.min(Math.max(rank, 0), MAX_ORDER);
}
