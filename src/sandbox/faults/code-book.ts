import type { Wording } from '../../dialects/dialect-facts.ts';
import type { Catalogue } from '../catalogue/read.ts';
import { messagesOf } from '../catalogue/messages.ts';

/** What is known of codes that a dialect itself does not word, since no state of the directory leads to them. */
export interface CodeBook {
  ids(platform: string): readonly string[];
  /** Returns how a code is worded; null where it is not known. */
  wording(platform: string, id: string): Wording | null;
}

/** Makes the code book of the catalogue: its sentences, or else its titles, which are the vendors' descriptions. */
export function codeBookOf(catalogue: Catalogue): CodeBook {
  return {
    ids: (platform) => (catalogue.platform(platform)?.entries ?? []).filter(isWhole).map(({ id }) => id),
    wording: (platform, id) => {
      const entry = catalogue.entry(platform, id);
      if (entry === null || !isWhole(entry)) return null;
      const [message = entry.title.en] = messagesOf(entry);
      return { status: entry.response?.status ?? null, message };
    },
  };
}

/** A result of one item in an answer, e.g. `insert-1`, is no answer. */
function isWhole({ id }: { readonly id: string }): boolean {
  return !/^(?:insert|remove|update)-[0-9]$/.test(id);
}
