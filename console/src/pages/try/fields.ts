import type { FieldLine } from '../../../../src/sandbox/operations/contract.ts';

/** A place in a body: names of members and positions in lists. */
export type Place = readonly (string | number)[];

/** A member of a body with what it contains. */
export interface FieldNode {
  /** Its name; empty for the body itself and for entries of lists. */
  readonly name: string;
  /** What the contract says of it; null for the body itself and for entries of lists. */
  readonly field: FieldLine | null;
  readonly members: readonly FieldNode[];
  /** What each entry of a list is like; null where it is no list of objects. */
  readonly item: FieldNode | null;
}

/** Makes a tree of the members of a body, as its contract lists them. */
export function fieldTree(fields: readonly FieldLine[]): FieldNode {
  return nodeOf('', null, fields, '');
}

function nodeOf(name: string, field: FieldLine | null, fields: readonly FieldLine[], path: string): FieldNode {
  const front = path === '' ? '' : `${path}.`;
  const members = fields.filter((one) => one.path.startsWith(front) && /^[^.[\]]+$/.test(one.path.slice(front.length)));
  const list = `${path}[]`;
  const isList = fields.some((one) => one.path.startsWith(`${list}.`));
  return {
    name,
    field,
    members: members.map((one) => nodeOf(one.path.slice(front.length), one, fields, one.path)),
    item: isList ? nodeOf('', null, fields, list) : null,
  };
}

/** Whether a member is filled in by itself, and not by what it contains. */
export function isLeaf({ members, item }: FieldNode): boolean {
  return members.length === 0 && item === null;
}

/** Returns the part of a tree whose paths contain a text; null where none does. */
export function matching(node: FieldNode, text: string): FieldNode | null {
  const wanted = text.trim().toLowerCase();
  if (wanted === '' || node.field?.path.toLowerCase().includes(wanted) === true) return node;
  const members = node.members.flatMap((member) => matching(member, wanted) ?? []);
  const item = node.item === null ? null : matching(node.item, wanted);
  return members.length === 0 && item === null ? null : { ...node, members, item };
}

/** Returns the value at a place of a body; undefined where there is none. */
export function valueAt(body: unknown, place: Place): unknown {
  let value = body;
  for (const key of place) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[key];
  }
  return value;
}

/** Returns a body with another value at a place; with undefined, without the member, and without objects that held only it. */
export function withValue(body: unknown, place: Place, value: unknown): unknown {
  const [key, ...rest] = place;
  if (key === undefined) return value;
  const inner = rest.length === 0 ? value : withValue(valueAt(body, [key]), rest, value);
  if (typeof key === 'number') {
    const list: readonly unknown[] = Array.isArray(body) ? body : [];
    return inner === undefined && rest.length === 0
      ? list.filter((_one, index) => index !== key)
      : [...list.slice(0, key), inner ?? {}, ...list.slice(key + 1)];
  }
  const members = typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {};
  const { [key]: _former, ...others } = members as Readonly<Record<string, unknown>>;
  if (inner === undefined || (value === undefined && isEmptied(inner))) return others;
  // A member that is there keeps its place.
  return { ...members, [key]: inner };
}

function isEmptied(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

/** Reads what was typed into a field as the type that its contract has; an empty text is not sent. */
export function typedValue({ types }: FieldLine, text: string): unknown {
  if (text === '') return undefined;
  if (types.includes('array'))
    return text
      .split(/[,，]/)
      .map((one) => one.trim())
      .filter((one) => one !== '');
  const isNumber = /^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,10})?$/.test(text);
  if (isNumber && (types.includes('integer') || types.includes('number'))) return Number(text);
  if (types.includes('object') && /^\s*\{/.test(text)) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return text;
    }
  }
  return text;
}

/** Returns a value as a field shows it. */
export function shownValue(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join(', ');
  return JSON.stringify(value);
}

/**
 * Returns a body for another employee: what the call for that employee begins with takes the place of what the former
 * began with, and everything else stays.
 */
export function movedBody(body: unknown, start: object | null): unknown {
  if (start === null) return body;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return start;
  const own = Object.entries(start).filter(([name, value]) => !(isEmptied(value) && Object.hasOwn(body, name)));
  return { ...body, ...Object.fromEntries(own) };
}
