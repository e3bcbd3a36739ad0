/* Types of the published package: what they lead to needs no types of Node. */

/** One operation of a platform. */
export interface OperationLine {
  readonly platform: string;
  /** Its name. */
  readonly operation: string;
  /** What the platform's own pages call it; null where that is not known. */
  readonly title: { readonly zh: string; readonly en: string } | null;
  readonly method: string;
  readonly path: string;
  readonly status: 'same' | 'partial' | 'absent';
  /** What is missing or different; null where nothing is. */
  readonly note: string | null;
  /** The vendor's page. */
  readonly page: string;
  /** Whether it takes a body whose members are known. */
  readonly has_body: boolean;
}

/** One member of a body. */
export interface FieldLine {
  /** As a page writes it, e.g. `employee.mobile`; `[]` is an entry of a list. */
  readonly path: string;
  /** JSON types; several where several are taken, none where anything is. */
  readonly types: readonly string[];
  readonly required: boolean;
  /** Limits by the names of JSON Schema, e.g. `maxLength`. */
  readonly limits: Readonly<Record<string, number | string>>;
  /** The values that are named; they may be taken as text, too. Null where none are. */
  readonly enum: readonly (string | number | boolean)[] | null;
}

/** An operation with what it takes. */
export interface OperationView extends OperationLine {
  /** Parameters in the path. */
  readonly params: readonly string[];
  /** Members of the body, each after the one that contains it; of many the first 500. */
  readonly fields: readonly FieldLine[];
  /** How a call begins; with `?company=` and `?employee=` it names that employee. Null where nothing serves it. */
  readonly start: {
    readonly params: Readonly<Record<string, string>>;
    readonly query: Readonly<Record<string, string>>;
    /** Null where it takes none. */
    readonly body: object | null;
  } | null;
}

/** `GET /mingce/v1/operations`. */
export interface OperationList {
  readonly operations: readonly OperationLine[];
}
