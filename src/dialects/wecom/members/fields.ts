import isEmailModule from 'validator/lib/isEmail.js';
import { isObject } from '../../../lib/json-equal.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { normalizeEmail, type LookupSpace } from '../../../directory/lookup.ts';
import { e164, phoneFromE164, type Phone } from '../../../directory/employees/phone.ts';
import { createsCycle } from '../../../directory/employees/reporting-line.ts';
import { withTranslation, withValue } from '../../../directory/text.ts';
import { isTakenInService } from '../../../directory/unique.ts';
import { memberStatus, errcodes, type Errcode } from '../protocol/codes.ts';
import { rosterToCustom } from '../model/custom-fields.ts';
import { malformed, type Refusal } from '../protocol/errors.ts';
import { MAX_ATTRIBUTES, readExternalProfile, readMailAliases } from './external-profile-field.ts';
import { FIELD_ID, foldUserid } from '../model/ids.ts';
import { setDepartments, setLeading, setMainDepartment } from './department-fields.ts';
import { setContact, setMembers, type MemberDraft } from './draft.ts';
import { setPosition } from './position-field.ts';
import { memberStatusOf } from '../model/member-status.ts';
import { invalidValue, wrongParameter, wrongText } from '../protocol/value-errors.ts';
import { isLonger } from '../roster/values.ts';
import { isAbsent, type JsonObject } from '../protocol/wire.ts';

// CommonJS: Node's default import is the function, and carries itself under the name that its types know.
const { default: isEmail } = isEmailModule;

/** What one key of 更新成员 does to the draft, or why not. `whole` is everything the request says. */
type Step = (draft: MemberDraft, value: unknown, whole: JsonObject) => Refusal | null;

/** Every key of 更新成员 in the order of the contract's 4.4: the first that refuses decides. [proposed] */
const FIELD_SETTERS: Readonly<Record<string, Step>> = {
  new_userid: setUserid,
  name: setName,
  alias: (draft, value) => {
    if (typeof value !== 'string' || value === '' || isLonger(value, 64)) return wrongText('alias', value, 64);
    return member(draft, 'alias', 'alias', { alias: value });
  },
  english_name: setEnglishName,
  mobile: setMobile,
  email: mail('email', 'email', 64, errcodes.invalidEmail, errcodes.emailExisted),
  biz_mail: mail('biz_mail', 'enterprise-email', 63, errcodes.invalidBizMail, errcodes.bizMailExisted),
  department: setDepartments,
  // 只在 department 一起给出时有意义 (contract 4.4): alone it would change nothing and say so to nobody.
  order: (_draft, _value, { department }) => (isAbsent(department) ? wrongParameter('order', 'invalid order') : null),
  is_leader_in_dept: setLeading,
  main_department: setMainDepartment,
  direct_leader: setDirectLeader,
  position: (draft, value) => {
    if (typeof value !== 'string' || isLonger(value, 128)) return invalidValue('position', errcodes.invalidPosition);
    return setPosition(draft, value);
  },
  gender: (draft, value) => {
    const gender = value === 1 || value === '1' ? 1 : value === 2 || value === '2' ? 2 : null;
    if (gender === null) return wrongParameter('gender', 'invalid gender');
    return member(draft, 'gender', 'gender', { gender });
  },
  telephone: (draft, value) => {
    if (typeof value !== 'string' || !/^[0-9+,-]{1,32}$/.test(value))
      return invalidValue('telephone', errcodes.invalidTelephone);
    return member(draft, 'telephone', 'telephone', { telephone: value });
  },
  address: text('address', 128),
  enable: setEnabled,
  extattr: setAttributes,
  external_position: text('external_position', 128),
  external_profile: kept('external_profile', readExternalProfile),
  biz_mail_alias: kept('biz_mail_alias', readMailAliases),
  avatar_mediaid: text('avatar_mediaid', 512),
  nickname: text('nickname', 64),
};

/** Puts everything a request says on the draft; the first refusal. Absent keys, and those nobody knows, do nothing. */
export function applyFields(draft: MemberDraft, whole: JsonObject): Refusal | null {
  for (const key in FIELD_SETTERS) {
    const value = whole[key];
    const refusal = isAbsent(value) ? null : (FIELD_SETTERS[key]?.(draft, value, whole) ?? null);
    if (refusal !== null) return refusal;
  }
  // 手机和邮箱不能同时为空 [public: 90195, 90313]
  const { mobile, email } = draft.employee;
  if (mobile === null && (email ?? '') === '' && wasReachable(draft))
    return { problem: { kind: 'missing', subject: 'mobile' }, returned: errcodes.noContact };
  return null;
}

