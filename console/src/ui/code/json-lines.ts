/** One line of a value that is printed as JSON. */
export interface JsonLine {
  readonly indent: number;
  /** The place of what the line begins, e.g. `employee.mobile` or `items[2]`; null for a line that only closes. */
  readonly path: string | null;
  readonly text: string;
}

/** Returns a JSON value as lines, two spaces a level when they are indented, each with its place in the value. */
export function jsonLines(value: unknown): readonly JsonLine[] {
  const lines: JsonLine[] = [];
  print(value, '', 0, '', '', lines);
  return lines;
}

function print(value: unknown, path: string, indent: number, before: string, after: string, lines: JsonLine[]): void {
  if (typeof value !== 'object' || value === null) {
    lines.push({ indent, path, text: `${before}${JSON.stringify(value)}${after}` });
    return;
  }
  const short = shortForm(value);
  if (short !== null && path !== '') {
    lines.push({ indent, path, text: `${before}${short}${after}` });
    return;
  }
  const isList = Array.isArray(value);
  const members = isList
    ? value.map((one: unknown, index) => [`${path}[${String(index)}]`, '', one] as const)
    : Object.entries(value).map(
        ([key, one]) => [path === '' ? key : `${path}.${key}`, `${JSON.stringify(key)}: `, one] as const,
      );
  const [open, close] = isList ? '[]' : '{}';
  if (members.length === 0) {
    lines.push({ indent, path, text: `${before}${open ?? ''}${close ?? ''}${after}` });
    return;
  }
  lines.push({ indent, path, text: `${before}${open ?? ''}` });
  members.forEach(([place, name, one], index) => {
    print(one, place, indent + 1, name, index === members.length - 1 ? '' : ',', lines);
  });
  lines.push({ indent, path: null, text: `${close ?? ''}${after}` });
}

/** So long may a list or an object be that is printed in one line. */
const MAX_SHORT = 80;

/** Returns the one line of a list or an object that has only plain values in it and is short; null where it is not. */
function shortForm(value: object): string | null {
  const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  if (members.length > 4 || members.some((one) => typeof one === 'object' && one !== null)) return null;
  const isList = Array.isArray(value);
  const texts = isList
    ? value.map((one: unknown) => JSON.stringify(one))
    : Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${JSON.stringify(one)}`);
  const text = isList ? `[${texts.join(', ')}]` : `{ ${texts.join(', ')} }`;
  return texts.length > 0 && text.length <= MAX_SHORT ? text : null;
}

/**
 * Returns the place in a body that a verdict is about: of its name, the longest beginning that is in the body. A number
 * of a field of the roster in it is no member (`update_items[2].11003.value_string`).
 */
export function placeOf(field: string, places: ReadonlySet<string>): string | null {
  const found = [field, field.replaceAll(/\.\d+(?=\.|$)/g, '')].flatMap((name) => around(name, places) ?? []);
  return found.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

function around(name: string, places: ReadonlySet<string>): string | null {
  for (let end = name.length; end > 0; end = Math.max(name.lastIndexOf('.', end - 1), name.lastIndexOf('[', end - 1))) {
    const place = name.slice(0, end);
    if (places.has(place)) return place;
  }
  return null;
}
