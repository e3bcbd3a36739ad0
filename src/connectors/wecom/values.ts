import { phoneFromE164 } from '../../directory/employees/phone.ts';
import { departmentIds } from '../composing-departments.ts';
import { problem, type Wanted } from '../composing.ts';
import type { FieldName, LiveValue, Words } from '../connector.ts';
import type { ComposeProblem, Known, NumberedField, PartField } from '../writing.ts';

/** Values of a person in the form of one call, with the fields that they are. */
export interface Values<Form> {
  readonly values: Form;
  readonly fields: readonly PartField[];
  readonly problems: readonly ComposeProblem[];
}

/** Fields of a member that are written as they are, with what says "none" (contract wecom 4.4, wecom-more 3.4). */
const PLAIN: Readonly<Partial<Record<FieldName, readonly [string, LiveValue]>>> = {
  name: ['name', ''],
  alias: ['alias', ''],
  englishName: ['english_name', ''],
  gender: ['gender', 0],
  email: ['email', ''],
  jobTitle: ['position', ''],
  enterpriseEmail: ['biz_mail', ''],
};

/** Fields that `user/*` writes. */
export const CONTACT_FIELDS: ReadonlySet<FieldName> = new Set([
  ...(Object.keys(PLAIN) as FieldName[]),
  'mobile',
  'department',
  'mainDepartment',
  'leader',
  'frozen',
]);

/** Returns how the contacts take some values (contract wecom 4.4, wecom-more 3). */
export function memberValues(
  subject: string,
  wanted: readonly Wanted[],
  known: Known,
): Values<Readonly<Record<string, unknown>>> {
  const values: Record<string, unknown> = {};
  const fields: PartField[] = [];
  const problems: ComposeProblem[] = [];
  for (const [field, to] of wanted) {
    const plain = PLAIN[field];
    if (plain !== undefined) {
      const [theirs, none] = plain;
      values[theirs] = to ?? none;
      fields.push({ field, to, theirs });
    } else if (field === 'mobile') {
      values['mobile'] = mobileText(to);
      fields.push({ field, to, theirs: 'mobile' });
    } else if (field === 'frozen') {
      values['enable'] = to === true ? 0 : 1;
      fields.push({ field, to, theirs: 'enable' });
    } else if (field === 'leader') {
      const id = to === null ? null : known.people.get(String(to));
      if (id === undefined) problems.push(problem(subject, field, 'not-linked'));
      else {
        values['direct_leader'] = id === null ? [] : [id];
        fields.push({ field, to, theirs: 'direct_leader' });
      }
    }
  }
  const byField = new Map(wanted);
  const departments = departmentIds(subject, byField, known);
  if (departments !== null && 'problems' in departments) problems.push(...departments.problems);
  else if (departments !== null) {
    const ids = departments.ids.map(Number);
    Object.assign(values, { department: ids, main_department: ids[0] });
    const theirs = { department: 'department', mainDepartment: 'main_department' };
    fields.push(
      ...departments.changed.map((field) => ({ field, to: byField.get(field) ?? null, theirs: theirs[field] })),
    );
  }
  return { values, fields, problems };
}

/** An item of the roster's update; without a value it clears the field (contract wecom 2.4). */
export type RosterItem = Readonly<Record<string, unknown>>;

/** Returns how the roster takes some values: each under the member that its type says (contract wecom 2.2, 2.3). */
export function rosterItems(subject: string, wanted: readonly Wanted[], known: Known): Values<readonly RosterItem[]> {
  const numbered = new Map(known.setup.numbered.map((one) => [one.field, one]));
  const values: RosterItem[] = [];
  const fields: PartField[] = [];
  const problems: ComposeProblem[] = [];
  for (const [field, to] of wanted) {
    const found = numbered.get(field);
    if (found === undefined) {
      problems.push(problem(subject, field, 'not-writable', NOT_IN_ROSTER));
      continue;
    }
    const value = to === null ? null : rosterValue(to, found);
    if (value === undefined) problems.push(problem(subject, field, 'no-entry'));
    else {
      values.push({ fieldid: found.id, sub_idx: 0, ...(value === null ? {} : { [found.valueKey]: value }) });
      fields.push({ field, to, theirs: String(found.id) });
    }
  }
  return { values, fields, problems };
}

const NOT_IN_ROSTER: Words = {
  en: 'The roster has no such field, or its number must be given under `fields`.',
  zh: '花名册无此字段，或需在 `fields` 中填写字段编号。',
};

/** Returns a value as the roster has it; undefined where it has no such entry. */
function rosterValue(to: LiveValue, { kind, options }: NumberedField): unknown {
  switch (kind) {
    case 'mobile': {
      const phone = phoneFromE164(String(to));
      return { value_country_code: phone?.country ?? '86', value_mobile: phone?.number ?? String(to) };
    }
    case 'label':
      return Array.from(options).find(([, name]) => name === to)?.[0];
    case 'number':
      return Number(to);
    case 'day':
      // Seconds of midnight in China.
      return Date.parse(`${String(to)}T00:00:00+08:00`) / 1_000;
    default:
      return String(to);
  }
}

/** Returns a number as the contacts take it: bare for the mainland, else with its code and a blank (contract wecom-more 3.1). */
export function mobileText(to: LiveValue): string {
  if (to === null || to === '') return '';
  const phone = phoneFromE164(String(to));
  if (phone === null) return String(to);
  return phone.country === '86' ? phone.number : `+${phone.country} ${phone.number}`;
}
