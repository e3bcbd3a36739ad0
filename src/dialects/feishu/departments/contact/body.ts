import Type, { type Static } from 'typebox';
import { strictInt } from '../../protocol/body-schemas.ts';

const Text = Type.String();

const Leader = Type.Object({ leaderType: strictInt([1, 2]), leaderID: Text });

/** So many leaders may be named; no page says how many. [proposed] */
const MAX_LEADERS = 100;
/** [public: c3/department/create] */
const MAX_HRBPS = 500;

/**
 * What create, patch and put of the contact API read. Members whose absence, length or form has a code of its own are
 * judged by rules. [public: c3/department/create, contract feishu-contact.md 3.1]
 */
export const ContactDepartmentBody = Type.Object({
  name: Type.Optional(Text),
  i18n_name: Type.Optional(
    Type.Object({ zh_cn: Type.Optional(Text), ja_jp: Type.Optional(Text), en_us: Type.Optional(Text) }),
  ),
  parent_department_id: Type.Optional(Text),
  department_id: Type.Optional(Text),
  leader_user_id: Type.Optional(Text),
  order: Type.Optional(Text),
  unit_ids: Type.Optional(Type.Array(Text, { maxItems: 1 })),
  create_group_chat: Type.Optional(Type.Boolean()),
  leaders: Type.Optional(Type.Array(Leader, { maxItems: MAX_LEADERS })),
  group_chat_employee_types: Type.Optional(Type.Array(Type.Integer(), { maxItems: MAX_HRBPS })),
  department_hrbps: Type.Optional(Type.Array(Text, { maxItems: MAX_HRBPS })),
});

/** What they read, once every `null` has been taken out. */
export type ContactDepartmentBody = Static<typeof ContactDepartmentBody>;

/** How a department is written: patch changes what is said, put empties what is not. */
export type ContactWrite = 'create' | 'patch' | 'put';
