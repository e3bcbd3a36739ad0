import type { CatalogName } from '../../../directory/catalog.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { spaces } from './ids.ts';
import { settingsOf } from './settings.ts';

/** The kinds of value that a field of the custom form can hold (contract 5.5). */
type FormFieldType = 'text' | 'number' | 'money' | 'date' | 'reference' | 'base';

/** One field of the company's custom form. */
export interface FormField {
  readonly key: string;
  readonly type: FormFieldType;
  /** A field that is switched off counts as not belonging to the form [proposed]. */
  readonly active: boolean;
  /** The place of its value in the record. */
  readonly place: 'jobLevel' | 'jobTitle' | 'base' | 'custom';
  /** Own id of a custom field. */
  readonly field: string;
  /** The list that a reference points into. */
  readonly catalog: CatalogName | null;
}

/** A company’s custom form. */
export interface FormFields {
  readonly byKey: ReadonlyMap<string, FormField>;
  /** In the order in which the samples print them, which is that of their names [seed: sample]. */
  readonly printed: readonly FormField[];
}

const FIELDS = Symbol('hose form fields');

/** The custom fields that Hose can show; other kinds it does not know. */
export function isFormFieldType(type: string): type is Exclude<FormFieldType, 'base'> {
  return type === 'text' || type === 'number' || type === 'money' || type === 'date' || type === 'reference';
}

/** The fields of the company’s custom form: the built-in ones and those it added. */
export function formFieldsOf(tenant: Tenant): FormFields {
  return tenant.derived(FIELDS, (parts): FormFields => {
    const { builtInFields } = settingsOf(tenant);
    const field = (
      key: string,
      type: FormFieldType,
      active: boolean,
      place: FormField['place'],
      catalog: CatalogName | null,
      id = '',
    ): FormField => ({ key, type, active, place, catalog, field: id });
    const fields = [
      // 职级预置 and 岗位预置 are the shared lists of job levels and job titles.
      field('rankType', 'reference', builtInFields.rankType, 'jobLevel', 'job-level'),
      field('postType', 'reference', builtInFields.postType, 'jobTitle', 'job-title'),
      field('base', 'base', builtInFields.base, 'base', null),
    ];
    for (const { id, ids, type, enabled, catalog } of parts.customFields) {
      const key = ids[spaces.field];
      if (key !== undefined && isFormFieldType(type)) fields.push(field(key, type, enabled, 'custom', catalog, id));
    }
    return {
      byKey: new Map(fields.map((one) => [one.key, one])),
      printed: fields.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    };
  });
}
