import type { Tenant } from '../../directory/tenant.ts';
import type { CatalogEntry } from '../../directory/catalog.ts';
import { DIALECT } from './settings.ts';

/** What the platform alone knows of an employee type. */
export interface FeishuEmployeeType {
  /** The number that an employee carries. */
  readonly enumValue: number;
}

/** 全职 实习 外包 劳务 顾问: every company has them. [seed] */
const BUILT_IN = [1, 2, 3, 4, 5];

/** The first number of the types that a company defines itself. [public: contact/employee_type_enum/overview] */
export const FIRST_OWN_TYPE = 6;

const TYPES = Symbol('feishu employee types');

/** The numbers that exist, each with whether it may be given to someone. An own entry stands before a built-in one. */
export function employeeTypesOf(tenant: Tenant): ReadonlyMap<number, boolean> {
  return tenant.derived(TYPES, ({ catalogs }) => {
    const types = new Map(BUILT_IN.map((number) => [number, true]));
    for (const entry of catalogs) {
      const number = entry.catalog === 'employee-type' ? enumValueOf(entry) : undefined;
      if (number !== undefined) types.set(number, entry.enabled);
    }
    return types;
  });
}

/** The number of an entry of the list of employee types. */
export function enumValueOf(entry: CatalogEntry): number | undefined {
  return (entry.extensions[DIALECT] as FeishuEmployeeType | undefined)?.enumValue;
}
