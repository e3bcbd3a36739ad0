import type { CustomField, CustomValue, LinkValue, PhoneValue } from '../../../directory/custom-field.ts';
import { isInService, type Employee } from '../../../directory/employees/employee.ts';
import type { LocalText } from '../../../directory/text.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { isObject } from '../../../lib/json-equal.ts';
import { SPACE } from './ids.ts';
import { lengthOf, mergedText, localizedTextOf } from '../protocol/localized-text.ts';
import type { GivenCustomField } from '../protocol/wire.ts';

/** The platform's number for each kind of field it knows. [seed] */
const NUMBER_OF_TYPE: Readonly<Partial<Record<CustomField['type'], string>>> = {
  text: '1',
  link: '2',
  choice: '3',
  person: '4',
  phone: '9',
  choices: '10',
  people: '11',
};

/** The field that the platform calls so, with its number there; undefined where the platform knows none. */
export function fieldNamed(
  tenant: Tenant,
  key: string,
): { readonly field: CustomField; readonly number: string } | undefined {
  const field = tenant.customFields.by(SPACE.field, key);
  const number = field === undefined || !field.enabled ? undefined : NUMBER_OF_TYPE[field.type];
  return field === undefined || number === undefined ? undefined : { field, number };
}

/** The platform's number for a field's type; undefined for types it does not know. */
export function isKnownType(type: CustomField['type']): boolean {
  return NUMBER_OF_TYPE[type] !== undefined;
}

/** Whether a value has the form in which values of such fields are kept. */
export function isValueOf(type: CustomField['type'], value: unknown): boolean {
  switch (type) {
    case 'text':
      return isText(value);
    case 'link':
      return isObject(value) && isText(value['text']) && areTexts([value['mobileUrl'], value['desktopUrl']]);
    case 'phone':
      return isObject(value) && areTexts([value['number'], value['extension']]);
    case 'choice':
    case 'choices':
    case 'person':
    case 'people':
      return Array.isArray(value) && areTexts(value);
    default:
      return false;
  }
}

function isText(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value['value'] === 'string' &&
    isObject(value['i18n']) &&
    areTexts(Object.values(value['i18n']))
  );
}

function areTexts(values: readonly unknown[]): boolean {
  return values.every((one) => typeof one === 'string');
}

/** `1` for texts, `2` for pictures. */
function enumType(field: CustomField): string {
  return field.options.some((option) => option.picture) ? '2' : '1';
}

/**
 * What an entry makes of the field's value: null takes it away, undefined is refused. Only the member that fits the
 * field's definition is read; the page's own example fills four. [seed]
 */
export function decodeCustomValue(
  { type, value }: GivenCustomField,
  { field, number }: { readonly field: CustomField; readonly number: string },
  before: CustomValue | undefined,
  people: ReadonlyMap<string, Employee>,
): CustomValue | null | undefined {
  if (type !== '' && type !== number) return undefined;
  switch (field.type) {
    case 'text':
      return decodeText(value.text_value, before);
    case 'link':
      return decodeLink(value.url_value, before);
    case 'choice':
    case 'choices':
      return decodeChoices(value.enum_value, field);
    case 'person':
    case 'people':
      return decodePeople(value.user_values, field.type, people);
    case 'phone':
      return decodePhone(value.phone_value);
    default:
      return undefined;
  }
}

type Value = GivenCustomField['value'];

function decodeText(given: Value['text_value'], before: CustomValue | undefined): CustomValue | null | undefined {
  if (given === undefined) return undefined;
  return given.default_value === '' ? null : mergedText((before as LocalText | undefined) ?? null, given);
}

const WEB_ADDRESS = /^https?:\/\/\S+$/i;
const LINK_TEXT_LIMIT = 40; // [public: dir/employee/create]

function decodeLink(given: Value['url_value'], before: CustomValue | undefined): CustomValue | null | undefined {
  if (given === undefined) return undefined;
  if (given.url === '' && given.pcurl === '') return null;
  const length = lengthOf(given.link_text.default_value);
  if (length < 1 || length > LINK_TEXT_LIMIT) return undefined;
  if (!WEB_ADDRESS.test(given.url) || !WEB_ADDRESS.test(given.pcurl)) return undefined;
  const text = mergedText((before as LinkValue | undefined)?.text ?? null, given.link_text);
  return { text, mobileUrl: given.url, desktopUrl: given.pcurl };
}

function decodeChoices(given: Value['enum_value'], field: CustomField): CustomValue | null | undefined {
  if (given === undefined || String(given.enum_type) !== enumType(field)) return undefined;
  const ids = [...new Set(given.enum_ids)];
  if (ids.length === 0) return null;
  if (field.type === 'choice' && ids.length > 1) return undefined;
  return ids.every((id) => field.options.some((option) => option.id === id && option.enabled)) ? ids : undefined;
}

function decodePeople(
  given: Value['user_values'],
  type: 'person' | 'people',
  people: ReadonlyMap<string, Employee>,
): CustomValue | null | undefined {
  if (given === undefined) return undefined;
  const named = [...new Set(given.flatMap(({ ids }) => ids))];
  if (named.length === 0) return null;
  if (type === 'person' && named.length > 1) return undefined;
  const found = named.map((id) => people.get(id));
  const inService = found.filter((person) => person !== undefined && isInService(person));
  return inService.length === named.length ? inService.map((person) => person?.id ?? '') : undefined;
}

function decodePhone(given: Value['phone_value']): CustomValue | null | undefined {
  if (given === undefined) return undefined;
  return given.phone_number === '' ? null : { number: given.phone_number, extension: given.extension_number ?? '' };
}

/** Employees that a person field's value points to. */
export function peopleIn(value: CustomValue): readonly string[] {
  return listOf(value);
}

function listOf(value: CustomValue): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** The value as the platform shows it; null where the platform does not know the field. */
export function serializeCustomValue(
  field: CustomField,
  value: CustomValue,
  idOf: (employee: string) => string | undefined,
): object | null {
  const key = field.ids[SPACE.field];
  const number = NUMBER_OF_TYPE[field.type];
  if (key === undefined || number === undefined) return null;
  return { field_key: key, field_type: number, ...serializeValue(field, value, idOf) };
}

// What is kept under a field has the field's type; the store's types cannot say so.
function serializeValue(
  field: CustomField,
  value: CustomValue,
  idOf: (employee: string) => string | undefined,
): object {
  switch (field.type) {
    case 'text':
      return { text_value: localizedTextOf(value as LocalText) };
    case 'link': {
      const { text, mobileUrl, desktopUrl } = value as LinkValue;
      return { url_value: { link_text: localizedTextOf(text), url: mobileUrl, pcurl: desktopUrl } };
    }
    case 'choice':
    case 'choices':
      return { enum_value: { enum_ids: listOf(value), enum_type: enumType(field) } };
    case 'person':
    case 'people':
      return { user_values: [{ ids: listOf(value).flatMap((id) => idOf(id) ?? []), user_type: '1' }] };
    case 'phone': {
      const { number, extension } = value as PhoneValue;
      return { phone_value: { phone_number: number, extension_number: extension } };
    }
    default:
      return {};
  }
}
