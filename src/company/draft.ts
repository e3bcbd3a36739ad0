import type { App } from '../directory/auth/app.ts';
import type { CatalogEntry, CatalogName } from '../directory/catalog.ts';
import type { CustomField } from '../directory/custom-field.ts';
import type { Department } from '../directory/departments/department.ts';
import type { Employee } from '../directory/employees/employee.ts';
import type { TenantData } from '../directory/tenant.ts';
import type { FileError } from './contract.ts';
import type { FaultInFile } from './schema.ts';
import type { AppInFile } from '../dialects/company-section.ts';

/** Something as a file describes it: its times only where the file gives them. */
export type Draft<Thing> = Omit<Thing, 'createdAt' | 'updatedAt'> & {
  readonly createdAt: number | undefined;
  readonly updatedAt: number | undefined;
};

/** What a file says of an employee's account. */
export interface AccountDraft {
  readonly id: string | undefined;
  readonly mobile: string | undefined;
  readonly email: string | undefined;
}

/** A whole company as its file describes it. */
export interface CompanyDraft {
  readonly company: Draft<
    Pick<
      TenantData,
      | 'key'
      | 'name'
      | 'state'
      | 'secondLocale'
      | 'loginRealm'
      | 'sandbox'
      | 'targets'
      | 'names'
      | 'settings'
      | 'createdAt'
      | 'updatedAt'
    >
  >;
  readonly departments: readonly Draft<Department>[];
  readonly catalogs: readonly Draft<CatalogEntry>[];
  /** The lists that the company invented, those without entries too. */
  readonly dimensions: readonly CatalogName[];
  readonly customFields: readonly CustomField[];
  /** Rules that make calls fail, as the file has them. */
  readonly faults: readonly FaultInFile[];
  readonly apps: readonly (AppInFile & Pick<App, 'dialect'>)[];
  /** Without their accounts, which are found when the file is applied. */
  readonly employees: readonly Draft<Employee>[];
  readonly accounts: ReadonlyMap<string, AccountDraft>;
  /** What is probably not meant in the file. */
  readonly warnings: readonly FileError[];
}
