import { SharedStrings } from './xlsx-strings.ts';
import type { XlsxParts } from './xlsx-parts.ts';
import { chosenSheet, readList, type ListedSheet } from './xlsx-sheets.ts';
import { readWholeXml } from './xlsx-xml.ts';
import { TableError } from './table-error.ts';

/** How the numbers of a style are shown, as far as it matters here. */
export type NumberForm =
  | 'plain'
  | 'date'
  /** So many digits at least, with what is written around them. */
  | { readonly digits: number; readonly before: string; readonly after: string };

/** What is read of a workbook before its sheet. */
export interface XlsxBook {
  /** The part with the sheet that is read. */
  readonly sheet: string;
  readonly is1904: boolean;
  readonly forms: readonly NumberForm[];
  readonly strings: SharedStrings;
}

/** Shared texts take so many bytes at most. */
const MAX_STRING_BYTES = 128 * 1024 * 1024;

/** Reads everything of a workbook but its cells. */
export async function readBook(parts: XlsxParts, wanted: string | null): Promise<XlsxBook> {
  const { sheets, is1904, styles, strings } = await readList(parts);
  return {
    sheet: chosenSheet<ListedSheet>(sheets, wanted).part,
    is1904,
    forms: styles === null ? [] : await readForms(parts, styles),
    strings: strings === null ? new SharedStrings() : await readStrings(parts, strings),
  };
}

async function readForms(parts: XlsxParts, name: string): Promise<readonly NumberForm[]> {
  const codes = new Map<number, string>();
  const forms: NumberForm[] = [];
  let isInCells = false;
  await readWholeXml(parts.read(name), {
    open: (tag, { numFmtId = '0', formatCode = '' }) => {
      if (tag === 'numFmt') codes.set(Number(numFmtId), formatCode);
      if (tag === 'cellXfs') isInCells = true;
      if (tag === 'xf' && isInCells) forms.push(formOf(Number(numFmtId), codes.get(Number(numFmtId))));
    },
    close: (tag) => {
      if (tag === 'cellXfs') isInCells = false;
    },
  });
  return forms;
}

/** Built-in formats of days, by number: those of the standard, and those of Chinese, Japanese and Korean editions. */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58);
}

/** Excel takes no longer form of a number; a longer one, which no one reads, would take long to be read. */
const LONGEST_CODE = 255;

/** Zeros or `General` with a text around them: an employee number that shows A00012 is kept as 12. */
const LITERAL_FORM = /^((?:"[^"]*"|\\.|-)*)(0{1,20}|#|General)((?:"[^"]*"|\\.|-)*)(?:_.)?(?:;|$)/;

function unquoted(text: string): string {
  return text.replaceAll(/"([^"]*)"|\\(.)/g, (_all, quoted?: string, one?: string) => quoted ?? one ?? '');
}

function formOf(id: number, code: string | undefined): NumberForm {
  if (code !== undefined && code.length > LONGEST_CODE) return 'plain';
  if (code === undefined) return isBuiltInDate(id) ? 'date' : 'plain';
  const literal = LITERAL_FORM.exec(code);
  if (literal !== null) {
    const [, before = '', digits = '', after = ''] = literal;
    const written = { digits: digits.replaceAll(/\D/g, '').length, before: unquoted(before), after: unquoted(after) };
    // A unit behind a number (`0"天"`) or a currency before it is none of an employee number, and a field of numbers wants neither.
    if (written.digits > 1 || /[\p{L}\d]/u.test(written.before)) return written;
  }
  // What is quoted, in brackets or escaped is not part of the form.
  const bare = code.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, '').toLowerCase();
  const [first = ''] = bare.split(';');
  // An employee number that shows 00012 is kept as 12.
  if (/^0{2,20}$/.test(first)) return { digits: first.length, before: '', after: '' };
  return /[yd]/.test(first) || code.includes('[$-F800]') ? 'date' : 'plain';
}

async function readStrings(parts: XlsxParts, name: string): Promise<SharedStrings> {
  const strings = new SharedStrings();
  let text = '';
  let isText = false;
  let phonetic = 0;
  await readWholeXml(parts.read(name), {
    open: (tag) => {
      if (tag === 'si') text = '';
      else if (tag === 'rPh') phonetic++;
      else if (tag === 't') isText = phonetic === 0;
    },
    text: (piece) => {
      if (isText) text += piece;
    },
    close: (tag) => {
      if (tag === 't') isText = false;
      else if (tag === 'rPh') phonetic--;
      else if (tag === 'si') {
        strings.add(text);
        if (strings.bytes > MAX_STRING_BYTES) throw tooMuchText();
      }
    },
  });
  return strings;
}

function tooMuchText(): TableError {
  return new TableError('too-large', {
    en: 'The workbook has too much text; remove columns that are not needed, or split it.',
    zh: '工作簿文字过多，请删除不需要的列，或拆分后分别导入。',
  });
}
