import { hashToken } from '../../../directory/auth/secret.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { load } from '../../../directory/store.ts';
import type { Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { withinConcurrency } from '../auth/concurrency.ts';
import { hostDigest, openSignIn, sealSignIn, type SignIn } from '../auth/sealed-grant.ts';
import { hostOf } from '../auth/sign-in-request.ts';
import { useGrant } from '../auth/use-grant.ts';
import { isInTwoStep, seesEmployee, visibleRange } from '../auth/visible-range.ts';
import { foldUserid, useridOf } from '../model/ids.ts';
import { isMember } from '../model/member-status.ts';
import { settingsIn } from '../model/settings.ts';
import { errcodes } from '../protocol/codes.ts';
import { missingField, refusalOf, type Refusal } from '../protocol/errors.ts';
import { invalidValue } from '../protocol/value-errors.ts';
import { posted, type Answer, type PostedRequest } from './operation.ts';

/** A tfa_code lives five minutes. [public: 99499] */
const TFA_MS = 300_000;

const INVALID_CODE = invalidValue('code', errcodes.invalidCode);
const INVALID_TFA = invalidValue('tfa_code', errcodes.invalidTfaCode);
const OUT_OF_RANGE = refusalOf({ kind: 'forbidden', subject: 'userid' });

/** 获取用户二次验证信息 and 使用二次验证. (wecom-more 5) */
export const twoStepRoutes: readonly Route[] = [
  ...posted({
    operation: 'auth.get_tfa_info',
    path: '/cgi-bin/auth/get_tfa_info',
    permission: 'any',
    fields: { code: 'text' },
    needsField: true,
    answer: (request) => together(request, tfaInfo),
  }),
  ...posted({
    operation: 'user.tfa_succ',
    path: '/cgi-bin/user/tfa_succ',
    permission: 'any',
    fields: { userid: 'text', tfa_code: 'text' },
    needsField: true,
    answer: (request) => together(request, tfaSucceeded),
  }),
];

/** Answers a call unless too many of the company are being answered: 45033. [public: 99499] */
async function together(request: PostedRequest, answer: (request: PostedRequest) => Promise<Answer>): Promise<Answer> {
  const { context, caller } = request;
  const answered = await withinConcurrency(context.store, caller.tenant, () => answer(request));
  return 'kind' in answered ? { refusal: refusalOf(answered) } : answered;
}

/** https://developer.work.weixin.qq.com/document/path/99499: whose code it is, and what confirms the member. */
async function tfaInfo({ members, caller, context, at }: PostedRequest): Promise<Answer> {
  const { code } = members;
  if (typeof code !== 'string' || code === '') return missing('code');
  const signIn = openSignIn(caller.tenant, 'code', code);
  if (signIn === null || !signIn.isTwoStep || signIn.employee === null || signIn.expiresAt <= at)
    return { refusal: INVALID_CODE };
  // A member that the app does not see leaves the code unused. [proposed, as wecom-more 9.4]
  const known = await context.store.read(() => load('employees-by-id', idsOf(caller, signIn)));
  const refusal = rangeRefusal(caller, known.get(signIn.employee), INVALID_CODE);
  if (refusal !== null) return { refusal };
  const used = await context.store.write(() => useGrant(caller, signIn, hashToken(code), at));
  if (used === 'no longer good' || used.member === null) return { refusal: INVALID_CODE };
  const grant: SignIn = { ...signIn, expiresAt: at + TFA_MS };
  return {
    done: 'ok',
    body: { userid: useridOf(used.member), tfa_code: sealSignIn(caller.tenant, 'two-step', grant, context.ids) },
  };
}

/** https://developer.work.weixin.qq.com/document/path/99500: the member passed. The order of the codes is [proposed]. */
async function tfaSucceeded({ members, caller, context, at }: PostedRequest): Promise<Answer> {
  const { userid, tfa_code: code } = members;
  if (typeof userid !== 'string' || userid === '') return missing('userid');
  if (typeof code !== 'string' || code === '') return missing('tfa_code');
  const { two_step: twoStep } = settingsIn(caller.tenant);
  if (twoStep === undefined) return { refusal: invalidValue('tfa_code', errcodes.tfaNotConfigured) };
  const grant = openSignIn(caller.tenant, 'two-step', code);
  if (grant === null || grant.employee === null || grant.expiresAt <= at) return { refusal: INVALID_TFA };
  const known = await context.store.read(() => load('employees-by-id', idsOf(caller, grant)));
  const member = known.get(grant.employee);
  if (member === undefined || foldUserid(useridOf(member)) !== foldUserid(userid)) return { refusal: INVALID_TFA };
  const outOfRange = rangeRefusal(caller, member, INVALID_TFA);
  if (outOfRange !== null) return { refusal: outOfRange };
  if (!isInTwoStep(caller.tenant, twoStep, member))
    return { refusal: invalidValue('userid', errcodes.tfaNotForMember) };
  if (hostDigest(hostOf(twoStep.url) ?? '') !== grant.host)
    return { refusal: invalidValue('tfa_code', errcodes.tfaOtherDomain) };
  const used = await context.store.write(() => useGrant(caller, grant, hashToken(code), at));
  return used === 'no longer good' ? { refusal: INVALID_TFA } : { done: 'ok' };
}

function missing(subject: string): Answer {
  return { refusal: missingField(subject) };
}

function idsOf({ tenant }: Caller, { employee }: SignIn): { readonly tenant: number; readonly ids: readonly string[] } {
  return { tenant: tenant.number, ids: employee === null ? [] : [employee] };
}

/** Why a member cannot be asked about; `gone` where the company has no such member any more. */
function rangeRefusal({ tenant, app }: Caller, member: Employee | undefined, gone: Refusal): Refusal | null {
  if (member === undefined || !isMember(member)) return gone;
  return seesEmployee(visibleRange(tenant, app), member) ? null : OUT_OF_RANGE;
}
