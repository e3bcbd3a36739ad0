import { isObject } from '../../../lib/json-equal.ts';
import type { CatalogEntry } from '../../../directory/catalog.ts';
import type { CustomValue } from '../../../directory/custom-field.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import type { EmployeePatch } from '../../../directory/employees/employee-update.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { plainText, withValue, type LocalText } from '../../../directory/text.ts';
import { isSmall, MAX_IN_LINE, MAX_IN_TEXT } from '../protocol/bounds.ts';
import { knowsCity } from '../model/cities.ts';
import { formFieldsOf, type FormField } from '../model/form-fields.ts';
import { spaces } from '../model/ids.ts';
import { citiesIn, hoseOf, type HoseForm } from '../protocol/wire.ts';

/** One member of a form as sent. */
export type FormEntry =
  | { readonly key: string; readonly status: 'not-a-field' }
  /** No field either, but answers of Hose print it. */
  | { readonly key: string; readonly status: 'printed-only' }
  /** The value is of the wrong JSON type for its field. */
  | { readonly key: string; readonly status: 'mistyped'; readonly field: FormField }
  /** The value names nothing that may be chosen. */
  | { readonly key: string; readonly status: 'unresolved'; readonly field: FormField }
  /** Null takes the key out of the form [proposed]. */
  | { readonly key: string; readonly status: 'removed'; readonly field: FormField }
  /** `""` is kept as `""`, without any look-up [proposed]. */
  | { readonly key: string; readonly status: 'blank'; readonly field: FormField }
  | {
      readonly key: string;
      readonly status: 'set';
      readonly field: FormField;
      readonly value: string | number | Readonly<Record<string, unknown>>;
    };

/**
 * What some answers of Hose print in a form without a field for it [public: inside/get-staffs-staffCustom.md]. Sent back,
 * it is passed over, so that a form that was read can be written [proposed, contract hose-more.md 4].
 */
const PRINTED_ONLY: ReadonlySet<string> = new Set([
  'certificate',
  'defaultDepartment.form.costCenter',
  'defaultDepartment.form.legalEntity',
]);

/** Reads a form as sent, member by member in the order sent. */
export function readForm(
  form: Readonly<Record<string, unknown>>,
  tenant: Tenant,
  by: 'id' | 'code',
): readonly FormEntry[] {
  const { byKey } = formFieldsOf(tenant);
  return Object.keys(form).map((key): FormEntry => {
    const field = byKey.get(key);
    if (field === undefined && PRINTED_ONLY.has(key)) return { key, status: 'printed-only' };
    if (field === undefined || !field.active) return { key, status: 'not-a-field' };
    const sent = form[key];
    if (sent === null) return { key, status: 'removed', field };
    if (sent === '') return { key, status: 'blank', field };
    return readValue(sent, field, tenant, by);
  });
}

function readValue(sent: unknown, field: FormField, tenant: Tenant, by: 'id' | 'code'): FormEntry {
  const { key } = field;
  const mistyped: FormEntry = { key, status: 'mistyped', field };
  switch (field.type) {
    case 'text':
      return typeof sent === 'string' && sent.length <= MAX_IN_TEXT
        ? { key, status: 'set', field, value: sent }
        : mistyped;
    case 'number': {
      const digits = typeof sent === 'number' ? String(sent) : sent;
      const isNumber =
        typeof digits === 'string' && digits.length <= MAX_IN_LINE && /^-?[0-9]+(?:\.[0-9]+)?$/.test(digits);
      return isNumber ? { key, status: 'set', field, value: digits } : mistyped;
    }
    case 'date':
      return typeof sent === 'number' && Number.isSafeInteger(sent)
        ? { key, status: 'set', field, value: sent }
        : mistyped;
    case 'money':
      return isObject(sent) && typeof sent['standard'] === 'string' && isSmall(sent)
        ? { key, status: 'set', field, value: sent }
        : mistyped;
    case 'reference': {
      if (typeof sent !== 'string') return mistyped;
      const entry = findEntry(sent, field, tenant, by);
      return entry === undefined
        ? { key, status: 'unresolved', field }
        : { key, status: 'set', field, value: entry.id };
    }
    case 'base':
      if (typeof sent !== 'string') return mistyped;
      return isBase(sent, tenant) ? { key, status: 'set', field, value: sent } : { key, status: 'unresolved', field };
  }
}

/** The active item that a value names: by its id, or as the only active one with that code [proposed]. */
function findEntry(value: string, field: FormField, tenant: Tenant, by: 'id' | 'code'): CatalogEntry | undefined {
  if (field.catalog === null) return undefined;
  const catalog = tenant.catalog(field.catalog);
  if (by === 'id') {
    const entry = catalog.by(spaces.entry, value);
    return entry?.enabled === true ? entry : undefined;
  }
  const carriers = catalog.withCode(value).filter((entry) => entry.enabled);
  return carriers.length === 1 ? carriers[0] : undefined;
}

