import { didYouMean } from '../../lib/did-you-mean.ts';
import { wildcard } from '../../lib/wildcard.ts';
import type { MemberResult } from './contract.ts';
import type { JournalEntry } from './entry.ts';

/** An entry with what is worked out of it when it is asked for. */
export interface Searched {
  readonly entry: JournalEntry;
  readonly fields: () => readonly MemberResult[];
  /** The entry as the caller is shown it; absent where that is everything. Text is found in what is shown alone. */
  readonly shown?: (() => string) | undefined;
}

/** Says whether an entry is looked for. */
export type Condition = (searched: Searched) => boolean;

/** A mistake in a search: where, and what was expected there. */
export class QueryLanguageError extends Error {
  readonly position: number;

  constructor(position: number, expected: string) {
    super(`At character ${String(position + 1)}: expected ${expected}.`);
    this.name = 'QueryLanguageError';
    this.position = position;
  }
}

const MAX_TERMS = 20;

type Values = (searched: Searched) => readonly (string | null | undefined)[];

const TEXT_KEYS: Readonly<Record<string, Values>> = {
  company: ({ entry }) => [entry.company],
  platform: ({ entry }) => [entry.platform],
  operation: ({ entry }) => [entry.operation ?? 'not-served'],
  app: ({ entry }) => [entry.app],
  employee: ({ entry }) => entry.outcome?.records.map(({ employee }) => employee) ?? [],
  code: ({ entry }) => [entry.code],
  verdict: ({ fields }) => fields().map(({ verdict }) => verdict),
  field: ({ fields }) => fields().flatMap(({ field }) => [field, field.slice(field.lastIndexOf('.') + 1)]),
  client: ({ entry }) => [entry.client.userAgent],
  address: ({ entry }) => [entry.client.address],
  method: ({ entry }) => [entry.method],
  path: ({ entry }) => [entry.target.replace(/\?.*/, '')],
  id: ({ entry }) => [entry.id],
  repeats: ({ entry }) => [entry.resentFrom],
  ended: ({ entry }) => [entry.ended],
  direction: ({ entry }) => [entry.outgoing === undefined ? 'in' : 'out'],
  host: ({ entry }) => [entry.outgoing?.host],
  injected: ({ entry }) => [entry.injected?.rule, entry.injected?.preset],
  silent: ({ fields }) => (fields().some(({ silent }) => silent === true) ? ['true', 'yes'] : ['false', 'no']),
};

const NUMBER_KEYS: Readonly<Record<string, (searched: Searched) => number>> = {
  status: ({ entry }) => entry.status ?? 0,
  duration: ({ entry }) => entry.durationMs,
};

/** Keys of the search language, for messages. */
const SEARCH_KEYS = [...Object.keys(TEXT_KEYS), ...Object.keys(NUMBER_KEYS), 'since', 'until'];

/** Whether a search says which way calls go; where it does not, those that came in are meant. */
export function saysDirection(text: string): boolean {
  return /(?:^|[\s(-])(?:direction|host):/.test(text);
}

/** Reads a search like `platform:feishu -code:0 verdict:unknown since:10m`. Throws {@link QueryLanguageError}. */
export function readQuery(text: string, now: number): Condition {
  const tokens = tokensOf(text);
  if (tokens.length > MAX_TERMS * 4) throw new QueryLanguageError(0, `at most ${String(MAX_TERMS)} terms`);
  let at = 0;
  let terms = 0;
  const either = (): Condition => {
    const parts = [all()];
    while (tokens[at]?.text === 'OR') {
      at++;
      parts.push(all());
    }
    return (searched) => parts.some((part) => part(searched));
  };
  const all = (): Condition => {
    const parts: Condition[] = [];
    for (let token = tokens[at]; token !== undefined && token.text !== ')' && token.text !== 'OR'; token = tokens[at]) {
      if (token.text === 'AND') at++;
      else parts.push(term());
    }
    if (parts.length === 0 && (tokens.length > 0 || text.trim() !== '')) {
      throw new QueryLanguageError(tokens[at]?.position ?? text.length, 'a term such as platform:feishu');
    }
    return (searched) => parts.every((part) => part(searched));
  };
  const term = (): Condition => {
    const token = tokens[at++];
    if (token === undefined) throw new QueryLanguageError(text.length, 'a term such as platform:feishu');
    if (++terms > MAX_TERMS) throw new QueryLanguageError(token.position, `at most ${String(MAX_TERMS)} terms`);
    if (token.text === '-') {
      const inner = term();
      return (searched) => !inner(searched);
    }
    if (token.text === '(') {
      const inner = either();
      if (tokens[at]?.text !== ')') throw new QueryLanguageError(tokens[at]?.position ?? text.length, '")"');
      at++;
      return inner;
    }
    return conditionOf(token, now);
  };
  const condition = either();
  const rest = tokens[at];
  if (rest !== undefined) throw new QueryLanguageError(rest.position, 'the end of the search');
  return condition;
}

interface Token {
  readonly text: string;
  readonly position: number;
}

/** Parentheses, a minus before a term, and words in which quotation marks keep blanks together. */
function tokensOf(text: string): readonly Token[] {
  const pattern = /\s*(?:([()])|(-)(?=[^\s)])|((?:"(?:[^"\\]|\\.)*"|[^\s()"])+))/gy;
  const tokens: Token[] = [];
  while (pattern.lastIndex < text.trimEnd().length) {
    const from = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) throw new QueryLanguageError(from, 'a closing quotation mark');
    const token = match[1] ?? match[2] ?? match[3] ?? '';
    tokens.push({ text: token, position: pattern.lastIndex - token.length });
  }
  return tokens;
}

