import Type, { type Static } from 'typebox';
import { fieldType, forbiddenField, valueType, type ValueType } from '../protocol/codes.ts';

/** What a roster field may stand for in the shared record, by the contract's names. */
export const CANONICAL = [
  'name',
  'nickname',
  'english_name',
  'mobile',
  'email',
  'gender',
  'job_number',
  'join_date',
  'employment_type',
  'position',
  'job_level',
  'telephone',
  'extension_number',
  'work_station',
  'work_place',
  'note',
  'status',
] as const;

/** One attribute of the shared record that a roster field may stand for. */
export type Canonical = (typeof CANONICAL)[number];

/** One choice of an option field. */
export interface RosterOption {
  readonly id: number;
  readonly value: string;
}

/** One kind of cell of the form. */
export interface RosterField {
  readonly fieldid: number;
  readonly field_name: string;
  readonly field_type: number;
  readonly value_type: ValueType;
  readonly is_must: boolean;
  readonly updatable: boolean;
  readonly gettable: boolean;
  /** Null: known to this platform alone. */
  readonly canonical: Canonical | null;
  /** In characters; means something for strings only. */
  readonly max_len: number;
  /** Exactly for option fields. */
  readonly option_list: readonly RosterOption[] | null;
}

/** A group of fields, of which an employee has one instance, or, where it has a type, any number. */
export interface RosterGroup {
  readonly group_id: number;
  readonly group_name: string;
  /** One of 可重复字段组列表; null for a group that does not repeat. */
  readonly group_type: number | null;
  readonly max_instances: number;
  readonly fields: readonly RosterField[];
}

/** Instances of one group when the data does not say. [proposed] */
export const MAX_INSTANCES = 20;
/** Characters of a text when the data does not say. [proposed] */
export const MAX_TEXT = 256;

const Number32 = Type.Integer({ minimum: 0, maximum: 0xffff_ffff });

/** One choice, as a company file says it. */
export const optionInFile = Type.Object({ id: Number32, value: Type.String() }, { additionalProperties: false });

const fieldInFile = Type.Object(
  {
    fieldid: Number32,
    field_name: Type.String({ minLength: 1 }),
    field_type: Type.Enum(Object.values(fieldType)),
    value_type: Type.Enum(Object.values(valueType)),
    is_must: Type.Optional(Type.Boolean()),
    updatable: Type.Optional(Type.Boolean()),
    gettable: Type.Optional(Type.Boolean()),
    canonical: Type.Optional(Type.Union([Type.Enum([...CANONICAL]), Type.Null()])),
    max_len: Type.Optional(Type.Integer({ minimum: 1 })),
    option_list: Type.Optional(Type.Union([Type.Array(optionInFile), Type.Null()])),
  },
  { additionalProperties: false },
);

/** One group of a company's own roster data. */
export const groupInFile = Type.Object(
  {
    group_id: Number32,
    group_name: Type.String({ minLength: 1 }),
    group_type: Type.Optional(Type.Union([Type.Integer({ minimum: 1, maximum: 5 }), Type.Null()])),
    max_instances: Type.Optional(Type.Integer({ minimum: 0 })),
    fields: Type.Array(fieldInFile),
  },
  { additionalProperties: false },
);

const FORBIDDEN: ReadonlySet<number> = new Set(Object.values(forbiddenField));

/** A group with its defaults filled in. */
export function groupOf(input: Static<typeof groupInFile>): RosterGroup {
  return {
    group_id: input.group_id,
    group_name: input.group_name,
    group_type: input.group_type ?? null,
    max_instances: input.max_instances ?? MAX_INSTANCES,
    fields: input.fields.map(fieldOf),
  };
}

function fieldOf(input: Static<typeof fieldInFile>): RosterField {
  const value_type = input.value_type as ValueType;
  // 不支持更新字段表 [seed], and files, which its 字段值类型对照表 has no key for: whatever the data says.
  const mayChange = !FORBIDDEN.has(input.fieldid) && value_type !== valueType.file;
  return {
    fieldid: input.fieldid,
    field_name: input.field_name,
    field_type: input.field_type as number,
    value_type,
    is_must: input.is_must ?? false,
    updatable: mayChange && (input.updatable ?? true),
    gettable: input.gettable ?? true,
    canonical: (input.canonical ?? null) as Canonical | null,
    max_len: input.max_len ?? MAX_TEXT,
    option_list: input.option_list ?? null,
  };
}
