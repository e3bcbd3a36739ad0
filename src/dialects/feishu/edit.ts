import type { DialectFacts } from '../dialect.ts';
import type { EditFacts, EditField } from '../dialect-facts.ts';
import { platformIds } from '../row-calls.ts';
import { entryIdOf, ROOT, SPACE } from './model/ids.ts';

/** What the update calls each field that is a text of its own. */
const TEXTS: Readonly<Partial<Record<EditField, string>>> = {
  mobile: 'mobile',
  email: 'email',
  job_number: 'job_number',
  join_date: 'join_date',
};

/** The member of each field. */
const MEMBERS: Readonly<Record<string, EditField>> = {
  'employee.name.name': 'name',
  'employee.name.another_name': 'alias',
  'employee.gender': 'gender',
  ...Object.fromEntries(Object.entries(TEXTS).map(([field, member]) => [`employee.${member}`, field as EditField])),
  'employee.job_title_id': 'job_title',
  'employee.employee_order_in_departments': 'departments',
  'employee.leader_id': 'leader',
};

/** Writes new values of a person with the update of an employee. An empty text empties a field. */
export const edit: DialectFacts['edit'] = (facts) => {
  const { tenant, employee: person, edits, leader } = facts;
  const { name, alias, gender, job_title: title } = edits;
  const texts = Object.entries(TEXTS).flatMap(([field, member]) => {
    const value = edits[field as Exclude<EditField, 'departments'>];
    return value === undefined ? [] : [[member, value ?? ''] as const];
  });
  const entry = title === undefined || title === null ? undefined : tenant.catalog('job-title').get(title);
  // Another name is refused without the name itself.
  const names =
    name === undefined && alias === undefined
      ? {}
      : {
          name: {
            name: { default_value: name ?? (name === null ? '' : person.name.value) },
            ...(alias === undefined ? {} : { another_name: alias ?? '' }),
          },
        };
  return {
    operation: 'employee.patch',
    params: { employee_id: person.ids[SPACE.employee] ?? person.id },
    query: { employee_id_type: 'employee_id', department_id_type: 'department_id' },
    body: {
      employee: {
        ...names,
        ...(gender === undefined ? {} : { gender: Number(gender ?? '0') }),
        ...Object.fromEntries(texts),
        ...(title === undefined ? {} : { job_title_id: entry === undefined ? (title ?? '') : entryIdOf(entry) }),
        ...(edits.departments === undefined ? {} : { employee_order_in_departments: placesOf(facts) }),
        ...(edits.leader === undefined
          ? {}
          : { leader_id: leader === null ? (edits.leader ?? '') : (leader.ids[SPACE.employee] ?? leader.id) }),
      },
    },
    suits: () => true,
    // Its `description` is no field of others: the record keeps it apart from the note.
    left: edits.note === undefined ? [] : ['note'],
    members: MEMBERS,
  };
};

/** The departments in their order, of which the first is the main one; those kept hold on to the rank inside. (contract 2.3.3) */
function placesOf({ tenant, employee, edits: { departments = [] } }: EditFacts): readonly object[] {
  const { root } = tenant.departments;
  const ids = platformIds(tenant, departments, SPACE.department);
  return departments.map((department, index) => {
    const rank = employee.departments.find((place) => place.department === department)?.rank ?? null;
    return {
      department_id: department === root?.id ? ROOT : ids[index],
      ...(rank === null ? {} : { order_weight_in_deparment: String(rank) }),
    };
  });
}
