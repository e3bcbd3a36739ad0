import type { Account } from '../../directory/auth/account.ts';
import type { CatalogEntry, CatalogName } from '../../directory/catalog.ts';
import type { CustomField } from '../../directory/custom-field.ts';
import type { Department } from '../../directory/departments/department.ts';
import type { Employee } from '../../directory/employees/employee.ts';
import { e164, phoneFromE164, type Phone } from '../../directory/employees/phone.ts';
import type { LocalText } from '../../directory/text.ts';
import type { TenantContents } from '../../directory/store.ts';
import type { TenantData } from '../../directory/tenant.ts';
import { CATALOG_LISTS, type Platform } from '../schema.ts';

/** Returns what a file says of the company itself. */
export function companyPart(
  parts: Pick<TenantData, 'key' | 'name' | 'state' | 'secondLocale' | 'loginRealm' | 'sandbox' | 'targets'> & Times,
): object {
  return {
    key: parts.key,
    name: parts.name,
    state: parts.state === 'dissolved' ? 'dissolved' : undefined,
    second_locale: parts.secondLocale === 'en-US' ? undefined : parts.secondLocale,
    login_realm: parts.loginRealm,
    sandbox: parts.sandbox,
    targets: parts.targets,
    ...times(parts),
  };
}

interface Times {
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Returns a department as a file gives it. */
export function departmentPart(department: Department, dialects: readonly Platform[]): unknown {
  return {
    id: department.id,
    name: text(department.name),
    parent: department.parent ?? undefined,
    code: department.code === '' ? undefined : department.code,
    enabled: department.enabled ? undefined : false,
    external: department.external ? true : undefined,
    order: department.order === 0 ? undefined : department.order,
    leaders: listOrNothing(
      department.leaders.map(({ employee, deputy }) => ({ employee, deputy: deputy ? true : undefined })),
    ),
    ...times(department),
    ...platforms(dialects, (section) => section.writeDepartment(department)),
  };
}

/** Returns an entry of a list as a file gives it. */
export function catalogEntryPart(entry: CatalogEntry, dialects: readonly Platform[]): unknown {
  return {
    id: entry.id,
    name: text(entry.name),
    code: entry.code === '' ? undefined : entry.code,
    enabled: entry.enabled ? undefined : false,
    parent: entry.parent ?? undefined,
    order: entry.order === 0 ? undefined : entry.order,
    ...times(entry),
    ...platforms(dialects, (section) => section.writeCatalogEntry(entry)),
  };
}

/** Returns a custom field as a file gives it. */
export function customFieldPart(field: CustomField, dialects: readonly Platform[]): unknown {
  return {
    id: field.id,
    name: text(field.name),
    type: field.type,
    enabled: field.enabled ? undefined : false,
    catalog: field.catalog === null ? undefined : listName(field.catalog),
    options: listOrNothing(
      field.options.map((option) => ({
        id: option.id,
        name: text(option.name),
        enabled: option.enabled ? undefined : false,
        picture: option.picture ? true : undefined,
      })),
    ),
    ...platforms(dialects, (section) => section.writeCustomField(field)),
  };
}

/** Returns what a file calls a list. */
export function listName(catalog: CatalogName): string {
  return Object.entries(CATALOG_LISTS).find(([, name]) => name === catalog)?.[0] ?? catalog;
}

const GENDERS = [undefined, 'male', 'female', 'other'] as const;

/** Returns an employee as a file gives it. */
export function employeePart(
  employee: Employee,
  accounts: TenantContents['accounts'],
  dialects: readonly Platform[],
): object {
  const account: Account | undefined = employee.account === null ? undefined : accounts.get(employee.account);
  return {
    id: employee.id,
    name: text(employee.name),
    alias: employee.alias ?? undefined,
    gender: GENDERS[employee.gender],
    mobile: employee.mobile === null ? undefined : phoneText(employee.mobile),
    email: employee.email ?? undefined,
    enterprise_email: employee.enterpriseEmail ?? undefined,
    enterprise_email_aliases: listOrNothing(employee.enterpriseEmailAliases),
    telephone: employee.telephone ?? undefined,
    extension_number: employee.extensionNumber ?? undefined,
    departments: employee.departments.map(({ department, rank, rankAmongOwn }) =>
      rank === null && rankAmongOwn === null
        ? department
        : { id: department, rank: rank ?? undefined, rank_among_own: rankAmongOwn ?? undefined },
    ),
    main_department:
      employee.mainDepartment === (employee.departments[0]?.department ?? null) ? undefined : employee.mainDepartment,
    leader: employee.leader ?? undefined,
    dotted_leaders: listOrNothing(employee.dottedLeaders),
    job_number: employee.jobNumber ?? undefined,
    job_title: employee.jobTitle ?? undefined,
    job_level: employee.jobLevel ?? undefined,
    job_family: employee.jobFamily ?? undefined,
    work_place: employee.workPlace ?? undefined,
    work_country: employee.workCountry ?? undefined,
    work_station: employee.workStation === null ? undefined : text(employee.workStation),
    employment_type: employee.employmentType === 0 ? undefined : employee.employmentType,
    join_date: employee.joinDate ?? undefined,
    note: employee.note ?? undefined,
    status: employee.status === 'regular' ? undefined : employee.status,
    left_on: employee.leftOn ?? undefined,
    activation: employee.activation === 'active' ? undefined : employee.activation,
    frozen: employee.frozen ? true : undefined,
    seated: employee.seated === (employee.status !== 'resigned') ? undefined : employee.seated,
    external: employee.external ? true : undefined,
    account:
      account === undefined
        ? undefined
        : { id: account.id, mobile: account.mobile ?? undefined, email: account.email ?? undefined },
    custom: Object.keys(employee.custom).length === 0 ? undefined : employee.custom,
    ...times(employee),
    ...platforms(dialects, (section) => section.writeEmployee(employee)),
  };
}

function platforms(dialects: readonly Platform[], write: (section: Platform['company']) => unknown): object {
  return Object.fromEntries(dialects.map(({ name, company }) => [name, write(company)]));
}

function times(thing: Times): object {
  return { created_at: new Date(thing.createdAt).toISOString(), updated_at: new Date(thing.updatedAt).toISOString() };
}

function text(value: LocalText): unknown {
  return Object.keys(value.i18n).length === 0 ? value.value : value;
}

/** Compact where that is read back as the same number; with a space after the dialling code where it would not be. */
function phoneText(phone: Phone): string {
  const compact = e164(phone);
  const read = phoneFromE164(compact);
  return read !== null && read.country === phone.country ? compact : `+${phone.country} ${phone.number}`;
}

/** Returns a list that is not empty. */
function listOrNothing<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : items;
}

/** The same without members that are undefined, at any depth, and without platforms that had nothing to say. */
export function withoutAbsent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAbsent);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, withoutAbsent(member)]),
  );
}
