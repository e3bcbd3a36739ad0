import type { FieldName, LiveValue } from '../../connectors/connector.ts';
import { Catalog, type CatalogEntry, type CatalogName } from '../../directory/catalog.ts';
import type { CustomField } from '../../directory/custom-field.ts';
import type { Department } from '../../directory/departments/department.ts';
import type { Employee } from '../../directory/employees/employee.ts';
import { e164 } from '../../directory/employees/phone.ts';

/** A company as it is compared: what a company file says of it, without the platforms' parts. */
export interface OwnCompany {
  readonly secondLocale: string;
  readonly departments: readonly Pick<Department, 'id' | 'name' | 'parent' | 'ids' | 'code'>[];
  readonly catalogs: readonly CatalogEntry[];
  readonly customFields: readonly CustomField[];
  readonly employees: readonly OwnRecord[];
}

/** What of a record is compared. */
export type OwnRecord = Omit<Employee, 'account' | 'createdAt' | 'updatedAt' | 'extensions'>;

/** One of our people in the form that is compared: departments and leaders by our ids, catalogue entries by name. */
export interface OwnPerson {
  readonly id: string;
  readonly name: string;
  readonly ids: Readonly<Record<string, string>>;
  readonly isInService: boolean;
  readonly values: Readonly<Record<FieldName, LiveValue>>;
  readonly custom: OwnRecord['custom'];
}

/** Brings everybody into the form that is compared. People who are only expected are no one's yet and left out. */
export function ownPeople(company: OwnCompany): readonly OwnPerson[] {
  const catalogs = new Map<CatalogName, Catalog>();
  for (const name of ['job-title', 'job-level', 'work-place'] as const) {
    catalogs.set(name, new Catalog(company.catalogs.filter(({ catalog }) => catalog === name)));
  }
  const entry = (catalog: CatalogName, id: string | null): LiveValue =>
    id === null ? null : (catalogs.get(catalog)?.get(id)?.name.value ?? id);
  return company.employees
    .filter(({ status }) => status !== 'pre-hire' && status !== 'pre-hire-cancelled')
    .map((employee) => ({
      id: employee.id,
      name: employee.name.value,
      ids: employee.ids,
      isInService: employee.status !== 'resigned',
      custom: employee.custom,
      values: {
        name: textOf(employee.name.value),
        englishName: textOf(employee.name.i18n[company.secondLocale]),
        alias: textOf(employee.alias),
        gender: employee.gender,
        mobile: employee.mobile === null ? null : e164(employee.mobile),
        email: textOf(employee.email)?.toLowerCase() ?? null,
        jobNumber: textOf(employee.jobNumber),
        department: employee.departments.map(({ department }) => department).toSorted(),
        mainDepartment: employee.mainDepartment,
        leader: employee.leader,
        jobTitle: entry('job-title', employee.jobTitle),
        jobLevel: entry('job-level', employee.jobLevel),
        workPlace: entry('work-place', employee.workPlace),
        workStation: textOf(employee.workStation?.value),
        extensionNumber: textOf(employee.extensionNumber),
        joinDate: employee.joinDate,
        employmentType: employee.employmentType,
        note: textOf(employee.note),
        enterpriseEmail: textOf(employee.enterpriseEmail)?.toLowerCase() ?? null,
        frozen: employee.frozen,
      },
    }));
}

/** Empty and absent are the same: no platform tells them apart. */
function textOf(text: string | null | undefined): string | null {
  const trimmed = text?.normalize('NFC').trim() ?? '';
  return trimmed === '' ? null : trimmed;
}
