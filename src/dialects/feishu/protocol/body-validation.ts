import { Compile, type Validator } from 'typebox/compile';
import type { Static, TSchema } from 'typebox';
import { isObject } from '../../../lib/json-equal.ts';
import { parseJson } from '../../../lib/json.ts';
import { WORDING } from './body-schemas.ts';
import type { FieldViolation } from './envelope.ts';
import { lengthOf } from './localized-text.ts';

/** A body that was read, or why it cannot be. */
export type BodyRead<Body> =
  | { readonly body: Body }
  /** It is no JSON object at all. */
  | { readonly body: null; readonly violations: null }
  | { readonly body: null; readonly violations: readonly FieldViolation[] };

/** Makes a reader of bodies of one shape. It is compiled once, for the first body: to compile all would be a fifth of each start. */
export function createBodyReader<Schema extends TSchema>(
  schema: Schema,
): (bytes: Uint8Array) => BodyRead<Static<Schema>> {
  let compiled: Validator<Record<never, never>, Schema> | undefined;
  return (bytes) => {
    const parsed = parseJson(bytes);
    if (!parsed.ok || !isObject(parsed.value)) return { body: null, violations: null };
    const body = withoutNulls(parsed.value);
    compiled ??= Compile(schema);
    // `Check` says so of the very schema that `Static` was taken from.
    if (compiled.Check(body)) return { body: body as Static<Schema> };
    const violations = new Violations();
    collect(schema as unknown as Shape, body, '', violations);
    return { body: null, violations: violations.found };
  };
}

/** `null` is the same as absent, at every level. [derived, contract 2.4] The parsed value is ours alone to change. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return (value.includes(null) ? value.filter((item) => item !== null) : value).map(withoutNulls);
  }
  if (!isObject(value)) return value;
  const members = value as Record<string, unknown>;
  for (const name of Object.keys(members)) {
    const member = members[name];
    if (member === null) delete members[name];
    else if (Array.isArray(member)) {
      // Only a list can come back as another one; and a member `__proto__` is never assigned.
      const list = withoutNulls(member);
      Object.defineProperty(members, name, { value: list, enumerable: true, writable: true, configurable: true });
    } else if (typeof member === 'object') withoutNulls(member);
  }
  return value;
}

/** As much of JSON Schema as this platform's shapes use. */
interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly patternProperties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly const?: unknown;
  readonly anyOf?: readonly Shape[];
  readonly [WORDING]?: { readonly expect: string; readonly options?: readonly (string | number)[] };
}

/** The most violations in one answer; no source states how many the platform returns. [proposed] */
export const MAX_VIOLATIONS = 100;

/** What is wrong, in the words of the contract's section 1.4. Only chosen values are repeated, no text. */
class Violations {
  readonly found: FieldViolation[] = [];

  /** Positions are written `[*]`, so that what is wrong in several items is said once. */
  add(field: string, description: string, value = ''): void {
    if (this.isFull || this.found.some((one) => one.field === field && one.description === description)) return;
    this.found.push({ field, value, description });
  }

  /** Whether the answer is full, so that nothing more needs to be checked. */
  get isFull(): boolean {
    return this.found.length >= MAX_VIOLATIONS;
  }
}

function collect(shape: Shape, value: unknown, field: string, violations: Violations): void {
  if (violations.isFull) return;
  const wording = shape[WORDING];
  if (wording !== undefined) {
    if ((shape.anyOf ?? []).some((one) => isFine(one, value))) return;
    const { expect, options } = wording;
    const isWrongValue = options !== undefined && (typeof value === 'number' || typeof value === 'string');
    const text = (shape.anyOf ?? []).find(({ type, maxLength }) => type === 'string' && maxLength !== undefined);
    // The sentence about a text says which length it may have.
    if (text !== undefined && typeof value === 'string') collect(text, value, field, violations);
    else if (isWrongValue) violations.add(field, `options: [${options.join(',')}]`, String(value).slice(0, 64));
    else violations.add(field, `type mismatch, expect ${expect}`);
    return;
  }
  if (!hasType(shape.type, value)) {
    violations.add(field, `type mismatch, expect ${pageType(shape.type)}`);
    return;
  }
  if (typeof value === 'string') collectLength(shape.minLength, shape.maxLength, lengthOf(value), field, violations);
  else if (Array.isArray(value)) {
    collectLength(shape.minItems, shape.maxItems, value.length, field, violations);
    if (shape.items !== undefined) for (const item of value) collect(shape.items, item, `${field}[*]`, violations);
  } else if (isObject(value)) collectMembers(shape, value, field, violations);
}

function collectLength(
  least: number | undefined,
  most: number | undefined,
  length: number,
  field: string,
  violations: Violations,
): void {
  if (least !== undefined && length < least) violations.add(field, `the min len is ${String(least)}`);
  if (most !== undefined && length > most) violations.add(field, `the max len is ${String(most)}`);
}

function collectMembers(
  shape: Shape,
  value: Readonly<Record<string, unknown>>,
  field: string,
  violations: Violations,
): void {
  const names = Object.keys(value);
  collectLength(undefined, shape.maxProperties, names.length, field, violations);
  const path = (name: string): string => (field === '' ? name : `${field}.${name}`);
  for (const name of shape.required ?? []) {
    if (!Object.hasOwn(value, name)) violations.add(path(name), `${path(name)} is required`);
  }
  for (const [name, one] of Object.entries(shape.properties ?? {})) {
    if (Object.hasOwn(value, name)) collect(one, value[name], path(name), violations);
  }
  for (const one of Object.values(shape.patternProperties ?? {})) {
    // Keys that the caller chose are cut to 64 characters in the error.
    for (const name of names) collect(one, value[name], path(name.slice(0, 64)), violations);
  }
}

/** The pages write `int` for what JSON Schema calls an integer. [public: contact/user/create] */
function pageType(type = ''): string {
  return type === 'integer' ? 'int' : type;
}

function isFine(shape: Shape, value: unknown): boolean {
  if (shape.const !== undefined) return shape.const === value;
  if (!hasType(shape.type, value)) return false;
  if (typeof value === 'number') {
    return (
      (shape.minimum === undefined || value >= shape.minimum) && (shape.maximum === undefined || value <= shape.maximum)
    );
  }
  if (typeof value !== 'string') return true;
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = shape;
  const length = lengthOf(value);
  return length >= minLength && length <= maxLength && (pattern === undefined || new RegExp(pattern).test(value));
}

function hasType(type: string | undefined, value: unknown): boolean {
  switch (type) {
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case undefined:
      return true;
    default:
      return typeof value === type;
  }
}
