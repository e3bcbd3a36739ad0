import { open } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { TableError } from './table-error.ts';

/** How the text of a CSV file is written. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/** Finds how a text file is written: by its byte order mark, else UTF-8 where all of it is that, else GB18030. */
export async function encodingOf(path: string): Promise<TextEncoding> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(3), 0, 3, 0);
    if (bytesRead >= 2 && buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le';
    if (bytesRead >= 2 && buffer[0] === 0xfe && buffer[1] === 0xff) return 'utf-16be';
    if (bytesRead === 3 && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) return 'utf-8';
  } finally {
    await file.close();
  }
  return (await isAll(path, 'utf-8')) ? 'utf-8' : 'gb18030';
}

async function isAll(path: string, encoding: TextEncoding): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const piece of createReadStream(path)) decoder.decode(piece as Uint8Array, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** Yields the text of a file, without its byte order mark; throws {@link TableError} where a byte has no meaning. */
export async function* textOfFile(path: string, encoding: TextEncoding): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const piece of createReadStream(path)) yield decoder.decode(piece as Uint8Array, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new TableError(
      'unknown-encoding',
      {
        en: 'The file is text in neither UTF-8, UTF-16 nor GB18030; save it as CSV UTF-8.',
        zh: '文件编码不是 UTF-8、UTF-16 或 GB18030，请另存为「CSV UTF-8」。',
      },
      error,
    );
  }
}
