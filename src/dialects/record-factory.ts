import type { CatalogEntry, CatalogName } from '../directory/catalog.ts';
import type { Department } from '../directory/departments/department.ts';
import { emptyEmployee, type Employee } from '../directory/employees/employee.ts';
import type { Tenant } from '../directory/tenant.ts';
import type { LocalText } from '../directory/text.ts';
import { deepEqual } from '../lib/json-equal.ts';
import type { CompanySection, PlatformPart, SectionContext } from './company-section.ts';

/**
 * Makes things that every platform knows, whichever of them was asked to make one: each has the ids that a company file
 * would give it where it says nothing. Nothing is stored; own ids must be new.
 */
export interface RecordFactory {
  /** Returns an employee record with only a name. */
  employee(tenant: Tenant, id: string, name: LocalText, at: number): Employee;
  /** A department without people, enabled, last among its siblings where these are ranked by creation. */
  department(tenant: Tenant, id: string, name: LocalText, parent: string, at: number): Department;
  /** An entry of a shared list. */
  catalogEntry(tenant: Tenant, catalog: CatalogName, id: string, name: LocalText, at: number): CatalogEntry;
}

/** Thrown where every number gives a new thing an id that another one has. */
export class NoFreshIds extends Error {
  constructor() {
    super('an own id that is not new');
    this.name = 'NoFreshIds';
  }
}

/** The part of a dialect that new records need. */
interface Platform {
  readonly name: string;
  readonly company: CompanySection;
}

/** Returns a factory of records that all of these platforms know. */
export function createRecordFactory(platforms: readonly Platform[]): RecordFactory {
  const partsOf = (
    { key, parts }: Tenant,
    read: (section: CompanySection, context: SectionContext) => PlatformPart,
  ): Pick<Employee, 'ids' | 'extensions'> => {
    const ids: Record<string, string> = {};
    const extensions: Record<string, unknown> = {};
    for (const { name, company } of platforms) {
      const context = { tenantKey: key, settings: parts.settings[name], secondLocale: parts.secondLocale };
      const part = read(company, context);
      Object.assign(ids, part.ids);
      if (part.extension !== undefined) extensions[name] = part.extension;
    }
    return { ids, extensions };
  };
  return {
    employee: (tenant, id, name, at) => ({
      ...emptyEmployee(id, name, at),
      ...partsOf(tenant, (section, context) => section.readEmployee(undefined, id, context)),
    }),
    department: (tenant, id, name, parent, at) => {
      const external = tenant.departments.get(parent)?.external ?? false;
      return {
        id,
        name,
        parent,
        code: '',
        enabled: true,
        external,
        order: 0,
        leaders: [],
        createdAt: at,
        updatedAt: at,
        ...freshParts(
          (number) =>
            partsOf(tenant, (section, context) =>
              section.readDepartment(undefined, id, { isRoot: false, isExternal: external, number }, context),
            ),
          ({ ids }) => Object.entries(ids).some(([space, value]) => tenant.departments.by(space, value) !== undefined),
          tenant.departments.all.length + 1,
        ),
      };
    },
    catalogEntry: (tenant, catalog, id, name, at) => ({
      id,
      catalog,
      name,
      code: '',
      enabled: true,
      order: 0,
      parent: null,
      createdAt: at,
      updatedAt: at,
      ...freshParts(
        (number) =>
          partsOf(tenant, (section, context) => section.readCatalogEntry(undefined, catalog, id, number, context)),
        ({ ids }) =>
          Object.entries(ids).some(([space, value]) => tenant.catalog(catalog).by(space, value) !== undefined),
        tenant.catalog(catalog).all.length + 1,
      ),
    }),
  };
}

/** Some platforms count: the first number from which follow ids that nothing has yet. */
function freshParts<Parts extends Pick<Employee, 'ids'>>(
  make: (number: number) => Parts,
  isTaken: (parts: Parts) => boolean,
  first: number,
): Parts {
  // Each thing that is there takes one number at most in each space.
  const most = first * Math.max(1, Object.keys(make(first).ids).length);
  for (let number = first, parts = make(number); ;) {
    if (!isTaken(parts)) return parts;
    const next = make(++number);
    if (number >= first + most || deepEqual(next, parts)) throw new NoFreshIds();
    parts = next;
  }
}
