import type { TSchema } from 'typebox';
import { deepEqual, isObject } from '../../lib/json-equal.ts';

/** How deep a member may lie that is left out. */
const DEEPEST = 3;

type Node = Readonly<Record<string, unknown>>;

/**
 * Returns a part of a file without the members that make no difference: those that its schema does not require, and
 * without which it reads the same. So a default is written once, where the part is read. Undefined where
 * nothing is left.
 */
export function withoutDefaults(part: unknown, schema: TSchema, read: (part: unknown) => unknown): unknown {
  if (!isObject(part)) return part;
  const whole = read(part);
  const isSame = (candidate: unknown): boolean => deepEqual(read(candidate), whole);
  const left = lessOf(part, schema as unknown as Node, isSame, 1);
  return Object.keys(left).length === 0 && isSame(undefined) ? undefined : left;
}

function lessOf(part: Node, schema: Node, isSame: (candidate: Node) => boolean, depth: number): Node {
  const { properties, required } = schema as { properties?: Readonly<Record<string, Node>>; required?: string[] };
  if (properties === undefined) return part;
  let left = part;
  for (const [name, value] of Object.entries(part)) {
    if (required?.includes(name) === true) continue;
    const { [name]: _dropped, ...others } = left;
    if (isSame(others)) {
      left = others;
      continue;
    }
    const inner = properties[name];
    if (depth === DEEPEST || inner === undefined || !isObject(value)) continue;
    const around = left;
    const less = lessOf(value, inner, (candidate) => isSame({ ...around, [name]: candidate }), depth + 1);
    left = { ...left, [name]: less };
  }
  return left;
}
