/* What operations a contract describes: read out of its headings, tables and sentences. */

/** An operation as a contract writes it. */
export interface Mention {
  /** Null where a table names the call alone. */
  readonly method: string | null;
  /**
   * Its path in one form, `:` for each parameter: the forms it may mean where a part of it is optional. It may lack what
   * comes before every path of the platform, or begin with `…`.
   */
  readonly paths: readonly string[];
  readonly line: number;
}

const METHOD = '(?:GET|POST|PUT|PATCH|DELETE)';
/** Methods, then a path; a path without a slash only where it is code. */
const OPERATION = new RegExp(
  String.raw`\b(${METHOD}(?:(?:, | / |, and )${METHOD})*) ${'`?'}([^\s${'`'}|]*/[^\s${'`'}|]*|[a-z_]+(?=${'`'}))`,
  'g',
);
/** Another path of the same method: `POST a/b` (1) · `a/c`. */
const FURTHER = /^`(?: \(\d+\))?(?: ·|,| and) `([^\s`|]*\/[^\s`|]*)/;

/** Returns every operation that a contract names with a method. */
export function operationsIn(contract: string): readonly Mention[] {
  const found: Mention[] = [];
  for (const [at, text] of contract.split('\n').entries()) {
    for (const match of text.matchAll(OPERATION)) {
      const [whole, methods = '', first = ''] = match;
      const paths = [first];
      let rest = text.slice(match.index + whole.length);
      for (let next = FURTHER.exec(rest); next !== null; next = FURTHER.exec(rest)) {
        paths.push(besides(paths.at(-1) ?? '', next[1] ?? ''));
        rest = rest.slice(next[0].length);
      }
      for (const method of methods.match(new RegExp(METHOD, 'g')) ?? [])
        for (const path of paths) found.push({ method, paths: formsOf(path), line: at + 1 });
    }
  }
  return found;
}

/**
 * A path that is short for most of the one before it: `v1.1/…` in another version, `…/name` below a parameter, else in
 * the place of the last name.
 */
function besides(first: string, other: string): string {
  if (/^v[\d.]+\/…$/.test(other)) return other.slice(0, -1) + first.replace(/^v[\d.]+\//, '');
  if (!other.startsWith('…/')) return other;
  const isBelow = /[:$][A-Za-z_]+$/.test(first);
  return (isBelow ? first : first.slice(0, first.lastIndexOf('/'))) + other.slice(1);
}

/** Returns a path in one form, or in two where a part of it may be left out. */
export function formsOf(path: string): readonly string[] {
  const bare = path
    .replace(/^\{\w+\}/, '')
    .replace(/^.*?https?:\/\//, '')
    .replace(/^[a-z.]+\.(?:cn|com)(?=\/)/, '')
    .replace(/\[?[?&].*$/, '')
    .replace(/[.,;:*]+$/, '');
  const optional = /^(.*?)(?:\((\/[^)]*)\)|\[(\/[^\]]*)\])(.*)$/.exec(bare);
  const whole = `${optional?.[1] ?? bare}${optional?.[2] ?? optional?.[3] ?? ''}`;
  const forms = optional === null ? [bare] : [optional[1] ?? '', whole];
  return forms.map((form) => form.replace(/\$?\[[^\]]+\]|[:$][A-Za-z_]+|<[^>]+>/g, ':').replace(/[)/]+$/, ''));
}

/** Returns the calls in the first column of a table that says who may call what: `user/create, update; hr/*`. */
export function callsOfMatrix(contract: string, heading: string): readonly Mention[] {
  const lines = contract.split('\n');
  const from = lines.findIndex((text) => text.startsWith(`### ${heading}`));
  const found: Mention[] = [];
  for (let at = from + 1; !(lines[at] ?? '#').startsWith('#'); at++) {
    const cell = /^\| ([a-z_]+[/,][^|]*) \|/.exec(lines[at] ?? '')?.[1];
    if (cell === undefined) continue;
    let group = '';
    for (const [name] of cell.replace(/ \([^)]*\)/, '').matchAll(/[a-z_]+(?:\/(?:[a-z_]+|\*))?\*?/g)) {
      if (name.includes('/')) group = name.slice(0, name.indexOf('/') + 1);
      found.push({ method: null, paths: [name.includes('/') ? name : group + name], line: at + 1 });
    }
  }
  return found;
}

/** Returns every path in a contract, in one form. */
export function pathsIn(contract: string): ReadonlySet<string> {
  const tokens = contract.match(/[^\s`|(,;]*\/[^\s`|,;]+/g) ?? [];
  return new Set([...tokens.flatMap(formsOf), ...operationsIn(contract).flatMap(({ paths }) => paths)]);
}
