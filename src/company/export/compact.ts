import type { TSchema } from 'typebox';
import type { CompanySection, SectionContext } from '../../dialects/company-section.ts';
import type { CatalogEntry, CatalogName } from '../../directory/catalog.ts';
import type { Department } from '../../directory/departments/department.ts';
import type { Employee } from '../../directory/employees/employee.ts';
import { isObject } from '../../lib/json-equal.ts';
import type { TenantData } from '../../directory/tenant.ts';
import type { Platform } from '../schema.ts';
import { catalogEntryPart, customFieldPart, departmentPart, employeePart, withoutAbsent } from './file-parts.ts';
import { withoutDefaults } from './without-defaults.ts';

/** A part of a file, before what it need not say is left out. */
type Part = Readonly<Record<string, unknown>>;

/** How a section reads a platform's part of one thing, and the schema of that part. */
type PartReader = (section: CompanySection, context: SectionContext) => readonly [TSchema, (part: unknown) => unknown];

/** The parts of a company's file, each without what it would say anyway, so that a file can be compared with its source. */
export interface CompactParts {
  settings(name: string): unknown;
  department(department: Department): unknown;
  catalogEntry(entry: CatalogEntry, position: number): unknown;
  customField(field: TenantData['customFields'][number]): unknown;
  employee(employee: Employee, accounts: Parameters<typeof employeePart>[1]): unknown;
}

/** Makes the writers for one company. */
export function compactParts(parts: Omit<TenantData, 'number'>, dialects: readonly Platform[]): CompactParts {
  const contexts = new Map(
    dialects.map(({ name }): [string, SectionContext] => [
      name,
      { tenantKey: parts.key, settings: parts.settings[name], secondLocale: parts.secondLocale },
    ]),
  );
  const root = parts.departments.find(({ parent }) => parent === null);
  const numbered = [...(root === undefined ? [] : [root]), ...parts.departments.filter((one) => one !== root)];
  const numbers = new Map(numbered.map(({ id }, index) => [id, index + 1]));
  const compact = (whole: unknown, reader: PartReader): Part => {
    const part = withoutAbsent(whole) as Record<string, unknown>;
    for (const { name, company } of dialects) {
      const context = contexts.get(name);
      if (context === undefined || part[name] === undefined) continue;
      const [schema, read] = reader(company, context);
      part[name] = withoutDefaults(part[name], schema, read);
    }
    return undated(part, parts);
  };
  return {
    settings: (name) => settingsPart(name, parts, dialects, contexts),
    department: (department) =>
      compact(departmentPart(department, dialects), (section, context) => {
        const number = numbers.get(department.id) ?? 0;
        return [
          section.department,
          (part) =>
            section.readDepartment(
              part,
              department.id,
              { isRoot: department === root, isExternal: department.external, number },
              context,
            ),
        ];
      }),
    catalogEntry: (entry, position) =>
      compact(catalogEntryPart(entry, dialects), (section, context) => [
        section.catalogEntry,
        (part) => section.readCatalogEntry(part, entry.catalog as CatalogName, entry.id, position + 1, context),
      ]),
    customField: (field) =>
      compact(customFieldPart(field, dialects), (section, context) => [
        section.customField,
        (part) => section.readCustomField(part, field.id, context),
      ]),
    employee: (employee, accounts) => {
      const part = compact(employeePart(employee, accounts, dialects), (section, context) => [
        section.employee,
        (inFile) => section.readEmployee(inFile, employee.id, context),
      ]);
      return isInDefaultDepartments(employee, root?.id) ? { ...part, departments: undefined } : part;
    },
  };
}

/** Who is not said to be anywhere is in the root; who has resigned, nowhere. */
function isInDefaultDepartments({ departments, status }: Employee, root: string | undefined): boolean {
  const [first, ...others] = departments;
  if (first === undefined) return status === 'resigned' || root === undefined;
  const { department, rank, rankAmongOwn } = first;
  return others.length === 0 && status !== 'resigned' && department === root && rank === null && rankAmongOwn === null;
}

function settingsPart(
  name: string,
  parts: Omit<TenantData, 'number'>,
  dialects: readonly Platform[],
  contexts: ReadonlyMap<string, SectionContext>,
): unknown {
  const section = dialects.find((dialect) => dialect.name === name)?.company;
  const context = contexts.get(name);
  if (section === undefined || context === undefined) return undefined;
  const written = withoutAbsent(section.writeSettings(parts.settings[name]));
  const settings = withoutDefaults(written, section.settings, (part) => section.readSettings(part ?? {}, parts.key));
  const apps = parts.apps
    .filter(({ dialect }) => dialect === name)
    .map((app) =>
      withoutDefaults(withoutAbsent(section.writeApp(app)), section.app, (part) =>
        part === undefined ? null : section.readApp(part, context),
      ),
    );
  if (apps.length === 0) return settings;
  return { ...(isObject(settings) ? settings : {}), apps };
}

/** Without the times that are those of the whole company. */
function undated(part: Part, { createdAt, updatedAt }: Pick<TenantData, 'createdAt' | 'updatedAt'>): Part {
  const of = { created_at: new Date(createdAt).toISOString(), updated_at: new Date(updatedAt).toISOString() };
  return Object.fromEntries(Object.entries(part).filter(([name, value]) => value !== of[name as keyof typeof of]));
}
