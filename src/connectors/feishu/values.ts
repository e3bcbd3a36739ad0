import { departmentIds } from '../composing-departments.ts';
import { problem, type Wanted } from '../composing.ts';
import type { FieldName, LiveValue } from '../connector.ts';
import type { ComposeProblem, Known, PartField } from '../writing.ts';

/** Members of an employee in a request, with the fields that they are. */
export interface EmployeeMembers {
  readonly members: Readonly<Record<string, unknown>>;
  readonly fields: readonly PartField[];
  readonly problems: readonly ComposeProblem[];
}

/** Fields that are written as they are, with what says "none" (contract 2.3). */
const PLAIN: Readonly<Partial<Record<FieldName, readonly [string, LiveValue]>>> = {
  gender: ['gender', 0],
  mobile: ['mobile', ''],
  email: ['email', ''],
  enterpriseEmail: ['enterprise_email', ''],
  jobNumber: ['job_number', ''],
  extensionNumber: ['extension_number', ''],
  joinDate: ['join_date', ''],
  employmentType: ['employment_type', 0],
  frozen: ['is_frozen', false],
};
/** Fields that are written as the id of an entry. */
const ENTRIES: Readonly<Partial<Record<FieldName, string>>> = {
  jobTitle: 'job_title_id',
  jobLevel: 'job_level_id',
  workPlace: 'work_place_id',
};

/** Returns how Feishu writes some values of a person (contract 2.3). */
export function employeeMembers(
  subject: string,
  wanted: readonly Wanted[],
  custom: readonly (readonly [string, LiveValue])[],
  known: Known,
): EmployeeMembers {
  const members: Record<string, unknown> = {};
  const fields: PartField[] = [];
  const problems: ComposeProblem[] = [];
  for (const [field, to] of wanted) {
    const plain = PLAIN[field];
    const entry = ENTRIES[field];
    if (plain !== undefined) {
      const [theirs, none] = plain;
      members[theirs] = to ?? none;
      fields.push({ field, to, theirs });
    } else if (entry !== undefined) {
      const id = to === null ? '' : known.setup.catalogs[field]?.get(String(to));
      if (id === undefined) problems.push(problem(subject, field, 'no-entry'));
      else {
        members[entry] = id;
        fields.push({ field, to, theirs: entry });
      }
    } else if (field === 'workStation') {
      members['work_station'] = { default_value: to ?? '' };
      fields.push({ field, to, theirs: 'work_station' });
    } else if (field === 'leader') {
      const id = to === null ? '' : known.people.get(String(to));
      if (id === undefined) problems.push(problem(subject, field, 'not-linked'));
      else {
        members['leader_id'] = id;
        fields.push({ field, to, theirs: 'leader_id' });
      }
    }
  }
  const others = [nameOf(subject, new Map(wanted), known), departmentsOf(subject, new Map(wanted), known)];
  const texts = custom.map(([key, to]) => ({
    field_key: key,
    field_type: '1',
    text_value: { default_value: to === null ? '' : String(to) },
  }));
  return {
    members: Object.assign(
      members,
      ...others.map((one) => one.members),
      texts.length === 0 ? {} : { custom_field_values: texts },
    ) as EmployeeMembers['members'],
    fields: [
      ...fields,
      ...others.flatMap((one) => one.fields),
      ...custom.map(([key, to]): PartField => ({ field: `custom:${key}`, to, theirs: key })),
    ],
    problems: [...problems, ...others.flatMap((one) => one.problems)],
  };
}

/** The three names are one object, which must have the name itself (contract 2.3.1). */
function nameOf(subject: string, wanted: ReadonlyMap<FieldName, LiveValue>, known: Known): EmployeeMembers {
  const changed = (['name', 'englishName', 'alias'] as const).filter((field) => wanted.has(field));
  if (changed.length === 0) return { members: {}, fields: [], problems: [] };
  const name = wanted.get('name') ?? known.live.get(subject)?.values.name;
  if (typeof name !== 'string' || name === '') {
    return { members: {}, fields: [], problems: changed.map((field) => problem(subject, field, 'incomplete', NAME)) };
  }
  const english = wanted.get('englishName');
  const alias = wanted.get('alias');
  const theirs = { name: 'name.name', englishName: 'name.name.i18n_value.en_us', alias: 'name.another_name' };
  return {
    members: {
      name: {
        name: {
          default_value: name,
          ...(english === undefined ? {} : { i18n_value: { en_us: english ?? '' } }),
        },
        ...(alias === undefined ? {} : { another_name: alias ?? '' }),
      },
    },
    fields: changed.map((field) => ({ field, to: wanted.get(field) ?? null, theirs: theirs[field] })),
    problems: [],
  };
}

const NAME = {
  en: 'The name must be sent with it, and it is not known.',
  zh: '须同时提供姓名，而当前姓名未知。',
};

/** The list replaces the departments; the main one has the greatest weight (contract 2.3.3). */
function departmentsOf(subject: string, wanted: ReadonlyMap<FieldName, LiveValue>, known: Known): EmployeeMembers {
  const found = departmentIds(subject, wanted, known);
  if (found === null) return { members: {}, fields: [], problems: [] };
  if ('problems' in found) return { members: {}, fields: [], problems: found.problems };
  const theirs = 'employee_order_in_departments';
  return {
    members: { [theirs]: orderOf(found.ids) },
    fields: found.changed.map((field) => ({ field, to: wanted.get(field) ?? null, theirs })),
    problems: [],
  };
}

function orderOf(ids: readonly string[]): readonly object[] {
  return ids.map((department_id, index) => ({
    department_id,
    // The spelling is that of the platform.
    order_weight_among_deparments: String(ids.length - index),
    is_main_department: index === 0,
  }));
}
