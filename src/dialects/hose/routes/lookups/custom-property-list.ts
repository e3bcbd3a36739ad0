import type { Route } from '../../../dialect.ts';
import type { Caller } from '../../auth/caller.ts';
import { ARCHIVE, dataTypeOf, hoseOfField } from '../../lookups/data-type.ts';
import { answer } from '../../protocol/errors.ts';
import { isFormFieldType } from '../../model/form-fields.ts';
import { authenticated } from '../../auth/guarded-route.ts';
import { spaces } from '../../model/ids.ts';
import { settingsOf } from '../../model/settings.ts';

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
    const { can_as_dimension: canAsDimension } = hoseOfField(field);
    return {
      name,
      label: field.name.value,
      active: field.enabled,
      ...(canAsDimension === undefined ? {} : { canAsDimension }),
      dataType: dataTypeOf(field),
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
    answer: authenticated('general-directory', list),
  },
];
