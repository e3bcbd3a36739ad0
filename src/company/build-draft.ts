import { isDay } from '../lib/time/day.ts';
import type { CatalogEntry, CatalogName } from '../directory/catalog.ts';
import type { CustomField, CustomFieldType, CustomValue } from '../directory/custom-field.ts';
import type { Department } from '../directory/departments/department.ts';
import { emptyEmployee, type Employee } from '../directory/employees/employee.ts';
import { phoneFromE164, type Phone } from '../directory/employees/phone.ts';
import { plainText, type LocalText } from '../directory/text.ts';
import type { PlatformPart, SectionContext } from '../dialects/company-section.ts';
import type { AccountDraft, CompanyDraft, Draft } from './draft.ts';
import type { FilePath } from './reading/parse-document.ts';
import type { FileErrorCollector } from './mistakes/file-errors.ts';
import {
  CATALOG_LISTS,
  type CompanyInFile,
  type DepartmentInFile,
  type EmployeeInFile,
  type EntryInFile,
  type FieldInFile,
  type Platform,
  type TextInFile,
} from './schema.ts';

/** A company as its file describes it, whose people are read one by one. */
export interface CompanyDraftBuilder {
  readonly company: Omit<CompanyDraft, 'employees' | 'accounts' | 'warnings'>;
  readonly employee: (inFile: EmployeeInFile, position: number) => Draft<Employee>;
  /** What the file says of the employee's account; undefined where it says nothing. */
  readonly account: (inFile: EmployeeInFile) => AccountDraft | undefined;
}

/** The platforms, each with what it made of its settings. */
export type Platforms = readonly { readonly owner: Platform; readonly context: SectionContext }[];

/** Reads a company of a file that passed its schema, without its people; what is wrong with values goes to `faults`. */
export function buildDraft(
  file: CompanyInFile,
  dialects: readonly Platform[],
  faults: FileErrorCollector,
): CompanyDraftBuilder {
  const secondLocale = file.second_locale ?? 'en-US';
  const settings: Record<string, unknown> = {};
  const names: Record<string, string> = {};
  const apps: CompanyDraft['apps'][number][] = [];
  const platforms: Platforms = dialects.map((owner) => {
    const { apps: appsInFile = [], ...input } = (partOf(file, owner.name) ?? {}) as { apps?: readonly unknown[] };
    const read = owner.company.readSettings(input, file.key);
    settings[owner.name] = read.settings;
    Object.assign(names, read.names);
    const context = { tenantKey: file.key, settings: read.settings, secondLocale };
    for (const app of appsInFile) apps.push({ ...owner.company.readApp(app, context), dialect: owner.name });
    return { owner, context };
  });
  const departments = departmentsOf(file, platforms);
  const customFields = (file.custom_fields ?? []).map((field) => customFieldOf(field, platforms));
  const root = departments.find((department) => department.parent === null)?.id ?? null;
  const fieldTypes = new Map(customFields.map((field) => [field.id, field.type]));
  return {
    company: {
      company: {
        key: file.key,
        name: file.name,
        state: file.state === 'dissolved' ? 'dissolved' : 'in-use',
        secondLocale,
        ...(file.login_realm === undefined ? {} : { loginRealm: file.login_realm }),
        ...(file.sandbox === undefined ? {} : { sandbox: file.sandbox }),
        ...(file.targets === undefined ? {} : { targets: file.targets }),
        names,
        settings,
        ...timesOf(file),
      },
      departments,
      catalogs: catalogsOf(file, platforms),
      dimensions: Object.keys(file.dimensions ?? {}).map((name): CatalogName => `dimension:${name}`),
      customFields,
      faults: file.faults ?? [],
      apps,
    },
    employee: (inFile, position) => employeeOf(inFile, root, fieldTypes, platforms, ['employees', position], faults),
    account: ({ account }) =>
      account === undefined
        ? undefined
        : { id: account.id, mobile: account.mobile, email: account.email?.toLowerCase() },
  };
}

function partOf(thing: object, name: string): unknown {
  return (thing as Readonly<Record<string, unknown>>)[name];
}

interface PlatformParts {
  readonly ids: Readonly<Record<string, string>>;
  readonly extensions: Readonly<Record<string, unknown>>;
}

