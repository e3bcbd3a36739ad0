import { CompanyFileError, type FileError } from './contract.ts';
import { MAX_FILE_ERRORS, pathText, type FileDocument, type FilePath } from './parse-document.ts';

/** Collects what is wrong with a file, so that all of it is told at once. */
export class FileErrorCollector {
  readonly #document: FileDocument;
  readonly #found: { readonly path: FilePath; readonly message: string }[] = [];

  constructor(document: FileDocument) {
    this.#document = document;
  }

  add(path: FilePath, message: string): void {
    this.#found.push({ path, message });
  }

  /** Throws everything that was found, if anything was. */
  throwIfAny(): void {
    if (this.#found.length === 0) return;
    const told: FileError[] = this.#found.slice(0, MAX_FILE_ERRORS).map(({ path, message }) => {
      const line = this.#document.lineOf(path);
      return { path: pathText(path), ...(line === undefined ? {} : { line }), message };
    });
    const others = this.#found.length - told.length;
    if (others > 0) told.push({ path: '', message: `and ${String(others)} more mistakes` });
    throw new CompanyFileError(told);
  }
}
