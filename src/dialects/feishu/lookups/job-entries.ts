import Type, { type Static } from 'typebox';
import type { CatalogEntry } from '../../../directory/catalog.ts';
import { plainText, withValue, type LocalText } from '../../../directory/text.ts';
import { jobEntryOf } from '../model/job-entry-extension.ts';
import { entryIdOf } from '../model/ids.ts';
import { DIALECT } from '../model/settings.ts';
import { MAX_LANGUAGES } from '../protocol/bounds.ts';
import { lengthOf, textFrom, translationsOf } from '../protocol/localized-text.ts';

/* What job levels and job families have in common. */

/** Translations as the look-ups write them. */
export const Translations = Type.Array(Type.Object({ locale: Type.String(), value: Type.String() }), {
  maxItems: MAX_LANGUAGES,
});
export type Translations = Static<typeof Translations> | undefined;

/** Members of both bodies. Lengths that have a code of their own are no part of the shape. */
export const jobEntryMembers = {
  name: Type.String(),
  description: Type.Optional(Type.String()),
  status: Type.Boolean(),
  i18n_name: Type.Optional(Translations),
  i18n_description: Type.Optional(Translations),
};
const JobEntryBody = Type.Object(jobEntryMembers);

/** What create and update read of both. */
export type JobEntryBody = Static<typeof JobEntryBody>;

/** Returns an entry as it is shown: `kind` begins the name of its id, `own` is what the other kind does not have. */
export function showJobEntry(kind: 'job_level' | 'job_family', entry: CatalogEntry, own: object): object {
  const { description = plainText('') } = jobEntryOf(entry);
  return {
    [`${kind}_id`]: entryIdOf(entry),
    name: entry.name.value,
    description: description.value,
    ...own,
    status: entry.enabled,
    i18n_name: translationsOf(entry.name),
    i18n_description: translationsOf(description),
  };
}

/** Returns the entry with the texts and the status of a body. */
export function describedBy(body: JobEntryBody, entry: CatalogEntry): CatalogEntry {
  const before = jobEntryOf(entry).description ?? plainText('');
  const description = withTexts(before, body.description ?? before.value, body.i18n_description);
  const isDescribed = description.value !== '' || Object.keys(description.i18n).length > 0;
  const { [DIALECT]: _old, ...ofOthers } = entry.extensions;
  return {
    ...entry,
    name: withTexts(entry.name, body.name, body.i18n_name),
    enabled: body.status,
    extensions: isDescribed ? { ...ofOthers, [DIALECT]: { description } } : ofOthers,
  };
}

/** Whether the name, in each language, is there and no longer than the limit. */
export function isNamed({ name, i18n_name = [] }: JobEntryBody, limit: number): boolean {
  return name !== '' && areShort([name, ...i18n_name.map(({ value }) => value)], limit);
}

/** Whether the description is no longer than the limit in any language. */
export function isDescriptionShort({ description = '', i18n_description = [] }: JobEntryBody, limit: number): boolean {
  return areShort([description, ...i18n_description.map(({ value }) => value)], limit);
}

function areShort(texts: readonly string[], limit: number): boolean {
  return texts.every((text) => lengthOf(text) <= limit);
}

/** The text with a new value; its translations are replaced where any are given. */
export function withTexts(before: LocalText, value: string, translations: Translations): LocalText {
  return translations === undefined ? withValue(before, value) : textFrom(value, translations);
}
