import type { Employee } from '../../../directory/employees/employee.ts';
import { normalizeEmail } from '../../../directory/lookup.ts';
import { isTakenInService } from '../../../directory/unique.ts';
import { isObject } from '../../../lib/json-equal.ts';
import { settingsIn } from '../model/settings.ts';
import { errcodes, type Errcode } from '../protocol/codes.ts';
import type { Refusal } from '../protocol/errors.ts';
import { invalidValue } from '../protocol/value-errors.ts';
import { wecomOf } from '../protocol/wire.ts';
import { isMail } from './contact-fields.ts';
import { setContact, setMember, setMembers, type MemberDraft } from './draft.ts';

const MAX_ALIASES = 5;

/**
 * `biz_mail`: the present one and `""` are no change; any other is refused for its form, then because it may not be changed,
 * then because it is taken. (wecom-more 3.2, 3.3, ruling 9)
 */
export function setMailbox(draft: MemberDraft, value: string): Refusal | null {
  const { enterpriseEmail: present } = draft.employee;
  if (value === '' || (present !== null && normalizeEmail(present) === normalizeEmail(value))) {
    draft.given.push({ field: 'biz_mail', target: 'enterpriseEmail' });
    return null;
  }
  if (!isMail(value, draft.isNew ? 64 : 63) || !isOwnDomain(draft, value))
    return invalidValue('biz_mail', errcodes.invalidBizMail);
  const { bizMailOrigin } = draft.wecom;
  const isFixed =
    settingsIn(draft.tenant).biz_mail_by_api !== true || (present !== null && bizMailOrigin !== undefined);
  if (!draft.isNew && isFixed)
    return { problem: { kind: 'locked', subject: 'biz_mail' }, returned: errcodes.bizMailFixed };
  if (isMailTaken(draft, value)) return taken('biz_mail', errcodes.bizMailExisted);
  draft.wecom = { ...draft.wecom, bizMailOrigin: present === null ? 'given' : 'changed' };
  return setMember(draft, 'biz_mail', 'enterpriseEmail', { enterpriseEmail: value });
}

/** Gives a new member a mailbox of the company's domain, where the company has one and the mailbox is free. */
export function giveMailbox(draft: MemberDraft, userid: string): void {
  const { biz_mail_domain: domain } = settingsIn(draft.tenant);
  if (domain === undefined || draft.employee.enterpriseEmail !== null) return;
  const mailbox = `${userid}@${domain}`.toLowerCase();
  if (isMail(mailbox, 64) && !isMailTaken(draft, mailbox)) setMembers(draft, { enterpriseEmail: mailbox });
}

/** `biz_mail_alias` as the member has it: in the record, or as older data kept it. */
export function aliasesOf(employee: Employee): readonly string[] {
  if (employee.enterpriseEmailAliases.length > 0) return employee.enterpriseEmailAliases;
  const kept = wecomOf(employee).contacts?.['biz_mail_alias'];
  const item = isObject(kept) ? kept['item'] : undefined;
  return Array.isArray(item) ? item.filter((one) => typeof one === 'string') : [];
}

/** `biz_mail_alias`, at most five, in place of those before. (wecom-more 3.3) */
export function setAliases(draft: MemberDraft, value: object): Refusal | null {
  const aliases = aliasesIn(value);
  if (aliases !== undefined && isSame(aliases, aliasesOf(draft.before))) {
    draft.given.push({ field: 'biz_mail_alias', target: 'enterpriseEmailAliases' });
    return null;
  }
  if (aliases === undefined) return invalidValue('biz_mail_alias', errcodes.invalidAlias);
  if (aliases.length > 0 && draft.employee.enterpriseEmail === null)
    return { problem: { kind: 'missing', subject: 'biz_mail' }, returned: errcodes.aliasWithoutMail };
  if (aliases.length > MAX_ALIASES)
    return {
      problem: { kind: 'too-long', subject: 'biz_mail_alias', limit: MAX_ALIASES },
      returned: errcodes.tooManyAliases,
    };
  if (!aliases.every((alias) => isMail(alias, 64) && isOwnDomain(draft, alias)))
    return invalidValue('biz_mail_alias', errcodes.invalidAlias);
  if (aliases.some((alias) => isMailTaken(draft, alias))) return taken('biz_mail_alias', errcodes.aliasExisted);
  setContact(draft, 'biz_mail_alias', undefined);
  return setMember(draft, 'biz_mail_alias', 'enterpriseEmailAliases', { enterpriseEmailAliases: aliases });
}

/** The aliases that a request names; undefined where they cannot be read. */
export function aliasesIn(value: unknown): readonly string[] | undefined {
  if (!isObject(value)) return undefined;
  const item = value['item'] ?? [];
  return Array.isArray(item) && item.every((one) => typeof one === 'string') ? item : undefined;
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}

function isOwnDomain({ tenant }: MemberDraft, address: string): boolean {
  const { biz_mail_domain: domain } = settingsIn(tenant);
  return domain === undefined || address.toLowerCase().endsWith(`@${domain.toLowerCase()}`);
}

function isMailTaken({ holders, before }: MemberDraft, address: string): boolean {
  return isTakenInService(holders.get('enterprise-email')?.get(normalizeEmail(address)), before);
}

function taken(subject: string, code: Errcode): Refusal {
  return { problem: { kind: 'taken', subject }, returned: code };
}
