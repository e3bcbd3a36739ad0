import type { App } from '../../directory/auth/app.ts';
import { phoneFromE164 } from '../../directory/employees/phone.ts';
import type { Tenant } from '../../directory/tenant.ts';
import type { DialectFacts } from '../dialect.ts';
import { EDIT_FIELDS, type EditCall, type EditFacts, type EditField } from '../dialect-facts.ts';
import { platformIds } from '../row-calls.ts';
import { appSettings } from './model/app-settings.ts';
import { DEPARTMENT_ID, useridOf } from './model/ids.ts';
import type { Canonical } from './model/roster-fields.ts';
import { valueType } from './protocol/codes.ts';
import { isWritable, rosterOf, type PlacedField } from './roster/roster.ts';

/** Fields that the roster has; departments and leaders are of the contacts. */
type RosterField = Exclude<EditField, 'departments' | 'leader'>;
const isOfRoster = (field: EditField): field is RosterField => field !== 'departments' && field !== 'leader';

/** The attribute of the roster that each field is. */
const ATTRIBUTES: Readonly<Record<RosterField, Canonical>> = {
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

/** Fields that 更新成员 does not have. */
const NOT_OF_MEMBERS: readonly EditField[] = ['job_number', 'join_date', 'note'];

/** The member of 更新成员 that each field is. */
const MEMBERS: Readonly<Record<string, EditField>> = {
  name: 'name',
  alias: 'alias',
  gender: 'gender',
  mobile: 'mobile',
  email: 'email',
  position: 'job_title',
  department: 'departments',
  main_department: 'departments',
  direct_leader: 'leader',
};

/** Writes new values of a person with the update of the roster; where departments or the leader change, with that of members. */
export const edit: DialectFacts['edit'] = (facts) =>
  facts.edits.departments === undefined && facts.edits.leader === undefined ? rosterCall(facts) : memberCall(facts);

/** An empty text empties a field. (wecom.md 4.4) */
function memberCall({ tenant, employee, edits, leader }: EditFacts): EditCall {
  const { name, alias, gender, mobile, email, job_title: title } = edits;
  const phone = mobile === undefined || mobile === null ? null : phoneFromE164(mobile);
  const departments =
    edits.departments === undefined ? null : platformIds(tenant, edits.departments, DEPARTMENT_ID).map(Number);
  const [main] = departments ?? [];
  return {
    operation: 'user.update',
    params: {},
    query: {},
    body: {
      userid: useridOf(employee),
      ...(name === undefined ? {} : { name: name ?? '' }),
      ...(alias === undefined ? {} : { alias: alias ?? '' }),
      ...(gender === undefined ? {} : { gender: gender ?? '0' }),
      ...(mobile === undefined
        ? {}
        : {
            mobile:
              phone === null
                ? (mobile ?? '')
                : phone.country === '86'
                  ? phone.number
                  : `+${phone.country}${phone.number}`,
          }),
      ...(email === undefined ? {} : { email: email ?? '' }),
      ...(title === undefined
        ? {}
        : { position: title === null ? '' : (tenant.catalog('job-title').get(title)?.name.value ?? title) }),
      ...(departments === null ? {} : { department: departments }),
      ...(main === undefined ? {} : { main_department: main }),
      ...(edits.leader === undefined
        ? {}
        : { direct_leader: edits.leader === null ? [] : [leader === null ? edits.leader : useridOf(leader)] }),
    },
    suits: isSyncApp,
    left: EDIT_FIELDS.filter((field) => edits[field] !== undefined && NOT_OF_MEMBERS.includes(field)),
    members: MEMBERS,
  };
}

/** 通讯录同步 alone may update members; the roster is for other apps. (wecom.md 4.4) */
function isSyncApp(app: App): boolean {
  const { kind, api_sync = 'edit' } = appSettings(app);
  return kind === 'contact_sync' && api_sync === 'edit';
}

function isRosterApp(app: App): boolean {
  const { kind, hr_callable } = appSettings(app);
  return kind === 'self_built' && hr_callable;
}

/** An item without a value empties a field [seed]. */
function rosterCall({ tenant, employee: person, edits }: EditFacts): EditCall {
  const fields = rosterOf(tenant).groups.flatMap((placed) => placed.fields);
  const placed = new Map<EditField, PlacedField>(
    EDIT_FIELDS.filter(isOfRoster).flatMap((name) => {
      const field = fields.find(({ canonical }) => canonical === ATTRIBUTES[name]);
      return field !== undefined && isWritable(field) ? [[name, field] as const] : [];
    }),
  );
  const wanted = EDIT_FIELDS.filter(isOfRoster).filter((name) => edits[name] !== undefined);
  const written = wanted.flatMap((name) => {
    const field = placed.get(name);
    return field === undefined ? [] : [[name, field] as const];
  });
  const items = written.map(([name, field]) => {
    const value = edits[name] ?? null;
    return { fieldid: field.fieldid, ...(value === null ? {} : valueOf(field, name, value, tenant)) };
  });
  return {
    operation: 'hr.update_staff_info',
    params: {},
    query: {},
    body: { userid: useridOf(person), update_items: items },
    suits: isRosterApp,
    left: wanted.filter((name) => !placed.has(name)),
    members: Object.fromEntries(written.map(([name], index) => [`update_items[${String(index)}]`, name])),
  };
}

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
