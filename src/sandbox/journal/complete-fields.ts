import type { TSchema } from 'typebox';
import type { Outcome, RecordOutcome } from '../../dialects/dialect.ts';
import type { FieldResult } from '../../directory/verdict.ts';
import { isObject } from '../../lib/json-equal.ts';
import { didYouMean } from '../../lib/did-you-mean.ts';
import { LruCache } from '../../lib/lru-cache.ts';
import type { MemberResult } from './contract.ts';
import { alsoInChinese } from './reasons.ts';
import { entriesOf, memberOf, pathsOf } from './schema-members.ts';

/** A body with more members is looked at so far only. */
const MAX_MEMBERS = 2_000;
/** For so many unknown members of a body it is looked what they may have meant: each is held against all names there are. */
const MAX_SUGGESTED = 20;

/** What completing needs to know of a request. */
export interface Answered {
  readonly body: unknown;
  readonly schema: TSchema | undefined;
  readonly outcome: Outcome | undefined;
  /** Names of members that are no data. */
  readonly selectors?: readonly string[];
  /** The reasons of the platform's verdicts, in Chinese. */
  readonly reasons?: Readonly<Record<string, string>>;
  /** Whether the platform's answer says success. */
  readonly isSuccess: boolean;
}

/** Returns exactly one result for each member of a request's body: the operation's own, or what can be said without one. */
export function completeFields({
  body,
  schema,
  outcome,
  selectors = [],
  reasons = {},
  isSuccess,
}: Answered): readonly MemberResult[] {
  const given = outcome?.records.flatMap(resultsOf) ?? [];
  const isRefused = outcome?.records.some(({ problem }) => problem !== undefined) === true || !isSuccess;
  let suggested = 0;
  const meantBy = (path: string): readonly string[] => (++suggested > MAX_SUGGESTED ? [] : closeTo(path, schema));
  const results = given.map((result): MemberResult => {
    const silent = isSuccess && (result.verdict === 'ignored' || result.verdict === 'unknown');
    const names = result.verdict === 'unknown' ? meantBy(result.field) : [];
    return { ...result, ...(names.length > 0 ? { did_you_mean: names } : {}), ...(silent ? { silent } : {}) };
  });
  const covered = new Coverings(given.map(({ field }) => field));
  let count = 0;
  const walk = (
    value: unknown,
    path: string,
    schemas: readonly TSchema[],
    around: unknown,
    isInCovered: boolean,
  ): void => {
    if (++count > MAX_MEMBERS) return;
    if (Array.isArray(value) && value.length > 0) {
      const inner = entriesOf(schemas);
      value.forEach((entry, index) => {
        const isNamed = isInCovered || covered.names(path, entry);
        walk(entry, `${path}[${String(index)}]`, inner, value, isNamed);
      });
      return;
    }
    if (isObject(value) && Object.keys(value).length > 0) {
      for (const [name, member] of Object.entries(value)) {
        const at = path === '' ? name : `${path}.${name}`;
        const known = schema === undefined ? null : memberOf(schemas, name);
        if (known !== null) walk(member, at, known, value, isInCovered);
        else if (!covered.has(at) && ++count <= MAX_MEMBERS) results.push(unknownMember(at, meantBy(at), isSuccess));
      }
      return;
    }
    if (path === '' || isInCovered || covered.covers(path, around)) return;
    const isSelector = selectors.includes(path.slice(path.lastIndexOf('.') + 1).replace(/\[[0-9]+\]$/, ''));
    const isEmpty = typeof value === 'object' && value !== null;
    results.push({ field: path, ...(isSelector ? USED : restOf(isRefused, given.length > 0, isEmpty)) });
  };
  walk(body, '', schema === undefined ? [] : [schema], null, false);
  return results.map((result) => alsoInChinese(result, reasons));
}

/** The results of a record, at the places of the request. */
function resultsOf({ at, verdicts }: RecordOutcome): readonly FieldResult[] {
  return at === undefined ? verdicts : verdicts.map((result) => ({ ...result, field: `${at}.${result.field}` }));
}

