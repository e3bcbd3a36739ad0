/** A text with translations, keyed by BCP 47 tags such as `zh-CN`, `en-US`, `ja-JP`. */
export interface LocalText {
  readonly value: string;
  readonly i18n: Readonly<Record<string, string>>;
}

/** A text without translations. */
export function plainText(value: string): LocalText {
  return { value, i18n: {} };
}

/**
 * The text with a new main value. A translation that merely repeated the old value follows it, so that a rename made by
 * a platform that knows one language does not leave the old name standing in another platform's Chinese field.
 */
export function withValue(text: LocalText, value: string): LocalText {
  if (value === text.value) return text;
  const i18n = Object.fromEntries(
    Object.entries(text.i18n).map(([locale, translation]) => [
      locale,
      translation === text.value ? value : translation,
    ]),
  );
  return { value, i18n };
}

/** The text with one translation set, or removed where it is empty. */
export function withTranslation(text: LocalText, locale: string, translation: string): LocalText {
  const { [locale]: _old, ...others } = text.i18n;
  return { value: text.value, i18n: translation === '' ? others : { ...others, [locale]: translation } };
}