function platformParts(platforms: Platforms, read: (platform: Platforms[number]) => PlatformPart): PlatformParts {
  const ids: Record<string, string> = {};
  const extensions: Record<string, unknown> = {};
  for (const platform of platforms) {
    const part = read(platform);
    Object.assign(ids, part.ids);
    if (part.extension !== undefined) extensions[platform.owner.name] = part.extension;
  }
  return { ids, extensions };
}

function timesOf(thing: { readonly created_at?: string; readonly updated_at?: string }): {
  createdAt: number | undefined;
  updatedAt: number | undefined;
} {
  return {
    createdAt: thing.created_at === undefined ? undefined : Date.parse(thing.created_at),
    updatedAt: thing.updated_at === undefined ? undefined : Date.parse(thing.updated_at),
  };
}

function textOf(text: TextInFile): LocalText {
  return typeof text === 'string' ? plainText(text) : text;
}

function departmentsOf(file: CompanyInFile, platforms: Platforms): readonly Draft<Department>[] {
  const inFile: readonly DepartmentInFile[] =
    file.departments === undefined || file.departments.length === 0
      ? [{ id: 'root', name: file.name }]
      : file.departments;
  const root = inFile.find((department) => department.parent === undefined);
  // Platforms that number departments give the root the first number, wherever it is in the file.
  const numbered = root === undefined ? inFile : [root, ...inFile.filter((department) => department !== root)];
  const numbers = new Map(numbered.map((department, index) => [department, index + 1]));
  return inFile.map((department) => ({
    id: department.id,
    name: textOf(department.name),
    parent: department.parent ?? null,
    code: department.code ?? '',
    enabled: department.enabled ?? true,
    external: department.external ?? false,
    order: department.order ?? 0,
    leaders: (department.leaders ?? []).map(({ employee, deputy }) => ({ employee, deputy: deputy ?? false })),
    ...timesOf(department),
    ...platformParts(platforms, ({ owner, context }) =>
      owner.company.readDepartment(
        partOf(department, owner.name),
        department.id,
        {
          isRoot: department === root,
          isExternal: department.external ?? false,
          number: numbers.get(department) ?? 0,
        },
        context,
      ),
    ),
  }));
}

function catalogsOf(file: CompanyInFile, platforms: Platforms): readonly Draft<CatalogEntry>[] {
  const named = Object.entries(CATALOG_LISTS).map(
    ([list, catalog]) => [catalog, partOf(file, list) as readonly EntryInFile[] | undefined] as const,
  );
  const own = Object.entries(file.dimensions ?? {}).map(
    ([name, entries]) => [`dimension:${name}` as CatalogName, entries] as const,
  );
  return [...named, ...own].flatMap(([catalog, entries]) =>
    (entries ?? []).map((entry, index) => entryOf(entry, catalog, index + 1, platforms)),
  );
}

/** Returns an entry as a file has it; `number` counts from 1 in the order of its list. */
export function entryOf(
  entry: EntryInFile,
  catalog: CatalogName,
  number: number,
  platforms: Platforms,
): Draft<CatalogEntry> {
  return {
    id: entry.id,
    catalog,
    name: textOf(entry.name),
    code: entry.code ?? '',
    enabled: entry.enabled ?? true,
    parent: entry.parent ?? null,
    order: entry.order ?? 0,
    ...timesOf(entry),
    ...platformParts(platforms, ({ owner, context }) =>
      owner.company.readCatalogEntry(partOf(entry, owner.name), catalog, entry.id, number, context),
    ),
  };
}

/** Returns a field of the company's own as a file has it. */
export function customFieldOf(field: FieldInFile, platforms: Platforms): CustomField {
  return {
    id: field.id,
    name: textOf(field.name),
    type: field.type as CustomFieldType,
    enabled: field.enabled ?? true,
    catalog: catalogNamed(field.catalog),
    options: (field.options ?? []).map(({ id, name, enabled, picture }) => ({
      id,
      name: textOf(name),
      enabled: enabled ?? true,
      picture: picture ?? false,
    })),
    ...platformParts(platforms, ({ owner, context }) =>
      owner.company.readCustomField(partOf(field, owner.name), field.id, context),
    ),
  };
}

