import type { EditField } from '../../dialects/dialect-facts.ts';
import { placeIn } from '../nearest/shown-request.ts';

/** Which field each member of a body writes, by the name that verdicts give the member. */
export type WrittenMembers = Readonly<Record<string, EditField>>;

/** Returns the field that a member writes, or a part of that member; null where none is known. */
export function writtenField(members: WrittenMembers, name: string): EditField | null {
  const found = Object.entries(members).find(
    ([member]) => name.startsWith(member) && /^(?:$|[.[])/.test(name.slice(member.length)),
  );
  return found?.[1] ?? null;
}

/** Returns the fields of those members that have one, by the members' names. */
export function namedFields(members: WrittenMembers, names: readonly string[]): WrittenMembers {
  return Object.fromEntries(
    names.flatMap((name) => {
      const field = writtenField(members, name);
      return field === null ? [] : [[name, field] as const];
    }),
  );
}

/** Returns the name that verdicts give what is at a JSON Pointer of a body: `/items/0/value` is `items[0].value`. */
export function memberAt(pointer: string, body: unknown): string {
  return placeIn(pointer, body)
    .map((part, index) => (typeof part === 'number' ? `[${String(part)}]` : index === 0 ? part : `.${part}`))
    .join('');
}
