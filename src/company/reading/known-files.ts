import { isDeepStrictEqual } from 'node:util';
import { LruCache } from '../../lib/lru-cache.ts';
import type { FileError } from '../contract.ts';

/** Files of up to so many characters are kept as they were read. */
const MAX_LENGTH = 131_072;
/** So many characters are kept in all, of files and of what was read from them. */
const MAX_KEPT = 3_000_000;

/** A file as it was read, and what it was found to be. */
interface KnownFile {
  /** A text, so that each reader gets objects of its own. */
  readonly json: string;
  readonly right: FoundRight | null;
}

/** That a file was found right, in its form and in what it says. */
interface FoundRight {
  readonly platforms: string;
  readonly warnings: readonly FileError[];
}

/** What was read from YAML, as JSON, which is parsed many times faster: tests begin with one file again and again. */
const known = new LruCache<string, KnownFile>(MAX_KEPT);

/** Returns what was read from this text before; null where that is not known. */
export function readKnownFile(text: string): { readonly value: unknown } | null {
  const file = known.get(text);
  return file === undefined ? null : { value: JSON.parse(file.json) };
}

/** Returns the warnings of a text that was found right for these platforms; null where that is not known. */
export function foundRight(text: string, platforms: readonly string[]): readonly FileError[] | null {
  const right = known.get(text)?.right;
  return right?.platforms === platforms.join() ? right.warnings : null;
}

/** Keeps that a text was found right for these platforms, and with which warnings, where the text is known. */
export function keepFoundRight(text: string, platforms: readonly string[], warnings: readonly FileError[]): void {
  const file = known.get(text);
  if (file !== undefined) keep(text, { ...file, right: { platforms: platforms.join(), warnings } });
}

/** Returns whether this text was read before. */
export function isKnownFile(text: string): boolean {
  return known.get(text) !== undefined;
}

/** Keeps what was read from a text, unless it is long or JSON would make something else of it, as of `.nan`. */
export function keepKnownFile(text: string, value: unknown): void {
  if (text.length > MAX_LENGTH) return;
  const json = jsonOf(value);
  if (json !== null) keep(text, { json, right: null });
}

function keep(text: string, file: KnownFile): void {
  known.set(text, file, text.length + file.json.length);
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
