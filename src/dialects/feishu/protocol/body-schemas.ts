import Type, { type Static, type TSchema, type TString } from 'typebox';
import { MAX_IN_PHONE, MAX_IN_TEXT, MAX_IN_URL, MAX_LANGUAGES } from './bounds.ts';

/** Leniency that a plain type cannot express, for the wording of violations. */
interface Wording {
  /** What the page calls the type, where several JSON types are taken for it. */
  readonly expect: string;
  /** The values that may be chosen. */
  readonly options?: readonly (string | number)[];
}

/** The key of the wording of a schema that accepts several JSON types. */
export const WORDING = 'x-wording';

function lenient<Schema extends TSchema>(schema: Schema, wording: Wording): Schema {
  return { ...schema, [WORDING]: wording };
}

/**
 * An int. The page's own example writes `"1"` and `""`, so decimal digits in a string are taken too, and an empty
 * string says nothing. [derived, contract 2.5]
 */
function int(options?: readonly number[]) {
  return options === undefined
    ? lenient(Type.Union([Type.Integer(), Type.String({ pattern: '^(-?[0-9]{1,15})?$' })]), { expect: 'int' })
    : lenient(
        Type.Union([
          Type.Integer({ minimum: Math.min(...options), maximum: Math.max(...options) }),
          Type.String({ pattern: `^(${options.join('|')})?$` }),
        ]),
        { expect: 'int', options },
      );
}

/** A number in a string; a JSON int is taken too. [derived, contract 2.5] */
export const NumberText = lenient(Type.Union([Type.String(), Type.Integer()]), { expect: 'string' });

/** A number in a string of some form; a JSON int of at most so much is taken too. [derived, contract 2.3.3] */
export function textOrNumber(text: TString, maximum: number) {
  return lenient(Type.Union([text, Type.Integer({ minimum: 0, maximum })]), { expect: 'string' });
}

/** One of some numbers in a string; a JSON int is taken too. [derived, contract 2.5] */
function choice(options: readonly number[], mayBeEmpty: boolean) {
  const pattern = `^(${options.join('|')})${mayBeEmpty ? '?' : ''}$`;
  return lenient(Type.Union([Type.String({ pattern }), ...options.map((option) => Type.Literal(option))]), {
    expect: 'string',
    options,
  });
}

/** One of some texts; the contact API takes no number for one. [contract feishu-contact.md 1.2] */
export function strictText<Option extends string>(options: readonly Option[]) {
  return lenient(Type.Union(options.map((option) => Type.Literal(option))), { expect: 'string', options });
}

/** One of some ints; the contact API takes no string for one. [contract feishu-contact.md 1.2] */
export function strictInt(options: readonly number[]) {
  return lenient(Type.Union(options.map((option) => Type.Literal(option))), { expect: 'int', options });
}

const Text = Type.String();
/** Of a name, whose lengths have codes of their own. */
export const NameInLanguages = Type.Optional(Type.Record(Text, Text, { maxProperties: MAX_LANGUAGES }));
/** What people write, of which no page says how long it may be. */
const FreeText = Type.String({ maxLength: MAX_IN_TEXT });
const LocalizedText = Type.Object({
  default_value: FreeText,
  i18n_value: Type.Optional(Type.Record(Text, FreeText, { maxProperties: MAX_LANGUAGES })),
});
const Url = Type.String({ maxLength: MAX_IN_URL });

const OrderInDepartment = Type.Object({
  department_id: Type.Optional(Text),
  // The spelling is the platform's. [seed]
  order_weight_in_deparment: Type.Optional(lenient(Type.Union([Text, Type.Number()]), { expect: 'string' })),
  order_weight_among_deparments: Type.Optional(lenient(Type.Union([Text, Type.Number()]), { expect: 'string' })),
  is_main_department: Type.Optional(Type.Boolean()),
});

