import { isObject } from '../../../lib/json-equal.ts';
import type { Problem } from '../../../directory/errors.ts';
import { fieldType, valueType, type ValueType } from '../protocol/codes.ts';
import type { PlacedField } from './roster.ts';
import type { JsonObject, PhoneValue, RosterValue } from '../protocol/wire.ts';

/** 字段值类型对照表 [seed]: the one key that is looked at, by value type; `value_file` is returned, never accepted [public: 99132]. */
const VALUE_KEYS: Readonly<Record<ValueType, string>> = {
  [valueType.string]: 'value_string',
  [valueType.uint64]: 'value_uint64',
  [valueType.uint32]: 'value_uint32',
  [valueType.int64]: 'value_int64',
  [valueType.phone]: 'value_mobile',
  [valueType.file]: 'value_file',
};

/** Returns the key under which a field's value comes. */
export function valueKeyOf({ value_type }: Pick<PlacedField, 'value_type'>): string {
  return VALUE_KEYS[value_type];
}

/** What a content says of its field. */
export type Reading =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'value';
      readonly value: RosterValue;
      readonly normalised?: { readonly from: unknown; readonly to: unknown };
    }
  | { readonly kind: 'bad'; readonly problem: Problem };

const EMPTY: Reading = { kind: 'empty' };

/** Reads the content of a field: only the key of the field's own type counts [seed], and without it the field is emptied. */
export function readValue(field: PlacedField, members: JsonObject): Reading {
  const value = members[VALUE_KEYS[field.value_type]];
  if (value === undefined || value === null) return EMPTY;
  switch (field.value_type) {
    case valueType.string:
      return readText(field, value);
    case valueType.uint32:
      return readNumber(field, value);
    case valueType.uint64:
      return readSeconds(field, value, 0n, 0xffff_ffff_ffff_ffffn);
    case valueType.int64:
      return readSeconds(field, value, -0x8000_0000_0000_0000n, 0x7fff_ffff_ffff_ffffn);
    case valueType.phone:
      return field.canonical === 'mobile' ? readMobile(field, value) : readPhone(field, value);
    case valueType.file:
      return bad({ kind: 'forbidden', subject: field.key });
    default:
      return field.value_type satisfies never;
  }
}

/** Returns the value keys of other types that are there; what is no value key of any type is no member at all. */
export function ignoredKeys(field: PlacedField, members: JsonObject): readonly string[] {
  const own = VALUE_KEYS[field.value_type];
  const keys: readonly string[] = Object.values(VALUE_KEYS);
  return Object.keys(members).filter((key) => key !== own && keys.includes(key));
}

/** A kept value if it is of the field's type; null where there is none, or where the field was of another type then. */
export function valueFor(field: PlacedField, value: unknown): RosterValue | null {
  switch (field.value_type) {
    case valueType.string:
      return typeof value === 'string' && value !== '' ? value : null;
    case valueType.uint32:
      return typeof value === 'number' && Number.isInteger(value) ? value : null;
    case valueType.uint64:
    case valueType.int64:
      return typeof value === 'string' && /^-?[0-9]+$/.test(value) ? value : null;
    case valueType.phone:
      return isPhone(value) ? value : null;
    case valueType.file:
      return Array.isArray(value) && value.every((id) => typeof id === 'string') ? value : null;
    default:
      return field.value_type satisfies never;
  }
}

// ES2024's types do not know it; Node 26 does.
const { rawJSON } = JSON as typeof JSON & { rawJSON: (digits: string) => unknown };

/** A value under its key, 64-bit numbers with all their digits. */
export function writeValue(field: PlacedField, value: RosterValue | null): object {
  if (value === null) return {};
  const isLong = field.value_type === valueType.uint64 || field.value_type === valueType.int64;
  const shown =
    field.value_type === valueType.file
      ? { media_id: value }
      : isLong && typeof value === 'string'
        ? rawJSON(value)
        : value;
  return { [VALUE_KEYS[field.value_type]]: shown };
}

function bad(problem: Problem): Reading {
  return { kind: 'bad', problem };
}

