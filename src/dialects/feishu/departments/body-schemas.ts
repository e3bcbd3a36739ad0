import Type, { type Static } from 'typebox';
import { CustomFieldValue, NameInLanguages, strictInt } from '../protocol/body-schemas.ts';

const Text = Type.String();

const Leader = Type.Object({ leader_type: strictInt([1, 2]), leader_id: Text });

/**
 * What create and patch of departments read. Lengths and forms that have a code of their own (2221313, 2221305 …) are
 * rules, not part of the shape. [public: dir/department/create, dir/department/patch]
 */
export const DepartmentBody = Type.Object({
  department: Type.Object({
    custom_department_id: Type.Optional(Text),
    name: Type.Optional(Type.Object({ default_value: Text, i18n_value: NameInLanguages })),
    parent_department_id: Type.Optional(Text),
    leaders: Type.Optional(Type.Array(Leader, { maxItems: 20 })),
    order_weight: Type.Optional(Text),
    enabled_status: Type.Optional(Type.Boolean()),
    custom_field_values: Type.Optional(Type.Array(CustomFieldValue, { maxItems: 100 })),
    // In no page's table of members, but the error table mentions it (2221328).
    description: Type.Optional(Text),
  }),
});

/** What they read, once every `null` has been taken out. */
export type DepartmentBody = Static<typeof DepartmentBody>;
