import type { Tenant } from '../../../directory/tenant.ts';
import type { CatalogEntry } from '../../../directory/catalog.ts';
import type { LocalText } from '../../../directory/text.ts';
import { DIALECT } from './settings.ts';

/** What the platform alone knows of an employee type. */
export interface FeishuEmployeeType {
  /** The number that an employee carries. */
  readonly enumValue: number;
  /** Deleted ones stay, for employees may still have them, and their numbers are not given again. */
  readonly isDeleted?: true;
}

/** Every company has them. [seed] */
export const BUILT_IN_TYPES: ReadonlyMap<number, LocalText> = new Map([
  [1, { value: '全职', i18n: { 'zh-CN': '全职', 'en-US': 'Full-time' } }],
  [2, { value: '实习', i18n: { 'zh-CN': '实习', 'en-US': 'Intern' } }],
  [3, { value: '外包', i18n: { 'zh-CN': '外包', 'en-US': 'Outsourced' } }],
  [4, { value: '劳务', i18n: { 'zh-CN': '劳务', 'en-US': 'Contractor' } }],
  [5, { value: '顾问', i18n: { 'zh-CN': '顾问', 'en-US': 'Consultant' } }],
]);

/** The first number of the types that a company defines itself. [public: contact/employee_type_enum/overview] */
export const FIRST_OWN_TYPE = 6;

const TYPES = Symbol('feishu employee types');

/** The numbers that exist, each with whether it may be given to someone. An own entry replaces a built-in one. */
export function employeeTypesOf(tenant: Tenant): ReadonlyMap<number, boolean> {
  return tenant.derived(TYPES, ({ catalogs }) => {
    const types = new Map([...BUILT_IN_TYPES.keys()].map((number) => [number, true]));
    for (const entry of catalogs) {
      const number = entry.catalog === 'employee-type' ? enumValueOf(entry) : undefined;
      if (number !== undefined && !isTypeDeleted(entry)) types.set(number, entry.enabled);
    }
    return types;
  });
}

/** Returns the number of an entry of the list of employee types. */
export function enumValueOf(entry: CatalogEntry): number | undefined {
  return typeOf(entry)?.enumValue;
}

/** Whether the entry was deleted. */
export function isTypeDeleted(entry: CatalogEntry): boolean {
  return typeOf(entry)?.isDeleted === true;
}

function typeOf({ extensions }: CatalogEntry): FeishuEmployeeType | undefined {
  // Written by this dialect alone.
  return extensions[DIALECT] as FeishuEmployeeType | undefined;
}