const USED = { verdict: 'used' } as const;

/** What can be said of a member that the operation has and gave no result for. */
function restOf(isRefused: boolean, hasResults: boolean, isEmpty: boolean): Pick<MemberResult, 'verdict' | 'reason'> {
  if (isRefused) return { verdict: 'not-applied', reason: 'the request was refused' };
  // A list or object without entries, of which an operation makes nothing.
  if (hasResults && isEmpty) return { verdict: 'not-mapped', reason: 'there is nothing in it' };
  return hasResults ? { verdict: 'not-mapped', reason: 'no result was given' } : USED;
}

function unknownMember(path: string, names: readonly string[], isSuccess: boolean): MemberResult {
  return {
    field: path,
    verdict: 'unknown',
    reason: 'the operation has no such member',
    ...(names.length > 0 ? { did_you_mean: names } : {}),
    ...(isSuccess ? { silent: true } : {}),
  };
}

/** So many paths of a schema are remembered with what is close to them. */
const MAX_CLOSE = 500;
/** A caller chooses how long a name is: longer paths are not remembered. */
const LONGEST_KEPT = 200;

const close = new WeakMap<TSchema, LruCache<string, readonly string[]>>();

/**
 * Members of the operation that are close to a path. A client makes the same mistake with each call, and to look through all
 * names took most of the time of an overview: so what was found is remembered.
 */
function closeTo(path: string, schema: TSchema | undefined): readonly string[] {
  if (schema === undefined) return [];
  if (path.length > LONGEST_KEPT) return namesCloseTo(path, schema);
  let known = close.get(schema);
  if (known === undefined) close.set(schema, (known = new LruCache(MAX_CLOSE)));
  let names = known.get(path);
  if (names === undefined) known.set(path, (names = namesCloseTo(path, schema)));
  return names;
}

/** Those beside the path first, else those elsewhere. */
function namesCloseTo(path: string, schema: TSchema): readonly string[] {
  const paths = pathsOf(schema);
  // A caller may name a member with nothing but brackets: none is looked at from another one.
  const plain = path.replaceAll(/\[[^[\]]*\]/g, '');
  const dot = plain.lastIndexOf('.');
  const front = plain.slice(0, dot + 1);
  const name = plain.slice(dot + 1);
  const beside = paths.filter((one) => one.startsWith(front) && !one.slice(front.length).includes('.'));
  const names = didYouMean(name, beside);
  return names.length > 0 ? names : didYouMean(name, paths);
}

/** The places of a body that results speak of. */
class Coverings {
  readonly #fields: ReadonlySet<string>;
  /** By the place a result is in: the last parts of their names. */
  readonly #lastParts = new Map<string, Set<string>>();

  constructor(fields: readonly string[]) {
    this.#fields = new Set(fields);
    for (const field of this.#fields) {
      const [, place = '', part = ''] = /^(.*)\[([^[\]]*)\]$/.exec(field) ?? /^(?:(.*)\.)?([^.]*)$/.exec(field) ?? [];
      let parts = this.#lastParts.get(place);
      if (parts === undefined) this.#lastParts.set(place, (parts = new Set()));
      parts.add(part);
    }
  }

  /** Whether a result names this very place. */
  has(path: string): boolean {
    return this.#fields.has(path);
  }

  /** Returns whether a result is about this place, or one around it, or names the item at it by the value of its id. */
  covers(path: string, around: unknown): boolean {
    for (let end = path.length; end > 0; end = Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1)))
      if (this.#fields.has(path.slice(0, end))) return true;
    const item = path.slice(0, Math.max(path.lastIndexOf('.'), 0));
    return this.names(item, around) || this.names(item.replace(/\[[0-9]+\]$/, ''), around);
  }

  /** Whether a result names an object at this place, or an entry of the list there, by the value of its id. */
  names(place: string, item: unknown): boolean {
    const parts = this.#lastParts.get(place);
    if (parts === undefined || !isObject(item)) return false;
    return Object.values(item).some((value) => isId(value) && parts.has(String(value)));
  }
}

function isId(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
