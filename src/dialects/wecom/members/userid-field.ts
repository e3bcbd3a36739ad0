import { errcodes } from '../protocol/codes.ts';
import type { Refusal } from '../protocol/errors.ts';
import { foldUserid, USERID } from '../model/ids.ts';
import { isMember } from '../model/member-status.ts';
import { setMembers, type MemberDraft } from './draft.ts';

/** 由1个字母、数字和“_-@.”四种字符组成，且第一个字符必须是数字或字母 [public: 90195] */
const USERID_FORM = /^[A-Za-z0-9][A-Za-z0-9_@.-]{0,63}$/;

/** Whether a member may have this userid. */
export function isWellFormedUserid(userid: string): boolean {
  return USERID_FORM.test(userid);
}

/** `new_userid`: only a userid that the platform made may be changed, once. [public: 90197; wecom-more 3.3] */
export function setUserid(draft: MemberDraft, value: string): Refusal | null {
  const { employee, given, wecom } = draft;
  const folded = foldUserid(value);
  if (value === '' || folded === employee.ids[USERID]) {
    given.push({
      field: 'new_userid',
      ...(value === '' ? { ignored: 'an empty userid changes nothing' } : { isSame: true }),
    });
    return null;
  }
  if (wecom.useridGenerated !== true)
    return { problem: { kind: 'locked', subject: 'new_userid' }, returned: errcodes.useridFixed };
  if (!isWellFormedUserid(value))
    return { problem: { kind: 'invalid', subject: 'new_userid' }, returned: errcodes.invalidUserid };
  if (draft.namesakes.some((one) => one.id !== employee.id && isMember(one)))
    return { problem: { kind: 'taken', subject: 'new_userid' }, returned: errcodes.useridExisted };
  const { useridGenerated: _once, userid: _before, ...others } = wecom;
  draft.wecom = { ...others, ...(value === folded ? {} : { userid: value }) };
  setMembers(draft, { ids: { ...employee.ids, [USERID]: folded } });
  given.push({ field: 'new_userid', target: `ids.${USERID}` });
  return null;
}