/** One who came from elsewhere without either may be changed in other things. [proposed] */
function wasReachable({ before, isNew }: MemberDraft): boolean {
  return isNew || before.mobile !== null || (before.email ?? '') !== '';
}

/** The values that a request claims and that no one else may have, by the space to ask in. */
export function memberClaims(whole: JsonObject): readonly (readonly [space: LookupSpace, value: string])[] {
  const { mobile, email, biz_mail } = whole;
  const claims: (readonly [LookupSpace, string])[] = [];
  const phone = typeof mobile === 'string' ? mobileIn(mobile) : null;
  if (phone !== null) claims.push(['mobile', e164(phone)]);
  if (typeof email === 'string' && email !== '') claims.push(['email', normalizeEmail(email)]);
  if (typeof biz_mail === 'string' && biz_mail !== '') claims.push(['enterprise-email', normalizeEmail(biz_mail)]);
  return claims;
}

/** The folded userid that a request names as the direct leader. */
export function leaderNamed({ direct_leader: list }: JsonObject): string | null {
  const [first] = Array.isArray(list) ? (list as readonly unknown[]) : [];
  return typeof first === 'string' && first !== '' ? foldUserid(first) : null;
}

/** Mainland numbers bare or with +86, others with their code; dashes are not part of a number. [public: 90197] */
function mobileIn(text: string): Phone | null {
  if (!/^\+?[0-9-]{1,32}$/.test(text)) return null;
  const digits = text.replaceAll('-', '');
  const phone = digits.startsWith('+') ? phoneFromE164(digits) : { country: '86', number: digits };
  if (phone === null) return null;
  return (phone.country === '86' ? /^1[0-9]{10}$/ : /^[0-9]{4,20}$/).test(phone.number) ? phone : null;
}

function member(draft: MemberDraft, field: string, target: string, members: Partial<Employee>): null {
  setMembers(draft, members);
  draft.given.push({ field, target });
  return null;
}

/** Only one whose userid the platform itself made may get another, once; here every userid was given. [public: 90197] */
function setUserid({ employee, given }: MemberDraft, value: unknown): Refusal | null {
  if (typeof value !== 'string') return wrongParameter('new_userid', 'field `new_userid` expect type `string`');
  if (foldUserid(value) !== employee.ids['wecom.userid'])
    return { problem: { kind: 'locked', subject: 'new_userid' }, returned: errcodes.useridFixed };
  given.push({ field: 'new_userid', ignored: 'it is the same userid' });
  return null;
}

function setName(draft: MemberDraft, value: unknown): Refusal | null {
  if (typeof value !== 'string') return wrongParameter('name', 'field `name` expect type `string`');
  // Seen live [public: PowerWeChat#729].
  if (value === '') return wrongParameter('name', 'name exceed min utf8 words 1');
  if (isLonger(value, 64)) return invalidValue('name', errcodes.invalidName);
  return member(draft, 'name', 'name.value', { name: withValue(draft.employee.name, value) });
}

function setEnglishName(draft: MemberDraft, value: unknown): Refusal | null {
  if (typeof value !== 'string' || !/^[A-Za-z0-9. _-]{1,64}$/.test(value))
    return invalidValue('english_name', errcodes.invalidEnglishName);
  const locale = draft.tenant.parts.secondLocale;
  const name = withTranslation(draft.employee.name, locale, value);
  return member(draft, 'english_name', `name.i18n.${locale}`, { name });
}

/** 若成员已激活企业微信，则需成员自行修改（此情况下该参数被忽略，但不会报错）[public: 90197] */
function setMobile(draft: MemberDraft, value: unknown): Refusal | null {
  if (!draft.isNew && memberStatusOf(draft.before) === memberStatus.activated) {
    draft.given.push({ field: 'mobile', ignored: 'the member has activated and changes the mobile himself' });
    return null;
  }
  if (value === '') return member(draft, 'mobile', 'mobile', { mobile: null });
  const mobile = typeof value === 'string' ? mobileIn(value) : null;
  if (mobile === null) return invalidValue('mobile', errcodes.invalidMobile);
  if (isTakenInService(draft.holders.get('mobile')?.get(e164(mobile)), draft.before))
    return { problem: { kind: 'taken', subject: 'mobile' }, returned: errcodes.mobileExisted };
  return member(draft, 'mobile', 'mobile', { mobile });
}

