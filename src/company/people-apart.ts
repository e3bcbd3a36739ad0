/** Some people of a file as they stand there: a list of its own, and the line on which it begins, counted from 0. */
export interface PeopleText {
  readonly text: string;
  readonly line: number;
  readonly count: number;
}

/** A file whose people are read apart from everything else, a piece at a time: as a whole they take a hundred times the room. */
export interface FileApart {
  /** Everything but the people; each line is where it was. */
  readonly rest: string;
  readonly people: readonly PeopleText[];
}

/** People read together. */
const BATCH_SIZE = 200;

const LIST = /^employees:[ \t]*(?:#.*)?\r?$/m;
/** Whatever may point from one part of a file to another. */
const POINTER = /(?:^|[\s,[{:-])[&*%]\S/m;

/**
 * The people of a file in YAML that is written as a list with a dash for each; null where it is not, or where one part of
 * it may point to another. No text of YAML goes on in a line with the dash of the list it is in, so that every such line
 * begins somebody.
 */
export function peopleApart(text: string): FileApart | null {
  const list = LIST.exec(text);
  if (list === null || POINTER.test(text)) return null;
  const begin = list.index + list[0].length + 1;
  const people: PeopleText[] = [];
  let indent: number | null = null;
  let line = linesIn(text, 0, begin);
  let piece = { from: begin, line, count: 0 };
  let at = begin;
  for (; at < text.length; line++) {
    const lineEnd = text.indexOf('\n', at);
    const next = lineEnd < 0 ? text.length : lineEnd + 1;
    const column = columnOf(text, at, next);
    const first = text[at + column];
    const isBlank = first === '\n' || first === '\r' || first === '#' || first === undefined;
    const isDash = first === '-' && /\s/.test(text[at + column + 1] ?? ' ');
    if (!isBlank) {
      if (indent === null) {
        if (!isDash) return null;
        indent = column;
      }
      if (column === indent && isDash) {
        if (piece.count === BATCH_SIZE) {
          people.push({ text: text.slice(piece.from, at), line: piece.line, count: piece.count });
          piece = { from: at, line, count: 0 };
        }
        piece.count++;
      } else if (column <= indent) {
        if (column > 0) return null;
        break;
      }
    }
    at = next;
  }
  if (piece.count === 0) return null;
  people.push({ text: text.slice(piece.from, at), line: piece.line, count: piece.count });
  return { rest: text.slice(0, begin) + '\n'.repeat(linesIn(text, begin, at)) + text.slice(at), people };
}

function columnOf(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && text[at] === ' ') at++;
  return at - from;
}

function linesIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
