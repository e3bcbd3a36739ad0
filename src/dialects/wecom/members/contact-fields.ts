import isEmailModule from 'validator/lib/isEmail.js';
import { e164, phoneFromE164, type Phone } from '../../../directory/employees/phone.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { normalizeEmail } from '../../../directory/lookup.ts';
import { isTakenInService } from '../../../directory/unique.ts';
import { errcodes, memberStatus, type Errcode } from '../protocol/codes.ts';
import type { Refusal } from '../protocol/errors.ts';
import { invalidValue } from '../protocol/value-errors.ts';
import { useridOf } from '../model/ids.ts';
import { memberStatusOf } from '../model/member-status.ts';
import { setMember, type MemberDraft } from './draft.ts';

// CommonJS: Node's default import is the function, and carries itself under the name that its types know.
const { default: isEmail } = isEmailModule;

/** A mobile is so long as sent. (wecom-more 3.1) */
const MAX_MOBILE_BYTES = 32;

/**
 * A mobile as written: bare or `+86…` for the mainland, others with their code; one blank or hyphen after the code, blanks
 * at the ends. (wecom-more 3.1)
 */
export function mobileIn(text: string): Phone | null {
  if (Buffer.byteLength(text) > MAX_MOBILE_BYTES) return null;
  const match = /^(?:(\+[0-9]{1,4}) +)?(\+?[0-9-]+)$/.exec(text.trim());
  if (match === null) return null;
  const [, code = '', rest = ''] = match;
  if (code !== '' && rest.startsWith('+')) return null;
  const digits = (code + rest).replaceAll('-', '');
  const phone = digits.startsWith('+') ? phoneFromE164(digits) : { country: '86', number: digits };
  if (phone === null) return null;
  return (phone.country === '86' ? /^1[0-9]{10}$/ : /^[0-9]{4,20}$/).test(phone.number) ? phone : null;
}

/** 若成员已激活企业微信，则需成员自行修改（此情况下该参数被忽略，但不会报错）[public: 90197] */
export function setMobile(draft: MemberDraft, value: string): Refusal | null {
  if (!draft.isNew && memberStatusOf(draft.before) === memberStatus.activated) {
    draft.given.push({ field: 'mobile', ignored: 'the member has activated, and changes the mobile in the app' });
    return null;
  }
  if (value === '') return setMember(draft, 'mobile', 'mobile', { mobile: null });
  const mobile = mobileIn(value);
  if (mobile === null) return invalidValue('mobile', errcodes.invalidMobile);
  const holders = draft.holders.get('mobile')?.get(e164(mobile));
  if (isTakenInService(holders, draft.before)) return taken('mobile', errcodes.mobileExisted, holders, draft);
  return setMember(draft, 'mobile', 'mobile', { mobile });
}

/** `email`, 6 to 64 bytes. */
export function setEmail(draft: MemberDraft, value: string): Refusal | null {
  if (value === '') return setMember(draft, 'email', 'email', { email: null });
  if (!isMail(value, 64)) return invalidValue('email', errcodes.invalidEmail);
  const holders = draft.holders.get('email')?.get(normalizeEmail(value));
  if (isTakenInService(holders, draft.before)) return taken('email', errcodes.emailExisted, holders, draft);
  return setMember(draft, 'email', 'email', { email: value });
}

/** Whether a text is a mail address of 6 to so many bytes. */
export function isMail(text: string, maxBytes: number): boolean {
  return text.length >= 6 && Buffer.byteLength(text) <= maxBytes && isEmail(text);
}

/** The sentence names the holder, and has nothing after it; clients parse it. (wecom-more 2.2, seen live) */
function taken(
  subject: string,
  { errcode, errmsg }: Errcode,
  holders: readonly Employee[] | undefined,
  { before }: MemberDraft,
): Refusal {
  const holder = holders?.find(({ id }) => id !== before.id);
  const named = holder === undefined ? errmsg : `${errmsg}:${useridOf(holder)}`;
  return { problem: { kind: 'taken', subject }, returned: { errcode, errmsg: named, bare: true } };
}
