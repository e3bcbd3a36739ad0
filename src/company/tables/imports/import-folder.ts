import { createWriteStream, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { makePrivateFolder, PRIVATE_FILE } from '../../../lib/private-files.ts';
import { tooLargeFile } from '../formats/table-error.ts';
import { noImport } from './import-refusals.ts';
import type { KeptImport } from './kept-import.ts';

const ID = /^imp-[0-9a-z]{8,40}$/;

/**
 * Imports beside the store: for each a folder with the file as it was sent, its rows, and how far it is. Only the owner of the
 * process can read them.
 */
export class ImportFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Keeps a file as it arrives; refuses one that is larger than the limit, and keeps nothing of it. */
  async begin(id: string, pieces: AsyncIterable<Uint8Array>, limit: number): Promise<void> {
    makePrivateFolder(this.#of(id));
    try {
      await pipeline(Readable.from(bounded(pieces, limit)), createWriteStream(this.table(id), { mode: PRIVATE_FILE }));
    } catch (error) {
      this.remove(id);
      throw error;
    }
  }

  table(id: string): string {
    return join(this.#of(id), 'table');
  }

  rows(id: string): string {
    return join(this.#of(id), 'rows');
  }

  /** Keeps how far an import is, in the place of what was kept before. */
  save(kept: KeptImport): void {
    const path = join(this.#of(kept.id), 'import.json');
    writeFileSync(`${path}.new`, JSON.stringify(kept), { mode: PRIVATE_FILE });
    renameSync(`${path}.new`, path);
  }

  load(id: string): KeptImport | null {
    if (!ID.test(id)) return null;
    const path = join(this.#of(id), 'import.json');
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as KeptImport) : null;
  }

  /** The imports of a company, the newest first. */
  list(company: string): readonly KeptImport[] {
    if (!existsSync(this.#path)) return [];
    const all = readdirSync(this.#path).flatMap((id) => this.load(id) ?? []);
    return all.filter((kept) => kept.company === company).toSorted((one, other) => other.at - one.at);
  }

  remove(id: string): void {
    rmSync(this.#of(id), { recursive: true, force: true });
  }

  #of(id: string): string {
    if (!ID.test(id)) throw noImport();
    return join(this.#path, id);
  }
}

async function* bounded(pieces: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array, void, undefined> {
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > limit) throw tooLargeFile(limit);
    yield piece;
  }
}
