import { isObject } from '../../lib/json-equal.ts';
import type { Catalogue } from '../catalogue/read.ts';
import { hasMessage } from '../catalogue/messages.ts';
import type { JournalEntry } from '../journal/entry.ts';
import { jsonOf } from '../journal/request-view.ts';
import type { Language } from '../../lib/language.ts';

/** Finds what is advised for an answer in general, in a language; null where the code is not known. */
export type RemedyOf = (entry: JournalEntry, language: Language) => string | null;

/** Looks remedies up in the catalogue: by the code, or by the sentence of an answer whose code says little. */
export function remedies(catalogue: Pick<Catalogue, 'entry' | 'platform'>): RemedyOf {
  return ({ platform, code, response }, language) => {
    if (code === null) return null;
    const found =
      catalogue.entry(platform, code) ??
      sentencesIn(jsonOf(response)?.value)
        .map((text) => catalogue.platform(platform)?.entries.find((entry) => hasMessage(entry, text)))
        .find((entry) => entry !== undefined);
    return found?.remedy[language] ?? null;
  };
}

/** The texts of an answer, also those one level below. */
function sentencesIn(answer: unknown): readonly string[] {
  if (!isObject(answer)) return [];
  const around = Object.values(answer);
  const inside = around.flatMap((one) => (isObject(one) ? Object.values(one) : []));
  return [...around, ...inside].filter((one): one is string => typeof one === 'string' && one !== '');
}
