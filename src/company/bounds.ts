import type { TSchema } from 'typebox';
import { isObject } from '../lib/json-equal.ts';

/** The longest text of a company file, and the longest name of a member that the file gives itself. */
export const MAX_TEXT_LENGTH = 20_000;
const MAX_NAME_LENGTH = 300;
/** How many translations a text has, how many members another map, and how many items a list inside a thing, at most. */
export const MAX_TRANSLATIONS = 200;
const MAX_MEMBERS = 2_000;
export const MAX_ITEMS = 2_000;

type Node = Readonly<Record<string, unknown>>;

const VALUE = { $ref: '#/$defs/value' };
const NAMES = { propertyNames: { maxLength: MAX_NAME_LENGTH } };

/** Any value that a platform keeps as it is. */
const value: Node = {
  description: 'Any value, within these bounds.',
  maxLength: MAX_TEXT_LENGTH,
  maxItems: MAX_ITEMS,
  items: VALUE,
  maxProperties: MAX_MEMBERS,
  ...NAMES,
  additionalProperties: VALUE,
};

/**
 * The schema of a company file with a bound for every text, map and inner list that states none of its own, so that a
 * record has a size that can be known. The lists of the file itself are bounded by the size of the file.
 */
export function bounded(schema: TSchema): TSchema {
  const { properties, ...top } = schema as unknown as { readonly properties: Readonly<Record<string, Node>> };
  // A copy: what the platforms gave may be in use elsewhere.
  return {
    ...top,
    properties: mapped(properties, (node, name) => (isList(node) ? listOf(node) : boundedNode(node, name))),
    $defs: { value },
  } as unknown as TSchema;
}

function listOf(node: Node): Node {
  return { ...node, items: boundedNode(node['items'] as Node, '') };
}

function boundedNode(node: Node, name: string): Node {
  const { anyOf, properties } = node;
  if (isAnything(node)) return { ...node, ...VALUE };
  if (Array.isArray(anyOf)) return { ...node, anyOf: anyOf.map((one: Node) => boundedNode(one, name)) };
  if (isObject(properties)) return { ...node, properties: mapped(properties as Record<string, Node>, boundedNode) };
  if (node['type'] === 'object') return boundedMap(node, name);
  if (isList(node)) return { maxItems: MAX_ITEMS, ...listOf(node) };
  return node['type'] === 'string' ? { maxLength: MAX_TEXT_LENGTH, ...node } : node;
}

function boundedMap(node: Node, name: string): Node {
  const patterns = (node['patternProperties'] ?? {}) as Readonly<Record<string, Node>>;
  return {
    maxProperties: name === 'i18n' ? MAX_TRANSLATIONS : MAX_MEMBERS,
    ...NAMES,
    ...node,
    // `^.*$` misses a name with a line feed.
    patternProperties: Object.fromEntries(
      Object.entries(patterns).map(([pattern, inner]) => [
        pattern === '^.*$' ? '' : pattern,
        // These lists belong to the file itself.
        name === 'dimensions' && isList(inner) ? listOf(inner) : boundedNode(inner, ''),
      ]),
    ),
    additionalProperties: false,
  };
}

function isList(node: Node): boolean {
  return node['type'] === 'array';
}

function isAnything(node: Node): boolean {
  return Object.keys(node).every((key) => key === 'description');
}

function mapped(nodes: Readonly<Record<string, Node>>, change: (node: Node, name: string) => Node): Node {
  return Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, change(node, name)]));
}
