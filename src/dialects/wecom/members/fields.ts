import { deepEqual } from '../../../lib/json-equal.ts';
import type { LookupSpace } from '../../../directory/lookup.ts';
import { normalizeEmail } from '../../../directory/lookup.ts';
import { e164 } from '../../../directory/employees/phone.ts';
import { createsCycle } from '../../../directory/employees/reporting-line.ts';
import { withTranslation, withValue } from '../../../directory/text.ts';
import { memberStatus, errcodes } from '../protocol/codes.ts';
import { malformed, type Refusal } from '../protocol/errors.ts';
import { invalidValue, wrongParameter, wrongText } from '../protocol/value-errors.ts';
import type { FieldKind, FieldKinds } from '../protocol/lenient.ts';
import type { JsonObject } from '../protocol/wire.ts';
import { foldUserid } from '../model/ids.ts';
import { isLonger } from '../roster/values.ts';
import { setAttributes } from './attribute-fields.ts';
import { mobileIn, setEmail, setMobile } from './contact-fields.ts';
import { setDepartments, setLeading, setMainDepartment } from './department-fields.ts';
import { setContact, setMember, type MemberDraft } from './draft.ts';
import { readExternalProfile } from './external-profile-field.ts';
import { aliasesIn, setAliases, setMailbox } from './mailbox-fields.ts';
import { setPosition } from './position-field.ts';
import { setUserid } from './userid-field.ts';

/** What one key of 更新成员 does to the draft, or why not. `whole` is everything the request says. */
type Step<Value> = (draft: MemberDraft, value: Value, whole: JsonObject) => Refusal | null;

/** A key of 更新成员: what its value is, and what it does. */
interface Field {
  readonly kind: FieldKind;
  readonly set: Step<never>;
}

const text = (set: Step<string>): Field => ({ kind: 'text', set });
const number = (set: Step<number>): Field => ({ kind: 'number', set });
const numbers = (set: Step<readonly number[]>): Field => ({ kind: 'numbers', set });
const object = (set: Step<object>): Field => ({ kind: 'object', set });

/** Every key of 更新成员 in the order of wecom.md 4.4: the first that refuses decides. [proposed] */
const FIELDS: Readonly<Record<string, Field>> = {
  new_userid: text(setUserid),
  name: text(setName),
  alias: text(setAlias),
  english_name: text(setEnglishName),
  mobile: text(setMobile),
  email: text(setEmail),
  biz_mail: text(setMailbox),
  department: numbers(setDepartments),
  // 只在 department 一起给出时有意义 (wecom.md 4.4): alone it would change nothing, and no answer would say so.
  order: numbers((_draft, _value, { department }) =>
    department === undefined ? wrongParameter('order', 'invalid order') : null,
  ),
  is_leader_in_dept: numbers(setLeading),
  main_department: number(setMainDepartment),
  direct_leader: { kind: 'texts', set: setDirectLeader },
  position: text((draft, value) =>
    isLonger(value, 128) ? invalidValue('position', errcodes.invalidPosition) : setPosition(draft, value),
  ),
  gender: { kind: 'gender', set: setGender },
  telephone: text(setTelephone),
  address: text(keptText('address', 128)),
  enable: number(setEnabled),
  extattr: object(setAttributes),
  external_position: text(keptText('external_position', 128)),
  external_profile: object(setExternalProfile),
  biz_mail_alias: object(setAliases),
  avatar_mediaid: text(keptText('avatar_mediaid', 512)),
  nickname: text(keptText('nickname', 64)),
};

/** The kinds of all keys of 更新成员. */
export const MEMBER_FIELDS: FieldKinds = Object.fromEntries(
  Object.entries(FIELDS).map(([key, { kind }]) => [key, kind]),
);

/**
 * Puts everything a request says on the draft; the first refusal. Absent keys do nothing, and neither does what reading the
 * member answers: it can be sent back. (wecom-more 3.4)
 */
export function applyFields(draft: MemberDraft, whole: JsonObject, shown: JsonObject): Refusal | null {
  for (const key in FIELDS) {
    const value = whole[key];
    if (value === undefined) continue;
    if (isAsShown(key, whole, shown)) {
      draft.given.push({ field: key, isSame: true });
      continue;
    }
    const refusal = FIELDS[key]?.set(draft, value as never, whole) ?? null;
    if (refusal !== null) return refusal;
  }
  // 手机和邮箱不能同时为空 [public: 90195, 90313]
  const { mobile, email } = draft.employee;
  if (mobile === null && (email ?? '') === '' && wasReachable(draft))
    return { problem: { kind: 'missing', subject: 'mobile' }, returned: errcodes.noContact };
  return null;
}

/** Keys that other keys bear on: what they do is worked out also where they repeat what is shown. */
const WORKED_OUT: ReadonlySet<string> = new Set([
  'new_userid',
  'order',
  'is_leader_in_dept',
  'main_department',
  'direct_leader',
]);

function isAsShown(key: string, whole: JsonObject, shown: JsonObject): boolean {
  if (WORKED_OUT.has(key)) return false;
  const value = whole[key];
  if (key === 'gender') return String(value) === shown['gender'];
  if (key === 'department' && whole['order'] !== undefined && !deepEqual(whole['order'], shown['order'])) return false;
  return deepEqual(value, shown[key]);
}

