import type { CustomField } from '../../../directory/custom-field.ts';
import type { Route } from '../../dialect.ts';
import type { Caller } from '../auth.ts';
import { dimensionNameOf } from '../dimensions.ts';
import { answer } from '../errors.ts';
import { isFormFieldType } from '../form-field.ts';
import { gated } from '../gate.ts';
import { spaces } from '../ids.ts';
import { settingsOf } from '../settings.ts';

/** What Hose alone knows of a field, as the company file has it. */
interface HoseField {
  readonly can_as_dimension?: boolean;
  readonly scale?: number;
  readonly unit?: string;
}

/** The name of an archive as a type names it. */
const ARCHIVE = 'basedata.Dimension.';

function dataTypeOf({ type, catalog }: CustomField, { scale = 0, unit = '' }: HoseField): object {
  if (type === 'number') return { type, scale, unit };
  if (type !== 'reference') return { type };
  return { type: 'ref', entity: `${ARCHIVE}${catalog === null ? '' : (dimensionNameOf(catalog) ?? catalog)}` };
}

function list({ tenant }: Caller) {
  const { builtInFields } = settingsOf(tenant);
  const builtIn = [
    ['rankType', '职级', { ability: 'rank', dataType: { type: 'ref', entity: `${ARCHIVE}职级预置` } }],
    // `post` after `rank` of the sample [proposed].
    ['postType', '岗位', { ability: 'post', dataType: { type: 'ref', entity: `${ARCHIVE}岗位预置` } }],
    ['base', '常驻地', { dataType: { type: 'ref', entity: 'basedata.city' } }],
  ] as const;
  const own = tenant.customFields.all.flatMap((field) => {
    const name = field.ids[spaces.field];
    if (name === undefined || !isFormFieldType(field.type)) return [];
    // Written by this dialect's section of the company file, and by nobody else.
    const ofHose = (field.extensions['hose'] as HoseField | undefined) ?? {};
    return {
      name,
      label: field.name.value,
      active: field.enabled,
      ...(ofHose.can_as_dimension === undefined ? {} : { canAsDimension: ofHose.can_as_dimension }),
      dataType: dataTypeOf(field, ofHose),
    };
  });
  return answer({
    items: [
      ...builtIn.map(([name, label, more]) => ({
        name,
        label,
        active: builtInFields[name],
        canAsDimension: false,
        ...more,
      })),
      ...own,
    ],
  });
}

/** The fields of the custom form. */
export const customPropertyRoutes: readonly Route[] = [
  {
    operation: 'staffs.customProperties',
    method: 'GET',
    path: '/api/openapi/v1/staffs/getAllCustomeProperty',
    answer: gated('general-directory', list),
  },
];
