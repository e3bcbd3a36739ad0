import type { TenantData } from '../../../directory/tenant.ts';
import type { SectionFault } from '../../company-section.ts';
import { fieldType, valueType, type ValueType } from '../protocol/codes.ts';
import { FIELD_ID } from '../model/ids.ts';
import { wecomSettings } from '../model/settings.ts';
import type { Canonical, RosterField, RosterGroup, RosterOption } from '../model/roster-fields.ts';
import { DEFAULT_GROUPS } from './default-groups.ts';
import { linkedTypes } from './roster.ts';

/** Which `value_type` goes with which `field_type`. https://developer.work.weixin.qq.com/document/path/99131 */
const PAIRS: Readonly<Record<number, readonly ValueType[]>> = {
  [fieldType.text]: [valueType.string, valueType.phone],
  [fieldType.option]: [valueType.uint32],
  [fieldType.time]: [valueType.uint64, valueType.int64],
  [fieldType.picture]: [valueType.file],
  [fieldType.file]: [valueType.file],
  [fieldType.files]: [valueType.file],
};

/** Attributes of the shared record that are not texts. */
const NOT_TEXT: Readonly<Partial<Record<Canonical, readonly ValueType[]>>> = {
  mobile: [valueType.phone],
  gender: [valueType.uint32],
  join_date: [valueType.uint64, valueType.int64],
  status: [valueType.uint32],
  employment_type: [valueType.uint32],
  position: [valueType.uint32],
};

type Path = SectionFault['path'];

/** What is wrong with a company's roster data, in sentences. */
export function checkRoster(parts: Pick<TenantData, 'key' | 'settings' | 'customFields'>): readonly SectionFault[] {
  const faults: SectionFault[] = [];
  const add = (path: Path, message: string): void => {
    faults.push({ path, message });
  };
  const own = wecomSettings(parts).roster.groups;
  if (own !== null) checkGroups(own, ['wecom', 'roster', 'groups'], add);
  checkPositions(own ?? DEFAULT_GROUPS, wecomSettings(parts).roster.positions ?? [], add);
  checkLinks(own ?? DEFAULT_GROUPS, parts, add);
  return faults;
}

/** Options of 职位 number on from those of its field. */
function checkPositions(
  groups: readonly RosterGroup[],
  positions: readonly RosterOption[],
  add: (path: Path, message: string) => void,
): void {
  const field = groups.flatMap(({ fields }) => fields).find(({ canonical }) => canonical === 'position');
  const ids = new Set((field?.option_list ?? []).map(({ id }) => id));
  positions.forEach(({ id }, index) => {
    if (isRepeated(ids, id)) add(['wecom', 'roster', 'positions', index, 'id'], 'is the id of an earlier option');
  });
}

/** What is wrong with a list of groups; the default data passes it too. */
export function checkGroups(
  groups: readonly RosterGroup[],
  path: Path,
  add: (path: Path, message: string) => void,
): void {
  const groupIds = new Set<number>();
  const groupTypes = new Set<number>();
  const fieldids = new Set<number>();
  const canonicals = new Set<string>();
  groups.forEach((group, position) => {
    const at = [...path, position];
    if (isRepeated(groupIds, group.group_id)) add([...at, 'group_id'], 'is the group_id of an earlier group');
    if (group.group_type !== null && isRepeated(groupTypes, group.group_type))
      add([...at, 'group_type'], 'is the group_type of an earlier group');
    group.fields.forEach((field, index) => {
      const here = [...at, 'fields', index];
      if (isRepeated(fieldids, field.fieldid)) add([...here, 'fieldid'], 'is the fieldid of an earlier field');
      if (field.canonical !== null) {
        if (isRepeated(canonicals, field.canonical))
          add([...here, 'canonical'], 'an earlier field stands for the same attribute');
        if (group.group_type !== null)
          add([...here, 'canonical'], 'a field of a repeatable group stands for no attribute');
      }
      checkField(field, here, add);
    });
  });
}

function checkField(field: RosterField, at: Path, add: (path: Path, message: string) => void): void {
  if (!(PAIRS[field.field_type] ?? []).includes(field.value_type))
    add([...at, 'value_type'], `does not go with field_type ${String(field.field_type)}`);
  const isOption = field.field_type === fieldType.option;
  if (isOption !== (field.option_list !== null)) add([...at, 'option_list'], 'is there exactly when field_type is 2');
  const ids = new Set<number>();
  field.option_list?.forEach(({ id }, index) => {
    if (isRepeated(ids, id)) add([...at, 'option_list', index, 'id'], 'is the id of an earlier option');
  });
  if (field.is_must && !field.updatable) add([...at, 'is_must'], 'nobody could fill in a field that is not updatable');
  if (field.canonical !== null && !(NOT_TEXT[field.canonical] ?? [valueType.string]).includes(field.value_type))
    add([...at, 'canonical'], `${field.canonical} cannot be said in value_type ${String(field.value_type)}`);
}

function checkLinks(
  groups: readonly RosterGroup[],
  { customFields }: Pick<TenantData, 'customFields'>,
  add: (path: Path, message: string) => void,
): void {
  const declared = new Map(
    groups.flatMap((group) => group.fields.map((field) => [field.fieldid, { field, group }] as const)),
  );
  customFields.forEach((custom, index) => {
    const fieldid = custom.ids[FIELD_ID];
    if (fieldid === undefined) return;
    const path = ['custom_fields', index, 'wecom', 'fieldid'];
    const types = linkedTypes(custom);
    if (custom.type === 'link') {
      // A link is an attribute of the contacts alone; its fieldid is no other field's. (wecom-more 3.5, ruling 19)
      if (declared.has(Number(fieldid))) add(path, 'is the fieldid of a field of the roster, which knows no links');
      return;
    }
    if (types === undefined) {
      add(path, `a field of type ${custom.type} has no place in the roster`);
      return;
    }
    const place = declared.get(Number(fieldid));
    if (place === undefined) return;
    const { field, group } = place;
    if (group.group_type !== null) add(path, 'a field of a repeatable group cannot be tied to one value');
    if (field.canonical !== null) add(path, `is ${field.canonical} already`);
    if (field.field_type !== types.field_type || field.value_type !== types.value_type)
      add(path, `the roster declares it with other types than ${custom.type}`);
  });
}

function isRepeated<Value>(seen: Set<Value>, value: Value): boolean {
  if (seen.has(value)) return true;
  seen.add(value);
  return false;
}
