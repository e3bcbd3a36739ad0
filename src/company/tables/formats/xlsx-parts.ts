import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import yauzl from 'yauzl';
import type { TableLimits } from './limits.ts';
import { damagedBook, TableError } from './table-error.ts';

/** A workbook has some dozens of parts; one of more is made to cost time. */
const MAX_PARTS = 2_000;

/** The parts of a workbook, each read as it is unpacked. */
export class XlsxParts {
  readonly #zip: yauzl.ZipFile;
  readonly #entries: ReadonlyMap<string, yauzl.Entry>;
  readonly #limits: TableLimits;

  private constructor(zip: yauzl.ZipFile, entries: ReadonlyMap<string, yauzl.Entry>, limits: TableLimits) {
    this.#zip = zip;
    this.#entries = entries;
    this.#limits = limits;
  }

  static async open(path: string, limits: TableLimits): Promise<XlsxParts> {
    const open = promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open);
    let zip: yauzl.ZipFile;
    try {
      zip = await open(path, { lazyEntries: true, autoClose: false });
    } catch (error) {
      throw damagedBook(error);
    }
    const entries = new Map<string, yauzl.Entry>();
    try {
      await new Promise<void>((resolve, reject) => {
        zip.on('error', reject);
        zip.on('end', () => {
          resolve();
        });
        zip.on('entry', (entry: yauzl.Entry) => {
          entries.set(entry.fileName.replace(/^\//, '').toLowerCase(), entry);
          if (entries.size > MAX_PARTS) reject(new Error('too many parts'));
          else zip.readEntry();
        });
        zip.readEntry();
      });
    } catch (error) {
      zip.close();
      throw damagedBook(error);
    }
    return new XlsxParts(zip, entries, limits);
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  /** Yields a part as it is unpacked. Ends with {@link TableError} past the limit, whatever size the file claims. */
  async *read(name: string): AsyncGenerator<Buffer, void, undefined> {
    const entry = this.#entries.get(name.toLowerCase());
    if (entry === undefined) throw damagedBook();
    if (entry.uncompressedSize > this.#limits.unpackedBytes) throw tooLarge(this.#limits);
    const openStream = promisify<yauzl.Entry, Readable>(this.#zip.openReadStream.bind(this.#zip));
    let stream: Readable | undefined;
    try {
      stream = await openStream(entry);
      let size = 0;
      for await (const piece of stream as AsyncIterable<Buffer>) {
        size += piece.length;
        if (size > this.#limits.unpackedBytes) throw tooLarge(this.#limits);
        yield piece;
      }
    } catch (error) {
      throw error instanceof TableError ? error : damagedBook(error);
    } finally {
      stream?.destroy();
    }
  }

  close(): void {
    this.#zip.close();
  }
}

function tooLarge({ unpackedBytes }: TableLimits): TableError {
  const most = String(Math.floor(unpackedBytes / 1_048_576));
  return new TableError('too-large', {
    en: `A part of the workbook is larger than ${most} MB once it is unpacked; split it.`,
    zh: `工作簿解压后有部分超过 ${most} MB，请拆分后分别导入。`,
  });
}