/** A member who came from elsewhere without either may be changed in other things. [proposed] */
function wasReachable({ before, isNew }: MemberDraft): boolean {
  return isNew || before.mobile !== null || (before.email ?? '') !== '';
}

/** The values that a request claims and that no one else may have, by the space to ask in. */
export function memberClaims(whole: JsonObject, mailbox: string | null): ReadonlyMap<LookupSpace, readonly string[]> {
  const { mobile, email, biz_mail, biz_mail_alias } = whole;
  const claims = new Map<LookupSpace, readonly string[]>();
  const phone = typeof mobile === 'string' ? mobileIn(mobile) : null;
  if (phone !== null) claims.set('mobile', [e164(phone)]);
  if (typeof email === 'string' && email !== '') claims.set('email', [normalizeEmail(email)]);
  // No more than may be given, so that a request cannot ask for any number.
  const mails = [biz_mail, mailbox, ...(aliasesIn(biz_mail_alias) ?? []).slice(0, 5)];
  const addresses = mails.flatMap((one) => (typeof one === 'string' && one !== '' ? [normalizeEmail(one)] : []));
  if (addresses.length > 0) claims.set('enterprise-email', [...new Set(addresses)]);
  return claims;
}

/** The folded userid that a request names as the direct leader; empty entries are dropped. */
export function leaderNamed({ direct_leader: list }: JsonObject): string | null {
  const [first] = leadersIn(list);
  return first === undefined ? null : foldUserid(first);
}

function leadersIn(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string' && one !== '') : [];
}

function setName(draft: MemberDraft, value: string): Refusal | null {
  // Seen live [public: PowerWeChat#729].
  if (value === '') return wrongText('name', value, 64);
  if (isLonger(value, 64)) return invalidValue('name', errcodes.invalidName);
  return setMember(draft, 'name', 'name.value', { name: withValue(draft.employee.name, value) });
}

function setAlias(draft: MemberDraft, value: string): Refusal | null {
  if (isLonger(value, 64)) return wrongText('alias', value, 64);
  return setMember(draft, 'alias', 'alias', { alias: value === '' && draft.isNew ? null : value });
}

function setEnglishName(draft: MemberDraft, value: string): Refusal | null {
  if (value !== '' && !/^[A-Za-z0-9. _-]{1,64}$/.test(value))
    return invalidValue('english_name', errcodes.invalidEnglishName);
  const locale = draft.tenant.parts.secondLocale;
  const name = withTranslation(draft.employee.name, locale, value);
  return setMember(draft, 'english_name', `name.i18n.${locale}`, { name });
}

function setTelephone(draft: MemberDraft, value: string): Refusal | null {
  if (value === '') return setMember(draft, 'telephone', 'telephone', { telephone: null });
  if (!/^[0-9+,-]{1,32}$/.test(value)) return invalidValue('telephone', errcodes.invalidTelephone);
  return setMember(draft, 'telephone', 'telephone', { telephone: value });
}

/** 1 or 2; 0 is undefined, an empty text changes nothing. (wecom-more 3.4) */
function setGender(draft: MemberDraft, value: number | ''): Refusal | null {
  if (value === '') {
    draft.given.push({ field: 'gender', ignored: 'an empty gender changes nothing' });
    return null;
  }
  if (value !== 0 && value !== 1 && value !== 2) return wrongParameter('gender', 'invalid gender');
  return setMember(draft, 'gender', 'gender', { gender: value });
}

function setDirectLeader(draft: MemberDraft, value: readonly string[]): Refusal | null {
  const named = leadersIn(value);
  if (named.length > 1) return invalidValue('direct_leader', errcodes.tooManyLeaders);
  const { leader, above, before } = draft;
  if (named.length > 0) {
    if (leader === undefined)
      return { problem: { kind: 'unknown', subject: 'userid', value: '' }, returned: errcodes.useridNotFound };
    // The record of all platforms knows no loops; the contacts have no code for one. [proposed]
    if (createsCycle(before.id, above))
      return malformed({ kind: 'loop', subject: 'leader' }, 'direct_leader reports to the member');
  }
  return setMember(draft, 'direct_leader', 'leader', { leader: named.length === 0 ? null : (leader?.id ?? null) });
}

function setEnabled(draft: MemberDraft, value: number): Refusal | null {
  if (value !== 0 && value !== 1) return wrongParameter('enable', 'invalid enable');
  // 已禁用 may have been said of this platform alone; who is enabled here is so again.
  if (value === 1 && draft.wecom.status === memberStatus.disabled) {
    const { status: _disabled, ...others } = draft.wecom;
    draft.wecom = others;
  }
  return setMember(draft, 'enable', 'frozen', { frozen: value === 0 });
}

function setExternalProfile(draft: MemberDraft, value: object): Refusal | null {
  if (Object.keys(value).length === 0) return null;
  const fit = readExternalProfile(value);
  if (fit === undefined) return wrongParameter('external_profile', 'invalid external_profile');
  return keep(draft, 'external_profile', fit);
}

function keptText(key: string, limit: number): Step<string> {
  return (draft, value) =>
    isLonger(value, limit) ? wrongText(key, value, limit) : keep(draft, key, value === '' ? undefined : value);
}

function keep(draft: MemberDraft, key: string, value: unknown): null {
  setContact(draft, key, value);
  draft.given.push({ field: key, target: `extensions.wecom.contacts.${key}` });
  return null;
}