function conditionOf({ text, position }: Token, now: number): Condition {
  const pair = /^([a-z]+):(>=|<=|>|<)?(.*)$/s.exec(text);
  if (pair === null) return containing(unquoted(text));
  const [, key = '', operator = '', rest = ''] = pair;
  const values = splitAtCommas(rest).map(unquoted);
  const after = position + key.length + 1;
  if (rest === '') throw new QueryLanguageError(after, `a value for ${key}`);
  if (key === 'since' || key === 'until') {
    const instant = instantOf(values[0] ?? '', now);
    if (instant === null) throw new QueryLanguageError(after, 'a time such as 10m, 2h or 2026-11-27T08:00:00Z');
    return ({ entry }) => (key === 'since' ? entry.at >= instant : entry.at <= instant);
  }
  const number = Object.hasOwn(NUMBER_KEYS, key) ? NUMBER_KEYS[key] : undefined;
  if (number !== undefined) {
    const numbers = values.map(Number);
    if (numbers.some(Number.isNaN)) throw new QueryLanguageError(after, `a number for ${key}`);
    return (searched) => numbers.some((one) => compare(number(searched), operator, one));
  }
  const read = Object.hasOwn(TEXT_KEYS, key) ? TEXT_KEYS[key] : undefined;
  if (read === undefined) {
    const close = didYouMean(key, SEARCH_KEYS);
    const meant = close.length === 0 ? '' : `; did you mean ${close.join(' or ')}`;
    throw new QueryLanguageError(position, `one of the keys ${SEARCH_KEYS.join(', ')}${meant}`);
  }
  const patterns = values.map((value) => wildcard(value.toLowerCase()));
  return (searched) =>
    read(searched).some((value) => patterns.some((isMatched) => isMatched((value ?? 'none').toLowerCase())));
}

function compare(one: number, operator: string, other: number): boolean {
  switch (operator) {
    case '>':
      return one > other;
    case '>=':
      return one >= other;
    case '<':
      return one < other;
    case '<=':
      return one <= other;
    default:
      return one === other;
  }
}

/** Text in the target or in a body. */
function containing(text: string): Condition {
  const looked = text.toLowerCase();
  const bytes = Buffer.from(text);
  const isIn = (body: Buffer | string | null): boolean =>
    typeof body === 'string' ? body.includes(text) : body?.includes(bytes) === true;
  const written = JSON.stringify(looked).slice(1, -1);
  return ({ entry, shown }) =>
    (entry.target.toLowerCase().includes(looked) || isIn(entry.request.body) || isIn(entry.response.body)) &&
    (shown === undefined || shown().toLowerCase().includes(written));
}

/** Splits a text at the commas that stand in no quotation marks. */
function splitAtCommas(text: string): readonly string[] {
  const parts: string[] = [''];
  for (const [piece] of text.matchAll(/"[^"]*"|[^,"]+|[,"]/g)) {
    if (piece === ',') parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

function unquoted(text: string): string {
  return text.startsWith('"') && text.endsWith('"') && text.length > 1
    ? text.slice(1, -1).replaceAll(/\\(.)/g, '$1')
    : text;
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function instantOf(value: string, now: number): number | null {
  const ago = /^([0-9]{1,6})([smhd])$/.exec(value);
  if (ago !== null) return now - Number(ago[1]) * (UNITS[ago[2] ?? ''] ?? 0);
  const instant = /^[0-9]{4}-[0-9]{2}-[0-9]{2}/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(instant) ? null : instant;
}
