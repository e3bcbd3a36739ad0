import type { TSchema } from 'typebox';
import { isObject } from '../lib/json-equal.ts';

type Node = Readonly<Record<string, unknown>>;

/** Sentences by the path of a setting, e.g. `employee.union_id`; items of a list have the path of the list. */
export type Descriptions = Readonly<Record<string, string>>;

/** Returns the schema with a sentence for each setting that has none of its own there. */
export function described(schema: TSchema, path: string, sentences: Descriptions): TSchema {
  return withSentences(schema as unknown as Node, path, sentences) as unknown as TSchema;
}

function withSentences(node: Node, path: string, sentences: Descriptions): Node {
  const { properties, items, anyOf, patternProperties, description } = node;
  const below = (inner: unknown, name: string): unknown =>
    isObject(inner) ? withSentences(inner, name === '' ? path : `${path}.${name}`, sentences) : inner;
  const each = (nodes: Node, nameOf: (name: string) => string): Node =>
    Object.fromEntries(Object.entries(nodes).map(([name, inner]) => [name, below(inner, nameOf(name))]));
  const sentence = description ?? sentences[path];
  // The schema library keeps what it knows of a node in members that are not enumerable.
  return Object.assign(Object.create(Object.getPrototypeOf(node) as object) as object, {
    ...node,
    ...(sentence === undefined ? {} : { description: sentence }),
    ...(isObject(properties) ? { properties: each(properties, (name) => name) } : {}),
    ...(items === undefined ? {} : { items: below(items, '') }),
    ...(Array.isArray(anyOf) ? { anyOf: anyOf.map((one) => below(one, '')) } : {}),
    ...(isObject(patternProperties) ? { patternProperties: each(patternProperties, () => '') } : {}),
  }) as Node;
}
