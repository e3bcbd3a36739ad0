import { e164, phoneFromE164, type Phone } from '../../../directory/employees/phone.ts';
import { isDay } from '../../../lib/time/day.ts';
import { dayOfSerial } from '../formats/cell-text.ts';

/** Reads a phone as people and spreadsheets write it; null where it is none. */
export function phoneIn(text: string): Phone | null {
  const spaced = /^\+([0-9]{1,4}) ([0-9][0-9 -]*)$/.exec(text.trim());
  const bare = text.replaceAll(/[\s\-().（）\u2010-\u2015]/g, '');
  if (/^1[0-9]{10}$/.test(bare)) return { country: '86', number: bare };
  if (/^\+[0-9]{4,32}$/.test(bare)) {
    const phone = phoneFromE164(bare);
    if (phone !== null) return phone;
  }
  const [, country, number = ''] = spaced ?? [];
  return country === undefined ? null : { country, number: number.replaceAll(/[ -]/g, '') };
}

/** Writes a phone so that reading gives the same. */
export function phoneText(phone: Phone): string {
  const whole = e164(phone);
  const read = phoneIn(whole);
  return read?.country === phone.country && read.number === phone.number ? whole : `+${phone.country} ${phone.number}`;
}

/** Reads a day: 2024-03-01, 2024/3/1, 2024年3月1日, 20240301, or the number that a spreadsheet keeps for it. */
export function dayIn(text: string, is1904 = false): string | null {
  const bare = text.trim().replace(/[ T][0-9:.Z+]+$/, '');
  const parts =
    /^([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?$/.exec(bare) ??
    /^((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})$/.exec(bare);
  if (parts !== null) {
    const day = [parts[1], parts[2]?.padStart(2, '0'), parts[3]?.padStart(2, '0')].join('-');
    return isDay(day) ? day : null;
  }
  return /^[1-9][0-9]{3,5}(?:\.[0-9]+)?$/.test(bare) ? dayOfSerial(Number(bare), is1904) : null;
}

/** Splits a cell that names several things. */
export function listIn(text: string): readonly string[] {
  return [...new Set(text.split(/[;；,，、|\n]/).map((one) => one.trim()))].filter((one) => one !== '');
}

/** Reads one of some choices by any of its words, without regard to case. */
export function choiceIn<Value>(text: string, choices: readonly (readonly [Value, ...string[]])[]): Value | undefined {
  const folded = text.trim().toLowerCase();
  return choices.find(([, ...words]) => words.includes(folded))?.[0];
}
