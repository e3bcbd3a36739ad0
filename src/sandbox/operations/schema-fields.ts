import type { TSchema } from 'typebox';
import { isObject } from '../../lib/json-equal.ts';
import type { FieldLine } from './contract.ts';

/** Schemas may point at themselves. */
const MAX_DEPTH = 8;
const MAX_FIELDS = 500;

/** Limits of JSON Schema that a form can say. */
const LIMITS = ['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'pattern', 'format'] as const;

type Shape = Readonly<Record<string, unknown>>;

/** Lists the members of a body's schema, each after the one that contains it. */
export function fieldsIn(schema: TSchema): readonly FieldLine[] {
  const fields: FieldLine[] = [];
  const walk = (shapes: readonly Shape[], front: string, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    for (const { properties, required } of shapes) {
      const needed: readonly unknown[] = Array.isArray(required) ? required : [];
      for (const [name, inner] of Object.entries(isObject(properties) ? properties : {})) {
        if (fields.length >= MAX_FIELDS || !isObject(inner)) return;
        const path = front === '' ? name : `${front}.${name}`;
        if (fields.some((field) => field.path === path)) continue;
        const choices = alternativesOf(inner);
        fields.push(fieldOf(path, needed.includes(name), choices));
        walk(choices, path, depth + 1);
      }
    }
    for (const { items } of shapes) if (isObject(items)) walk(alternativesOf(items), `${front}[]`, depth + 1);
  };
  walk(alternativesOf(schema as unknown as Shape), '', 0);
  return fields;
}

function fieldOf(path: string, required: boolean, shapes: readonly Shape[]): FieldLine {
  const limits: Record<string, number | string> = {};
  for (const shape of shapes) {
    for (const name of LIMITS) {
      const limit = shape[name];
      if (typeof limit === 'number' || typeof limit === 'string') limits[name] ??= limit;
    }
  }
  const values = shapes.flatMap(valuesOf);
  return {
    path,
    types: [...new Set(shapes.flatMap(typesOf))],
    required,
    limits,
    enum: values.length > 0 ? values : null,
  };
}

/** The shapes that a value may have. */
function alternativesOf(shape: Shape): readonly Shape[] {
  for (const name of ['anyOf', 'oneOf', 'allOf']) {
    const list = shape[name];
    if (Array.isArray(list)) return (list as readonly unknown[]).filter(isObject).flatMap(alternativesOf);
  }
  return [shape];
}

function typesOf({ type, ...shape }: Shape): readonly string[] {
  if (typeof type === 'string') return [type];
  return [...new Set(valuesOf(shape).map((value) => typeof value))];
}

function valuesOf({ const: only, enum: list }: Shape): readonly (string | number | boolean)[] {
  const values: readonly unknown[] = Array.isArray(list) ? list : only === undefined ? [] : [only];
  return values.filter((value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean');
}
