import type { Employee } from '../../../directory/employees/employee.ts';
import { e164 } from '../../../directory/employees/phone.ts';
import { normalizeEmail, type LookupSpace } from '../../../directory/lookup.ts';
import { load } from '../../../directory/store.ts';
import type { Route } from '../../dialect.ts';
import { checkMemberVisible, pickMember } from '../auth/member-access.ts';
import { countMiss, hasMissedTooOften, OVER_LIMIT } from '../auth/rate-limits.ts';
import { mobileIn } from '../members/contact-fields.ts';
import { foldUserid, OPENID, USERID, useridOf } from '../model/ids.ts';
import { isMember } from '../model/member-status.ts';
import { errcodes } from '../protocol/codes.ts';
import { missingField, refusalOf } from '../protocol/errors.ts';
import { invalidValue, wrongParameter } from '../protocol/value-errors.ts';
import { posted, type Answer, type PostedRequest } from './operation.ts';

/** Finding a member by a mobile, a mailbox or an openid. (wecom-more 5) */
export const memberLookupRoutes: readonly Route[] = [
  ...posted({
    operation: 'user.getuserid',
    path: '/cgi-bin/user/getuserid',
    permission: 'any',
    fields: { mobile: 'text' },
    needsField: true,
    answer: (request) => braked(request, byMobile),
  }),
  ...posted({
    operation: 'user.get_userid_by_email',
    path: '/cgi-bin/user/get_userid_by_email',
    permission: 'any',
    fields: { email: 'text', email_type: 'number' },
    needsField: true,
    answer: (request) => braked(request, byEmail),
  }),
  ...posted({
    operation: 'user.convert_to_openid',
    path: '/cgi-bin/user/convert_to_openid',
    permission: 'any',
    fields: { userid: 'text' },
    needsField: true,
    answer: toOpenid,
  }),
  ...posted({
    operation: 'user.convert_to_userid',
    path: '/cgi-bin/user/convert_to_userid',
    permission: 'any',
    fields: { openid: 'text' },
    needsField: true,
    answer: toUserid,
  }),
];

/** Too many failed look-ups block both calls until the day ends. (wecom-more 5, ruling 20) */
async function braked(request: PostedRequest, answer: (request: PostedRequest) => Promise<Answer>): Promise<Answer> {
  const { caller, context, at } = request;
  if (hasMissedTooOften(caller.tenant, context.rateLimiter, at)) return { refusal: refusalOf(OVER_LIMIT) };
  const answered = await answer(request);
  if ('refusal' in answered && answered.refusal.returned === errcodes.noSuchUser)
    countMiss(caller.tenant, context.rateLimiter, at);
  return answered;
}

/** https://developer.work.weixin.qq.com/document/path/95402 */
async function byMobile(request: PostedRequest): Promise<Answer> {
  const { mobile } = request.members;
  if (typeof mobile !== 'string' || mobile === '') return missing('mobile');
  const phone = Buffer.byteLength(mobile) < 5 ? null : mobileIn(mobile);
  if (phone === null) return { refusal: invalidValue('mobile', errcodes.invalidMobile) };
  return found(request, 'mobile', e164(phone));
}

/** https://developer.work.weixin.qq.com/document/path/95895 */
async function byEmail(request: PostedRequest): Promise<Answer> {
  const { email, email_type: type = 1 } = request.members;
  if (typeof email !== 'string' || email === '') return missing('email');
  if (type !== 1 && type !== 2) return { refusal: wrongParameter('email_type', 'invalid email_type') };
  return found(request, type === 1 ? 'enterprise-email' : 'email', normalizeEmail(email));
}

/** The member in the visible range who has the value; 46004 where there is none. */
async function found({ caller, context }: PostedRequest, space: LookupSpace, value: string): Promise<Answer> {
  const member = (await holders(caller.tenant.number, space, value, context)).find(isMember);
  if (member === undefined || checkMemberVisible(caller, member) !== null)
    return { refusal: { problem: { kind: 'unknown', subject: space, value: '' }, returned: errcodes.noSuchUser } };
  return { done: 'ok', body: { userid: useridOf(member) } };
}

/** https://developer.work.weixin.qq.com/document/path/90202 */
async function toOpenid({ members, caller, context }: PostedRequest): Promise<Answer> {
  const { userid } = members;
  if (typeof userid !== 'string' || userid === '')
    return { refusal: refusalOf({ kind: 'missing', subject: 'query.userid' }) };
  const member = pickMember(await holders(caller.tenant.number, `id:${USERID}`, foldUserid(userid), context));
  const problem = checkMemberVisible(caller, member);
  if (problem !== null) return { refusal: refusalOf(problem) };
  const openid = member?.ids[OPENID];
  if (openid === undefined)
    return { refusal: { problem: { kind: 'missing', subject: OPENID }, returned: errcodes.requireSubscribe } };
  return { done: 'ok', body: { openid } };
}

async function toUserid({ members, caller, context }: PostedRequest): Promise<Answer> {
  const { openid } = members;
  if (typeof openid !== 'string' || openid === '') return missing('openid');
  const member = (await holders(caller.tenant.number, `id:${OPENID}`, openid, context)).find(isMember);
  if (member === undefined) return { refusal: invalidValue('openid', errcodes.invalidOpenid) };
  const problem = checkMemberVisible(caller, member);
  return problem === null ? { done: 'ok', body: { userid: useridOf(member) } } : { refusal: refusalOf(problem) };
}

async function holders(
  tenant: number,
  space: LookupSpace,
  value: string,
  { store }: PostedRequest['context'],
): Promise<readonly Employee[]> {
  const answer = await store.read(() => load('employees-by', { tenant, space, values: [value] }));
  return answer.get(value) ?? [];
}

function missing(subject: string): Answer {
  return { refusal: missingField(subject) };
}
