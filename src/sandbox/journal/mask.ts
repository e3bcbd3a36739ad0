import { hash, randomBytes } from 'node:crypto';
import type { PersonalKind } from '../../dialects/dialect.ts';
import { isObject } from '../../lib/json-equal.ts';

const KEY = randomBytes(16).toString('hex');

/** Replaces personal data in what leaves the journal. */
export interface Mask {
  /** Masks the values in a JSON value, by the names of their members; a name counts for all that its value contains. */
  value(value: unknown, name?: string): unknown;
  /** Masks mobiles, mail addresses and numbers of identity cards in a text that is no JSON. */
  text(text: string): string;
}

/** Shows everything: for companies of people who do not exist. */
export const noMask: Mask = { value: (value) => value, text: (text) => text };

const MOBILE = /(?<![0-9])(\+?(?:86)?)(1[3-9][0-9])[0-9]{4}([0-9]{4})(?![0-9])/g;
/**
 * What may be the part of a mail address before its `@`, and the rest where there is one: what is none is matched, too, so
 * that it is gone through once however long it is.
 */
const MAIL = /[A-Za-z0-9._%+-]+(@[A-Za-z0-9.-]+\.[A-Za-z]{2,})?/g;
const IDENTITY_CARD = /(?<![0-9A-Za-z])([0-9]{3})[0-9]{12,13}([0-9Xx]{2})(?![0-9A-Za-z])/g;

/** Members that hold the value of what a member `field` beside or above them names. */
const CARRIES_VALUE: ReadonlySet<string> = new Set(['record', 'value', 'from', 'to', 'before', 'after']);

/** Members whose members are fields, and each value the reason why that field waits. */
const SAYS_WHY: ReadonlySet<string> = new Set(['waits_for']);
/** A reason: a word of ours, a code, or whose the value still is; anything else there is masked as a value. */
const REASON = /^(?:incomplete|[a-z]+(?:-[a-z]+)+|refused(?: [\w.-]+)?(?: still-of \S+)?|still-of \S+)$/;

/** Makes a mask for members of these names; others are masked where they look like personal data. */
export function maskFor(personal: Readonly<Record<string, PersonalKind>>): Mask {
  const kindOf = (name: string): PersonalKind | undefined =>
    Object.hasOwn(personal, name) ? personal[name] : undefined;
  const valueOf = (value: unknown, kind: PersonalKind | undefined, named: PersonalKind | undefined): unknown => {
    if (Array.isArray(value)) return value.map((entry) => valueOf(entry, kind, named));
    if (isObject(value)) {
      const { field } = value;
      const about = typeof field === 'string' ? kindOf(field.slice(field.lastIndexOf('.') + 1)) : named;
      const entries = Object.entries(value).map(([key, inner]) => {
        if (SAYS_WHY.has(key) && isObject(inner)) return [key, whysIn(inner)] as const;
        const own = kindOf(key) ?? (CARRIES_VALUE.has(key) ? about : undefined) ?? kind;
        return [key, valueOf(inner, own, about)] as const;
      });
      return Object.fromEntries(entries);
    }
    if (typeof value === 'string') return kind === undefined ? mask.text(value) : masked(kind, value);
    return kind !== undefined && typeof value === 'number' ? masked(kind, String(value)) : value;
  };
  const whysIn = (fields: Readonly<Record<string, unknown>>): unknown =>
    Object.fromEntries(
      Object.entries(fields).map(([field, why]) => {
        const isReason = typeof why === 'string' && REASON.test(why);
        return [field, isReason ? mask.text(why) : valueOf(why, kindOf(field), undefined)] as const;
      }),
    );
  const mask: Mask = {
    value: (value, name = '') => valueOf(value, kindOf(name), undefined),
    text: (text) =>
      text
        .replaceAll(MAIL, (word, domain: string | undefined) => (domain === undefined ? word : masked('email', word)))
        .replaceAll(IDENTITY_CARD, (number) => masked('number', number))
        .replaceAll(MOBILE, (number) => masked('mobile', number)),
  };
  return mask;
}

/** Equal values stay recognisable as equal. */
function masked(kind: PersonalKind, value: string): string {
  if (value === '') return value;
  return `${shapeOf(kind, value)}#${hash('sha256', KEY + value, 'hex').slice(0, 4)}`;
}

function shapeOf(kind: PersonalKind, value: string): string {
  const letters = Array.from(value);
  switch (kind) {
    case 'name':
      return `${letters[0] ?? ''}*`;
    case 'mobile':
      return letters.length < 8 ? '****' : `${letters.slice(0, -8).join('')}****${letters.slice(-4).join('')}`;
    case 'email': {
      const at = value.lastIndexOf('@');
      return at < 1 ? '***' : `${letters[0] ?? ''}***${value.slice(at)}`;
    }
    case 'number':
      return letters.length < 6 ? '***' : `${letters.slice(0, 3).join('')}***${letters.slice(-2).join('')}`;
    case 'text':
      return `[text, ${String(letters.length)} characters]`;
  }
}
