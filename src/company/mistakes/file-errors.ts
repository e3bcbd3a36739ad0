import { didYouMean } from '../../lib/did-you-mean.ts';
import { isObject } from '../../lib/json-equal.ts';
import { CompanyFileError, withChinese, type FileError } from '../contract.ts';
import { MAX_FILE_ERRORS, pathText, type FileDocument, type FilePath } from '../reading/parse-document.ts';
import { shortened } from '../../lib/text/shortened.ts';

/** A longer value is cut in a mistake. */
const MAX_VALUE_LENGTH = 60;
/** Among more names none is looked for: each is compared with what was written. */
const MAX_NAMES = 5_000;
/** So many mistakes get suggestions. */
const MAX_SUGGESTED = 20;
/** What a person does about a value that must be a text and is read as something else. */
const QUOTES = ': write it in quotes';
/** Members whose values are secrets. */
const SECRET = /secret|security/;

/** The names one of which was meant, where what was written may be a slip. */
export interface MeantNames {
  /** Absent: the value that the file has there. */
  readonly written?: string;
  readonly among: () => Iterable<string>;
}

/** A value that comes from no file, so that its mistakes have no lines. */
export function withoutLines(value: unknown): FileDocument {
  return { value, lineOf: () => undefined, writtenAt: () => undefined };
}

interface Found {
  readonly path: FilePath;
  readonly message: string;
  readonly meant: MeantNames | undefined;
}

/** Collects what is wrong with a file, so that all of it is reported at once. */
export class FileErrorCollector {
  readonly #document: FileDocument;
  readonly #found: Found[] = [];
  readonly #warnings: Found[] = [];

  constructor(document: FileDocument) {
    this.#document = document;
  }

  add(path: FilePath, message: string, meant?: MeantNames): void {
    this.#found.push({ path, message, meant });
  }

  /** Adds what is probably not meant, and is applied all the same. */
  warn(path: FilePath, message: string, meant?: MeantNames): void {
    this.#warnings.push({ path, message, meant });
  }

  /** Throws everything that was found, if anything was. */
  throwIfAny(): void {
    if (this.#found.length > 0) throw new CompanyFileError(this.#reported(this.#found));
  }

  /** Returns the warnings; of many the first. */
  get warnings(): readonly FileError[] {
    return this.#reported(this.#warnings);
  }

  #reported(found: readonly Found[]): readonly FileError[] {
    const reported = found
      .slice(0, MAX_FILE_ERRORS)
      .map((one, index) => this.#report(one, index < MAX_SUGGESTED ? one.meant : undefined));
    const others = found.length - reported.length;
    if (others > 0) reported.push({ path: '', message: `and ${String(others)} more mistakes` });
    return reported;
  }

  #report({ path, message }: Found, meant: MeantNames | undefined): FileError {
    const line = this.#document.lineOf(path);
    const isSecret = path.some((step) => SECRET.test(String(step)));
    const there = thingAt(this.#document.value, path);
    const value = typeof there === 'string' ? shown(there) : this.#written(path, there);
    const close = meant === undefined ? [] : closeTo(meant.written ?? value?.replaceAll('"', '') ?? '', meant.among());
    return withChinese({
      path: pathText(path),
      ...(line === undefined ? {} : { line }),
      message: isUnquoted(message, there) ? `${message}${QUOTES}` : message,
      ...(value === undefined || isSecret ? {} : { value }),
      ...(close.length === 0 ? {} : { did_you_mean: close }),
    });
  }

  /** A number or truth value as the file writes it: what is read of `00012` has lost its zeros. */
  #written(path: FilePath, value: unknown): string | undefined {
    if (typeof value !== 'number' && typeof value !== 'boolean') return undefined;
    return cut(this.#document.writtenAt(path) ?? JSON.stringify(value));
  }
}

function closeTo(written: string, names: Iterable<string>): readonly string[] {
  const some: string[] = [];
  for (const name of names) if (some.push(name) > MAX_NAMES) return [];
  return didYouMean(written, some);
}

/** Whether a text was wanted where YAML reads digits or a word as something else. */
function isUnquoted(message: string, value: unknown): boolean {
  return (typeof value === 'number' || typeof value === 'boolean') && /^must be (?:.* or )?string\b/.test(message);
}

/** What is at a path of a file; undefined where nothing is. */
function thingAt(top: unknown, path: FilePath): unknown {
  let value = top;
  for (const step of path) {
    if (Array.isArray(value)) value = value[Number(step)] as unknown;
    else if (isObject(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}

function shown(text: string): string {
  return cut(JSON.stringify(text));
}

function cut(text: string): string {
  return shortened(text, MAX_VALUE_LENGTH);
}