/** Returns the list that a file calls so; null where it names none. */
export function catalogNamed(list: string | undefined): CatalogName | null {
  if (list === undefined) return null;
  if (Object.hasOwn(CATALOG_LISTS, list)) return CATALOG_LISTS[list as keyof typeof CATALOG_LISTS];
  return (list.startsWith('dimension:') ? list : `dimension:${list}`) as CatalogName;
}

const GENDERS = ['unknown', 'male', 'female', 'other'] as const;

function employeeOf(
  employee: EmployeeInFile,
  root: string | null,
  fieldTypes: ReadonlyMap<string, CustomFieldType>,
  platforms: Platforms,
  path: FilePath,
  faults: FileErrorCollector,
): Draft<Employee> {
  const status = (employee.status ?? 'regular') as Employee['status'];
  const inDepartments = employee.departments ?? (root === null || status === 'resigned' ? [] : [root]);
  const departments = inDepartments.map((membership) =>
    typeof membership === 'string'
      ? { department: membership, rank: null, rankAmongOwn: null }
      : { department: membership.id, rank: membership.rank ?? null, rankAmongOwn: membership.rank_among_own ?? null },
  );
  for (const day of ['join_date', 'left_on'] as const) {
    const value = employee[day];
    if (value !== undefined && !isDay(value)) faults.add([...path, day], 'is not a day of the calendar');
  }
  return {
    ...emptyEmployee(employee.id, textOf(employee.name), 0),
    alias: employee.alias ?? null,
    gender: GENDERS.indexOf((employee.gender ?? 'unknown') as (typeof GENDERS)[number]) as Employee['gender'],
    mobile: employee.mobile === undefined ? null : phoneOf(employee.mobile, [...path, 'mobile'], faults),
    email: employee.email ?? null,
    enterpriseEmail: employee.enterprise_email ?? null,
    enterpriseEmailAliases: employee.enterprise_email_aliases ?? [],
    telephone: employee.telephone ?? null,
    extensionNumber: employee.extension_number ?? null,
    departments,
    mainDepartment: employee.main_department ?? departments[0]?.department ?? null,
    leader: employee.leader ?? null,
    dottedLeaders: employee.dotted_leaders ?? [],
    jobNumber: employee.job_number ?? null,
    jobTitle: employee.job_title ?? null,
    jobLevel: employee.job_level ?? null,
    jobFamily: employee.job_family ?? null,
    workPlace: employee.work_place ?? null,
    workCountry: employee.work_country ?? null,
    workStation: employee.work_station === undefined ? null : textOf(employee.work_station),
    employmentType: employee.employment_type ?? 0,
    joinDate: employee.join_date ?? null,
    note: employee.note ?? null,
    status,
    leftOn: employee.left_on ?? null,
    activation: (employee.activation ?? 'active') as Employee['activation'],
    frozen: employee.frozen ?? false,
    seated: employee.seated ?? status !== 'resigned',
    external: employee.external ?? false,
    custom: customValuesOf(employee.custom ?? {}, fieldTypes),
    ...timesOf(employee),
    ...platformParts(platforms, ({ owner, context }) =>
      owner.company.readEmployee(partOf(employee, owner.name), employee.id, context),
    ),
  };
}

function phoneOf(text: string, path: FilePath, faults: FileErrorCollector): Phone | null {
  const [, country, number] = /^\+([0-9]+) ([0-9]+)$/.exec(text) ?? [];
  if (country !== undefined && number !== undefined) return { country, number };
  const phone = phoneFromE164(text.startsWith('+') ? text : `+86${text}`);
  if (phone === null)
    faults.add(path, 'has an unknown country calling code; put a space after it, as in "+852 61234567"');
  return phone;
}

function customValuesOf(
  values: Readonly<Record<string, unknown>>,
  types: ReadonlyMap<string, CustomFieldType>,
): Employee['custom'] {
  return Object.fromEntries(
    Object.entries(values).map(([id, value]) => [
      id,
      // A text may be written plainly; anything else is in the file as it is kept.
      (typeof value === 'string' && types.get(id) === 'text' ? plainText(value) : value) as CustomValue,
    ]),
  );
}
