import { posix } from 'node:path';
import { otherFormat } from './other-formats.ts';
import { TableError } from './table-error.ts';
import type { XlsxParts } from './xlsx-parts.ts';
import { readWholeXml, readXml } from './xlsx-xml.ts';

/** A sheet of cells, as the workbook lists it. */
export interface ListedSheet {
  readonly name: string;
  readonly part: string;
  readonly isHidden: boolean;
}

/** What a workbook lists, and where its other parts are. */
export interface XlsxList {
  readonly sheets: readonly ListedSheet[];
  readonly is1904: boolean;
  readonly styles: string | null;
  readonly strings: string | null;
}

/** A sheet of a workbook, and whether it has any text. */
export interface TableSheet {
  readonly name: string;
  readonly isHidden: boolean;
  readonly hasText: boolean;
}

/** The sheets of a workbook, and whether its days are counted from 1904. */
export interface BookSheets {
  readonly sheets: readonly TableSheet[];
  readonly is1904: boolean;
}

/** So many sheets are listed; a workbook of more was made to cost time. */
const MAX_SHEETS = 200;
/**
 * So far sheets are looked into, one and all; one that is longer, or comes later, counts as one with text. A file of some
 * kilobytes can unpack to hundreds of sheets of formatted cells without text.
 */
const MAX_LOOKED_BYTES = 4 * 1024 * 1024;
const MAX_ALL_LOOKED_BYTES = 4 * MAX_LOOKED_BYTES;
/** Excel takes 31 characters. */
const MAX_NAME = 255;

interface Relation {
  readonly type: string;
  readonly target: string;
}

/** Reads which sheets a workbook has, in their order. */
export async function readList(parts: XlsxParts): Promise<XlsxList> {
  const top = await relationsOf(parts, '_rels/.rels', '');
  const workbook = [...top.values()].find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  if (!parts.has(workbook) || !/\.xml$/i.test(workbook) || parts.has('word/document.xml')) throw otherFormat(parts);
  const folder = posix.dirname(workbook);
  const relations = await relationsOf(parts, posix.join(folder, '_rels', `${posix.basename(workbook)}.rels`), folder);
  const sheets: ListedSheet[] = [];
  let is1904 = false;
  await readWholeXml(parts.read(workbook), {
    open: (tag, attributes) => {
      if (tag === 'workbookPr') is1904 = isTrue(attributes['date1904']);
      if (tag !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      const relation = relations.get(id);
      // A sheet of a chart or a dialog has no cells.
      if (relation?.type !== 'worksheet') return;
      const name = (attributes['name'] ?? '').slice(0, MAX_NAME);
      sheets.push({ name, part: relation.target, isHidden: (attributes['state'] ?? 'visible') !== 'visible' });
      if (sheets.length > MAX_SHEETS) throw tooManySheets();
    },
  });
  const partOf = (wanted: string): string | null => {
    const part = [...relations.values()].find(({ type }) => type === wanted)?.target;
    return part !== undefined && parts.has(part) ? part : null;
  };
  return { sheets, is1904, styles: partOf('styles'), strings: partOf('sharedStrings') };
}

/** Says of each sheet whether it has text. */
export async function sheetsWithText(parts: XlsxParts, sheets: readonly ListedSheet[]): Promise<readonly TableSheet[]> {
  const found: TableSheet[] = [];
  let left = MAX_ALL_LOOKED_BYTES;
  for (const { name, part, isHidden } of sheets) {
    const looked = left > 0 ? await lookInto(parts, part, Math.min(left, MAX_LOOKED_BYTES)) : null;
    left -= looked?.bytes ?? 0;
    found.push({ name, isHidden, hasText: looked?.hasText ?? true });
  }
  return found;
}

/** Chooses a sheet: by its name, else the first that is shown and has text, else the first that is shown. */
export function chosenSheet<Sheet extends { readonly name: string; readonly isHidden: boolean }>(
  sheets: readonly (Sheet & { readonly hasText?: boolean })[],
  wanted: string | null,
): Sheet {
  const shown = sheets.filter(({ isHidden }) => !isHidden);
  const found =
    wanted === null
      ? (shown.find(({ hasText: isFull }) => isFull !== false) ?? shown[0] ?? sheets[0])
      : (sheets.find(({ name }) => name === wanted) ?? sheets.find(({ name }) => folded(name) === folded(wanted)));
  if (found === undefined) throw wanted === null ? withoutSheet() : noSuchSheet(wanted, sheets);
  return found;
}

interface Looked {
  readonly hasText: boolean;
  readonly bytes: number;
}

/** Looks for text in a sheet, in so many bytes of it. */
async function lookInto(parts: XlsxParts, part: string, most: number): Promise<Looked> {
  let isValue = false;
  let isFound = false;
  let bytes = 0;
  const pieces = async function* (): AsyncGenerator<Buffer, void, undefined> {
    for await (const piece of parts.read(part)) {
      bytes += piece.length;
      yield piece;
    }
  };
  const events = {
    open: (tag: string) => {
      if (tag === 'v' || tag === 't') isValue = true;
    },
    text: (text: string) => {
      if (isValue && text.trim() !== '') isFound = true;
    },
    close: () => {
      isValue = false;
    },
  };
  try {
    for await (const _piece of readXml(pieces(), events)) {
      if (bytes > most) isFound = true;
      if (isFound) break;
    }
  } catch (error) {
    // That a sheet is damaged matters where it is read.
    if (!(error instanceof TableError)) throw error;
    isFound = true;
  }
  return { hasText: isFound, bytes };
}

/** Finds what a part refers to, by id, with the last word of its type. */
async function relationsOf(parts: XlsxParts, name: string, folder: string): Promise<ReadonlyMap<string, Relation>> {
  const found = new Map<string, Relation>();
  if (!parts.has(name)) return found;
  await readWholeXml(parts.read(name), {
    open: (tag, { Type: type = '', Id: id = '', Target: target = '' }) => {
      if (tag !== 'Relationship') return;
      const path = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
      found.set(id, { type: type.slice(type.lastIndexOf('/') + 1), target: path });
    },
  });
  return found;
}

/** Excel takes names that differ in case alone for one. */
function folded(name: string): string {
  return name.trim().toLowerCase();
}

function isTrue(text: string | undefined): boolean {
  return text === '1' || text === 'true';
}

function withoutSheet(): TableError {
  return new TableError('empty', {
    en: 'The workbook has no sheet with cells; choose another.',
    zh: '工作簿没有含单元格的工作表，请另选文件。',
  });
}

function tooManySheets(): TableError {
  return new TableError('too-large', {
    en: `The workbook has more than ${String(MAX_SHEETS)} sheets; save the one that is meant as a workbook of its own.`,
    zh: `工作簿超过 ${String(MAX_SHEETS)} 个工作表，请将要导入的工作表另存为单独的文件。`,
  });
}

/** So many sheets are named where another one is asked for. */
const MAX_NAMED = 20;

function noSuchSheet(wanted: string, sheets: readonly { readonly name: string }[]): TableError {
  const names = sheets.slice(0, MAX_NAMED).map(({ name }) => name);
  const asked = wanted.slice(0, MAX_NAME);
  return new TableError('no-sheet', {
    en: `The workbook has no sheet “${asked}”; choose one of ${names.map((name) => `“${name}”`).join(', ')}.`,
    zh: `工作簿没有工作表「${asked}」，请从${names.map((name) => `「${name}」`).join('')}中选择。`,
  });
}
