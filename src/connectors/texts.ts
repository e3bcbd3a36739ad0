import type { LiveTask, LiveValue, OutboundRequest, Reply, Verdict, Words } from './connector.ts';
import { shortened } from '../lib/text/shortened.ts';

const MAX_MESSAGE = 300;

/** Returns a message of a platform short enough for a line, without control characters. */
export function bounded(text: string): string {
  return shortened(text.replaceAll(/\p{Cc}+/gu, ' ').trim(), MAX_MESSAGE);
}

/** Returns a text as JSON; null where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Returns a member of something that came from outside; undefined where there is none. */
export function member(value: unknown, ...path: readonly (string | number)[]): unknown {
  let at = value;
  for (const name of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Object.hasOwn(at, name) ? (at as Readonly<Record<string | number, unknown>>)[name] : undefined;
  }
  return at;
}

/** Returns a text, or a number as text; `""` where it is neither. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** Returns the elements of a list; none where it is no list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** Returns a text without spaces around it; null where nothing is left. */
export function textOrNull(value: unknown): string | null {
  const text = textOf(value).normalize('NFC').trim();
  return text === '' ? null : text;
}

/** Returns a mail address as it is compared. */
export function mailOrNull(value: unknown): string | null {
  return textOrNull(value)?.toLowerCase() ?? null;
}

/** Asks one thing. */
export function* ask(request: OutboundRequest): LiveTask<Reply> {
  const [reply] = yield [request];
  return reply ?? { verdict: { kind: 'trouble', code: null, message: 'no reply' }, json: null };
}

/**
 * Returns the reply of a read; one that has not what was asked for is another server's. A success without its list is no empty
 * list: all links would be lost.
 */
export function answering(reply: Reply, foreign: (status: number) => Verdict, ...path: readonly string[]): Reply {
  const given = member(reply.json, ...path);
  const isHere = typeof given === 'object' && given !== null;
  return reply.verdict.kind !== 'ok' || isHere ? reply : { verdict: foreign(200), json: null };
}

/** Why a field cannot be compared where a read brought no person: what it takes to read the field is not known then. */
export const NO_ONE_READ: Words = { en: 'No one was read.', zh: '未读取到任何人员。' };

/** Orders a list that is compared as a set. */
export function asSet(values: readonly string[]): LiveValue {
  return [...new Set(values)].toSorted();
}