function isBase(text: string, tenant: Tenant): boolean {
  const keys = citiesIn(text);
  if (keys === null) return false;
  // Real clients know more cities than a fresh installation, so only a strict company asks for known ones [proposed].
  return keys.every((key) => knowsCity(key, tenant));
}

/** What a form changes: of the shared record, and of what Hose alone keeps of it. */
export interface FormChange {
  readonly patch: Pick<EmployeePatch, 'jobLevel' | 'jobTitle' | 'custom'>;
  readonly form: HoseForm | undefined;
}

/**
 * What a form that passed every rule changes. Merged, keys that were not sent keep their values (`v1.1`); replaced, they
 * are blanked (`v1`) [seed].
 */
export function changeForm(
  entries: readonly FormEntry[] | undefined,
  employee: Employee,
  tenant: Tenant,
  replaces: boolean,
): FormChange {
  const { form } = hoseOf(employee);
  if (entries === undefined && !replaces) return { patch: {}, form };
  const custom: Record<string, CustomValue | null> = {};
  const places: { jobLevel?: string | null; jobTitle?: string | null } = {};
  const blank = new Set(form?.blank);
  let base = form?.base;
  const put = (field: FormField, value: CustomValue | null): void => {
    blank.delete(field.key);
    if (field.place === 'custom') custom[field.field] = value;
    else if (field.place === 'base') base = typeof value === 'string' ? value : undefined;
    else places[field.place] = typeof value === 'string' ? value : null;
  };
  if (replaces) {
    for (const field of formFieldsOf(tenant).printed) {
      // The value of a field that is switched off is no part of the form (hose-more 6, row 3) [proposed].
      if (!field.active) continue;
      if (field.place !== 'custom' || Object.hasOwn(employee.custom, field.field)) put(field, null);
      blank.delete(field.key);
    }
  }
  for (const entry of entries ?? []) {
    switch (entry.status) {
      case 'set':
        put(entry.field, entry.field.type === 'text' ? textAfter(employee, entry.field, entry.value) : entry.value);
        break;
      case 'blank':
        put(entry.field, blankOf(employee, entry.field));
        if (entry.field.type !== 'text' && entry.field.type !== 'base') blank.add(entry.key);
        break;
      case 'removed':
        put(entry.field, null);
        break;
      case 'not-a-field': // dropped without a word where names are not checked [proposed]
      case 'printed-only':
      case 'mistyped':
      case 'unresolved':
        break;
    }
  }
  return {
    patch: { ...places, custom },
    // Replaced without a key it is a form that was written, and is empty (hose-more 6, row 3) [seed].
    form: { ...(base === undefined ? {} : { base }), ...(blank.size === 0 ? {} : { blank: [...blank].toSorted() }) },
  };
}

/** What `""` leaves in the record: a text can be empty, anything else is not there. */
function blankOf(employee: Employee, field: FormField): CustomValue | null {
  if (field.type === 'text') return textAfter(employee, field, '');
  return field.type === 'base' ? '' : null;
}

function textAfter(employee: Employee, field: FormField, value: unknown): LocalText {
  const held = employee.custom[field.field];
  const text = typeof value === 'string' ? value : '';
  return isText(held) ? withValue(held, text) : plainText(text);
}

function isText(value: unknown): value is LocalText {
  return isObject(value) && typeof value['value'] === 'string' && isObject(value['i18n']);
}

/**
 * Returns the whole form: items by their ids, whatever the request called them [seed]; null for a form that was never
 * written (contract 2.7) [proposed].
 */
export function showForm(employee: Employee, tenant: Tenant): Readonly<Record<string, unknown>> | null {
  const { form } = hoseOf(employee);
  const shown: Record<string, unknown> = {};
  let isEmpty = true;
  for (const field of formFieldsOf(tenant).printed) {
    if (!field.active) continue;
    const value = showValue(field, employee, form, tenant);
    if (value === undefined) continue;
    shown[field.key] = value;
    isEmpty = false;
  }
  return isEmpty && form === undefined ? null : shown;
}

function showValue(field: FormField, employee: Employee, form: HoseForm | undefined, tenant: Tenant): unknown {
  if (field.place === 'base') return form?.base;
  const held = field.place === 'custom' ? employee.custom[field.field] : employee[field.place];
  if (held === undefined || held === null) return form?.blank?.includes(field.key) === true ? '' : undefined;
  if (field.type === 'text') return isText(held) ? held.value : held;
  if (field.type !== 'reference' || field.catalog === null || typeof held !== 'string') return held;
  return tenant.catalog(field.catalog).get(held)?.ids[spaces.entry] ?? held;
}
