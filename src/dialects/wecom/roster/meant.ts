import { phoneFromE164 } from '../../../directory/employees/phone.ts';
import { isObject } from '../../../lib/json-equal.ts';
import type { Repairs } from '../../dialect-facts.ts';
import { valueType } from '../protocol/codes.ts';
import { rosterOf, type PlacedField } from './roster.ts';
import { ignoredKeys, readValue, valueKeyOf } from './values.ts';

/**
 * Returns the value of an update item under the key of its field's type, where it came under that of another type, which is
 * ignored [seed]. Null where it is no such value, or cannot be one of that type.
 */
export const meant: NonNullable<Repairs['meant']> = ({ name, value, beside }, tenant) => {
  const { fieldid } = beside;
  const field = typeof fieldid === 'number' ? rosterOf(tenant).field(fieldid) : undefined;
  if (field === undefined || !ignoredKeys(field, beside).includes(name)) return null;
  const key = valueKeyOf(field);
  const form = Object.hasOwn(beside, key) ? null : formOf(field, textOf(value));
  return form !== null && readValue(field, { [key]: form }).kind === 'value' ? { name: key, value: form } : null;
};

function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
  return isObject(value) && typeof value['value_mobile'] === 'string' ? value['value_mobile'] : '';
}

/** Writes a text in the form of a field's type; null where it has none. */
function formOf({ value_type, options }: PlacedField, text: string): unknown {
  if (text === '') return null;
  switch (value_type) {
    case valueType.string:
      return text;
    case valueType.phone: {
      const phone = phoneFromE164(text);
      return { value_country_code: phone?.country ?? '86', value_mobile: phone?.number ?? text };
    }
    case valueType.uint32:
      return [...options].find(([, option]) => option === text)?.[0] ?? numberIn(text);
    case valueType.uint64:
    case valueType.int64:
      // Midnight in China. [derived]
      return /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)
        ? Date.parse(`${text}T00:00:00+08:00`) / 1_000 || null
        : numberIn(text);
    case valueType.file:
      return null;
    default:
      return value_type satisfies never;
  }
}

function numberIn(text: string): number | null {
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : null;
}