function mail(
  key: 'email' | 'biz_mail',
  space: LookupSpace,
  maxBytes: number,
  invalid: Errcode,
  existed: Errcode,
): Step {
  const target = key === 'email' ? 'email' : 'enterpriseEmail';
  return (draft, value) => {
    if (value === '') return member(draft, key, target, { [target]: null });
    if (typeof value !== 'string' || value.length < 6 || Buffer.byteLength(value) > maxBytes || !isEmail(value))
      return invalidValue(key, invalid);
    if (isTakenInService(draft.holders.get(space)?.get(normalizeEmail(value)), draft.before))
      return { problem: { kind: 'taken', subject: target }, returned: existed };
    return member(draft, key, target, { [target]: value });
  };
}

function setDirectLeader(draft: MemberDraft, value: unknown): Refusal | null {
  if (!Array.isArray(value)) return wrongParameter('direct_leader', 'field `direct_leader` expect type `array`');
  if (value.length > 1) return invalidValue('direct_leader', errcodes.tooManyLeaders);
  const { leader, above, before } = draft;
  if (value.length > 0) {
    if (leader === undefined)
      return { problem: { kind: 'unknown', subject: 'userid', value: '' }, returned: errcodes.useridNotFound };
    // The record of all platforms knows no loops; the contacts have no code for one. [proposed]
    if (createsCycle(before.id, above))
      return malformed({ kind: 'loop', subject: 'leader' }, 'direct_leader reports to the member');
  }
  return member(draft, 'direct_leader', 'leader', { leader: value.length === 0 ? null : (leader?.id ?? null) });
}

function setEnabled(draft: MemberDraft, value: unknown): Refusal | null {
  if (value !== 0 && value !== 1) return wrongParameter('enable', 'invalid enable');
  // 已禁用 may have been said of this platform alone; who is enabled here is so again.
  if (value === 1 && draft.wecom.status === memberStatus.disabled) {
    const { status: _disabled, ...others } = draft.wecom;
    draft.wecom = others;
  }
  return member(draft, 'enable', 'frozen', { frozen: value === 0 });
}

/** By name; unknown ones are ignored, texts have up to 64 characters. [public: 90197] */
function setAttributes(draft: MemberDraft, value: unknown): Refusal | null {
  const attrs = isObject(value) ? value['attrs'] : undefined;
  if (!Array.isArray(attrs)) return wrongParameter('extattr', 'invalid extattr');
  if (attrs.length > MAX_ATTRIBUTES)
    return wrongParameter('extattr', `extattr.attrs exceed max size ${String(MAX_ATTRIBUTES)}`);
  for (const attr of attrs as readonly unknown[]) {
    if (!isObject(attr) || typeof attr['name'] !== 'string') return wrongParameter('extattr', 'invalid extattr');
    const { name, text: holder, value: plain } = attr;
    const told = isObject(holder) ? holder['value'] : plain;
    const field = draft.tenant.customFields.all.find(
      (one) => one.enabled && one.type === 'text' && one.ids[FIELD_ID] !== undefined && one.name.value === name,
    );
    if (field === undefined || typeof told !== 'string') {
      draft.given.push({ field: `extattr.${name}`, ignored: 'the company has no such attribute of texts' });
      continue;
    }
    if (isLonger(told, 64)) return wrongText('extattr.text.value', told, 64);
    const { [field.id]: before, ...others } = draft.employee.custom;
    const written = told === '' ? null : rosterToCustom(field, before, told);
    if (written !== null && 'kind' in written) return malformed(written, 'invalid extattr');
    const custom = written === null ? others : { ...others, [field.id]: written.value };
    setMembers(draft, { custom });
    draft.given.push({ field: `extattr.${name}`, target: `custom.${field.id}` });
  }
  return null;
}

function text(key: string, limit: number): Step {
  return (draft, value) => {
    if (typeof value !== 'string' || isLonger(value, limit)) return wrongText(key, value, limit);
    return keep(draft, key, value === '' ? undefined : value);
  };
}

function kept(key: string, read: (value: unknown) => object | undefined): Step {
  return (draft, value) => {
    const fit = read(value);
    return fit === undefined ? wrongParameter(key, `invalid ${key}`) : keep(draft, key, fit);
  };
}

function keep(draft: MemberDraft, key: string, value: unknown): null {
  setContact(draft, key, value);
  draft.given.push({ field: key, target: `extensions.wecom.contacts.${key}` });
  return null;
}
