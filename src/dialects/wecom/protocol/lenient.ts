import Type, { type TObject, type TSchema } from 'typebox';
import { isObject } from '../../../lib/json-equal.ts';
import { parseJson } from '../../../lib/json.ts';
import { MAX_BODY } from './envelope.ts';
import { malformed, type Refusal } from './errors.ts';
import type { JsonObject } from './wire.ts';

/**
 * What a field of a body is. A value of another JSON type is read where it can be, and warned of; else it is as if absent.
 * (wecom-more 2.3, seen live)
 */
export type FieldKind = 'text' | 'number' | 'bool' | 'numbers' | 'texts' | 'gender' | 'object';

/** The fields of a body by name. */
export type FieldKinds = Readonly<Record<string, FieldKind>>;

/** A body as read: only values of the kinds that were asked for. */
export interface LenientBody {
  readonly members: JsonObject;
  /** Whether a value had another JSON type than its field. */
  readonly warned: boolean;
  /** Fields that had a value which could not be read, with the value. */
  readonly unreadable: ReadonlyMap<string, unknown>;
}

/**
 * Reads a body of the contacts. A body that is no object has every field absent, with the warning; an empty one or `null`
 * is `{}`, warned of only where a field is required. (wecom-more 2.3, ruling 16)
 */
export function readLeniently(body: Uint8Array, kinds: FieldKinds, isFieldRequired: boolean): LenientBody | Refusal {
  if (body.byteLength > MAX_BODY)
    return malformed(
      { kind: 'too-long', subject: 'body', limit: MAX_BODY },
      `request body exceed max size ${String(MAX_BODY)}`,
    );
  const parsed = parseJson(body, { bigIntegers: true });
  const isNothing = parsed.ok ? parsed.value === null : parsed.problem === 'empty';
  if (isNothing) return { members: {}, warned: isFieldRequired, unreadable: NONE };
  if (!parsed.ok || !isObject(parsed.value)) return { members: {}, warned: true, unreadable: NONE };
  const members: Record<string, unknown> = {};
  const unreadable = new Map<string, unknown>();
  let warned = false;
  for (const key in kinds) {
    const value = Object.hasOwn(parsed.value, key) ? parsed.value[key] : undefined;
    if (value === undefined || value === null) continue;
    const read = READERS[kinds[key] ?? 'text'](value);
    if (read.warned) warned = true;
    if (read.value === undefined) {
      if (read.warned) unreadable.set(key, value);
    } else members[key] = read.value;
  }
  return { members, warned, unreadable };
}

const NONE: ReadonlyMap<string, unknown> = new Map();

/** A value as read; undefined where it cannot be. */
interface Reading<Value> {
  readonly value: Value | undefined;
  readonly warned: boolean;
}

const UNREADABLE = { value: undefined, warned: true } as const;

const READERS: Readonly<Record<FieldKind, (value: unknown) => Reading<unknown>>> = {
  text: readText,
  number: readNumber,
  bool: (value) => {
    if (typeof value === 'boolean') return { value, warned: false };
    const { value: number } = readNumber(value);
    return number === 0 || number === 1 ? { value: number === 1, warned: true } : UNREADABLE;
  },
  numbers: (value) => {
    if (Array.isArray(value)) return readList(value, readNumber);
    // `1` and `"1"` are a list of one. [live]
    const { value: one } = readNumber(value);
    return one === undefined ? UNREADABLE : { value: [one], warned: true };
  },
  texts: (value) => (Array.isArray(value) ? readList(value, readText) : UNREADABLE),
  // A number and its digits are both right: reports disagree. [proposed]
  gender: (value) => {
    if (value === '') return { value, warned: false };
    const { value: number } = readNumber(value);
    return number === undefined ? UNREADABLE : { value: number, warned: false };
  },
  object: (value) => (isObject(value) ? { value, warned: false } : UNREADABLE),
};

function readText(value: unknown): Reading<string> {
  if (typeof value === 'string') return { value, warned: false };
  return typeof value === 'number' || typeof value === 'bigint' ? { value: String(value), warned: true } : UNREADABLE;
}

function readNumber(value: unknown): Reading<number> {
  if (typeof value === 'number') return { value, warned: false };
  if (typeof value === 'bigint') return { value: Number(value), warned: false };
  if (typeof value === 'boolean') return { value: value ? 1 : 0, warned: true };
  return typeof value === 'string' && /^-?[0-9]{1,20}$/.test(value)
    ? { value: Number(value), warned: true }
    : UNREADABLE;
}

function readList<Value>(
  list: readonly unknown[],
  read: (value: unknown) => Reading<Value>,
): Reading<readonly Value[]> {
  const entries = list.map(read);
  const values = entries.flatMap(({ value }) => (value === undefined ? [] : [value]));
  // One unreadable entry makes its list unreadable. (ruling 16)
  return values.length < list.length ? UNREADABLE : { value: values, warned: entries.some(({ warned }) => warned) };
}

const SCHEMAS: Readonly<Record<FieldKind, TSchema>> = {
  text: Type.String(),
  number: Type.Integer(),
  bool: Type.Boolean(),
  numbers: Type.Array(Type.Integer()),
  texts: Type.Array(Type.String()),
  gender: Type.Enum(['1', '2']),
  // What is in it is read where it is used: no member of it is unknown here.
  object: Type.Record(Type.String(), Type.Unknown()),
};

/** A body of these fields as JSON Schema, each of them optional. */
export function schemaOf(kinds: FieldKinds): TObject {
  return Type.Object(
    Object.fromEntries(Object.entries(kinds).map(([key, kind]) => [key, Type.Optional(SCHEMAS[kind])])),
  );
}
