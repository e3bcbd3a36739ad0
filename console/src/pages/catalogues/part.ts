import type { PartInFile } from '../../../../src/http/admin/catalogues/contract.ts';

/** A text of the company file: plain, or with translations. */
export interface NamedText {
  readonly value: string;
  readonly i18n: Readonly<Record<string, string>>;
}

/** The language of the second name, as the page edits it. */
export const SECOND = 'en-US';

/** Returns the name of a part, with its translations. */
export function nameOf({ name }: PartInFile): NamedText {
  if (typeof name === 'string') return { value: name, i18n: {} };
  // The server's schema: a text or this.
  return name as NamedText;
}

/** Returns a name with another value and second name, as the company file has it; other translations stay. */
export function renamed({ i18n }: NamedText, value: string, second: string): string | NamedText {
  const { [SECOND]: _former, ...others } = i18n;
  const translations = second === '' ? others : { ...others, [SECOND]: second };
  return Object.keys(translations).length === 0 ? value : { value, i18n: translations };
}

/** Whether a part is in use by callers: what says nothing is. */
export function isEnabled(part: PartInFile): boolean {
  return part['enabled'] !== false;
}

/** One option of a field. */
export interface Option {
  readonly id: string;
  readonly name: string | NamedText;
  readonly enabled?: boolean;
}

/** Returns the options of a field; none for other parts. */
export function optionsOf(part: PartInFile): readonly Option[] {
  return Array.isArray(part['options']) ? (part['options'] as readonly Option[]) : [];
}

/** Returns what each platform calls a part, or keeps of it, in short. */
export function platformIds(part: PartInFile): readonly (readonly [platform: string, id: string])[] {
  return ['feishu', 'wecom', 'hose'].flatMap((platform) => {
    const own = part[platform];
    if (typeof own !== 'object' || own === null) return [];
    const values = Object.values(own).filter((value) => typeof value === 'string' || typeof value === 'number');
    return values.length === 0 ? [] : [[platform, values.join(' ')] as const];
  });
}

/** What is done to a list. */
export type PartWork =
  | { readonly kind: 'add'; readonly body: object }
  | { readonly kind: 'edit'; readonly id: string; readonly body: object }
  | { readonly kind: 'remove'; readonly id: string };
