import type { TSchema } from 'typebox';
import { isObject } from '../../lib/json-equal.ts';

/** The parts of a JSON Schema that say what members there are. */
interface Shape {
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly patternProperties?: Readonly<Record<string, TSchema>>;
  readonly additionalProperties?: unknown;
  readonly items?: unknown;
  readonly anyOf?: readonly TSchema[];
  readonly oneOf?: readonly TSchema[];
  readonly allOf?: readonly TSchema[];
}

/** What a schema says of one member: the shapes it may have, or null where it has no such member. */
export function memberOf(schemas: readonly TSchema[], name: string): readonly TSchema[] | null {
  const found: TSchema[] = [];
  let isOpen = schemas.length === 0;
  for (const { properties, patternProperties, additionalProperties, items } of schemas.flatMap(shapesOf)) {
    const direct = properties?.[name];
    if (direct !== undefined) found.push(direct);
    if (patternProperties !== undefined)
      for (const [pattern, inner] of patternsOf(patternProperties)) if (pattern.test(name)) found.push(inner);
    if (isObject(additionalProperties)) found.push(additionalProperties as TSchema);
    // A schema that names no members allows any.
    if (properties === undefined && patternProperties === undefined && items === undefined) isOpen = true;
  }
  return found.length > 0 ? found : isOpen ? [] : null;
}

type Patterns = readonly (readonly [RegExp, TSchema])[];

const patterns = new WeakMap<object, Patterns>();

/** The patterns of a schema with the shapes that they name, made once. */
function patternsOf(properties: Readonly<Record<string, TSchema>>): Patterns {
  let known = patterns.get(properties);
  if (known === undefined) {
    known = Object.entries(properties).map(([pattern, inner]) => [new RegExp(pattern), inner] as const);
    patterns.set(properties, known);
  }
  return known;
}

/** The shapes of the entries of a list. */
export function entriesOf(schemas: readonly TSchema[]): readonly TSchema[] {
  return schemas.flatMap(shapesOf).flatMap(({ items }) => (isObject(items) ? [items as TSchema] : []));
}

/** So deep and so many: schemas may point at themselves. */
const MAX_DEPTH = 8;
const MAX_PATHS = 2_000;

const paths = new WeakMap<TSchema, readonly string[]>();

/** The paths of all members of a schema, as a page writes them: `employee.base_info.mobile`. They are worked out once. */
export function pathsOf(schema: TSchema): readonly string[] {
  let known = paths.get(schema);
  if (known === undefined) paths.set(schema, (known = allPathsOf(schema)));
  return known;
}

function allPathsOf(schema: TSchema): readonly string[] {
  const found: string[] = [];
  const walk = (schemas: readonly TSchema[], front: string, depth: number): void => {
    if (depth > MAX_DEPTH || found.length > MAX_PATHS) return;
    for (const shape of schemas.flatMap(shapesOf)) {
      for (const [name, inner] of Object.entries(shape.properties ?? {})) {
        const path = front === '' ? name : `${front}.${name}`;
        found.push(path);
        walk([inner], path, depth + 1);
      }
      if (isObject(shape.items)) walk([shape.items as TSchema], front, depth + 1);
    }
  };
  walk([schema], '', 0);
  return [...new Set(found)];
}

function shapesOf(schema: TSchema): readonly Shape[] {
  // TypeBox's schemas are JSON Schema; these are the keywords looked at.
  const shape = schema as unknown as Shape;
  const parts = [...(shape.anyOf ?? []), ...(shape.oneOf ?? []), ...(shape.allOf ?? [])];
  return [shape, ...parts.flatMap(shapesOf)].filter(
    (one) => one.anyOf === undefined && one.oneOf === undefined && one.allOf === undefined,
  );
}
