import Type, { type Static } from 'typebox';
import type { CatalogEntry } from '../../../directory/catalog.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { plainText, withValue, type LocalText } from '../../../directory/text.ts';
import { entryIdOf } from '../model/ids.ts';
import { isLevel, jobLevelOf, type FeishuJobLevel } from '../model/job-level-extension.ts';
import { DIALECT } from '../model/settings.ts';
import { MAX_IN_TEXT, MAX_LANGUAGES } from '../protocol/bounds.ts';
import { JOB_LEVEL_CODES, type Code } from '../protocol/codes.ts';
import { lengthOf, textFrom, translationsOf } from '../protocol/localized-text.ts';

/** A level as it is told. [public: contact/job_level/list] */
export function showLevel(entry: CatalogEntry): object {
  const { description = plainText('') } = jobLevelOf(entry);
  return {
    job_level_id: entryIdOf(entry),
    name: entry.name.value,
    description: description.value,
    order: entry.order,
    status: entry.enabled,
    i18n_name: translationsOf(entry.name),
    i18n_description: translationsOf(description),
  };
}

/** Translations as the look-ups write them. */
export const Translations = Type.Optional(
  Type.Array(Type.Object({ locale: Type.String(), value: Type.String() }), { maxItems: MAX_LANGUAGES }),
);

/** What create and update read. Lengths and numbers that have a code of their own are no part of the shape. */
export const LevelBody = Type.Object({
  name: Type.String(),
  description: Type.Optional(Type.String()),
  order: Type.Optional(Type.Integer()),
  status: Type.Boolean(),
  i18n_name: Translations,
  i18n_description: Translations,
});
export type LevelBody = Static<typeof LevelBody>;

const MAX_IN_NAME = 255;
const LEAST_ORDER = 100;
const MAX_ORDER = 100_000;
/** Levels of one company, deleted ones among them; the page states no number. [proposed] */
const MAX_LEVELS = 1_000;

/** The level as asked for, or why not. `blank` is the level as it is, or a new one. The order of the rules is [proposed]. */
export function levelFrom(body: LevelBody, blank: CatalogEntry, isNew: boolean, tenant: Tenant): CatalogEntry | Code {
  const { all } = tenant.catalog('job-level');
  const others = all.filter((entry) => entry.id !== blank.id && isLevel(entry));
  const name = said(blank.name, body.name, body.i18n_name);
  if (!areShort([body.name, ...valuesIn(body.i18n_name)], MAX_IN_NAME) || body.name === '')
    return JOB_LEVEL_CODES.nameInvalid;
  if (!areShort([body.description ?? '', ...valuesIn(body.i18n_description)], MAX_IN_TEXT))
    return JOB_LEVEL_CODES.descriptionInvalid;
  const { order = isNew ? freeOrder(others) : blank.order } = body;
  if (body.order !== undefined && (order < LEAST_ORDER || order > MAX_ORDER)) return JOB_LEVEL_CODES.orderInvalid;
  if (isNew && all.length >= MAX_LEVELS) return JOB_LEVEL_CODES.tooMany;
  if (others.some((entry) => entry.name.value === body.name)) return JOB_LEVEL_CODES.nameTaken;
  if (body.order !== undefined && others.some((entry) => entry.order === order)) return JOB_LEVEL_CODES.orderTaken;
  const before = jobLevelOf(blank).description ?? plainText('');
  const description = said(before, body.description ?? before.value, body.i18n_description);
  const isDescribed = description.value !== '' || Object.keys(description.i18n).length > 0;
  const { [DIALECT]: _old, ...ofOthers } = blank.extensions;
  return {
    ...blank,
    name,
    order,
    enabled: body.status,
    extensions: isDescribed ? { ...ofOthers, [DIALECT]: { description } } : ofOthers,
  };
}

/** The level, or family, once it is deleted: nobody is given it any more. */
export function deletedEntry(entry: CatalogEntry): CatalogEntry {
  const own: FeishuJobLevel = { ...jobLevelOf(entry), isDeleted: true };
  return { ...entry, enabled: false, extensions: { ...entry.extensions, [DIALECT]: own } };
}

/** The text with a new value, and its translations anew where any are said. */
export function said(before: LocalText, value: string, translations: LevelBody['i18n_name']): LocalText {
  return translations === undefined ? withValue(before, value) : textFrom(value, translations);
}

/** The texts of translations. */
export function valuesIn(translations: LevelBody['i18n_name'] = []): readonly string[] {
  return translations.map(({ value }) => value);
}

/** Whether no text is longer than the limit. */
export function areShort(texts: readonly string[], limit: number): boolean {
  return texts.every((text) => lengthOf(text) <= limit);
}

/** The smallest number that no level has. [proposed] */
function freeOrder(levels: readonly CatalogEntry[]): number {
  const taken = new Set(levels.map(({ order }) => order));
  let order = LEAST_ORDER;
  while (taken.has(order)) order++;
  return order;
}
