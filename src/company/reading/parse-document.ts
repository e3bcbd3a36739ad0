import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
} from 'yaml';
import { CompanyFileError, type FileError } from '../contract.ts';
import { isObject } from '../../lib/json-equal.ts';
import { peopleApart, type FileApart, type PeopleText } from '../people-apart.ts';
import { keepKnownFile, readKnownFile } from './known-files.ts';
import { readPlainJson, readPlainLines } from './plain-json.ts';

/** Members and positions from the top of a file. */
export type FilePath = readonly (string | number)[];

/** Limits the number of reported errors. */
export const MAX_FILE_ERRORS = 100;

/** How many anchors and aliases a file has at most: the parser looks through all of them for each alias. */
export const MAX_ANCHORS = 1_000;

/** What the parser says of a text that has more than one document. */
const SEVERAL = /^Source contains multiple documents/;

/** A file's contents, with a way back to its lines. */
export interface FileDocument {
  readonly value: unknown;
  /** The 1-based line of a path, or of the closest node around it. */
  lineOf(path: FilePath): number | undefined;
  /** A value that is no text, as the file writes it: `00012`, which is read as 12. Undefined where that is not known. */
  writtenAt(path: FilePath): string | undefined;
}

/** Reads a company file's text, YAML or JSON. Throws {@link CompanyFileError} where it is neither. */
export function readDocument(text: string): FileDocument {
  // YAML takes in all of JSON, a hundred times slower; its reader is the one that knows lines.
  const json = readPlainJson(text) ?? readKnownFile(text);
  if (json !== null) {
    // Programs write all of it on one line, which the slow reader would be asked for with each warning.
    if (!text.includes('\n')) return { value: json.value, lineOf: () => 1, writtenAt: () => undefined };
    let document: FileDocument | undefined;
    const slowly = (): FileDocument => (document ??= readYaml(text));
    return {
      value: json.value,
      lineOf: (path) => slowly().lineOf(path),
      writtenAt: (path) => slowly().writtenAt(path),
    };
  }
  const apart = peopleApart(text);
  const document = apart === null ? readYaml(text) : readApart(apart);
  keepKnownFile(text, document.value);
  return document;
}

/** Reads people a piece at a time; what the parser makes of a piece is let go of before the next. */
function readApart({ rest, people }: FileApart): FileDocument {
  const document = readYaml(rest);
  const { value } = document;
  const employees: unknown[] = [];
  const begins: number[] = [];
  for (const piece of people) {
    begins.push(employees.length);
    for (const employee of peopleIn(piece)) employees.push(employee);
  }
  const placeOf = (path: FilePath): { readonly in: FileDocument; readonly path: FilePath; readonly line: number } => {
    const [list, index] = path;
    const at = typeof index === 'number' ? begins.findLastIndex((begin) => begin <= index) : -1;
    const piece = people[at];
    if (list !== 'employees' || typeof index !== 'number' || piece === undefined)
      return { in: document, path, line: 0 };
    return { in: readYaml(piece.text), path: [index - (begins[at] ?? 0), ...path.slice(2)], line: piece.line };
  };
  return {
    value: isObject(value) ? { ...value, employees } : value,
    lineOf: (path) => {
      const place = placeOf(path);
      const line = place.in.lineOf(place.path);
      return line === undefined ? undefined : line + place.line;
    },
    writtenAt: (path) => {
      const place = placeOf(path);
      return place.in.writtenAt(place.path);
    },
  };
}

function peopleIn({ text, line, count }: PeopleText): readonly unknown[] {
  const people = readPlainLines(text) ?? readYaml(text, line).value;
  if (!Array.isArray(people) || people.length !== count) throw new Error('a list of people was read as something else');
  return people;
}

