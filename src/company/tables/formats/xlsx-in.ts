import { dayOfSerial, EXACT_BELOW, NO_RESULT, numberText, unguarded, type TableRow } from './cell-text.ts';
import { longCell, tooManyColumns } from './csv-in.ts';
import type { TableLimits } from './limits.ts';
import { TableError } from './table-error.ts';
import { readBook, type XlsxBook } from './xlsx-book.ts';
import { XlsxParts } from './xlsx-parts.ts';
import { readList, sheetsWithText, type BookSheets } from './xlsx-sheets.ts';
import { readXml } from './xlsx-xml.ts';

/** Returns the sheets of a workbook, and how it counts days. */
export async function xlsxSheets(path: string, limits: TableLimits): Promise<BookSheets> {
  const parts = await XlsxParts.open(path, limits);
  try {
    const { sheets, is1904 } = await readList(parts);
    return { sheets: await sheetsWithText(parts, sheets), is1904 };
  } finally {
    parts.close();
  }
}

/** Yields the rows of a sheet as text, of the first that is shown where none is named; blank ones are passed over. No formula is worked out. */
export async function* xlsxRows(
  path: string,
  limits: TableLimits,
  sheet: string | null,
): AsyncGenerator<TableRow, void, undefined> {
  const parts = await XlsxParts.open(path, limits);
  try {
    const book = await readBook(parts, sheet);
    const reader = new SheetReader(book, limits);
    for await (const _piece of readXml(parts.read(book.sheet), reader)) yield* reader.taken();
  } finally {
    parts.close();
  }
}

/** Makes rows of the elements of a sheet. */
class SheetReader {
  readonly #book: XlsxBook;
  readonly #limits: TableLimits;
  #ready: TableRow[] = [];
  #row = 0;
  #isHidden = false;
  #cells: string[] = [];
  #column = -1;
  #type = 'n';
  #style = -1;
  #value = '';
  #isValue = false;
  #isFormula = false;
  #phonetic = 0;
  #header: TableRow | null = null;
  #last = 0;

  constructor(book: XlsxBook, limits: TableLimits) {
    this.#book = book;
    this.#limits = limits;
  }

  taken(): readonly TableRow[] {
    const ready = this.#ready;
    if (ready.length > 0) this.#ready = [];
    return ready;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'c') {
      const { r, t, s } = attributes;
      this.#column = r === undefined ? this.#column + 1 : columnOf(r);
      if (this.#column >= this.#limits.columns) throw tooManyColumns(this.#row, this.#limits);
      this.#type = t ?? 'n';
      this.#style = s === undefined ? -1 : Number(s);
      this.#value = '';
      this.#isFormula = false;
    } else if (name === 'f') this.#isFormula = true;
    else if (name === 'v' || name === 't') this.#isValue = this.#phonetic === 0;
    else if (name === 'rPh') this.#phonetic++;
    else if (name === 'mergeCell') this.#refuseMerged(attributes['ref'] ?? '');
    else if (name === 'row') {
      this.#row = attributes['r'] === undefined ? this.#row + 1 : Number(attributes['r']);
      this.#isHidden = attributes['hidden'] === '1' || attributes['hidden'] === 'true';
      this.#cells = [];
      this.#column = -1;
    }
  }

  text(piece: string): void {
    if (!this.#isValue) return;
    this.#value += piece;
    if (this.#value.length > this.#limits.cell * 2) {
      throw longCell(this.#row, this.#limits);
    }
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#isValue = false;
    else if (name === 'rPh') this.#phonetic--;
    else if (name === 'c') {
      const text = this.#textOfCell();
      if (text === '') return;
      while (this.#cells.length < this.#column) this.#cells.push('');
      this.#cells[this.#column] = text;
    } else if (name === 'row' && this.#cells.some((cell) => cell !== '')) {
      const row: TableRow = { row: this.#row, cells: this.#cells, ...(this.#isHidden ? { hidden: true } : {}) };
      this.#ready.push(row);
      this.#header ??= row;
      this.#last = row.row;
    }
  }

  /** One value for several rows is kept in the first of them only: the others would be read as if they had none. */
  #refuseMerged(range: string): void {
    const [, column = '', from, to] = /^([A-Z]+)(\d+):[A-Z]+(\d+)$/.exec(range) ?? [];
    if (this.#header === null || from === undefined || Number(to) === Number(from)) return;
    if (Number(to) <= this.#header.row || Number(from) > this.#last) return;
    if (columnOf(column) >= this.#header.cells.length) return;
    throw new TableError('merged-cells', {
      en: `The cells ${range} are one merged cell, of which only the first row has the value; unmerge them, and fill in each row.`,
      zh: `单元格 ${range} 是合并单元格，只有第一行有值；请取消合并，并在每一行填写。`,
    });
  }

  #textOfCell(): string {
    const value = this.#value;
    // Excel writes an empty result of a formula as a text; a program that works none out writes no result at all.
    if (value === '') return this.#isFormula && this.#type !== 'str' ? NO_RESULT : '';
    switch (this.#type) {
      case 's':
        return unguarded(unescaped(this.#book.strings.at(Number(value)) ?? ''));
      case 'inlineStr':
      case 'str':
        return unguarded(unescaped(value));
      case 'b':
        return value === '1' ? '是' : '否';
      case 'd':
        return value.slice(0, 10);
      case 'e':
        return value;
      default:
        return this.#number(value);
    }
  }

  #number(value: string): string {
    const number = Number(value);
    if (!Number.isFinite(number)) return value;
    const form = this.#style < 0 ? 'plain' : (this.#book.forms[this.#style] ?? 'plain');
    if (form === 'date') return dayOfSerial(number, this.#book.is1904) ?? numberText(number);
    if (typeof form === 'object' && Number.isInteger(number) && number >= 0 && number < EXACT_BELOW) {
      return `${form.before}${numberText(number).padStart(form.digits, '0')}${form.after}`;
    }
    return numberText(number);
  }
}

/** The number of the column in a reference such as `AB12`, from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at);
    if (code < 65 || code > 90) break;
    column = column * 26 + (code - 64);
  }
  return column - 1;
}

/** What XML cannot hold is written as `_x000B_`. */
function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_all, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
