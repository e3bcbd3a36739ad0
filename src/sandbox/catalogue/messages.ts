import { isObject } from '../../lib/json-equal.ts';
import type { CatalogueEntry } from './entry.ts';

/** Members in which the platforms send their sentence. */
const MEMBERS = ['msg', 'errmsg', 'errorMessage', 'error_description', 'message'] as const;

/** Returns the sentence of an answer; null where it has none. */
export function sentenceOf(answer: unknown): string | null {
  const inner = isObject(answer) ? answer['value'] : undefined;
  return [answer, inner].flatMap(sentencesIn)[0] ?? null;
}

function sentencesIn(body: unknown): readonly string[] {
  const texts = isObject(body) ? MEMBERS.map((member) => body[member]) : [];
  return texts.filter((text): text is string => typeof text === 'string' && text !== '');
}

/** Returns the sentences of an entry; `{}` is a part that varies. */
export function messagesOf({ messages, response, cases = [] }: CatalogueEntry): readonly string[] {
  if (messages !== undefined) return messages;
  const bodies = [response?.body, ...cases.map((one) => one.response?.body)];
  return [...new Set(bodies.flatMap(sentencesIn))].map((text) => (text.endsWith('…') ? text.slice(0, -1) : text));
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
