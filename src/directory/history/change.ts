import { isObject, deepEqual } from '../../lib/json-equal.ts';

/** The dialect that the change log names for what a company file did. */
export const COMPANY_FILE = 'company-file';

/** What a change can be of: `company` are the company's own settings, `account` is a login, `job` a finished import. */
export const CHANGE_KINDS = [
  'employee',
  'department',
  'catalog-entry',
  'custom-field',
  'app',
  'company',
  'account',
  'job',
] as const;

/** What a change is of. */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Who asked for a change, and through which door. */
export interface Origin {
  /** The dialect the request was spoken in, or `company-file`. */
  readonly dialect: string;
  /** The operation, as the dialect's coverage names it. */
  readonly operation: string;
  /** The app whose token the request carried; null where there was none. */
  readonly app: string | null;
  /** The id of the request, as returned to the caller. */
  readonly request: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** One accepted change of one employee, or of something else of a company. */
export interface Change {
  /** Increases with every change of the tenant; not without gaps. */
  readonly number: number;
  readonly kind: ChangeKind;
  /** Own id of the employee; of anything else what names it among those of its kind. */
  readonly employee: string;
  readonly origin: Origin;
  readonly fields: ChangedFields;
  /** Present only where a request was accepted and passed over all the same. */
  readonly note?: ChangeNote;
  /** The number of the change before this one of the same employee or thing; 0 for the first. */
  readonly previous: number;
  /** The number of the change that this one takes back; absent: it takes none back. */
  readonly undoes?: number;
}

/** Why an accepted request changed nothing. */
export interface ChangeNote {
  readonly verdict: 'skipped';
  /** The platform's rule, in its words. */
  readonly reason: string;
  /** The version of the operation that was called. */
  readonly version: string;
  /** Which one of a batch it was, from 0; null for a request about one employee. */
  readonly index: number | null;
  /** The names of what was sent, without any value. */
  readonly keys: readonly string[];
}

/** The values before and after, by the record's field; absent is null. */
export type ChangedFields = Readonly<Record<string, readonly [before: unknown, after: unknown]>>;

/** Fields that say when, not what. */
const UNLOGGED = new Set(['id', 'createdAt', 'updatedAt']);
/** Objects whose members are logged one by one, so that one more roster value does not repeat all the others. */
const LOGGED_BY_MEMBER = new Set(['ids', 'custom', 'extensions', 'settings', 'names']);
const DEEPEST = 4;

/** The fields in which two states of a record differ; of some members only, where no other can. */
export function changedFields(
  before: object | null,
  after: object | null,
  among: readonly string[] = Object.keys(after ?? before ?? {}),
): ChangedFields {
  if (before === null && after !== null) return newFields(after, among);
  const fields: Record<string, readonly [unknown, unknown]> = {};
  const old = before as Readonly<Record<string, unknown>> | null;
  const fresh = after as Readonly<Record<string, unknown>> | null;
  for (const key of among) {
    const a = old?.[key] ?? null;
    const b = fresh?.[key] ?? null;
    // What an update does not touch is the very same, so most members end here.
    if (a === b || UNLOGGED.has(key)) continue;
    if (LOGGED_BY_MEMBER.has(key)) compareMembers(fields, key, a, b, 1);
    else if (!deepEqual(a, b)) fields[key] = [a, b];
  }
  return fields;
}

/** The fields of a record that is new. */
function newFields(after: object, among: readonly string[]): ChangedFields {
  const fields: Record<string, readonly [unknown, unknown]> = {};
  const fresh = after as Readonly<Record<string, unknown>>;
  for (const key of among) {
    const value = fresh[key] ?? null;
    if (value === null || UNLOGGED.has(key)) continue;
    if (LOGGED_BY_MEMBER.has(key)) addMembers(fields, key, value, 1);
    else fields[key] = [null, value];
  }
  return fields;
}

function addMembers(
  fields: Record<string, readonly [unknown, unknown]>,
  path: string,
  value: unknown,
  depth: number,
): void {
  if (value === undefined) return;
  if (depth >= DEEPEST || !isObject(value)) {
    fields[path] = [null, value];
    return;
  }
  for (const key in value) addMembers(fields, `${path}.${key}`, value[key], depth + 1);
}

function compareMembers(
  fields: Record<string, readonly [unknown, unknown]>,
  path: string,
  a: unknown,
  b: unknown,
  depth: number,
): void {
  if (a === b) return;
  if (depth >= DEEPEST || (!isObject(a) && !isObject(b)) || Array.isArray(a) || Array.isArray(b)) {
    if (!deepEqual(a, b)) fields[path] = [a ?? null, b ?? null];
    return;
  }
  const old = isObject(a) ? a : {};
  const fresh = isObject(b) ? b : {};
  for (const key of Object.keys(old)) {
    if (old[key] !== fresh[key]) compareMembers(fields, `${path}.${key}`, old[key], fresh[key], depth + 1);
  }
  for (const key of Object.keys(fresh)) {
    if (!Object.hasOwn(old, key)) compareMembers(fields, `${path}.${key}`, undefined, fresh[key], depth + 1);
  }
}
