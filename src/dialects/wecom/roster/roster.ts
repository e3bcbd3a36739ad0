import type { CustomField } from '../../../directory/custom-field.ts';
import type { Tenant, TenantData } from '../../../directory/tenant.ts';
import { fieldType, valueType } from '../protocol/codes.ts';
import { FIELD_ID, OPTION_ID, optionIdOf } from '../model/ids.ts';
import { wecomSettings } from '../model/settings.ts';
import {
  MAX_INSTANCES,
  MAX_TEXT,
  type RosterField,
  type RosterGroup,
  type RosterOption,
} from '../model/roster-fields.ts';
import { DEFAULT_GROUPS } from './default-groups.ts';

/** A field with its group and the field of the shared record it is tied to, if any. */
export interface PlacedField extends RosterField {
  readonly group: RosterGroup;
  /** The key its value is kept under. */
  readonly key: string;
  readonly options: ReadonlyMap<number, string>;
  /** The field that the company added for all platforms; null for one that only the roster knows. */
  readonly custom: CustomField | null;
}

/** Whether an update may write the field at all: files have no value key in the seed's table. */
export function isWritable(field: PlacedField): boolean {
  return field.updatable && field.value_type !== valueType.file;
}

/** A group with its fields placed. */
export interface PlacedGroup {
  readonly group: RosterGroup;
  readonly fields: readonly PlacedField[];
}

/** 自定义信息: where a field goes that the company added and its roster data does not place. [proposed] */
const CUSTOM_GROUP = { group_id: 2001, group_name: '自定义信息', group_type: null, max_instances: MAX_INSTANCES };

/** What the roster calls a field of each type that can be tied to one; the others have no value type here. [proposed] */
const LINKED_TYPES: Readonly<Partial<Record<CustomField['type'], Pick<RosterField, 'field_type' | 'value_type'>>>> = {
  text: { field_type: fieldType.text, value_type: valueType.string },
  number: { field_type: fieldType.text, value_type: valueType.string },
  date: { field_type: fieldType.time, value_type: valueType.int64 },
  choice: { field_type: fieldType.option, value_type: valueType.uint32 },
};

/** How a field of the company must be declared in the roster; undefined where it cannot be tied to one. */
export function linkedTypes(field: CustomField): Pick<RosterField, 'field_type' | 'value_type'> | undefined {
  return LINKED_TYPES[field.type];
}

/** A company's whole form: every field by its id, every repeatable group by its type. */
export class Roster {
  /** What the first instance of a group is called. */
  readonly indexBase: number;
  readonly groups: readonly PlacedGroup[];
  readonly #fields = new Map<number, PlacedField>();
  readonly #repeatable = new Map<number, PlacedGroup>();

  constructor(parts: Pick<TenantData, 'key' | 'settings' | 'catalogs' | 'customFields'>) {
    const { roster } = wecomSettings(parts);
    this.indexBase = roster.index_base;
    const links = new Map(
      parts.customFields.flatMap((field) =>
        field.enabled && field.ids[FIELD_ID] !== undefined && linkedTypes(field) !== undefined
          ? [[Number(field.ids[FIELD_ID]), field] as const]
          : [],
      ),
    );
    const groups = withLinked(roster.groups ?? DEFAULT_GROUPS, links);
    const titles = jobTitleOptions(parts);
    const positions = roster.positions ?? [];
    this.groups = groups.map((group) => ({
      group,
      fields: group.fields.map((field) => place(field, group, { titles, positions }, links.get(field.fieldid) ?? null)),
    }));
    for (const placed of this.groups) {
      for (const field of placed.fields) this.#fields.set(field.fieldid, field);
      if (placed.group.group_type !== null) this.#repeatable.set(placed.group.group_type, placed);
    }
  }

  field(fieldid: number): PlacedField | undefined {
    return this.#fields.get(fieldid);
  }

  repeatable(type: number): PlacedGroup | undefined {
    return this.#repeatable.get(type);
  }
}

const ROSTER = Symbol('wecom roster');

/** The company's form as it is now; worked out once for as long as the company stays as it is. */
export function rosterOf(tenant: Tenant): Roster {
  return tenant.derived(ROSTER, (parts) => new Roster(parts));
}

/** Whether the company keeps a list of job titles; if so it is what 职位 chooses from. */
export function keepsJobTitles(parts: Pick<TenantData, 'catalogs'>): boolean {
  return parts.catalogs.some(({ catalog }) => catalog === 'job-title');
}

/**
 * The options of 职位 are the company's job titles, so that a choice made here is seen on every platform; only a company
 * that keeps none has the options of the roster data (by default 总经理 and 秘书) and those that the contacts brought,
 * known here alone. The two are never
 * mixed: both number from 1, and one id must not mean two things. [proposed]
 */
function jobTitleOptions(parts: Pick<TenantData, 'catalogs'>): readonly RosterOption[] | null {
  if (!keepsJobTitles(parts)) return null;
  return parts.catalogs
    .filter(({ catalog, enabled, ids }) => catalog === 'job-title' && enabled && ids[OPTION_ID] !== undefined)
    .map((entry) => ({ id: optionIdOf(entry), value: entry.name.value }));
}

function withLinked(groups: readonly RosterGroup[], links: ReadonlyMap<number, CustomField>): readonly RosterGroup[] {
  const declared = new Set(groups.flatMap(({ fields }) => fields.map(({ fieldid }) => fieldid)));
  const fields = [...links].flatMap(([fieldid, custom]): RosterField[] => {
    const types = linkedTypes(custom);
    if (declared.has(fieldid) || types === undefined) return [];
    return [
      {
        fieldid,
        field_name: custom.name.value,
        ...types,
        is_must: false,
        updatable: true,
        gettable: true,
        canonical: null,
        max_len: MAX_TEXT,
        option_list: types.field_type === fieldType.option ? optionsOf(custom) : null,
      },
    ];
  });
  if (fields.length === 0) return groups;
  const own = groups.find(({ group_id }) => group_id === CUSTOM_GROUP.group_id) ?? { ...CUSTOM_GROUP, fields: [] };
  return [...groups.filter((group) => group !== own), { ...own, fields: [...own.fields, ...fields] }];
}

/** The choices of a field that the company added, numbered from 1 in its order. */
function optionsOf(custom: CustomField): readonly RosterOption[] {
  return custom.options.flatMap(({ name, enabled }, index) => (enabled ? [{ id: index + 1, value: name.value }] : []));
}

function place(
  field: RosterField,
  group: RosterGroup,
  {
    titles,
    positions,
  }: { readonly titles: readonly RosterOption[] | null; readonly positions: readonly RosterOption[] },
  custom: CustomField | null,
): PlacedField {
  const option_list =
    field.canonical === 'position'
      ? (titles ?? [...(field.option_list ?? []), ...positions])
      : custom !== null && field.field_type === fieldType.option
        ? optionsOf(custom)
        : field.option_list;
  return {
    ...field,
    option_list,
    group,
    key: String(field.fieldid),
    options: new Map((option_list ?? []).map(({ id, value }) => [id, value])),
    custom,
  };
}
