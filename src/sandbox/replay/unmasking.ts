import { parseJson } from '../../lib/json.ts';
import { isObject } from '../../lib/json-equal.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { Mask } from '../journal/mask.ts';

/** Puts back what was masked where a call was shown. */
export interface Unmasking {
  value(value: unknown): unknown;
  text(text: string): string;
  /** A path, with a query or without. */
  target(target: string): string;
}

/** A word of a path or query; masked words end in `#` and four digits. */
const PARTS = /([/?&=])/;

/** Finds what the masked values of a call stand for. A masked value that came from elsewhere stays as it is. */
export function unmasking(
  { request: { body }, target }: Pick<JournalEntry, 'request' | 'target'>,
  mask: Mask,
): Unmasking {
  const originals = new Map<string, unknown>();
  const note = (value: unknown, shown: unknown): void => {
    if (typeof shown === 'string' && shown !== value) originals.set(shown, value);
    else if (Array.isArray(value) && Array.isArray(shown))
      for (const [index, one] of value.entries()) note(one, shown[index]);
    else if (isObject(value) && isObject(shown)) for (const name in value) note(value[name], shown[name]);
  };
  const parsed = body === null ? null : parseJson(typeof body === 'string' ? Buffer.from(body) : body);
  if (parsed?.ok === true) note(parsed.value, mask.value(parsed.value));
  else if (body !== null) note(body.toString(), mask.text(body.toString()));
  const words = target.split(PARTS);
  for (const word of words) note(word, mask.text(word));
  note(target, mask.text(target));
  const back = (value: unknown): unknown => {
    if (typeof value === 'string') return originals.has(value) ? originals.get(value) : value;
    if (Array.isArray(value)) return value.map(back);
    if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, back(inner)]));
    return value;
  };
  const text = (given: string): string => {
    const inJson = parseJson(Buffer.from(given));
    if (inJson.ok && typeof inJson.value === 'object' && originals.size > 0) return textBack(given, originals);
    const found = back(given);
    return typeof found === 'string' ? found : given;
  };
  return {
    value: back,
    text,
    target: (given) =>
      originals.has(given)
        ? String(originals.get(given))
        : given
            .split(PARTS)
            .map((word) => String(back(word)))
            .join(''),
  };
}

/** The same in a JSON text, which stays as it is otherwise. */
function textBack(given: string, originals: ReadonlyMap<string, unknown>): string {
  return given.replaceAll(/"(?:[^"\\]|\\.)*"/g, (quoted) => {
    const original = originals.get(JSON.parse(quoted) as string);
    return original === undefined ? quoted : JSON.stringify(original);
  });
}
