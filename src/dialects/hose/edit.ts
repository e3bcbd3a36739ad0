import { phoneFromE164 } from '../../directory/employees/phone.ts';
import type { DialectFacts } from '../dialect.ts';
import { EDIT_FIELDS, type EditField } from '../dialect-facts.ts';
import { platformIds } from '../row-calls.ts';
import { spaces } from './model/ids.ts';
import { appSettingsOf } from './model/settings.ts';
import { showPhone } from './protocol/wire.ts';

/** What the update calls each field that is a text of its own. Its `email` is that of the login, and no contact mail. */
const TEXTS: Readonly<Partial<Record<EditField, string>>> = { alias: 'nickName', job_number: 'code', note: 'note' };
const TAKEN: readonly EditField[] = ['name', 'mobile', 'job_title', 'alias', 'job_number', 'note', 'departments'];

/** The member of each field. */
const MEMBERS: Readonly<Record<string, EditField>> = {
  name: 'name',
  ...Object.fromEntries(Object.entries(TEXTS).map(([field, member]) => [member, field as EditField])),
  cellphone: 'mobile',
  defaultDepartment: 'departments',
  departments: 'departments',
  'staffCustomForm.postType': 'job_title',
};

/** Writes new values of a person with the update of an employee, which needs the name in any case. */
export const edit: DialectFacts['edit'] = ({ tenant, employee: person, edits }) => {
  const { name, mobile, job_title: title } = edits;
  const texts = Object.entries(TEXTS).flatMap(([field, member]) => {
    const value = edits[field as Exclude<EditField, 'departments'>];
    return value === undefined ? [] : [[member, value ?? ''] as const];
  });
  const phone = mobile === undefined || mobile === null ? null : phoneFromE164(mobile);
  // Both come, or neither. [seed]
  const departments =
    edits.departments === undefined ? null : platformIds(tenant, edits.departments, spaces.department);
  const entry = title === undefined || title === null ? undefined : tenant.catalog('job-title').get(title);
  return {
    operation: 'staffs.update',
    params: { staffId: `$${person.ids[spaces.staff] ?? person.id}` },
    query: {},
    body: {
      name: name === undefined ? person.name.value : (name ?? ''),
      ...Object.fromEntries(texts),
      ...(mobile === undefined ? {} : { cellphone: phone === null ? (mobile ?? '') : showPhone(phone) }),
      ...(departments === null ? {} : { defaultDepartment: departments[0] ?? '', departments }),
      ...(title === undefined
        ? {}
        : {
            staffCustomForm: { postType: entry === undefined ? (title ?? '') : (entry.ids[spaces.entry] ?? entry.id) },
          }),
    },
    suits: (app) => appSettingsOf(app).kind === 'corporation',
    left: EDIT_FIELDS.filter((field) => edits[field] !== undefined && !TAKEN.includes(field)),
    members: MEMBERS,
  };
};
