import type { Unforeseen } from '../writing.ts';

/** What a rehearsal assumes as it cannot be read, by the code that shows it to be wrong (contract wecom 4, wecom-more 3.3). */
const BY_CODE: Readonly<Record<string, string>> = {
  45024: 'wecom.member_limit',
  60143: 'wecom.biz_mail_domain',
  60144: 'employees[].wecom.biz_mail_origin',
  301005: 'wecom.creator',
  301036: 'employees[].wecom.userid_origin',
};
/** What an update of a member who has activated ignores, answering errcode 0 (contract wecom 4.2). */
const BY_ACTIVATION: ReadonlySet<string> = new Set(['mobile', 'email']);

/** Returns the setting that was assumed and that an unforeseen answer shows to be another; null: none of them. */
export function assumptionOf({ code, field, isWritten }: Unforeseen): string | null {
  if (isWritten && BY_ACTIVATION.has(field ?? '')) return 'employees[].activation';
  // A company may have its activated members change their mobiles alone (contract wecom 2.7).
  if (code === 'result 2' && field === 'mobile') return 'wecom.lock_mobile_when_active';
  return BY_CODE[code ?? ''] ?? null;
}
