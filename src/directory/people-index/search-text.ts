import type { Employee } from '../employees/employee.ts';
import { e164 } from '../employees/phone.ts';

/** Writes a name in Latin letters, a syllable each; letters that have none stay as they are. */
export type Romanise = (name: string) => readonly string[];

/** By what a person is found, as two texts: the names as they are written, and everything that is Latin letters or digits. */
export interface SearchText {
  readonly names: string;
  /** Words with a space before each, in lower case; contact data last, behind a line feed. */
  readonly words: string;
  /** What people of one company are sorted by when they are sorted by name. */
  readonly order: string;
}

/** Longer values are found by their beginning. */
const MAX_LENGTH = 100;

/** Returns by what a person is found: names, pinyin, initials, job number, mobile and own id. */
export function searchTextOf(employee: Employee, romanise: Romanise): SearchText {
  const { name, alias, jobNumber, mobile, email, id } = employee;
  const syllables = romanise(name.value.slice(0, MAX_LENGTH)).map((one) => one.toLowerCase());
  const words = new Set<string>();
  // So that a given name is found without the surname.
  for (let from = 0; from < Math.min(syllables.length, 4); from++) words.add(syllables.slice(from).join(''));
  words.add(syllables.map((one) => one[0] ?? '').join(''));
  const names = [name.value, ...Object.values(name.i18n), alias ?? ''].filter((one) => one !== '');
  for (const one of names) for (const word of one.toLowerCase().split(/\s+/)) if (isLatin(word)) words.add(word);
  if (jobNumber !== null) words.add(jobNumber.toLowerCase());
  words.add(id.toLowerCase());
  const contacts = [mobile === null ? '' : e164(mobile), (email ?? '').toLowerCase()];
  return {
    names: names
      .join('\n')
      .slice(0, 3 * MAX_LENGTH)
      .toLowerCase(),
    words: `${joined([...words])}${CONTACTS}${joined(contacts)}`,
    order: `${syllables.join(' ')}\u0000${name.value}`,
  };
}

/** What comes before contact data. */
const CONTACTS = '\n';

function joined(words: readonly string[]): string {
  return words
    .filter((word) => word !== '')
    .map((word) => ` ${word.slice(0, MAX_LENGTH)}`)
    .join('');
}

/** What is looked for, as it is compared. */
export interface SearchQuery {
  /** In the names, anywhere; empty: nowhere. */
  readonly name: string;
  /** At the beginning of a word: as it was written, and joined as pinyin is. */
  readonly words: readonly string[];
  /** Anywhere in a word: digits, as one knows the end of a mobile; empty: nowhere. */
  readonly digits: string;
  /** Present for those who are not shown contact data: by searching they would find it a digit at a time. */
  readonly isWithoutContacts?: true;
}

/** Reads what is looked for, in contact data only where the caller is shown it; null where that is nothing. */
export function searchQueryOf(text: string, isReader = false): SearchQuery | null {
  const trimmed = text.trim().toLowerCase().slice(0, MAX_LENGTH);
  if (trimmed === '') return null;
  const together = trimmed.replaceAll(/\s+/g, '');
  if (!isLatin(together)) return { name: trimmed, words: [], digits: '' };
  return {
    name: '',
    words: [...new Set([together, together.replaceAll(/['-]/g, '')])].map((word) => ` ${word}`),
    digits: /^\+?[0-9]+$/.test(together) ? together : '',
    ...(isReader ? { isWithoutContacts: true } : {}),
  };
}

/** Whether a person is found. */
export function isFound(text: Pick<SearchText, 'names' | 'words'>, query: SearchQuery): boolean {
  const { name, words, digits, isWithoutContacts } = query;
  if (name !== '') return text.names.includes(name);
  const within = isWithoutContacts === true ? text.words.slice(0, text.words.indexOf(CONTACTS)) : text.words;
  return words.some((word) => within.includes(word)) || (digits !== '' && within.includes(digits));
}

function isLatin(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}