function readYaml(text: string, firstLine = 0): FileDocument {
  const lines = new LineCounter();
  let document: Document.Parsed;
  let value: unknown;
  try {
    // The parser's own search for repeated members compares each with all before it.
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, stringKeys: true });
    let faults: Misplaced[] = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
      at: pos[0],
      message: SEVERAL.test(message) ? 'has several documents, with --- between; a company file is one' : message,
    }));
    if (faults.length === 0) faults = repeatedMembers(document);
    if (faults.length === 0) faults = unknownAnchors(document);
    if (faults.length === 0) faults = surplusAnchors(document);
    if (faults.length === 0 && /[\\\0]/.test(text)) faults = unstorableTexts(document);
    if (faults.length > 0) {
      throw new CompanyFileError(
        faults
          .slice(0, MAX_FILE_ERRORS)
          .map(({ at, message }): FileError => ({ path: '', line: firstLine + lines.linePos(at).line, message })),
      );
    }
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (error instanceof CompanyFileError) throw error;
    // The parser gives up on aliases that multiply, and on nesting deeper than the stack.
    const message = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    throw new CompanyFileError([{ path: '', message }]);
  }
  return {
    value,
    lineOf: (path) => {
      const node = nodeAt(document.contents, path);
      return node?.range ? lines.linePos(node.range[0]).line : undefined;
    },
    writtenAt: (path) => {
      const node = document.getIn(path, true);
      return isScalar(node) && typeof node.value !== 'string' ? node.source : undefined;
    },
  };
}

/** Something wrong, and how far from the beginning of the text. */
interface Misplaced {
  readonly at: number;
  readonly message: string;
}

/** Members that stand twice in one map. */
function repeatedMembers(document: Document.Parsed): Misplaced[] {
  const found: Misplaced[] = [];
  visit(document, {
    Map: (_key, { items }) => {
      const names = new Set<string>();
      for (const { key } of items) {
        const name = isScalar(key) ? String(key.value) : '';
        if (names.has(name))
          found.push({ at: (isNode(key) ? key.range?.[0] : 0) ?? 0, message: `members must be unique: ${name}` });
        names.add(name);
      }
    },
  });
  return found;
}

/** Aliases of anchors that do not come before them. */
function unknownAnchors(document: Document.Parsed): Misplaced[] {
  const found: Misplaced[] = [];
  const anchors = new Set<string>();
  visit(document, {
    Node: (_key, node) => {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.add(node.anchor);
      } else if (!anchors.has(node.source))
        found.push({ at: node.range?.[0] ?? 0, message: `no anchor before it has the name ${node.source}` });
    },
  });
  return found;
}

/** The first anchor or alias beyond those that are followed. */
function surplusAnchors(document: Document.Parsed): Misplaced[] {
  let count = 0;
  let surplus: Misplaced[] = [];
  visit(document, {
    Node: (_key, node) => {
      if (!isAlias(node) && node.anchor === undefined) return undefined;
      if (++count <= MAX_ANCHORS) return undefined;
      surplus = [{ at: node.range?.[0] ?? 0, message: `more than ${String(MAX_ANCHORS)} anchors and aliases` }];
      return visit.BREAK;
    },
  });
  return surplus;
}

/** Texts that could not be stored and read back unchanged; only an escape, or a NUL itself, makes one. */
function unstorableTexts(document: Document.Parsed): Misplaced[] {
  const found: Misplaced[] = [];
  visit(document, {
    Scalar: (_key, { value, range }) => {
      if (typeof value !== 'string' || (value.isWellFormed() && !value.includes('\0'))) return;
      found.push({ at: range?.[0] ?? 0, message: 'text with NUL or half of a surrogate pair cannot be kept' });
    },
  });
  return found;
}

/** The node at a path; for a member its key, so that the line named is the one to edit. */
function nodeAt(top: unknown, path: FilePath): Node | null {
  let found: Node | null = isNode(top) ? top : null;
  let at: unknown = top;
  for (const step of path) {
    if (isMap(at)) {
      const pair = at.items.find((item) => isPair(item) && String(item.key) === String(step));
      if (pair === undefined) return found;
      if (isNode(pair.key)) found = pair.key;
      at = pair.value;
    } else if (isSeq(at)) {
      at = at.items[Number(step)];
      if (isNode(at)) found = at;
    } else return found;
  }
  return found;
}

/** A path as a person writes it, e.g. `employees[3].mobile`. */
export function pathText(path: FilePath): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${String(step)}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}
