/** A step from the top of a document: the name of a member, or null for an entry of a list. */
export type Step = string | null;

/** Where the cursor is in a document. */
export interface Place {
  readonly path: readonly Step[];
  /** Whether a name of a member is written there, or the value of the last step. */
  readonly isName: boolean;
  /** What is written of it already. */
  readonly typed: string;
  /** Names that are written beside it already, as far as they are on the line. */
  readonly beside: readonly string[];
}

const NAME = /^(?:"([^"]*)"|'([^']*)'|([^\s#"'{}[\],][^#{}[\],]*?))\s*:(?=\s|$)/;

/** Returns where the end of a text is, which is a YAML document up to the cursor; null in a comment, a text or where it cannot be known. */
export function placeAt(text: string): Place | null {
  const lines = text.split('\n');
  const line = lines.pop() ?? '';
  const indent = /^ */.exec(line)?.[0].length ?? 0;
  let rest = line.slice(indent);
  let column = indent;
  const own: Step[] = [];
  let first = indent;
  for (let dash = /^- */.exec(rest); dash !== null; dash = /^- */.exec(rest)) {
    own.push(null);
    column += dash[0].length;
    rest = rest.slice(dash[0].length);
  }
  if (own.length > 0) first = indent;
  const above = stepsAbove(lines, own.length > 0 ? { column: first, isEntry: true } : { column, isEntry: false });
  if (above === null) return null;
  const base = [...above, ...own];
  const name = NAME.exec(rest);
  if (name === null) return inFlow(rest, base, true);
  return inFlow(rest.slice(name[0].length).trimStart(), [...base, named(name)], false);
}

function named([, double, single, plain]: RegExpExecArray): string {
  return double ?? single ?? plain ?? '';
}

/** The steps that lead to a line, from the lines above it: each has fewer spaces than the one below. */
function stepsAbove(
  lines: readonly string[],
  from: { readonly column: number; readonly isEntry: boolean },
): readonly Step[] | null {
  const steps: Step[] = [];
  let { column, isEntry } = from;
  for (let at = lines.length - 1; at >= 0 && (column > 0 || isEntry); at--) {
    const line = lines[at] ?? '';
    if (/^\s*(#|$)/.test(line)) continue;
    let indent = /^ */.exec(line)?.[0].length ?? 0;
    let rest = line.slice(indent);
    const dashes: number[] = [];
    for (let dash = /^- */.exec(rest); dash !== null; dash = /^- */.exec(rest)) {
      dashes.push(indent);
      indent += dash[0].length;
      rest = rest.slice(dash[0].length);
    }
    const name = NAME.exec(rest);
    const isParent = isEntry ? indent <= column && dashes.length === 0 : indent < column;
    if (isParent && name !== null && /^\s*(#.*)?$/.test(rest.slice(name[0].length))) {
      steps.unshift(named(name));
      [column, isEntry] = [indent, false];
    }
    for (const dash of dashes.toReversed()) {
      if (dash >= column) continue;
      steps.unshift(null);
      [column, isEntry] = [dash, true];
    }
  }
  return column === 0 && !isEntry ? steps : null;
}

/** Goes on from a line's block part through what is written in braces and brackets. */
function inFlow(text: string, base: readonly Step[], isBlockName: boolean): Place | null {
  const path: Step[] = [...base];
  /** What is open: a map with the names before the cursor, or a list. */
  const open: { readonly isMap: boolean; readonly names: string[]; readonly depth: number }[] = [];
  let isName = isBlockName;
  let at = 0;
  while (at < text.length) {
    const sign = text[at] ?? '';
    const top = open.at(-1);
    if (sign === '{' || sign === '[') {
      if (sign === '[') path.push(null);
      open.push({ isMap: sign === '{', names: [], depth: path.length });
      isName = sign === '{';
      at++;
    } else if (sign === '}' || sign === ']') {
      const closed = open.pop();
      if (closed === undefined) return null;
      path.length = closed.depth - (closed.isMap ? 0 : 1);
      isName = false;
      at++;
    } else if (sign === ',' && top !== undefined) {
      path.length = top.depth;
      isName = top.isMap;
      at++;
    } else if (sign === ' ') at++;
    else if (sign === '#' && (at === 0 || text[at - 1] === ' ')) return null;
    else {
      const name = isName && top?.isMap === true ? NAME.exec(text.slice(at)) : null;
      if (name !== null && top !== undefined) {
        top.names.push(named(name));
        path.push(named(name));
        isName = false;
        at += name[0].length;
        continue;
      }
      const value =
        (top === undefined ? /^.*$/ : /^("(?:[^"\\]|\\.)*"?|'[^']*'?|[^,{}[\]]+)/).exec(text.slice(at))?.[0] ?? '';
      if (at + value.length >= text.length) {
        // A text in quotes that is open takes anything; one that is closed takes nothing, and neither does a remark.
        if (/^["']| #/.test(value)) return null;
        return { path, isName, typed: value, beside: top?.names ?? [] };
      }
      at += Math.max(value.length, 1);
    }
  }
  const top = open.at(-1);
  if (top === undefined && !isName && text !== '') return null;
  return { path, isName, typed: '', beside: top?.names ?? [] };
}
