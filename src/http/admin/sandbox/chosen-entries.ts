import type { JournalEntry } from '../../../sandbox/journal/entry.ts';
import type { Journal } from '../../../sandbox/journal/journal.ts';
import { QueryLanguageError } from '../../../sandbox/journal/query-language.ts';

/** So many entries can be named one by one. */
const MAX_IDS = 200;
const MAX_ID = 64;

/** Returns the entries that the parameter `ids` names, the newest first, as far as they are kept; null without it. */
export function chosenIn(journal: Journal, query: URLSearchParams): readonly JournalEntry[] | null {
  const text = query.get('ids');
  if (text === null) return null;
  const ids = [...new Set(text.split(',').filter((id) => id !== ''))];
  if (ids.length === 0 || ids.length > MAX_IDS || ids.some((id) => id.length > MAX_ID)) {
    throw new QueryLanguageError(0, `from 1 to ${String(MAX_IDS)} ids of requests in ids, with commas between`);
  }
  return ids.flatMap((id) => journal.find(id) ?? []).toSorted((one, other) => other.at - one.at);
}
