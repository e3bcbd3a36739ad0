import type { Errcode } from './codes.ts';
import { malformed, type Refusal } from './errors.ts';

/** A value that no such key can have, with the code for that. */
export function invalidValue(subject: string, code: Errcode): Refusal {
  return { problem: { kind: 'invalid', subject }, returned: code };
}

/** A value that no such key can have and that has no code of its own: 40058. */
export function wrongParameter(subject: string, detail: string): Refusal {
  return malformed({ kind: 'invalid', subject }, detail);
}

/** A text that is empty or too long: the sentences of 40058 as seen live (wecom-more 2.4). */
export function wrongText(key: string, value: string, limit: number): Refusal {
  if (value === '') return wrongParameter(key, `${key} exceed min utf8 words 1`);
  return malformed({ kind: 'too-long', subject: key, limit }, `${key} exceed max length ${String(limit)}`);
}
