import Type, { type Static } from 'typebox';
import { NameInLanguages, NumberText, PatchBody, textOrNumber } from '../../protocol/body-schemas.ts';

const Text = Type.String();
const Subscriptions = Type.Optional(Type.Array(Text, { maxItems: 20 }));

/** Members of an update that somebody who is created cannot have yet; they are passed over. [derived, contract 4.1] */
export const IGNORED_ON_CREATE = [
  'resign_date',
  'resign_reason',
  'resign_remark',
  'resign_type',
  'is_frozen',
] as const satisfies readonly (keyof PatchBody['employee'])[];

const updated = PatchBody.properties.employee;

/** What create reads: an update's fields, with a name that must be there. [public: dir/employee/create] */
export const CreateBody = Type.Object({
  employee: Type.Object({
    ...Type.Omit(updated, [...IGNORED_ON_CREATE, 'name']).properties,
    name: Type.Object({
      name: Type.Object({
        default_value: Type.String({ minLength: 1 }),
        i18n_value: NameInLanguages,
      }),
      another_name: Type.Optional(Text),
    }),
  }),
  options: Type.Optional(
    Type.Object({
      geo_name: Type.Optional(Text),
      subscription_ids: Subscriptions,
      // Only the client's types know it. [public: sdk]
      need_send_notification: Type.Optional(
        Type.Object({
          need_send_notification: Type.Optional(Type.Boolean()),
          language: Type.Optional(Type.Integer()),
        }),
      ),
    }),
  ),
});

/** What create reads, once every `null` has been taken out. */
export type CreateBody = Static<typeof CreateBody>;

/** Kinds of things that someone who leaves leaves behind, each for somebody. [public: dir/employee/delete] */
export const RESOURCES = [
  'department_chat',
  'external_chat',
  'docs',
  'calendar',
  'application',
  'helpdesk',
  'approval',
  'email',
  'minutes',
  'survey',
  'anycross',
] as const;

/** The member that names who receives such things. */
export type ReceiverMember = `${(typeof RESOURCES)[number]}_acceptor_employee_id`;

const Receiver = Type.Optional(Text);

/** What a resignation reads; all of it may be absent. */
export const DeleteBody = Type.Object({
  options: Type.Optional(
    Type.Object({
      resigned_employee_resource_receiver: Type.Optional(
        Type.Object({
          department_chat_acceptor_employee_id: Receiver,
          external_chat_acceptor_employee_id: Receiver,
          docs_acceptor_employee_id: Receiver,
          calendar_acceptor_employee_id: Receiver,
          application_acceptor_employee_id: Receiver,
          helpdesk_acceptor_employee_id: Receiver,
          approval_acceptor_employee_id: Receiver,
          email_acceptor_employee_id: Receiver,
          minutes_acceptor_employee_id: Receiver,
          survey_acceptor_employee_id: Receiver,
          anycross_acceptor_employee_id: Receiver,
        }),
      ),
    }),
  ),
});

/** A weight of at most three characters, or a number as short. [public: dir/employee/resurrect, contract 2.3.3; the code is ruling 4.3] */
const ShortWeight = Type.Optional(textOrNumber(Type.String({ minLength: 1, maxLength: 3 }), 999));

/** What a return reads; all of it may be absent. */
export const ResurrectBody = Type.Object({
  employee_order_in_departments: Type.Optional(
    Type.Array(
      Type.Object({
        department_id: Type.Optional(Text),
        // The spelling is the platform's.
        order_weight_in_deparment: ShortWeight,
        order_weight_among_deparments: ShortWeight,
        is_main_department: Type.Optional(Type.Boolean()),
      }),
      { maxItems: 10 },
    ),
  ),
  options: Type.Optional(Type.Object({ subscription_ids: Subscriptions })),
});

/** What a return reads, once every `null` has been taken out. */
export type ResurrectBody = Static<typeof ResurrectBody>;

/** What the announcement of a resignation reads. [public: dir/employee/to_be_resigned] */
export const ToBeResignedBody = Type.Object({
  employee: Type.Object({
    resign_date: Type.String({ maxLength: 20 }),
    resign_reason: NumberText,
    resign_type: NumberText,
    resign_remark: Type.Optional(Type.String({ maxLength: 255 })),
  }),
});

/** Nothing is read of it. [public: dir/employee/regular] */
export const RegularBody = Type.Object({});
