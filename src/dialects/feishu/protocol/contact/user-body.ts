import Type, { type Static } from 'typebox';
import { strictText } from '../body-schemas.ts';
import { MAX_IN_URL } from '../bounds.ts';

const Text = Type.Optional(Type.String());
const Int = Type.Optional(Type.Integer());
const Flag = Type.Optional(Type.Boolean());
/** Of what no page says how long it may be. [proposed] */
const ShortText = Type.Optional(Type.String({ maxLength: 255 }));
const Url = Type.Optional(Type.String({ maxLength: MAX_IN_URL }));

const CustomAttribute = Type.Object({
  type: Text,
  id: Text,
  value: Type.Optional(
    Type.Object({
      text: Text,
      url: Url,
      pc_url: Url,
      option_id: Text,
      generic_user: Type.Optional(Type.Object({ id: Text, type: Int })),
    }),
  ),
});

const Order = Type.Object({ department_id: Text, user_order: Int, department_order: Int, is_primary_dept: Flag });

/**
 * What create, patch and put of a user read; each passes over what is not its own. Lengths, numbers and absences that
 * have a code of their own are no part of the shape. [contract feishu-contact.md 2.1]
 */
export const UserBody = Type.Object({
  user_id: Text,
  name: Text,
  en_name: Text,
  nickname: Text,
  email: Text,
  mobile: Text,
  mobile_visible: Flag,
  gender: Int,
  avatar_key: ShortText,
  is_frozen: Flag,
  department_ids: Type.Optional(Type.Array(Type.String())),
  orders: Type.Optional(Type.Array(Order, { maxItems: 100 })),
  leader_user_id: Text,
  dotted_line_leader_user_ids: Type.Optional(Type.Array(Type.String(), { maxItems: 100 })),
  city: Text,
  country: ShortText,
  work_station: Text,
  join_time: Int,
  employee_no: Text,
  employee_type: Int,
  job_title: Text,
  job_level_id: Text,
  job_family_id: Text,
  enterprise_email: Text,
  custom_attrs: Type.Optional(Type.Array(CustomAttribute, { maxItems: 100 })),
  geo: Text,
  subscription_ids: Type.Optional(Type.Array(Type.String(), { maxItems: 20 })),
});

/** What a request says of a user, once every `null` has been taken out. */
export type UserBody = Static<typeof UserBody>;
/** One entry of `custom_attrs`. */
export type CustomAttributeGiven = Static<typeof CustomAttribute>;
/** One entry of `orders`. */
export type OrderGiven = Static<typeof Order>;
/** Which of the three writes. */
export type UserWrite = 'create' | 'patch' | 'put';

const Acceptor = Type.Optional(Type.String());

/** What delete of a user reads; all of it may be absent. [contract feishu-contact.md 2.6] */
export const UserDeleteBody = Type.Object({
  department_chat_acceptor_user_id: Acceptor,
  external_chat_acceptor_user_id: Acceptor,
  docs_acceptor_user_id: Acceptor,
  calendar_acceptor_user_id: Acceptor,
  application_acceptor_user_id: Acceptor,
  minutes_acceptor_user_id: Acceptor,
  survey_acceptor_user_id: Acceptor,
  anycross_acceptor_user_id: Acceptor,
  email_acceptor: Type.Optional(
    Type.Object({ processing_type: strictText(['1', '2', '3']), acceptor_user_id: Acceptor }),
  ),
});

/** What resurrect of a user reads; all of it may be absent. [contract feishu-contact.md 2.6, 9.1] */
export const UserResurrectBody = Type.Object({
  departments: Type.Optional(
    Type.Array(Type.Object({ department_id: Type.String(), user_order: Int, department_order: Int }), { maxItems: 50 }),
  ),
  subscription_ids: Type.Optional(Type.Array(Type.String(), { maxItems: 20 })),
});

/** What update_user_id reads. */
export const UserIdBody = Type.Object({ new_user_id: Text });
