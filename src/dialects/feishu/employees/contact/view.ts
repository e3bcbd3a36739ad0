import type { Employee } from '../../../../directory/employees/employee.ts';
import { e164 } from '../../../../directory/employees/phone.ts';
import type { CatalogName } from '../../../../directory/catalog.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import { dayInChina, startOfDayInChina } from '../../../../lib/time/day.ts';
import { feishuOf } from '../../model/employee-extension.ts';
import { departmentIdOf, employeeIdOf, entryIdOf, type DepartmentIdKind, type IdReader } from '../../model/ids.ts';
import { settingsOf } from '../../model/settings.ts';
import type { UserField } from '../../protocol/contact/user-fields.ts';
import { localizedTextOf } from '../../protocol/localized-text.ts';
import { imageUrl, memberships } from '../read/view.ts';
import { attributesOf } from './attributes-view.ts';
import { statusOf } from './status.ts';

/** What showing users of the contact API needs beside their records. */
export interface UserView {
  readonly tenant: Tenant;
  readonly reader: IdReader;
  readonly departmentKind: DepartmentIdKind;
  /** The fields that are shown, by what the caller holds and what the operation tells. */
  readonly fields: readonly UserField[];
  /** This server's address as the caller sees it, for links to images. */
  readonly origin: string;
  /** Own id of the founder; null where it was not loaded. */
  readonly founder: string | null;
  /** The id of an employee in the kind asked for; undefined where there is no such employee. */
  readonly idOf: (employee: string) => string | undefined;
}

type Show = (employee: Employee, view: UserView) => unknown;

/** How each field follows from the record. [contract feishu-contact.md 2.1] */
const SHOWN: Readonly<Record<UserField, Show>> = {
  open_id: (employee, { reader, tenant }) => employeeIdOf(employee, 'open_id', reader, tenant),
  union_id: (employee, { reader, tenant }) => employeeIdOf(employee, 'union_id', reader, tenant),
  user_id: (employee, { reader, tenant }) => employeeIdOf(employee, 'employee_id', reader, tenant),
  name: ({ name }) => name.value,
  en_name: ({ name }) => name.i18n['en-US'] ?? '',
  nickname: ({ alias }) => alias ?? '',
  email: ({ email }) => email ?? '',
  mobile: ({ mobile }) => (mobile === null ? '' : e164(mobile)),
  mobile_visible: (employee) => feishuOf(employee).mobileVisible,
  gender: ({ gender }) => gender,
  avatar_key: (employee) => feishuOf(employee).avatarKey ?? '',
  avatar: (employee, { origin }) => {
    const url = imageUrl(feishuOf(employee).avatarKey, origin);
    return { avatar_72: url, avatar_240: url, avatar_640: url, avatar_origin: url };
  },
  status: (employee) => statusOf(employee),
  is_frozen: ({ frozen }) => frozen,
  department_ids: (employee, { tenant, departmentKind }) =>
    memberships(employee).flatMap(({ department }) => idOfDepartment(department, tenant, departmentKind) ?? []),
  orders: (employee, { tenant, departmentKind }) =>
    memberships(employee).flatMap(({ department, rank, rankAmongOwn }) => {
      const department_id = idOfDepartment(department, tenant, departmentKind);
      if (department_id === undefined) return [];
      return [
        {
          department_id,
          user_order: rank ?? 0,
          department_order: rankAmongOwn ?? 0,
          is_primary_dept: department === employee.mainDepartment,
        },
      ];
    }),
  leader_user_id: ({ leader }, { idOf }) => (leader === null ? '' : (idOf(leader) ?? '')),
  dotted_line_leader_user_ids: ({ dottedLeaders }, { idOf }) => dottedLeaders.flatMap((leader) => idOf(leader) ?? []),
  city: ({ workPlace }, { tenant }) => nameOfEntry('work-place', workPlace, tenant),
  country: ({ workCountry }, { tenant }) =>
    workCountry === null ? '' : (tenant.catalog('country').get(workCountry)?.code ?? ''),
  work_station: ({ workStation }) => workStation?.value ?? '',
  join_time: (employee) => joinTimeOf(employee),
  employee_no: ({ jobNumber }) => jobNumber ?? '',
  employee_type: ({ employmentType }) => employmentType,
  job_title: ({ jobTitle }, { tenant }) => nameOfEntry('job-title', jobTitle, tenant),
  job_level_id: ({ jobLevel }, { tenant }) => idOfEntry('job-level', jobLevel, tenant),
  job_family_id: ({ jobFamily }, { tenant }) => idOfEntry('job-family', jobFamily, tenant),
  enterprise_email: ({ enterpriseEmail }) => enterpriseEmail ?? '',
  custom_attrs: (employee, { tenant, idOf }) => attributesOf(employee, tenant, idOf),
  geo: (employee) => feishuOf(employee).geoName,
  subscription_ids: (employee) => feishuOf(employee).subscriptionIds,
  description: (employee) => feishuOf(employee).description,
  is_tenant_manager: ({ id }, { tenant, founder }) =>
    id === founder || settingsOf(tenant).administrators.some((one) => one.employee === id && one.super === true),
  assign_info: (employee, { tenant }) => assignInfoOf(employee, tenant),
  department_path: (employee, view) =>
    memberships(employee).flatMap(({ department }) => departmentPathOf(department, view) ?? []),
};

