import type { LiveValue } from '../../../connectors/connector.ts';
import type { CatalogName } from '../../../directory/catalog.ts';
import type { CustomValue } from '../../../directory/custom-field.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import type { EmployeePatch } from '../../../directory/employees/employee-update.ts';
import { membershipsOf } from '../../../directory/employees/membership.ts';
import { phoneFromE164 } from '../../../directory/employees/phone.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { plainText, withTranslation, withValue, type LocalText } from '../../../directory/text.ts';
import { THEIRS } from '../drift.ts';

/** Values of the live tenant as they are compared: departments and leaders by our ids, entries by name. */
export type TheirValues = ReadonlyMap<string, LiveValue>;

/** What a record becomes with them, and the fields that it cannot hold. */
export interface AcceptedPatch {
  readonly patch: EmployeePatch;
  readonly fields: readonly string[];
  readonly unknown: readonly string[];
}

const CATALOGS: Readonly<Partial<Record<string, CatalogName>>> = {
  jobTitle: 'job-title',
  jobLevel: 'job-level',
  workPlace: 'work-place',
};
const TEXTS: ReadonlySet<string> = new Set([
  'alias',
  'email',
  'enterpriseEmail',
  'jobNumber',
  'extensionNumber',
  'note',
]);
const PLAIN: ReadonlySet<string> = new Set(['joinDate', 'leader']);

/** Works out what an employee becomes with values of the live tenant. What names nothing of ours cannot be held. */
export function acceptedPatch(tenant: Tenant, before: Employee, values: TheirValues): AcceptedPatch {
  const members: Record<string, unknown> = {};
  const custom: Record<string, CustomValue | null> = {};
  const unknown: string[] = [];
  for (const [field, value] of values) {
    if (field.startsWith('custom.')) {
      custom[field.slice('custom.'.length)] = customValue(before.custom[field.slice('custom.'.length)], value);
      continue;
    }
    const found = memberOf(tenant, before, field, value, members);
    if (found === undefined) unknown.push(field);
    else Object.assign(members, found);
  }
  const isWithCustom = Object.keys(custom).length > 0;
  return {
    // Each member is made by `memberOf` in the type of the record.
    patch: { ...members, ...(isWithCustom ? { custom } : {}) } as EmployeePatch,
    fields: [...values.keys()].filter((field) => !unknown.includes(field)),
    unknown,
  };
}

/** Returns the members of the record that a value becomes; undefined where it cannot be one. */
function memberOf(
  tenant: Tenant,
  before: Employee,
  field: string,
  value: LiveValue,
  soFar: Readonly<Record<string, unknown>>,
): EmployeePatch | undefined {
  const catalog = CATALOGS[field];
  if (catalog !== undefined) return entryOf(tenant, catalog, field, value);
  if (TEXTS.has(field)) return { [field]: typeof value === 'string' ? value : cleared(before, field) };
  if (PLAIN.has(field)) return isTheirs(value) ? undefined : { [field]: value };
  const name = (soFar['name'] as LocalText | undefined) ?? before.name;
  switch (field) {
    case 'name':
      return typeof value === 'string' ? { name: withValue(name, value) } : undefined;
    case 'englishName':
      return { name: withTranslation(name, tenant.parts.secondLocale, typeof value === 'string' ? value : '') };
    case 'gender':
      return value === 0 || value === 1 || value === 2 || value === 3 ? { gender: value } : undefined;
    case 'mobile': {
      const mobile = typeof value === 'string' ? phoneFromE164(value) : null;
      return value === null || mobile !== null ? { mobile } : undefined;
    }
    case 'workStation':
      return { workStation: typeof value === 'string' ? stationOf(before.workStation, value) : null };
    case 'employmentType':
      return { employmentType: typeof value === 'number' ? value : 0 };
    case 'frozen':
      return { frozen: value === true };
    case 'department':
      return placesOf(before, value);
    case 'mainDepartment':
      return mainOf(before, value, soFar);
    default:
      return undefined;
  }
}

/** A text that was there becomes an empty one, as clearing leaves it. */
function cleared(before: Employee, field: string): string | null {
  return field === 'alias' && before.alias !== null ? '' : null;
}

function entryOf(tenant: Tenant, catalog: CatalogName, field: string, value: LiveValue): EmployeePatch | undefined {
  if (typeof value !== 'string') return { [field]: null };
  const entries = tenant.catalog(catalog);
  const id = entries.named(value)?.id ?? entries.get(value)?.id;
  return id === undefined ? undefined : { [field]: id };
}

function stationOf(before: LocalText | null, value: string): LocalText {
  return before === null ? plainText(value) : withValue(before, value);
}

function placesOf(before: Employee, value: LiveValue): EmployeePatch | undefined {
  if (typeof value !== 'object' || value === null || value.some(isTheirs)) return undefined;
  const { mainDepartment: former } = before;
  const main = former !== null && value.includes(former) ? former : (value[0] ?? null);
  return { departments: membershipsOf(value, before.departments), mainDepartment: main };
}

function mainOf(
  before: Employee,
  value: LiveValue,
  soFar: Readonly<Record<string, unknown>>,
): EmployeePatch | undefined {
  if (isTheirs(value)) return undefined;
  const places = (soFar['departments'] as Employee['departments'] | undefined) ?? before.departments;
  const isThere = value === null || places.some(({ department }) => department === value);
  return isThere && (typeof value === 'string' || value === null) ? { mainDepartment: value } : undefined;
}

function isTheirs(value: LiveValue): boolean {
  return typeof value === 'string' && value.startsWith(THEIRS);
}

function customValue(before: CustomValue | undefined, value: LiveValue): CustomValue | null {
  if (typeof value !== 'string') return null;
  const isLocal = typeof before === 'object' && 'value' in before && 'i18n' in before;
  return isLocal ? withValue(before as LocalText, value) : plainText(value);
}
