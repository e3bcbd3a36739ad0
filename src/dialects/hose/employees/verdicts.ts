import { isObject } from '../../../lib/json-equal.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { fieldResults, type RequestField, type FieldResult } from '../../../directory/verdict.ts';
import type { FormEntry } from './form.ts';
import type { Facts } from './rules.ts';
import { spaces } from '../model/ids.ts';
import { showPhone, type StaffRequest } from '../protocol/wire.ts';

/** What an accepted update did to logins. */
export interface LoginChange {
  readonly mobile: boolean;
  readonly email: boolean;
}

/** What became of each field of an accepted update. */
export function fieldResultsFor(
  facts: Facts,
  before: Employee,
  after: Employee,
  login: LoginChange,
  secondLocale: string,
): readonly FieldResult[] {
  const { request } = facts;
  const given: RequestField[] = [];
  const flags: FieldResult[] = [];
  for (const field of Object.keys(request.sent)) {
    if (field === 'modifyAccountPhone')
      flags.push(
        flagVerdict(
          field,
          request.modifyAccountPhone,
          isPassedOver(facts) ? undefined : request.cellphone,
          login.mobile,
        ),
      );
    else if (field === 'modifyAccountEmail')
      flags.push(flagVerdict(field, request.modifyAccountEmail, request.email, login.email));
    else if (field === 'staffCustomForm' && facts.form !== undefined) {
      // One by one: a form may have more members than a call may have arguments.
      for (const entry of facts.form) given.push(givenOfForm(entry, 'staffCustomForm.'));
    } else given.push(givenOf(field, facts, after, secondLocale));
  }
  return [...fieldResults(given, before, after), ...flags];
}

/** Whether a phone was sent that counts as not sent. */
function isPassedOver({ request: { cellphone }, phone }: Facts): boolean {
  return cellphone !== undefined && cellphone !== '' && phone === undefined;
}

function flagVerdict(field: string, flag: boolean, value: string | undefined, isChanged: boolean): FieldResult {
  if (flag && (value === undefined || value === ''))
    return { field, verdict: 'ignored', reason: 'there is nothing to log in with beside it' };
  return { field, verdict: isChanged ? 'applied' : 'unchanged' };
}

/** The place in the record of each member of the request. */
export const TARGETS: ReadonlyMap<string, string> = new Map([
  ['name', 'name.value'],
  ['nickName', 'alias'],
  ['code', 'jobNumber'],
  ['cellphone', 'mobile'],
  ['email', 'email'],
  ['note', 'note'],
  ['departments', 'departments'],
  ['defaultDepartment', 'mainDepartment'],
  ['external', 'external'],
  ['userid', `ids.${spaces.user}`],
]);

/** Members that say something else than what to keep. */
const SWITCHES: ReadonlyMap<string, string> = new Map([
  ['id', 'says who is meant'],
  ['useNewAccount', 'says whose record it is to be'],
  ['useSendEmail', 'says whether word is sent'],
]);

function givenOf(field: string, facts: Facts, after: Employee, secondLocale: string): RequestField {
  const { request, phone, departments } = facts;
  const target = field === 'enName' ? `name.i18n.${secondLocale}` : TARGETS.get(field);
  if (target === undefined) {
    const ignored = SWITCHES.get(field);
    return ignored === undefined ? { field } : { field, ignored };
  }
  if (request.sent[field] === null) return { field, ignored: 'null counts as not sent' };
  // 工号，只能修改成新值，无法把旧值置空，即传 "" 不生效 (the sense of the 1.20 page) [seed 1.20]
  if (field === 'code' && request.code === '') return { field, ignored: 'a job number cannot be taken away' };
  if (field === 'userid' && request.sent[field] !== after.ids[spaces.user])
    return { field, ignored: 'the person is known by another id' };
  if (field === 'cellphone' && isPassedOver(facts)) return { field, ignored: 'a text without a digit is no phone' };
  if (field === 'cellphone' && phone !== null && phone !== undefined) {
    const kept = showPhone(phone);
    if (kept !== request.cellphone) return { field, target, normalised: { from: request.cellphone, to: kept } };
  }
  if (field === 'departments' && new Set(request.departments).size !== request.departments?.length)
    return { field, target, normalised: { from: request.departments, to: [...new Set(request.departments)] } };
  const byDefault = departments[0]?.found;
  if (field === 'defaultDepartment' && isObject(byDefault) && byDefault['id'] !== after.mainDepartment)
    return { field, target, normalised: { from: request.defaultDepartment, to: request.departments?.[0] } };
  return { field, target };
}

/** Returns the place in the record of a member of a form; the prefix is the form's path in the request. */
export function givenOfForm(entry: FormEntry, prefix: string): RequestField {
  const field = `${prefix}${entry.key}`;
  if (entry.status === 'not-a-field') return { field };
  if (entry.status === 'printed-only') return { field, ignored: 'answers print it, and no request writes it' };
  const { place, field: id } = entry.field;
  return {
    field,
    target: place === 'custom' ? `custom.${id}` : place === 'base' ? 'extensions.hose.form.base' : place,
  };
}

/** Everything a request said, passed over for one reason. */
export function skippedResults(request: StaffRequest, reason: string): readonly FieldResult[] {
  return Object.keys(request.sent).map((field) => ({ field, verdict: 'ignored', reason }));
}
