/* Types of the published package: what they lead to needs no types of Node. */

/**
 * How what a platform shows relates to the record: `same`; `form`: written otherwise with the same meaning; `value`: another
 * value; `empty`: the platform has the field and shows nothing; `absent`: it has no such field; `hidden`: written and never
 * returned, or not for this app; `unknown`: the platform does not know the person.
 */
export type Relation = 'same' | 'form' | 'value' | 'empty' | 'absent' | 'hidden' | 'unknown';

/** One read of the person by one app. */
export interface ReaderView {
  readonly platform: string;
  /** The way of reading, e.g. `hr`. */
  readonly reader: string;
  /** Null where no app of the company may make the call. */
  readonly app: string | null;
  readonly operation: string | null;
  /** The HTTP status of the answer; null where nothing was asked. */
  readonly status: number | null;
  /** Whether the answer shows the person. */
  readonly found: boolean;
  /** The answer of the platform, as JSON or text. */
  readonly raw: unknown;
  /** Other ways and apps to read by: `reader:app`. */
  readonly choices: readonly string[];
}

/** What one platform shows for one field. */
export interface CellView {
  readonly platform: string;
  /** As the page writes it; null where the platform has no such field or never returns it. */
  readonly path: string | null;
  readonly value: unknown;
  readonly relation: Relation;
  readonly rule: {
    readonly text: string;
    readonly mark: 'seed' | 'public' | 'live' | 'derived' | 'proposed';
    readonly link: string | null;
  } | null;
}

/** One field in our words and as each platform shows it. */
export interface ViewRow {
  readonly field: string;
  /** In the language that was asked for. */
  readonly label: string;
  readonly group: 'identity' | 'contact' | 'organisation' | 'job' | 'state';
  /** What the record says; null where it says nothing. */
  readonly record: string | null;
  /** What that refers to, by own id, where it refers to something. */
  readonly name: string | null;
  readonly cells: readonly CellView[];
}

/** `GET /mingce/v1/companies/{key}/employees/{id}/views`. */
export interface PersonViews {
  readonly employee: string;
  readonly readers: readonly ReaderView[];
  readonly rows: readonly ViewRow[];
}
