import Type, { type Static } from 'typebox';
import { MAX_IN_QUERY } from '../bounds.ts';

const Text = Type.String();

const RequiredFields = Type.Optional(Type.Array(Text, { maxItems: 100 }));

/** An absent one has a code of its own (2221005), and so has a page that is too large (2220010). */
const PageRequest = Type.Optional(
  Type.Object({ page_size: Type.Optional(Type.Integer()), page_token: Type.Optional(Text) }),
);

const Condition = Type.Object({ field: Text, operator: Text, value: Text });

/** What both filters read. [public: dir/employee/filter, dir/department/filter] */
export const FilterBody = Type.Object({
  filter: Type.Optional(Type.Object({ conditions: Type.Optional(Type.Array(Condition, { maxItems: 10 })) })),
  required_fields: RequiredFields,
  page_request: PageRequest,
});

/** What the search for employees reads. [public: dir/employee/search, sdk] */
export const EmployeeSearchBody = Type.Object({
  query: Type.String({ minLength: 1, maxLength: MAX_IN_QUERY }),
  filter: Type.Optional(Type.Object({ contain_resigned_employee: Type.Optional(Type.Boolean()) })),
  required_fields: RequiredFields,
  page_request: PageRequest,
});

/** What the search for departments reads. [public: dir/department/search, sdk] */
export const DepartmentSearchBody = Type.Object({
  query: Type.String({ minLength: 1, maxLength: 100 }),
  filter: Type.Optional(Type.Object({ exactly_match_by_name: Type.Optional(Type.Boolean()) })),
  required_fields: RequiredFields,
  page_request: PageRequest,
});

/** What mget of departments reads. [public: dir/department/mget] */
export const DepartmentMgetBody = Type.Object({
  department_ids: Type.Array(Text, { minItems: 1, maxItems: 100 }),
  required_fields: Type.Array(Text, { maxItems: 100 }),
});

/** Which page is asked for. */
export type PageRequest = NonNullable<Static<typeof PageRequest>>;
/** One condition of a filter. */
export type Condition = Static<typeof Condition>;
