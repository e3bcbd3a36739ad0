import type { CatalogName } from '../../../directory/catalog.ts';
import type { CustomField } from '../../../directory/custom-field.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { dimensionNameOf, dimensionsOf } from './dimensions.ts';
import { isFormFieldType } from '../model/form-fields.ts';

/** What Hose alone knows of a field, as the company file has it. */
export interface HoseField {
  readonly can_as_dimension?: boolean;
  readonly scale?: number;
  readonly unit?: string;
}

/** What Hose alone knows of this field. */
export function hoseOfField({ extensions }: CustomField): HoseField {
  // Written by this dialect alone.
  return (extensions['hose'] as HoseField | undefined) ?? {};
}

/** The name of an archive as a type names it. */
export const ARCHIVE = 'basedata.Dimension.';

/** Returns a field's type (contract 5.5) [public: contacts/get-allCustomeProperty.md]. */
export function dataTypeOf(field: CustomField): object {
  const { type, catalog } = field;
  const { scale = 0, unit = '' } = hoseOfField(field);
  if (type === 'number') return { type, scale, unit };
  if (type !== 'reference') return { type };
  return { type: 'ref', entity: `${ARCHIVE}${catalog === null ? '' : (dimensionNameOf(catalog) ?? catalog)}` };
}

/** A type as it is sent. */
export interface SentDataType {
  readonly type: string;
  readonly entity: string;
}

/**
 * The type of field that is meant, and the list that a reference points into; otherwise what is no type here: the word
 * for the type, or for a reference what it would point into [proposed].
 */
export function fieldTypeOf(
  { type, entity }: SentDataType,
  tenant: Tenant,
): Pick<CustomField, 'type' | 'catalog'> | string {
  if (type !== 'ref') return type !== 'reference' && isFormFieldType(type) ? { type, catalog: null } : type;
  const name = entity.startsWith(ARCHIVE) ? entity.slice(ARCHIVE.length) : '';
  const catalog: CatalogName | undefined = dimensionsOf(tenant).get(name)?.catalog;
  return catalog === undefined ? entity : { type: 'reference', catalog };
}
