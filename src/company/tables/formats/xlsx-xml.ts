import { SaxesParser, type SaxesAttributePlain } from 'saxes';
import { damagedBook, TableError } from './table-error.ts';

/** What happens on reading; names are without their prefix. */
export interface XmlEvents {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** So many characters may come without an element or a text ending; more is made to take memory. */
const MAX_PENDING = 1_048_576;

/** Reads XML as it arrives, and lets the caller take what it made after each piece. Entities of a document type are not read. */
export async function* readXml(
  pieces: AsyncIterable<Uint8Array>,
  events: XmlEvents,
): AsyncGenerator<void, void, undefined> {
  const parser = new SaxesParser();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let last = 0;
  parser.on('doctype', () => {
    throw damagedBook();
  });
  parser.on('error', (error) => {
    throw damagedBook(error);
  });
  parser.on('opentag', ({ name, attributes }) => {
    last = parser.position;
    events.open?.(local(name), attributes as Readonly<Record<string, SaxesAttributePlain['value']>>);
  });
  parser.on('closetag', ({ name }) => {
    last = parser.position;
    events.close?.(local(name));
  });
  parser.on('text', (text) => {
    last = parser.position;
    events.text?.(text);
  });
  try {
    for await (const piece of pieces) {
      parser.write(decoder.decode(piece, { stream: true }));
      if (parser.position - last > MAX_PENDING)
        throw new TableError('too-large', {
          en: 'The workbook has a cell without end; open it in Excel, and save it again as .xlsx.',
          zh: '工作簿有一个没有结束的单元格，请用 Excel 打开后重新另存为 .xlsx。',
        });
      yield;
    }
    parser.write(decoder.decode()).close();
  } catch (error) {
    if (error instanceof TypeError) throw damagedBook(error);
    throw error;
  }
  yield;
}

/** Reads a small part to its end. */
export async function readWholeXml(pieces: AsyncIterable<Uint8Array>, events: XmlEvents): Promise<void> {
  for await (const _piece of readXml(pieces, events)) {
    // The events take what there is.
  }
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
