import { isDeepStrictEqual } from 'node:util';
import { LruCache } from '../../lib/lru-cache.ts';

/** How many files, of up to how many characters each, are kept as they were read. */
const MAX_FILES = 8;
const MAX_LENGTH = 131_072;

/**
 * What was read from YAML, as JSON, which is parsed many times faster: tests begin with one file again and again. Kept as
 * a text, so that each reader gets objects of its own.
 */
const known = new LruCache<string, string>(MAX_FILES);

/** Returns what was read from this text before; null where that is not known. */
export function readKnownFile(text: string): { readonly value: unknown } | null {
  const json = known.get(text);
  return json === undefined ? null : { value: JSON.parse(json) };
}

/** Returns whether this text was read before. */
export function isKnownFile(text: string): boolean {
  return known.get(text) !== undefined;
}

/** Keeps what was read from a text, unless it is long or JSON would make something else of it, as of `.nan`. */
export function keepKnownFile(text: string, value: unknown): void {
  if (text.length > MAX_LENGTH) return;
  const json = jsonOf(value);
  if (json !== null) known.set(text, json);
}

/** Returns a value as JSON; null where it is long, or something else when it is read back. */
function jsonOf(value: unknown): string | null {
  try {
    const json = JSON.stringify(value);
    // Aliases may make a short text a long one.
    if (json === undefined || json.length > 2 * MAX_LENGTH) return null;
    return isDeepStrictEqual(JSON.parse(json), value) ? json : null;
  } catch {
    // It contains itself, or is nested deeper than the stack: that is refused in words later.
    return null;
  }
}
