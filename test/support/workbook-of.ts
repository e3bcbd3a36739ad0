import { zipped } from './zipped.ts';

/** A sheet of a workbook for a test: rows of texts, with what the sheet says of a row besides. */
export interface SheetOf {
  readonly name: string;
  readonly state?: 'hidden' | 'veryHidden';
  readonly rows: readonly (readonly string[])[];
  /** Numbers of rows that the sheet hides, from 1. */
  readonly hidden?: readonly number[];
}

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** Makes a workbook of some sheets, its texts in the cells. */
export function workbookOf(sheets: readonly SheetOf[]): Buffer {
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
  const ids = sheets.map((_sheet, index) => `r${String(index + 1)}`);
  const listed = sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${name}" sheetId="${String(index + 1)}" ${state === undefined ? '' : `state="${state}" `}r:id="${ids[index] ?? ''}"/>`,
  );
  return zipped({
    '_rels/.rels': `<Relationships>${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook xmlns:r="${RELATIONS}"><sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${ids.map((id) => relation(id, 'worksheet', `worksheets/${id}.xml`)).join('')}</Relationships>`,
    ...Object.fromEntries(sheets.map((sheet, index) => [`xl/worksheets/${ids[index] ?? ''}.xml`, xmlOf(sheet)])),
  });
}

function xmlOf({ rows, hidden = [] }: SheetOf): string {
  const cell = (text: string): string =>
    text === '' ? '<c/>' : `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
  const xml = rows.map(
    (cells, index) =>
      `<row r="${String(index + 1)}"${hidden.includes(index + 1) ? ' hidden="1"' : ''}>${cells.map(cell).join('')}</row>`,
  );
  return `<worksheet><sheetData>${xml.join('')}</sheetData></worksheet>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Makes a workbook of one sheet out of its XML, for what {@link workbookOf} does not write. */
export function workbookOfXml(parts: {
  readonly rows: string;
  readonly styles?: string;
  readonly strings?: string;
  readonly book?: string;
}): Buffer {
  const { rows, styles = '', strings = '', book = '' } = parts;
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
  return zipped({
    '_rels/.rels': `<Relationships>${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook xmlns:r="${RELATIONS}">${book}<sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${relation('r1', 'worksheet', 'worksheets/s.xml')}${relation('r2', 'styles', 'styles.xml')}${relation('r3', 'sharedStrings', '/xl/sharedStrings.xml')}</Relationships>`,
    'xl/styles.xml': `<styleSheet>${styles}</styleSheet>`,
    'xl/sharedStrings.xml': `<sst>${strings}</sst>`,
    'xl/worksheets/s.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
  });
}