function readText(field: PlacedField, value: unknown): Reading {
  if (typeof value !== 'string') return bad({ kind: 'invalid', subject: field.key });
  if (value === '') return EMPTY;
  if (isLonger(value, field.max_len)) return bad({ kind: 'too-long', subject: field.key, limit: field.max_len });
  return { kind: 'value', value };
}

function readNumber(field: PlacedField, value: unknown): Reading {
  const integer = readInteger(value, 0n, 0xffff_ffffn);
  if (integer === null) return bad({ kind: 'invalid', subject: field.key });
  const number = Number(integer);
  if (field.field_type !== fieldType.option || field.options.has(number)) return { kind: 'value', value: number };
  return number === 0 ? EMPTY : bad({ kind: 'unknown', subject: field.key, value: String(number) });
}

function readSeconds(field: PlacedField, value: unknown, least: bigint, most: bigint): Reading {
  const integer = readInteger(value, least, most);
  return integer === null ? bad({ kind: 'invalid', subject: field.key }) : { kind: 'value', value: String(integer) };
}

/** A JSON integer or its decimal digits, which a client in the field does send [public: OA-client]. */
function readInteger(value: unknown, least: bigint, most: bigint): bigint | null {
  let integer: bigint;
  if (typeof value === 'bigint') integer = value;
  else if (typeof value === 'number' && Number.isInteger(value)) integer = BigInt(value);
  else if (typeof value === 'string' && /^-?[0-9]{1,20}$/.test(value)) integer = BigInt(value);
  else return null;
  return integer < least || integer > most ? null : integer;
}

/** Characters of an area code and of a number that is kept as sent. [proposed] */
const MAX_AREA_CODE = 16;
const MAX_NUMBER = 32;
const MAINLAND = '86';

/** The two texts of a phone, or what else the value says: 不填/填写空串，则视为整个电话号码字段传入为空 [seed]. */
function phoneTexts(field: PlacedField, value: unknown): { code: string | null; number: string } | Reading {
  if (!isObject(value)) return bad({ kind: 'invalid', subject: field.key });
  const number = value['value_mobile'];
  if (number === undefined || number === null || number === '') return EMPTY;
  // The seed's first example writes value_mobile_country_code, its table and second example value_country_code.
  const code = value['value_country_code'] ?? value['value_mobile_country_code'] ?? null;
  if (typeof number !== 'string' || (code !== null && typeof code !== 'string'))
    return bad({ kind: 'invalid', subject: field.key });
  return { code, number };
}

function readPhone(field: PlacedField, value: unknown): Reading {
  const texts = phoneTexts(field, value);
  if ('kind' in texts) return texts;
  const { code, number } = texts;
  if (isLonger(number, MAX_NUMBER)) return bad({ kind: 'too-long', subject: field.key, limit: MAX_NUMBER });
  if (code !== null && isLonger(code, MAX_AREA_CODE))
    return bad({ kind: 'too-long', subject: field.key, limit: MAX_AREA_CODE });
  return { kind: 'value', value: { value_country_code: code ?? MAINLAND, value_mobile: number } };
}

/** The employee's own mobile: 86, +86 and 0086 are one area code, and the number must be one. [proposed] */
function readMobile(field: PlacedField, value: unknown): Reading {
  const texts = phoneTexts(field, value);
  if ('kind' in texts) return texts;
  const { code, number } = texts;
  const area = code === null || code === '' ? MAINLAND : code.replace(/^(?:\+|00)/, '');
  if (!/^[1-9][0-9]{0,3}$/.test(area) || !(area === MAINLAND ? /^1[0-9]{10}$/ : /^[0-9]{4,20}$/).test(number))
    return bad({ kind: 'invalid', subject: field.key });
  const kept: PhoneValue = { value_country_code: area, value_mobile: number };
  return area === code
    ? { kind: 'value', value: kept }
    : { kind: 'value', value: kept, normalised: { from: value, to: kept } };
}

function isPhone(value: unknown): value is PhoneValue {
  return (
    isObject(value) && typeof value['value_country_code'] === 'string' && typeof value['value_mobile'] === 'string'
  );
}

/** Whether a text has more characters than that, a pair of surrogates being one. */
export function isLonger(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  let count = 0;
  for (const _character of text) if (++count > limit) return true;
  return false;
}