/** One entry of `custom_field_values`. */
export const CustomFieldValue = Type.Object({
  field_key: Type.Optional(Text),
  field_type: Type.Optional(choice([1, 2, 3, 4, 9, 10, 11], true)),
  text_value: Type.Optional(LocalizedText),
  url_value: Type.Optional(Type.Object({ link_text: LocalizedText, url: Url, pcurl: Url })),
  enum_value: Type.Optional(
    Type.Object({ enum_ids: Type.Array(Text, { maxItems: 100 }), enum_type: choice([1, 2], false) }),
  ),
  user_values: Type.Optional(Type.Array(Type.Object({ ids: Type.Array(Text, { maxItems: 100 }) }), { maxItems: 100 })),
  phone_value: Type.Optional(
    Type.Object({
      phone_number: Type.String({ maxLength: MAX_IN_PHONE }),
      extension_number: Type.Optional(Type.String({ maxLength: 99 })),
    }),
  ),
});

/** What PATCH reads. Lengths that have a code of their own (2221164 …) are rules, not part of the shape. */
export const PatchBody = Type.Object({
  employee: Type.Object({
    name: Type.Optional(
      Type.Object({
        name: Type.Object({
          default_value: Type.String({ minLength: 1 }),
          i18n_value: NameInLanguages,
        }),
        another_name: Type.Optional(Text),
      }),
    ),
    mobile: Type.Optional(Text),
    custom_employee_id: Type.Optional(Text),
    avatar_key: Type.Optional(Type.String({ maxLength: 255 })),
    email: Type.Optional(Text),
    enterprise_email: Type.Optional(Text),
    gender: Type.Optional(int([0, 1, 2, 3])),
    employee_order_in_departments: Type.Optional(Type.Array(OrderInDepartment, { maxItems: 10 })),
    background_image_key: Type.Optional(Type.String({ maxLength: 255 })),
    description: Type.Optional(FreeText),
    leader_id: Type.Optional(Text),
    dotted_line_leader_ids: Type.Optional(Type.Array(Text)), // more than 10 is 2221221
    work_country_or_region: Type.Optional(Text),
    work_place_id: Type.Optional(Text),
    work_station: Type.Optional(LocalizedText),
    job_number: Type.Optional(Type.String({ maxLength: 255 })),
    extension_number: Type.Optional(Text),
    join_date: Type.Optional(Text),
    employment_type: Type.Optional(int()),
    job_title_id: Type.Optional(Text),
    job_level_id: Type.Optional(Text),
    job_family_id: Type.Optional(Text),
    resign_date: Type.Optional(Type.String({ maxLength: 20 })),
    resign_reason: Type.Optional(NumberText),
    resign_remark: Type.Optional(Type.String({ maxLength: 255 })),
    resign_type: Type.Optional(NumberText),
    is_frozen: Type.Optional(Type.Boolean()),
    custom_field_values: Type.Optional(Type.Array(CustomFieldValue, { maxItems: 100 })),
  }),
  // Not on the page of the update, but its error table mentions it. [derived, contract 2.3.9]
  options: Type.Optional(
    Type.Object({
      geo_name: Type.Optional(Text),
      subscription_ids: Type.Optional(Type.Array(Text, { maxItems: 20 })),
    }),
  ),
});

/** What PATCH reads, once every `null` has been taken out. */
export type PatchBody = Static<typeof PatchBody>;

/** One entry of `custom_field_values`, once every `null` has been taken out. */
export type CustomFieldValue = Static<typeof CustomFieldValue>;

/** A text with its translations. */
export type LocalizedText = Static<typeof LocalizedText>;

/** What mget reads. [public: dir/employee/mget] */
export const MgetBody = Type.Object({
  employee_ids: Type.Array(Text, { minItems: 1, maxItems: 100 }),
  required_fields: Type.Array(Text, { maxItems: 100 }),
});

/** What mget reads, once every `null` has been taken out. */
export type MgetBody = Static<typeof MgetBody>;

/** What the look-up of ids by mobiles and mail addresses reads. [public: contact/user/batch_get_id] */
export const BatchGetIdBody = Type.Object({
  emails: Type.Optional(Type.Array(Text, { maxItems: 50 })),
  mobiles: Type.Optional(Type.Array(Text, { maxItems: 50 })),
  include_resigned: Type.Optional(Type.Boolean()),
});
