import { createHash } from 'node:crypto';
import Type, { type Static } from 'typebox';
import type { CatalogEntry } from '../../../directory/catalog.ts';
import type { LocalText } from '../../../directory/text.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import {
  BUILT_IN_TYPES,
  enumValueOf,
  FIRST_OWN_TYPE,
  isTypeDeleted,
  type FeishuEmployeeType,
} from '../model/employee-types.ts';
import { entryIdOf, entryNamed } from '../model/ids.ts';
import { DIALECT } from '../model/settings.ts';
import { strictInt } from '../protocol/body-schemas.ts';
import { EMPLOYEE_TYPE_CODES, LOOK_UP_CODES, type Code } from '../protocol/codes.ts';
import { translationsOf } from '../protocol/localized-text.ts';
import { Translations, withTexts } from './job-entries.ts';

/** An employee type as the company has it. */
export interface EmployeeType {
  readonly id: string;
  readonly number: number;
  readonly name: LocalText;
  readonly isActive: boolean;
}

const TYPES = Symbol('feishu employee types as listed');

/** Returns the five types of every company and its own, by number. */
export function employeeTypesIn(tenant: Tenant): readonly EmployeeType[] {
  return tenant.derived(TYPES, ({ key, catalogs }) => {
    const types = new Map<number, EmployeeType>();
    for (const [number, name] of BUILT_IN_TYPES) {
      types.set(number, { id: builtInId(key, number), number, name, isActive: true });
    }
    for (const entry of catalogs) {
      const type = entry.catalog === 'employee-type' && !isTypeDeleted(entry) ? typeOf(entry) : undefined;
      if (type !== undefined) types.set(type.number, type);
    }
    return [...types.values()].sort((a, b) => a.number - b.number);
  });
}

/** 16 bytes in base64, as in the page's example; always the same in a company. [derived] */
function builtInId(tenantKey: string, number: number): string {
  const hash = createHash('sha256')
    .update(`employee type\n${tenantKey}\n${String(number)}`)
    .digest();
  return hash.subarray(0, 16).toString('base64');
}

function typeOf(entry: CatalogEntry): EmployeeType | undefined {
  const number = enumValueOf(entry);
  return number === undefined ? undefined : { id: entryIdOf(entry), number, name: entry.name, isActive: entry.enabled };
}

/** Returns a type as it is shown. [public: contact/employee_type_enum/list] */
export function showType({ id, number, name, isActive }: EmployeeType): object {
  return {
    enum_id: id,
    enum_value: String(number),
    content: name.value,
    enum_type: BUILT_IN_TYPES.has(number) ? 1 : 2,
    enum_status: isActive ? 1 : 2,
    i18n_content: translationsOf(name),
  };
}

/** Returns a type of the company's own as it is shown. */
export function showTypeEntry(entry: CatalogEntry): object {
  const type = typeOf(entry);
  return type === undefined ? {} : showType(type);
}

/** The page states no length; the number is that of a job family's name. [proposed] */
const MAX_IN_CONTENT = 100;
/** Deleted ones count. [public: the vendor's client, contact.v3.employeeTypeEnum.create] */
const MAX_OWN_TYPES = 255;

/** What create and update read; only types of the company's own are written. [contract feishu-contact.md 4.3] */
export const TypeBody = Type.Object({
  content: Type.String({ minLength: 1, maxLength: MAX_IN_CONTENT }),
  enum_type: strictInt([2]),
  enum_status: strictInt([1, 2]),
  i18n_content: Type.Optional(Translations),
});
type TypeBody = Static<typeof TypeBody>;

/** Finds a type of the company's own; the built-in ones cannot be written. Which code says so is [derived] from titles. */
export function ownTypeNamed(tenant: Tenant, id: string): CatalogEntry | Code {
  const entry = entryNamed(tenant, 'employee-type', id);
  const number = entry === undefined ? undefined : enumValueOf(entry);
  if (entry === undefined || number === undefined || BUILT_IN_TYPES.has(number) || isTypeDeleted(entry))
    return LOOK_UP_CODES.titleUnknown;
  return entry;
}

/** Returns the type as asked for, or why not. `blank` is the type as it is, or a new one. The order of the rules is [proposed]. */
export function typeFrom(body: TypeBody, blank: CatalogEntry, isNew: boolean, tenant: Tenant): CatalogEntry | Code {
  const own = tenant.catalog('employee-type').all;
  const others = employeeTypesIn(tenant).filter(({ id }) => isNew || id !== entryIdOf(blank));
  const name = withTexts(blank.name, body.content, body.i18n_content);
  if (others.some((other) => other.name.value === name.value)) return EMPLOYEE_TYPE_CODES.contentTaken;
  if (others.some((other) => isTranslationShared(other.name, name))) return EMPLOYEE_TYPE_CODES.translationTaken;
  if (isNew && own.filter(isOwn).length >= MAX_OWN_TYPES) return EMPLOYEE_TYPE_CODES.tooMany;
  const extension: FeishuEmployeeType = { enumValue: isNew ? freeNumber(own) : (enumValueOf(blank) ?? FIRST_OWN_TYPE) };
  return {
    ...blank,
    name,
    enabled: body.enum_status === 1,
    extensions: { ...blank.extensions, [DIALECT]: extension },
  };
}

function isOwn(entry: CatalogEntry): boolean {
  const number = enumValueOf(entry);
  return number !== undefined && !BUILT_IN_TYPES.has(number);
}

function isTranslationShared(one: LocalText, other: LocalText): boolean {
  return Object.entries(other.i18n).some(([locale, text]) => one.i18n[locale] === text);
}

/** The number after the highest that was ever given. [derived: numbers of employees would change their meaning] */
function freeNumber(own: readonly CatalogEntry[]): number {
  return own.reduce((next, entry) => Math.max(next, (enumValueOf(entry) ?? 0) + 1), FIRST_OWN_TYPE);
}