/** The employee as the contact API shows it; what the caller may not see is left out. */
export function serializeUser(employee: Employee, view: UserView): Readonly<Record<string, unknown>> {
  const shown: Record<string, unknown> = {};
  for (const field of view.fields) {
    const value = SHOWN[field](employee, view);
    if (value !== undefined) shown[field] = value;
  }
  return shown;
}

function idOfDepartment(id: string, tenant: Tenant, kind: DepartmentIdKind): string | undefined {
  const department = tenant.departments.get(id);
  return department === undefined ? undefined : departmentIdOf(department, kind);
}

function nameOfEntry(catalog: CatalogName, id: string | null, tenant: Tenant): string {
  return id === null ? '' : (tenant.catalog(catalog).get(id)?.name.value ?? '');
}

function idOfEntry(catalog: CatalogName, id: string | null, tenant: Tenant): string {
  const entry = id === null ? undefined : tenant.catalog(catalog).get(id);
  return entry === undefined ? '' : entryIdOf(entry);
}

/** The seconds as written while they fall on the record's day, else its beginning in China; 0 for none. */
function joinTimeOf(employee: Employee): number {
  const { joinDate } = employee;
  if (joinDate === null) return 0;
  const { joinTime } = feishuOf(employee);
  return joinTime !== null && dayInChina(joinTime * 1_000) === joinDate
    ? joinTime
    : startOfDayInChina(joinDate) / 1_000;
}

/** The seats of an employee; numbers and times are texts. */
function assignInfoOf(employee: Employee, tenant: Tenant): readonly object[] {
  const { subscriptionIds } = feishuOf(employee);
  const seconds = (time: string | undefined): string =>
    time === undefined ? '' : String(Math.floor(Date.parse(time) / 1_000));
  return settingsOf(tenant)
    .subscriptions.filter(({ subscription_id }) => subscriptionIds.includes(subscription_id))
    .map((one) => {
      const { zh_cn = '', ja_jp = '', en_us = '' } = one.i18n_name ?? {};
      return {
        subscription_id: one.subscription_id,
        license_plan_key: one.license_plan_key ?? '',
        product_name: one.product_name ?? '',
        i18n_name: { zh_cn, ja_jp, en_us },
        start_time: seconds(one.start_time),
        end_time: seconds(one.end_time),
      };
    });
}

/** The way from the top level down to a department; the names are joined by a slash. [proposed] */
function departmentPathOf(id: string, { tenant, departmentKind }: UserView): object | undefined {
  const department = tenant.departments.get(id);
  if (department === undefined) return undefined;
  const path = tenant.departments.pathTo(id).filter((one) => one.parent !== null || one.id === id);
  const names = path.map((one) => localizedTextOf(one.name));
  const languages = [...new Set(names.flatMap(({ i18n_value }) => Object.keys(i18n_value)))];
  const i18n_name = Object.fromEntries(
    languages.map((key) => [
      key,
      names.map(({ default_value, i18n_value }) => i18n_value[key] ?? default_value).join('/'),
    ]),
  );
  const own = localizedTextOf(department.name);
  return {
    department_id: departmentIdOf(department, departmentKind),
    department_name: { name: own.default_value, i18n_name: own.i18n_value },
    department_path: {
      department_ids: path.map((one) => departmentIdOf(one, departmentKind)),
      department_path_name: { name: names.map(({ default_value }) => default_value).join('/'), i18n_name },
    },
  };
}
