import type { CatalogEntry, CatalogName } from '../../../../directory/catalog.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import type { Membership } from '../../../../directory/employees/membership.ts';
import { e164 } from '../../../../directory/employees/phone.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import { serializeCustomValue, peopleIn } from '../../model/custom-fields.ts';
import { serializeDepartmentView, serializePath, peopleNeededBy, type DepartmentView } from '../../departments/view.ts';
import { feishuOf } from '../../model/employee-extension.ts';
import { departmentIdOf, entryIdOf } from '../../model/ids.ts';
import { isListed } from '../../model/job-entry-extension.ts';
import type { Selection } from '../../protocol/required-fields.ts';
import type { Settings } from '../../model/settings.ts';
import { localizedTextOf } from '../../protocol/localized-text.ts';

/** What showing an employee needs beside the record. */
export interface EmployeeView extends DepartmentView {
  readonly settings: Settings;
  /** Own id of the founder; null where it was not loaded. */
  readonly founder: string | null;
  /** This server's address as the caller sees it, for links to images. */
  readonly origin: string;
}

type Show = (employee: Employee, view: EmployeeView, members: ReadonlySet<string>) => unknown;

/** 1 未激活, 2 激活, 3 冻结, 4 主动退出, 5 未加入 [public: dir/employee/mget] */
const ACTIVE_STATUS = { 'not-activated': 1, active: 2, exited: 4, 'not-joined': 5 } as const;
const FROZEN = 3;

/** 1 在职, 2 离职, 3 待入职, 4 取消入职, 5 待离职 [public: dir/employee/mget] */
const STAFF_STATUS = {
  probation: 1,
  regular: 1,
  resigned: 2,
  'pre-hire': 3,
  'pre-hire-cancelled': 4,
  'pre-resigned': 5,
} as const;

/** Returns the platform's number for an employment status. */
export function staffStatusOf({ status }: Employee): number {
  return STAFF_STATUS[status];
}

