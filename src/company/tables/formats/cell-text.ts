/** A row of a table as text, with its place in the file as a spreadsheet counts it, from 1. */
export interface TableRow {
  readonly row: number;
  readonly cells: readonly string[];
  /** Present where a spreadsheet does not show the row, as of one that a filter leaves out. */
  readonly hidden?: true;
}

/**
 * Spreadsheets take a text for a formula that begins so; a tab or line break before it does not help. The full-width signs
 * count, too, in some languages of Excel. (OWASP, CSV Injection)
 */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/u;

/**
 * Returns a text for a cell of a CSV file that no spreadsheet runs as a formula: with an apostrophe before it. A text that
 * has one already gets another, so that {@link unguarded} gives back the very same text.
 */
export function guarded(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** Returns the text that was guarded; any other text stays as it is. */
export function unguarded(text: string): string {
  return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text;
}

/** Days from the first day of a workbook's calendar to 1970-01-01. Excel counts a 29 February 1900 that never was. */
const EPOCH_1900 = 25_569;
const EPOCH_1904 = 24_107;
const DAY_MS = 86_400_000;
/** 9999-12-31. */
const LAST_SERIAL = 2_958_465;
/** Up to here the day that never was is not yet counted. */
const LEAP_BUG = 60;

/** Returns the day that a spreadsheet keeps as a number, as YYYY-MM-DD; null where it is none. */
export function dayOfSerial(serial: number, is1904 = false): string | null {
  if (!Number.isFinite(serial) || serial < 1 || serial >= LAST_SERIAL + 1) return null;
  const whole = Math.floor(serial);
  if (!is1904 && whole === LEAP_BUG) return null;
  const days = is1904 ? whole - EPOCH_1904 : whole - EPOCH_1900 + (whole < LEAP_BUG ? 1 : 0);
  return new Date(days * DAY_MS).toISOString().slice(0, 10);
}

/** Spreadsheets keep 15 digits of a number; what is behind them is lost. */
export const EXACT_BELOW = 1e15;

/**
 * Returns a number as a person would write it: all digits, no exponent, so that a phone stays one. A number with more digits than are
 * kept is written as {@link isShortened} knows it.
 */
export function numberText(value: number): string {
  if (!Number.isInteger(value)) return String(value);
  if (Math.abs(value) < EXACT_BELOW) return String(value === 0 ? 0 : value);
  const [digits, exponent] = value.toExponential().split('e');
  return `${digits ?? ''}E${exponent ?? ''}`;
}

/** Whether a spreadsheet has cut digits off: it shows a long number as 1.38E+10, and a CSV file has that. */
export function isShortened(text: string): boolean {
  return /^[+-]?[0-9](?:\.[0-9]+)?E\+[0-9]{2,3}$/.test(text);
}

/** Is in the place of a formula whose result no program has kept in the file. */
export const NO_RESULT = '#NO-RESULT!';
