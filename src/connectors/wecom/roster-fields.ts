import type { FieldName, LiveTarget, LiveValue } from '../connector.ts';
import { listOf, mailOrNull, member, textOf, textOrNull } from '../texts.ts';
import type { NumberedField } from '../writing.ts';

/** A field of the roster that we know. */
interface RosterField {
  readonly field: FieldName;
  /** The number, where the platform publishes it (contract wecom 3). */
  readonly published?: number;
  /** Its name in the roster, by which all others are found. */
  readonly names: readonly string[];
  readonly kind: NumberedField['kind'];
}

const KNOWN: readonly RosterField[] = [
  { field: 'name', published: 11001, names: ['姓名'], kind: 'text' },
  { field: 'alias', published: 11002, names: ['别名'], kind: 'text' },
  { field: 'mobile', published: 11003, names: ['手机号'], kind: 'mobile' },
  { field: 'gender', published: 11004, names: ['性别'], kind: 'number' },
  { field: 'englishName', names: ['英文名'], kind: 'text' },
  { field: 'email', names: ['工作邮箱', '邮箱'], kind: 'mail' },
  { field: 'workPlace', names: ['办公地点'], kind: 'text' },
  { field: 'joinDate', names: ['入职日期'], kind: 'day' },
  { field: 'employmentType', names: ['员工类型'], kind: 'number' },
  { field: 'jobTitle', published: 12010, names: ['职位'], kind: 'label' },
  { field: 'jobLevel', names: ['职级'], kind: 'text' },
  { field: 'workStation', names: ['工位'], kind: 'text' },
  { field: 'extensionNumber', names: ['分机号'], kind: 'text' },
  { field: 'note', names: ['备注'], kind: 'text' },
  { field: 'jobNumber', published: 12024, names: ['工号'], kind: 'text' },
];

const VALUE_KEYS = ['value_string', 'value_uint64', 'value_uint32', 'value_int64', 'value_mobile'] as const;
/** Where a value is, if the platform does not say: it does since 2025-09-24 (contract 4.1). */
const USUAL_KEYS: Readonly<Record<RosterField['kind'], NumberedField['valueKey']>> = {
  text: 'value_string',
  mail: 'value_string',
  mobile: 'value_mobile',
  label: 'value_uint32',
  number: 'value_uint32',
  day: 'value_uint64',
};

/** Finds our fields in what `get_fields` answered: as the company file says, by published number, else by name. */
export function rosterFieldsIn(json: unknown, { fields }: LiveTarget): readonly NumberedField[] {
  const listed = listOf(member(json, 'group_list')).flatMap((group) => listOf(member(group, 'field_list')));
  const byId = new Map(listed.map((one) => [Number(member(one, 'fieldid')), one]));
  return KNOWN.flatMap(({ field, published, names, kind }): readonly NumberedField[] => {
    const given = fields[field];
    const named = listed.filter((one) => names.includes(textOf(member(one, 'field_name'))));
    const [only] = named;
    const number = given ?? published ?? (named.length === 1 ? Number(member(only, 'fieldid')) : undefined);
    const found = number === undefined ? undefined : byId.get(number);
    if (number === undefined || found === undefined) return [];
    const options = listOf(member(found, 'option_list')).map(
      (option) => [Number(member(option, 'id')), textOf(member(option, 'value'))] as const,
    );
    const by = given !== undefined ? 'file' : published !== undefined ? 'published' : 'name';
    const valueKey = VALUE_KEYS[Number(member(found, 'value_type')) - 1] ?? USUAL_KEYS[kind];
    return [{ id: number, field, kind, valueKey, by, options: new Map(options) }];
  });
}

/** Reads the values of one member; what was not answered is absent (contract wecom 4.2). */
export function rosterValues(
  json: unknown,
  fields: readonly NumberedField[],
): Readonly<Partial<Record<FieldName, LiveValue>>> {
  const infos = new Map(listOf(member(json, 'field_info')).map((one) => [Number(member(one, 'fieldid')), one]));
  return Object.fromEntries(
    fields.flatMap((found) => {
      const info = infos.get(found.id);
      // 3 is a field that is not there, 5 one that cannot be fetched.
      return member(info, 'result') === 1 ? [[found.field, valueOf(info, found)]] : [];
    }),
  );
}

function valueOf(info: unknown, { kind, options }: NumberedField): LiveValue {
  const number = member(info, 'value_uint32') ?? member(info, 'value_uint64') ?? member(info, 'value_int64');
  switch (kind) {
    case 'text':
      return textOrNull(member(info, 'value_string'));
    case 'mail':
      return mailOrNull(member(info, 'value_string'));
    case 'mobile': {
      const country = textOf(member(info, 'value_mobile', 'value_country_code')) || '86';
      const digits = textOf(member(info, 'value_mobile', 'value_mobile'));
      return digits === '' ? null : `+${country}${digits}`;
    }
    case 'number':
      return typeof number === 'number' ? number : 0;
    case 'label':
      if (typeof number !== 'number') return textOrNull(member(info, 'value_string'));
      return options.get(number) ?? String(number);
    case 'day':
      // Seconds of an instant on that day in China, which has had no summer time since 1991.
      return typeof number === 'number' ? new Date((number + 28_800) * 1_000).toISOString().slice(0, 10) : null;
  }
}
