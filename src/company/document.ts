import { isMap, isNode, isPair, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import { CompanyFileError, type FileFault } from '../http/admin/contract.ts';

/** Members and positions from the top of a file. */
export type FilePath = readonly (string | number)[];

/** A file's contents, with a way back to its lines. */
export interface FileDocument {
  readonly value: unknown;
  /** The 1-based line of what stands at a path, or of the closest thing around it. */
  lineOf(path: FilePath): number | undefined;
}

/** Reads a company file's text, YAML or JSON. Throws {@link CompanyFileError} where it is neither. */
export function readDocument(text: string): FileDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const errors = [...document.errors, ...document.warnings];
  if (errors.length > 0) {
    throw new CompanyFileError(
      errors.map((error): FileFault => ({ path: '', line: lines.linePos(error.pos[0]).line, message: error.message })),
    );
  }
  return {
    value: document.toJS({ maxAliasCount: 100 }) as unknown,
    lineOf: (path) => {
      const node = nodeAt(document.contents, path);
      return node?.range ? lines.linePos(node.range[0]).line : undefined;
    },
  };
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
