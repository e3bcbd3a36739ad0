import type { LocalText } from '../../../directory/text.ts';
import type { LocalizedText } from './body-schemas.ts';

/** The platform's language keys and the tags they stand for; other keys are ignored. [seed] */
const TAG_OF_KEY: Readonly<Record<string, string>> = { zh_cn: 'zh-CN', ja_jp: 'ja-JP', en_us: 'en-US' };
const KEYS = Object.entries(TAG_OF_KEY);

/**
 * The text after what a request said of it: the main value is replaced, translations are merged language by language,
 * and an empty one is taken away. [derived, contract 2.3.1]
 */
export function mergedText(before: LocalText | null, { default_value, i18n_value }: LocalizedText): LocalText {
  const i18n: Record<string, string> = { ...before?.i18n };
  for (const [key, tag] of KEYS) {
    const translation = i18n_value?.[key];
    if (translation === '') delete i18n[tag];
    else if (translation !== undefined) i18n[tag] = translation;
  }
  return { value: default_value, i18n };
}

/** The text as the platform shows it. */
export function localizedTextOf(text: LocalText): { default_value: string; i18n_value: Record<string, string> } {
  const i18n_value: Record<string, string> = {};
  for (const [key, tag] of KEYS) {
    const translation = text.i18n[tag];
    if (translation !== undefined) i18n_value[key] = translation;
  }
  return { default_value: text.value, i18n_value };
}

/** The text that the contact API says so; languages it does not know are passed over. [derived, as contract 2.3.1] */
export function textFrom(value: string, translations: readonly { locale: string; value: string }[]): LocalText {
  const i18n: Record<string, string> = {};
  for (const { locale, value: translation } of translations) {
    const tag = Object.hasOwn(TAG_OF_KEY, locale) ? TAG_OF_KEY[locale] : undefined;
    if (tag !== undefined && translation !== '') i18n[tag] = translation;
  }
  return { value, i18n };
}

/** The text's translations as the contact look-ups list them. [public: contact/job_title/list] */
export function translationsOf({ i18n }: LocalText): readonly { locale: string; value: string }[] {
  return KEYS.flatMap(([locale, tag]) => {
    const value = i18n[tag];
    return value === undefined ? [] : [{ locale, value }];
  });
}

/** Length as the platform counts it: in Unicode code points. [derived, contract 0.3] */
export function lengthOf(text: string): number {
  // Only a surrogate pair makes the two counts differ, and a text has at least half as many code points as units.
  let length = text.length;
  for (let at = 0; at < text.length - 1; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit <= 0xdbff) {
      length--;
      at++;
    }
  }
  return length;
}