/** The main department first, then by weight; someone who left has none any more. */
export function memberships({ departments, mainDepartment, status }: Employee): readonly Membership[] {
  if (status === 'resigned') return [];
  const weight = ({ department, rankAmongOwn }: Membership): number =>
    department === mainDepartment ? Number.POSITIVE_INFINITY : (rankAmongOwn ?? 0);
  return departments.length < 2 ? departments : [...departments].sort((a, b) => compare(weight(b), weight(a)));
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

const BASE: Readonly<Record<string, Show>> = {
  name: ({ name, alias }, _, members) => ({
    ...(members.has('name') ? { name: localizedTextOf(name) } : {}),
    ...(members.has('another_name') ? { another_name: alias ?? '' } : {}),
  }),
  mobile: ({ mobile }) => (mobile === null ? '' : e164(mobile)),
  email: ({ email }) => email ?? '',
  enterprise_email: ({ enterpriseEmail }) => enterpriseEmail ?? '',
  enterprise_email_aliases: ({ enterpriseEmailAliases }) => enterpriseEmailAliases,
  gender: ({ gender }) => gender,
  departments: (employee, view, members) =>
    memberships(employee).flatMap(({ department }) => {
      const one = view.tenant.departments.get(department);
      return one === undefined ? [] : [serializeDepartmentView(one, members, view)];
    }),
  employee_order_in_departments: (employee, { tenant, departmentKind }) =>
    memberships(employee).flatMap(({ department, rank, rankAmongOwn }) => {
      const one = tenant.departments.get(department);
      if (one === undefined) return [];
      // A missing weight counts as 0 when departments are sorted, so 0 is what it is. [derived, contract 2.3.3]
      return [
        {
          department_id: departmentIdOf(one, departmentKind),
          order_weight_in_deparment: String(rank ?? 0),
          order_weight_among_deparments: String(rankAmongOwn ?? 0),
        },
      ];
    }),
  description: (employee) => feishuOf(employee).description,
  active_status: ({ frozen, activation }) => (frozen ? FROZEN : ACTIVE_STATUS[activation]),
  is_resigned: ({ status }) => status === 'resigned',
  leader_id: ({ leader }, { idOf }) => (leader === null ? '' : (idOf(leader) ?? '')),
  dotted_line_leader_ids: ({ dottedLeaders }, { idOf }) => dottedLeaders.flatMap((leader) => idOf(leader) ?? []),
  is_primary_admin: ({ id }, { founder, settings }) =>
    id === founder || settings.administrators.some((one) => one.employee === id && one.super === true),
  is_admin: ({ id }, { settings }) => settings.administrators.some((one) => one.employee === id && one.super !== true),
  custom_field_values: ({ custom }, { tenant, idOf }) =>
    Object.entries(custom).flatMap(([id, value]) => {
      const field = tenant.customFields.get(id);
      return field === undefined ? [] : (serializeCustomValue(field, value, idOf) ?? []);
    }),
  department_path_infos: (employee, view) =>
    memberships(employee).flatMap(({ department }) => {
      const one = view.tenant.departments.get(department);
      return one === undefined ? [] : [serializePath(one, view)];
    }),
  resign_time: ({ leftOn }) => leftOn ?? '',
  avatar: (employee, { origin }) => {
    const url = imageUrl(feishuOf(employee).avatarKey, origin);
    return { avatar_72: url, avatar_240: url, avatar_640: url, avatar_origin: url };
  },
  background_image: (employee, { origin }) => imageUrl(feishuOf(employee).backgroundImageKey, origin),
  data_source: (employee) => feishuOf(employee).dataSource,
  geo_name: (employee) => feishuOf(employee).geoName,
  subscription_ids: (employee) => feishuOf(employee).subscriptionIds,
};

/** The address under which this server shows an image; empty for none. */
export function imageUrl(key: string | null, origin: string): string {
  return key === null ? '' : `${origin}/open-apis/im/v1/images/${encodeURIComponent(key)}`;
}

const NO_WORDS = { default_value: '', i18n_value: {} } as const;

const WORK: Readonly<Record<string, Show>> = {
  work_country_or_region: ({ workCountry }, { tenant }) => {
    const country = workCountry === null ? undefined : tenant.catalog('country').get(workCountry);
    return country === undefined ? '' : entryIdOf(country);
  },
  work_place: ({ workPlace }, view, members) => serializeEntry('work-place', workPlace, view, members, 'place'),
  work_station: ({ workStation }) => (workStation === null ? NO_WORDS : localizedTextOf(workStation)),
  job_number: ({ jobNumber }) => jobNumber ?? '',
  extension_number: ({ extensionNumber }) => extensionNumber ?? '',
  join_date: ({ joinDate }) => joinDate ?? '',
  employment_type: ({ employmentType }) => employmentType,
  staff_status: staffStatusOf,
  job_title: ({ jobTitle }, view, members) => serializeEntry('job-title', jobTitle, view, members, 'job_title'),
  job_level: ({ jobLevel }, view, members) => serializeEntry('job-level', jobLevel, view, members, 'job_level'),
  job_family: ({ jobFamily }, view, members) => serializeEntry('job-family', jobFamily, view, members, 'job_family'),
  resign_date: (employee) => feishuOf(employee).resignDate ?? '',
  resign_remark: (employee) => feishuOf(employee).resignRemark,
  resign_reason: (employee) => feishuOf(employee).resignReason,
  resign_type: (employee) => feishuOf(employee).resignType,
};

/** The id of no entry. [public: dir/employee/resources-introduction] */
const NO_ENTRY = '0';

/** An entry of a shared list. */
function serializeEntry(
  catalog: CatalogName,
  id: string | null,
  { tenant }: EmployeeView,
  members: ReadonlySet<string>,
  prefix: string,
): object {
  const entry = id === null ? undefined : tenant.catalog(catalog).get(id);
  const shown: Record<string, unknown> = {};
  for (const member of members) shown[member] = entryMember(member, entry, tenant, prefix);
  return shown;
}

function entryMember(member: string, entry: CatalogEntry | undefined, tenant: Tenant, prefix: string): unknown {
  switch (member) {
    case 'is_enabled':
      return entry?.enabled ?? false;
    case 'is_deleted':
      return entry !== undefined && !isListed(entry);
    case 'order':
      return String(entry?.order ?? 0);
    case 'parent_job_family_id': {
      const { parent = null, catalog = 'job-family' } = entry ?? {};
      const above = parent === null ? undefined : tenant.catalog(catalog).get(parent);
      return above === undefined ? NO_ENTRY : entryIdOf(above);
    }
    case 'description':
      return NO_WORDS;
    case `${prefix}_id`:
      return entry === undefined ? NO_ENTRY : entryIdOf(entry);
    default:
      return entry === undefined ? NO_WORDS : localizedTextOf(entry.name);
  }
}

/** The employee as reads show it: what was selected, and always its id in the kind asked for. */
export function serializeEmployeeView(employee: Employee, selection: Selection, view: EmployeeView): object {
  const work_info = serializeSection(employee, selection.work_info, WORK, view);
  return {
    base_info: {
      employee_id: view.idOf(employee.id) ?? '',
      ...serializeSection(employee, selection.base_info, BASE, view),
    },
    ...(selection.work_info.size === 0 ? {} : { work_info }),
  };
}

const ALL: ReadonlySet<string> = new Set();

function serializeSection(
  employee: Employee,
  fields: Selection['base_info'],
  shows: Readonly<Record<string, Show>>,
  view: EmployeeView,
): Readonly<Record<string, unknown>> {
  const shown: Record<string, unknown> = {};
  for (const [name, members] of fields) {
    const show = shows[name];
    if (show !== undefined) shown[name] = show(employee, view, members ?? ALL);
  }
  return shown;
}

/** Own ids of other employees that showing this one needs, so that all of a page are asked for at once. */
export function referencedEmployeeIds(
  employee: Employee,
  { base_info }: Selection,
  view: Pick<EmployeeView, 'tenant'>,
): string[] {
  const needed: string[] = [];
  if (base_info.has('leader_id') && employee.leader !== null) needed.push(employee.leader);
  if (base_info.has('dotted_line_leader_ids')) needed.push(...employee.dottedLeaders);
  if (base_info.has('custom_field_values')) {
    for (const [id, value] of Object.entries(employee.custom)) {
      const type = view.tenant.customFields.get(id)?.type;
      if (type === 'person' || type === 'people') needed.push(...peopleIn(value));
    }
  }
  const members = base_info.get('departments') ?? ALL;
  if (members.has('leaders') || members.has('department_count') || members.has('custom_field_values')) {
    for (const { department } of employee.departments) {
      const one = view.tenant.departments.get(department);
      if (one !== undefined) needed.push(...peopleNeededBy(one, members, view.tenant));
    }
  }
  return needed;
}
