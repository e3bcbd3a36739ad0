import { hashToken } from '../../../directory/auth/secret.ts';
import { load } from '../../../directory/store.ts';
import type { Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { hostDigest, openSignIn, sealSignIn, type SignIn } from '../auth/sealed-grant.ts';
import { useGrant } from '../auth/use-grant.ts';
import { seesEmployee, visibleRange } from '../auth/visible-range.ts';
import { sensitiveValues } from '../members/view.ts';
import { appSettings, sensitiveChoiceOf } from '../model/app-settings.ts';
import { deviceIdOf, useridOf } from '../model/ids.ts';
import { isMember } from '../model/member-status.ts';
import { errcodes } from '../protocol/codes.ts';
import { refusalOf, type Refusal } from '../protocol/errors.ts';
import { invalidValue } from '../protocol/value-errors.ts';
import { posted, queried, type Answer, type PostedRequest, type Request } from './operation.ts';

/** A ticket lives half an hour. [public: 91023] */
const TICKET_MS = 1_800_000;

/** 获取访问用户身份 and 获取访问用户敏感信息, each also by the older path that most clients use. (wecom-more 9.3, 9.5) */
export const signInRoutes: readonly Route[] = [
  ...queried({
    operation: 'auth.getuserinfo',
    path: '/cgi-bin/auth/getuserinfo',
    permission: 'any',
    isFreeWhileGood: true,
    answer: (request) => userInfo(request, 'auth'),
  }),
  ...queried({
    operation: 'user.getuserinfo',
    path: '/cgi-bin/user/getuserinfo',
    permission: 'any',
    isFreeWhileGood: true,
    answer: (request) => userInfo(request, 'user'),
  }),
  ...detailRoute('auth.getuserdetail', '/cgi-bin/auth/getuserdetail'),
  ...detailRoute('user.getuserdetail', '/cgi-bin/user/getuserdetail'),
];

function detailRoute(operation: string, path: string): readonly Route[] {
  return posted({
    operation,
    path,
    permission: 'any',
    fields: { user_ticket: 'text' },
    needsField: true,
    answer: userDetail,
  });
}

/** https://developer.work.weixin.qq.com/document/path/91023 */
async function userInfo({ call, context, caller, at }: Request, form: 'auth' | 'user'): Promise<Answer> {
  const code = call.query.get('code');
  if (code === null)
    return { refusal: { problem: { kind: 'missing', subject: 'code' }, returned: errcodes.codeMissing } };
  const signIn = openSignIn(caller.tenant, 'code', code);
  const problem = refuseCode(caller, signIn, at);
  if (problem !== null || signIn === null) return { refusal: problem ?? INVALID_CODE };
  const used = await context.store.write(() => useGrant(caller, signIn, hashToken(code), at));
  if (used === 'no longer good') return { refusal: INVALID_CODE };
  const { member } = used;
  if (member === null) {
    const openid = signIn.openid ?? '';
    return { done: 'ok', body: form === 'auth' ? { openid } : { OpenId: openid, DeviceId: deviceIdOf(openid) } };
  }
  const userid = useridOf(member);
  const isInRange = seesEmployee(visibleRange(caller.tenant, caller.app), member);
  const ticket =
    signIn.given !== null && isInRange
      ? { user_ticket: sealSignIn(caller.tenant, 'ticket', ticketOf(caller, signIn, at), context.ids) }
      : {};
  if (form === 'auth') return { done: 'ok', body: { userid, ...ticket } };
  const expiry = 'user_ticket' in ticket ? { expires_in: TICKET_MS / 1000 } : {};
  return { done: 'ok', body: { UserId: userid, DeviceId: deviceIdOf(userid), ...ticket, ...expiry } };
}

/** Why a code is refused, in the order of wecom-more 9.4; a refused call leaves it unused. */
function refuseCode({ app }: Caller, signIn: SignIn | null, at: number): Refusal | null {
  const { kind, agentid, trusted_domains: domains = [] } = appSettings(app);
  if (kind === 'contact_sync' && signIn?.isTwoStep !== true) return UNTRUSTED;
  if (signIn === null || signIn.expiresAt <= at) return INVALID_CODE;
  if (signIn.agentid !== null && signIn.agentid !== agentid) return INVALID_CODE;
  const isTrusted = domains.length === 0 || domains.some((host) => hostDigest(host) === signIn.host);
  return isTrusted ? null : UNTRUSTED;
}

const INVALID_CODE = invalidValue('code', errcodes.invalidCode);
const UNTRUSTED: Refusal = {
  problem: { kind: 'forbidden', subject: 'redirect_uri' },
  returned: errcodes.redirectUnauthorized,
};

function ticketOf({ app }: Caller, signIn: SignIn, at: number): SignIn {
  return { ...signIn, agentid: appSettings(app).agentid, expiresAt: at + TICKET_MS };
}

/** https://developer.work.weixin.qq.com/document/path/95833: no name, and only with consent more than a gender and a picture. */
async function userDetail({ call, context, caller, at, members }: PostedRequest): Promise<Answer> {
  const { tenant, app } = caller;
  const ticket = members['user_ticket'];
  if (typeof ticket !== 'string' || ticket === '')
    return { refusal: { problem: { kind: 'missing', subject: 'user_ticket' }, returned: errcodes.ticketMissing } };
  const signIn = openSignIn(tenant, 'ticket', ticket);
  const employee = signIn?.employee ?? null;
  if (signIn === null || employee === null || signIn.agentid !== appSettings(app).agentid)
    return { refusal: invalidValue('user_ticket', errcodes.invalidTicket) };
  if (signIn.expiresAt <= at) return { refusal: invalidValue('user_ticket', errcodes.ticketExpired) };
  const found = await context.store.read(() => load('employees-by-id', { tenant: tenant.number, ids: [employee] }));
  const member = found.get(employee);
  if (member === undefined || !isMember(member))
    return { refusal: invalidValue('user_ticket', errcodes.invalidTicket) };
  if (!seesEmployee(visibleRange(tenant, app), member))
    return { refusal: refusalOf({ kind: 'forbidden', subject: 'userid' }) };
  const offered = new Set<string>(sensitiveChoiceOf(appSettings(app)));
  const given = (signIn.given ?? []).filter((field) => offered.has(field));
  const values = sensitiveValues(member);
  const shown = Object.fromEntries(given.flatMap((field) => (field in values ? [[field, values[field]]] : [])));
  return {
    done: 'ok',
    body: { userid: useridOf(member), gender: '0', avatar: `${call.origin}/wwopen/avatar`, ...shown },
  };
}
