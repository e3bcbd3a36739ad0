import { ATTRIBUTES } from '../employees/attributes.ts';
import type { MemberDraft } from './draft.ts';
import { setContact, setMembers } from './draft.ts';
import { keepsJobTitles, rosterOf, type PlacedField } from '../roster/roster.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { keep } from '../employees/draft.ts';
import { wecomOf } from '../protocol/wire.ts';

/*
 * 职位 is a text in the contacts, an option in the roster and an entry of the company's job titles in the record: a text
 * that no title has becomes one, so that get_fields shows it. A company that keeps no titles has the roster's options, to
 * which any other text is added. [proposed: contract 6]
 */

/** So many options are enough for any company; a text beyond them is the contacts' own. */
export const MAX_OPTIONS = 2_000;

/** Writes 职位 as the contacts have it, a text. */
export function setPosition(draft: MemberDraft, text: string): null {
  if (keepsJobTitles({ catalogs: draft.catalogs })) setTitle(draft, text);
  else setOption(draft, text);
  return null;
}

function setTitle(draft: MemberDraft, text: string): void {
  draft.given.push({ field: 'position', target: 'jobTitle' });
  if (text === '') return setMembers(draft, { jobTitle: null });
  const isTitle = ({ catalog, enabled, name }: (typeof draft.catalogs)[number]): boolean =>
    catalog === 'job-title' && enabled && name.value === text;
  const known = draft.catalogs.find(isTitle);
  const title = known ?? draft.makeTitle(text);
  if (known === undefined) draft.catalogs = [...draft.catalogs, title];
  setMembers(draft, { jobTitle: title.id });
}

function setOption(draft: MemberDraft, text: string): void {
  const field = positionField(draft.tenant);
  const values = { ...draft.wecom.values };
  const option = field === undefined || text === '' ? undefined : optionFor(draft, field, text);
  if (field !== undefined) keep(values, field.key, option ?? null);
  draft.wecom = { ...draft.wecom, values };
  const isOwn = option === undefined && text !== '';
  setContact(draft, 'position', isOwn ? text : undefined);
  const target = isOwn ? 'contacts.position' : `values.${field?.key ?? ''}`;
  draft.given.push({ field: 'position', target: `extensions.wecom.${target}` });
}

/** The option with this text, made where there is none; undefined where there is no more room. */
function optionFor(draft: MemberDraft, { options }: PlacedField, text: string): number | undefined {
  let highest = 0;
  for (const [id, value] of options) {
    if (value === text) return id;
    if (id > highest) highest = id;
  }
  if (options.size >= MAX_OPTIONS || highest >= 0xffff_ffff) return undefined;
  draft.positions = [{ id: highest + 1, value: text }];
  return highest + 1;
}

/** 职位 as the contacts tell it: the title, the option chosen in the roster, or the contacts' own text. */
export function positionOf(tenant: Tenant, employee: Employee): string {
  const title = employee.jobTitle === null ? undefined : tenant.catalog('job-title').get(employee.jobTitle);
  if (title !== undefined) return title.name.value;
  const field = positionField(tenant);
  const { values, contacts } = wecomOf(employee);
  if (field !== undefined) {
    const option = ATTRIBUTES.position.read({ employee, tenant, kept: values[field.key] });
    const text = typeof option === 'number' ? field.options.get(option) : undefined;
    if (text !== undefined) return text;
  }
  const own = contacts?.['position'];
  return typeof own === 'string' && !keepsJobTitles(tenant.parts) ? own : '';
}

function positionField(tenant: Tenant): PlacedField | undefined {
  for (const { fields } of rosterOf(tenant).groups)
    for (const field of fields) if (field.canonical === 'position') return field;
  return undefined;
}
