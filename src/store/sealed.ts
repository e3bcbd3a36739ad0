import { crc32 } from 'node:zlib';
import { StoreDamagedError } from '../directory/errors.ts';

/*
 * JSON is kept with a checksum as its last member, since no database notices a bit that changed inside a text. What an
 * older release wrote has none, and is believed.
 */

const MARK = '"~crc":"';
const DIGITS = 8;
/** Characters from the mark to the end. */
const TAIL = MARK.length + DIGITS + 2;

/** Returns a JSON object with its checksum, which also covers `about`: the rest of the row. */
export function seal(json: string, about = ''): string {
  const open = json.slice(0, -1);
  return `${open}${open === '{' ? '' : ','}${MARK}${checksum(open, about)}"}`;
}

/** The object that was sealed. Throws {@link StoreDamagedError} where it is not as it was written. */
export function unseal(text: string, about = ''): unknown {
  return parsed(sealed(text, about) ?? text);
}

/** Like `unseal`, but leaves the checksum in, for readers that read members by name. */
export function unsealRead(text: string): unknown {
  sealed(text, '');
  return parsed(text);
}

/** Eight hexadecimal digits that are others as soon as a bit of the text is. */
export function checksum(text: string, about = ''): string {
  // The sum of one text after the other.
  const sum = crc32(about === '' ? text : about + text);
  return sum.toString(16).padStart(DIGITS, '0');
}

/** The text without its checksum, which fits; null where it has none. */
function sealed(text: string, about: string): string | null {
  const at = text.length - TAIL;
  if (at < 1) return null;
  if (!text.startsWith(MARK, at)) {
    if (isNearly(text.slice(at, at + MARK.length))) throw new StoreDamagedError('a record is not as it was written');
    return null;
  }
  const open = text.slice(0, text.charAt(at - 1) === ',' ? at - 1 : at);
  if (!text.startsWith(checksum(open, about), at + MARK.length))
    throw new StoreDamagedError('a record is not as it was written');
  return `${open}}`;
}

/** Whether one character keeps a text from being the mark, which nothing else looks like. */
function isNearly(text: string): boolean {
  let others = 0;
  for (let index = 0; index < MARK.length; index++) if (text[index] !== MARK[index]) others++;
  return others === 1;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Without the cause, which quotes the record.
    throw new StoreDamagedError('a record cannot be read');
  }
}
