import type { TSchema } from 'typebox';
import type { CatalogEntry, CatalogName } from '../directory/catalog.ts';
import type { CustomField } from '../directory/custom-field.ts';
import type { Department } from '../directory/departments/department.ts';
import type { Employee } from '../directory/employees/employee.ts';
import type { App } from '../directory/auth/app.ts';
import type { TenantData } from '../directory/tenant.ts';

/** What a platform makes of its part of something: its ids there, and what it alone knows. */
export interface PlatformPart {
  readonly ids: Readonly<Record<string, string>>;
  /** Kept under `extensions[dialect]`; undefined where there is nothing to keep. */
  readonly extension?: unknown;
}

/** What a section may know of the company whose file is read. */
export interface SectionContext {
  readonly tenantKey: string;
  /** The platform's own settings, as `readSettings` returned them. */
  readonly settings: unknown;
  /** The company's second locale. */
  readonly secondLocale: string;
}

/** What a section may know of the department whose part is read. */
export interface DepartmentInTree {
  readonly isRoot: boolean;
  /** Whether it is for outsiders. */
  readonly isExternal: boolean;
  /** Counts from 1 in the order of the file, the root first. */
  readonly number: number;
}

/** An app as a company file describes it: the secret in clear, or the hash that an export wrote. */
export interface AppInFile {
  readonly id: string;
  readonly key: string;
  readonly secret?: string;
  readonly secretHash?: string;
  readonly enabled: boolean;
  readonly publisher?: string;
  readonly settings: unknown;
}

/**
 * A platform's part of a company file. For each kind of thing: the schema of what may stand under the platform's name
 * there, how it is read (defaults filled in, so that reading twice gives the same) and how it is written back (so that
 * reading what was written gives the same). All are pure. Input has passed its schema before it is read.
 */
export interface CompanySection {
  /**
   * What a setting means whose schema has no description: by its path from the kind of thing, e.g. `employee.union_id`.
   * The kinds are settings, app, department, entry, field and employee.
   */
  readonly descriptions?: Readonly<Record<string, string>>;
  /** Each sentence of the section’s schemas in Chinese, by the English one; what is Chinese already is absent. */
  readonly chinese?: Readonly<Record<string, string>>;

  /** Settings of the whole company; the platform's key at the top of the file. */
  readonly settings: TSchema;
  readSettings(
    input: unknown,
    tenantKey: string,
  ): { readonly settings: unknown; readonly names: Readonly<Record<string, string>> };
  writeSettings(settings: unknown): unknown;

  /** One app; the platform's `apps` list. */
  readonly app: TSchema;
  readApp(input: unknown, context: SectionContext): AppInFile;
  /** Returns the settings of an app that a file brings at an instant, with what they keep of before; absent: nothing. */
  settleApp?(settings: unknown, about: SettledApp): unknown;
  /** The secret is written as `secret_hash`. */
  writeApp(app: App): unknown;

  readonly department: TSchema;
  readDepartment(input: unknown, id: string, about: DepartmentInTree, context: SectionContext): PlatformPart;
  writeDepartment(department: Department): unknown;

  readonly catalogEntry: TSchema;
  readCatalogEntry(
    input: unknown,
    catalog: CatalogName,
    id: string,
    number: number,
    context: SectionContext,
  ): PlatformPart;
  writeCatalogEntry(entry: CatalogEntry): unknown;
  /** Returns the number by which employees have an entry of the list of employee types; absent: the platform gives none. */
  employmentTypeOf?(entry: CatalogEntry): number | undefined;

  readonly customField: TSchema;
  readCustomField(input: unknown, id: string, context: SectionContext): PlatformPart;
  writeCustomField(field: CustomField): unknown;

  readonly employee: TSchema;
  readEmployee(input: unknown, id: string, context: SectionContext): PlatformPart;
  writeEmployee(employee: Employee): unknown;

  /**
   * Gives the platform's names for a copy of a company, which has its own key already. `nameOf` makes 16 hexadecimal
   * digits from a name, the same ones each time. Absent: the platform has no such names.
   */
  renamed?(parts: Omit<TenantData, 'number'>, original: string, nameOf: (name: string) => string): RenamedCompany;

  /**
   * What is wrong with the company as a whole, in sentences with the path of each; empty when nothing is. `employees` are
   * the own ids of its people.
   */
  check(parts: Omit<TenantData, 'number'>, employees: ReadonlySet<string>): readonly SectionFault[];

  /**
   * What is probably a slip in a company, and may be so all the same: who is named in a setting may have left since.
   * Absent: the platform's settings name no people.
   */
  suspect?(parts: Omit<TenantData, 'number'>, employees: readonly NamedPerson[]): readonly SectionFault[];
}

/** An employee by the ids by which settings name people. */
export type NamedPerson = Pick<Employee, 'id' | 'ids'>;

/** What the settings of an app are settled by. */
export interface SettledApp {
  /** The app's settings before; undefined: the company had no such app. */
  readonly before: unknown;
  /** The platform's settings of the company, as the file has them. */
  readonly company: unknown;
  /** Epoch milliseconds, on the company's clock. */
  readonly at: number;
}

/** A company under another key, where each name that is unique in an installation is another one. */
export interface RenamedCompany {
  readonly parts: Omit<TenantData, 'number'>;
  /** Returns the id space of employees in the copy for one of the original, whose name may hold a name of the company. */
  readonly spaceOf: (space: string) => string;
}

/** Something wrong in a company file. */
export interface SectionFault {
  /** Members and positions from the top of the file. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** Names one of which may have been meant. */
  readonly among?: Iterable<string>;
}
