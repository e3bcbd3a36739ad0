import type { CatalogName } from './catalog.ts';
import type { LocalText } from './text.ts';

/** The kinds of value a field that a tenant added can hold. */
export type CustomFieldType =
  | 'text'
  | 'number'
  | 'money'
  | 'date'
  | 'link'
  | 'choice'
  | 'choices'
  | 'person'
  | 'people'
  | 'phone'
  | 'reference'
  | 'file';

/** A field that a tenant added to its employees. */
export interface CustomField {
  /** Own stable id. */
  readonly id: string;
  readonly name: LocalText;
  readonly type: CustomFieldType;
  /** What each platform calls it, keyed by id space; a platform that is not named does not know the field. */
  readonly ids: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  /** The choices of `choice` and `choices`. */
  readonly options: readonly CustomFieldOption[];
  /** The list that a `reference` points into. */
  readonly catalog: CatalogName | null;
  /** What one platform alone knows, keyed by dialect. */
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** One choice of a field. */
export interface CustomFieldOption {
  readonly id: string;
  readonly name: LocalText;
  readonly enabled: boolean;
  /** Whether the choice is a picture rather than a text. */
  readonly picture: boolean;
}

/**
 * A value as stored, by type: `text` a {@link LocalText}; `number` decimal digits as text; `money` the amount with its
 * currency as sent; `date` epoch milliseconds; `link` a {@link LinkValue}; `choice` and `choices` option ids; `person`
 * and `people` employee ids; `phone` a {@link PhoneValue}; `reference` a catalogue entry's id.
 */
export type CustomValue =
  | LocalText
  | string
  | number
  | LinkValue
  | PhoneValue
  | readonly string[]
  | Readonly<Record<string, unknown>>;

/** A titled link with an address for small screens and one for large ones. */
export interface LinkValue {
  readonly text: LocalText;
  readonly mobileUrl: string;
  readonly desktopUrl: string;
}

/** A telephone number as written, with its extension. */
export interface PhoneValue {
  readonly number: string;
  readonly extension: string;
}

/** A tenant's own fields, found by any of their ids. */
export class CustomFields {
  readonly all: readonly CustomField[];
  readonly #byId = new Map<string, CustomField>();
  readonly #byPlatformId = new Map<string, CustomField>();

  constructor(fields: readonly CustomField[]) {
    this.all = fields;
    for (const field of fields) {
      this.#byId.set(field.id, field);
      for (const [space, value] of Object.entries(field.ids)) this.#byPlatformId.set(`${space} ${value}`, field);
    }
  }

  get(id: string): CustomField | undefined {
    return this.#byId.get(id);
  }

  /** The field that a platform calls by this name or id. */
  by(space: string, value: string): CustomField | undefined {
    return this.#byPlatformId.get(`${space} ${value}`);
  }
}
