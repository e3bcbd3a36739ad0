import { isObject } from '../../lib/json-equal.ts';
import type { CatalogueEntry } from './entry.ts';

/** Members in which the platforms send their sentence. */
const MEMBERS = ['msg', 'errmsg', 'errorMessage', 'error_description', 'message'] as const;

/** Returns the sentence of an answer; null where it has none. */
export function sentenceOf(answer: unknown): string | null {
  if (!isObject(answer)) return null;
  const texts = [answer, answer['value']].filter(isObject).flatMap((part) => MEMBERS.map((member) => part[member]));
  const found = texts.find((text) => typeof text === 'string' && text !== '');
  return typeof found === 'string' ? found : null;
}

/** Returns the sentences of an entry; `{}` is a part that varies. */
export function messagesOf({ messages, response, cases = [] }: CatalogueEntry): readonly string[] {
  if (messages !== undefined) return messages;
  const bodies = [response?.body, ...cases.map((one) => one.response?.body)];
  const found = bodies.flatMap((body) => (isObject(body) ? MEMBERS.map((member) => body[member]) : []));
  return [...new Set(found.filter((text): text is string => typeof text === 'string' && text !== ''))].map((text) =>
    text.endsWith('…') ? text.slice(0, -1) : text,
  );
}

/** Checks whether an entry says a sentence. */
export function hasMessage(entry: CatalogueEntry, text: string): boolean {
  return messagesOf(entry).some((message) =>
    message.includes('{}')
      ? new RegExp(`^${message.split('{}').map(escaped).join('.*')}$`, 's').test(text)
      : message === text,
  );
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
