import { Buffer, isUtf8 } from 'node:buffer';

/** Why bytes are not a JSON document that may be looked at. */
export type JsonProblem = 'empty' | 'syntax' | 'encoding' | 'depth' | 'text';

/** The outcome of reading bytes as JSON. */
export type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: JsonProblem };

/** No body of any platform nests deeper in earnest; recursion over what passes was measured to be safe. */
export const MAX_DEPTH = 512;

/** EF BB BF, which some editors put in front of a text. */
const BYTE_ORDER_MARK = 0xfeff;

/**
 * Reads bytes as JSON text in UTF-8.
 *
 * Refuses what could not be stored and read back unchanged: bytes that are not UTF-8, a NUL or half of a surrogate pair
 * in any string or key, nesting deeper than {@link MAX_DEPTH}. Of a repeated key the last one counts. A key `__proto__`
 * is a key like any other.
 *
 * With `keepDigits`, an integer beyond 2⁵³ comes back as its decimal digits in a string instead of losing some of them;
 * with `bigIntegers` as a bigint, for callers that tell numbers and strings apart.
 */
export function parseJson(
  bytes: Uint8Array,
  options: { readonly keepDigits?: boolean; readonly bigIntegers?: boolean } = {},
): Parsed {
  if (bytes.byteLength === 0) return { ok: false, problem: 'empty' };
  if (!isUtf8(bytes)) return { ok: false, problem: 'encoding' };
  const decoded = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const text = decoded.charCodeAt(0) === BYTE_ORDER_MARK ? decoded.slice(1) : decoded;
  if (!isOpening(text.charCodeAt(0)) && text.trim() === '') return { ok: false, problem: 'empty' };
  if (text.length > MAX_DEPTH && isTooDeep(text)) return { ok: false, problem: 'depth' };
  let value: unknown;
  try {
    const reviver = options.bigIntegers === true ? bigIntegers : options.keepDigits === true ? keepDigits : undefined;
    value = reviver !== undefined && /[0-9]{16}/.test(text) ? JSON.parse(text, reviver) : JSON.parse(text);
  } catch {
    return { ok: false, problem: 'syntax' };
  }
  // Only an escape can smuggle in what UTF-8 itself cannot carry, so most bodies need no second look.
  if (text.includes('\\') && /\\u(?:0000|[dD][89a-fA-F])/.test(text) && !isStorable(value))
    return { ok: false, problem: 'text' };
  return { ok: true, value };
}

/** Whether it is `{` or `[`, as at the beginning of nearly every body. */
function isOpening(unit: number): boolean {
  return unit === 0x7b || unit === 0x5b;
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (inString) {
      if (unit === 0x5c) i++;
      else if (unit === 0x22) inString = false;
    } else if (unit === 0x22) inString = true;
    else if (isOpening(unit)) {
      if (++depth > MAX_DEPTH) return true;
    } else if (unit === 0x7d || unit === 0x5d) depth--;
  }
  return false;
}

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && /^-?[0-9]+$/.test(source) ? source : value;
}

function bigIntegers(key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const kept = keepDigits(key, value, context);
  return typeof value === 'number' && typeof kept === 'string' ? BigInt(kept) : kept;
}

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (Array.isArray(value)) return value.every(isStorable);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).every(([key, member]) => isStorable(key) && isStorable(member));
  }
  return true;
}
