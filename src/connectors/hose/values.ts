import { phoneFromE164 } from '../../directory/employees/phone.ts';
import type { FieldName, LiveValue } from '../connector.ts';
import { departmentIds } from '../composing-departments.ts';
import { problem, type Wanted } from '../composing.ts';
import type { ComposeProblem, Known, PartField } from '../writing.ts';

/** Members of a staff in a request, with the fields that they are. */
export interface StaffMembers {
  readonly members: Readonly<Record<string, unknown>>;
  readonly fields: readonly PartField[];
  readonly problems: readonly ComposeProblem[];
}

const PLAIN: Readonly<Partial<Record<FieldName, string>>> = {
  name: 'name',
  englishName: 'enName',
  alias: 'nickName',
  email: 'email',
  jobNumber: 'code',
  note: 'note',
};
const FORM: Readonly<Partial<Record<FieldName, string>>> = { jobTitle: 'postType', jobLevel: 'rankType' };

/** Returns how Hose writes some values: texts, a phone, ids of archive items; both department fields or neither (contract 2.2–2.6). */
export function staffMembers(
  subject: string,
  wanted: readonly Wanted[],
  custom: readonly (readonly [string, LiveValue])[],
  known: Known,
): StaffMembers {
  const members: Record<string, unknown> = {};
  const form: Record<string, string> = {};
  const fields: PartField[] = [];
  const problems: ComposeProblem[] = [];
  for (const [field, to] of wanted) {
    const plain = PLAIN[field];
    const item = FORM[field];
    if (plain !== undefined) {
      members[plain] = to ?? '';
      fields.push({ field, to, theirs: plain });
    } else if (field === 'mobile') {
      const cellphone = cellphoneOf(to);
      if (cellphone === null) problems.push(problem(subject, field, 'incomplete'));
      else {
        members['cellphone'] = cellphone;
        fields.push({ field, to, theirs: 'cellphone' });
      }
    } else if (item !== undefined) {
      const id = to === null ? '' : known.setup.catalogs[field]?.get(String(to));
      if (id === undefined) problems.push(problem(subject, field, 'no-entry'));
      else {
        form[item] = id;
        fields.push({ field, to, theirs: `staffCustomForm.${item}` });
      }
    }
  }
  for (const [name, to] of custom) {
    // Whether the company has the field is known to the platform only; other names than these are not its own fields.
    if (name.startsWith('u_')) {
      form[name] = to === null ? '' : String(to);
      fields.push({ field: `custom:${name}`, to, theirs: `staffCustomForm.${name}` });
    } else problems.push(problem(subject, `custom:${name}`, 'not-writable'));
  }
  const departments = departmentsOf(subject, new Map(wanted), known);
  if (Object.keys(form).length > 0) members['staffCustomForm'] = form;
  return {
    members: { ...members, ...departments.members },
    fields: [...fields, ...departments.fields],
    problems: [...problems, ...departments.problems],
  };
}

/** Both fields are sent together, or neither (contract 2.3). */
function departmentsOf(subject: string, wanted: ReadonlyMap<FieldName, LiveValue>, known: Known): StaffMembers {
  const found = departmentIds(subject, wanted, known);
  if (found === null) return { members: {}, fields: [], problems: [] };
  if ('problems' in found) return { members: {}, fields: [], problems: found.problems };
  const theirs = { department: 'departments', mainDepartment: 'defaultDepartment' };
  return {
    members: { defaultDepartment: found.ids[0], departments: found.ids },
    fields: found.changed.map((field) => ({ field, to: wanted.get(field) ?? null, theirs: theirs[field] })),
    problems: [],
  };
}

/** Returns a number as Hose takes it: plain for the mainland, `(852)61234567` otherwise (contract 2.4); null where it cannot. */
export function cellphoneOf(to: LiveValue): string | null {
  if (to === null || to === '') return '';
  const phone = phoneFromE164(String(to));
  if (phone === null || !/^\d+$/.test(phone.number)) return null;
  return phone.country === '86' ? phone.number : `(${phone.country})${phone.number}`;
}
