import { phoneFromE164 } from '../../directory/employees/phone.ts';
import type { Tenant } from '../../directory/tenant.ts';
import type { DialectFacts } from '../dialect.ts';
import { EDIT_FIELDS, type EditField } from '../dialect-facts.ts';
import { useridOf } from './model/ids.ts';
import type { Canonical } from './model/roster-fields.ts';
import { valueType } from './protocol/codes.ts';
import { isWritable, rosterOf, type PlacedField } from './roster/roster.ts';

/** The attribute of the roster that each field is. */
const ATTRIBUTES: Readonly<Record<EditField, Canonical>> = {
  name: 'name',
  alias: 'nickname',
  gender: 'gender',
  mobile: 'mobile',
  email: 'email',
  job_number: 'job_number',
  job_title: 'position',
  join_date: 'join_date',
  note: 'note',
};

/** Writes new values of a person with the update of the roster. An item without a value empties a field [seed]. */
export const edit: DialectFacts['edit'] = (tenant, person, edits) => {
  const fields = rosterOf(tenant).groups.flatMap((placed) => placed.fields);
  const placed = new Map(
    EDIT_FIELDS.flatMap((name) => {
      const field = fields.find(({ canonical }) => canonical === ATTRIBUTES[name]);
      return field !== undefined && isWritable(field) ? [[name, field] as const] : [];
    }),
  );
  const wanted = EDIT_FIELDS.filter((name) => edits[name] !== undefined);
  const items = wanted.flatMap((name) => {
    const field = placed.get(name);
    const value = edits[name] ?? null;
    if (field === undefined) return [];
    return [{ fieldid: field.fieldid, ...(value === null ? {} : valueOf(field, name, value, tenant)) }];
  });
  return {
    operation: 'hr.update_staff_info',
    params: {},
    query: {},
    body: { userid: useridOf(person), update_items: items },
    left: wanted.filter((name) => !placed.has(name)),
  };
};

/** Returns a value under the key of its type. */
function valueOf(field: PlacedField, name: EditField, value: string, tenant: Tenant): object {
  switch (field.value_type) {
    case valueType.phone: {
      const phone = phoneFromE164(value);
      return {
        value_mobile:
          phone === null ? { value_mobile: value } : { value_country_code: phone.country, value_mobile: phone.number },
      };
    }
    case valueType.uint32:
      return { value_uint32: name === 'job_title' ? optionOf(field, value, tenant) : Number(value) };
    case valueType.uint64:
      return { value_uint64: Number(value) };
    case valueType.int64:
      // Midnight in China. [derived]
      return { value_int64: Date.parse(`${value}T00:00:00+08:00`) / 1_000 };
    default:
      return { value_string: value };
  }
}

function optionOf({ options }: PlacedField, title: string, tenant: Tenant): number {
  const name = tenant.catalog('job-title').get(title)?.name.value;
  return [...options].find(([, option]) => option === name)?.[0] ?? 0;
}
