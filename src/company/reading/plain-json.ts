/** A text in JSON, and whether a colon follows, which makes it a name. */
const TEXT = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g;

/**
 * The value of an object in JSON in which no member is repeated and every text can be kept; null for any other text,
 * which is left to those who can say what is wrong with it.
 */
export function readPlainJson(text: string): { readonly value: unknown } | null {
  if (!/^\s*\{/.test(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return membersIn(value) === namesIn(text) ? { value } : null;
  } catch {
    // No JSON, or nested deeper than the stack.
    return null;
  }
}

/** The objects of a YAML list each of which is one line of JSON; null where one is not. */
export function readPlainLines(text: string): readonly unknown[] | null {
  const values: unknown[] = [];
  for (const line of text.split('\n')) {
    const item = /^ *- +(\{.*\})\s*$/.exec(line)?.[1];
    if (item === undefined) {
      if (line.trim() === '') continue;
      return null;
    }
    const json = readPlainJson(item);
    if (json === null) return null;
    values.push(json.value);
  }
  return values;
}

function namesIn(text: string): number {
  let count = 0;
  for (const [, colon] of text.matchAll(TEXT)) if (colon !== undefined) count++;
  return count;
}

/** How many members there are at any depth; NaN, which equals nothing, where a text cannot be kept. */
function membersIn(value: unknown): number {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0') ? 0 : NaN;
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) for (const item of value) count += membersIn(item);
  else for (const [name, member] of Object.entries(value)) count += 1 + membersIn(name) + membersIn(member);
  return count;
}
