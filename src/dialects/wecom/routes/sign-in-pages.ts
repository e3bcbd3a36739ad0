import type { Employee } from '../../../directory/employees/employee.ts';
import { hashToken } from '../../../directory/auth/secret.ts';
import { load, type Decision, type Effect, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { App } from '../../../directory/auth/app.ts';
import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import { activeDays } from '../auth/active-days.ts';
import { DIALECT } from '../auth/caller.ts';
import { pickMember } from '../auth/member-access.ts';
import { hostDigest, sealSignIn } from '../auth/sealed-grant.ts';
import { choicePage, consentPage, errorPage, PAGE_HEADERS, type Choice } from '../auth/sign-in-page.ts';
import {
  hostOf,
  PAGE_ERRORS,
  readSignInRequest,
  redirectWith,
  type SignInPage,
  type SignInRequest,
} from '../auth/sign-in-request.ts';
import { seesEmployee, visibleRange } from '../auth/visible-range.ts';
import { appSettings, sensitiveChoiceOf } from '../model/app-settings.ts';
import { CORPID, foldUserid, openidOfStranger, USERID, useridOf } from '../model/ids.ts';
import { isMember } from '../model/member-status.ts';

/** A code lives five minutes, consent is remembered for 30 days. [public: 91023, 91335] */
const CODE_MS = 5 * 60_000;
const CONSENT_MS = 30 * 86_400_000;
const CONSENT = 'consent';

/** Members that the page shows, and that are looked through for a search. */
const MAX_SHOWN = 50;
const MAX_SEARCHED = 2_000;

/** 网页授权 and 扫码登录: the pages to which a browser is sent, under the platform's own paths. (wecom-more 9.1) */
export const signInPageRoutes: readonly Route[] = [
  pageRoute('connect.oauth2.authorize', '/connect/oauth2/authorize', 'authorize'),
  pageRoute('wwlogin.sso.login', '/wwlogin/sso/login', 'login'),
  pageRoute('wwopen.sso.qrConnect', '/wwopen/sso/qrConnect', 'qr'),
  pageRoute('wwopen.sso.v1.qrConnect', '/wwopen/sso/v1/qrConnect', 'qr'),
];

function pageRoute(operation: string, path: string, page: SignInPage): Route {
  return { operation, method: 'GET', path, answer: (call, context) => show(call, context, page) };
}

async function show(call: Call, context: DialectContext, page: SignInPage): Promise<Reply> {
  const request = await readSignInRequest(page, call.query, context);
  if ('zh' in request) return html(errorPage(request));
  const hint = call.query.get('login_hint') ?? '';
  if (hint === '!openid') return redirect(request, codeFor(request, null, null, context));
  const named = hint === '' ? (call.query.get('member') ?? '') : hint;
  if (named === '') return html(choicePage(pageOf(call, request), await peopleFor(call, request, context)));
  const member = await memberNamed(request.tenant, named, context);
  if (member === undefined) return html(errorPage(PAGE_ERRORS.member));
  if (!request.isPrivate || request.app === null) return redirect(request, codeFor(request, member, null, context));
  if (!seesEmployee(visibleRange(request.tenant, request.app), member)) return html(errorPage(PAGE_ERRORS.range));
  const offered = sensitiveChoiceOf(appSettings(request.app));
  if (hint === '') {
    const remembered = await consentOf(request.tenant, request.app, member, context);
    if (remembered === null) return html(consentPage(pageOf(call, request), choiceOf(member), offered));
    const given = offered.filter((field) => remembered.includes(field));
    return redirect(request, codeFor(request, member, given, context));
  }
  // `login_hint` is the consent to all of them as well; `consent` narrows it. (wecom-more 9.2)
  const said = call.query.has('consent')
    ? new Set(call.query.getAll('consent').flatMap((fields) => fields.split(',')))
    : null;
  const given = offered.filter((field) => said === null || said.has(field));
  if (call.query.get('remember') === '1') await remember(request.tenant, request.app, member, given, context);
  return redirect(request, codeFor(request, member, given, context));
}

function codeFor(
  { tenant, app, redirectUri, isTwoStep }: SignInRequest,
  member: Employee | null,
  given: readonly string[] | null,
  { now, ids, store }: DialectContext,
): string {
  const at = now(tenant);
  if (member !== null) activeDays(store).note(tenant.number, member.id, at);
  const signIn = {
    employee: member?.id ?? null,
    openid: member === null ? openidOfStranger(tenant.parts.names[CORPID] ?? '') : null,
    agentid: app === null ? null : appSettings(app).agentid,
    host: hostDigest(hostOf(redirectUri) ?? ''),
    given,
    isTwoStep,
    expiresAt: at + CODE_MS,
  };
  return sealSignIn(tenant, 'code', signIn, ids);
}

async function memberNamed(tenant: Tenant, userid: string, { store }: DialectContext): Promise<Employee | undefined> {
  const folded = foldUserid(userid);
  const about = { tenant: tenant.number, space: `id:${USERID}`, values: [folded] } as const;
  const member = pickMember((await store.read(() => load('employees-by', about))).get(folded));
  return member !== undefined && isMember(member) ? member : undefined;
}

/** Members to choose from, by name or userid where that is searched; only who is at this machine is shown any. */
async function peopleFor(call: Call, { tenant }: SignInRequest, { store }: DialectContext): Promise<readonly Choice[]> {
  if (call.isLocal !== true) return [];
  const searched = (call.query.get('q') ?? '').toLowerCase();
  const shown: Choice[] = [];
  for (let after = 0, looked = 0; looked < MAX_SEARCHED && shown.length < MAX_SHOWN;) {
    const about = { tenant: tenant.number, after, limit: 100 };
    const piece = await store.read(() => load('employees-from', about));
    for (const { employee, place } of piece) {
      after = place;
      const choice = choiceOf(employee);
      const isFound = `${choice.name} ${choice.userid}`.toLowerCase().includes(searched);
      if (isMember(employee) && isFound && shown.length < MAX_SHOWN) shown.push(choice);
    }
    looked += piece.length;
    if (piece.length < 100) break;
  }
  return shown;
}

function choiceOf(employee: Employee): Choice {
  return { userid: useridOf(employee), name: employee.name.value };
}

function pageOf({ query }: Call, { tenant, app, redirectUri, state }: SignInRequest) {
  const named = app === null ? '' : appSettings(app);
  return {
    company: tenant.parts.name,
    app: named === '' ? '' : (named.name ?? named.agentid),
    query,
    // Refused: state only, no code. [public: 91019]
    refused: redirectWith(redirectUri, state === null ? {} : { state }),
  };
}

async function consentOf(
  tenant: Tenant,
  app: App,
  member: Employee,
  { store, now }: DialectContext,
): Promise<readonly string[] | null> {
  const token = await store.read(() => load('token', { hash: consentHash(tenant, app, member) }));
  if (token === null || token.kind !== CONSENT || token.expiresAt <= now(tenant)) return null;
  // Written by `remember`.
  return (token.detail as { readonly given: readonly string[] }).given;
}

async function remember(
  tenant: Tenant,
  app: App,
  member: Employee,
  given: readonly string[],
  context: DialectContext,
): Promise<void> {
  const hash = consentHash(tenant, app, member);
  const now = context.now(tenant);
  await context.store.write(() => decideConsent({ hash, tenant: tenant.number, app: app.id, given, now }));
}

function* decideConsent({
  hash,
  tenant,
  app,
  given,
  now,
}: {
  readonly hash: string;
  readonly tenant: number;
  readonly app: string;
  readonly given: readonly string[];
  readonly now: number;
}): StoreTask<Decision<null>> {
  const before = yield* load('token', { hash });
  const token = {
    hash,
    dialect: DIALECT,
    kind: CONSENT,
    tenant,
    app,
    nonce: null,
    pairedHash: null,
    detail: { given },
    issuedAt: now,
    expiresAt: now + CONSENT_MS,
  };
  const ended: readonly Effect[] = before === null ? [] : [{ write: 'token-end', hash }];
  return { answer: null, effects: [...ended, { write: 'token', token }] };
}

function consentHash(tenant: Tenant, app: App, member: Employee): string {
  return hashToken(`wecom consent ${String(tenant.number)} ${app.id} ${member.id}`);
}

function redirect({ redirectUri, state }: SignInRequest, code: string): Reply {
  const location = redirectWith(redirectUri, { code, ...(state === null ? {} : { state }) });
  return {
    status: 302,
    headers: { Location: location, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' },
    body: '',
  };
}

/** An error is a page as well, as the platform shows one. (ruling 22) */
function html(body: string): Reply {
  return { status: 200, headers: PAGE_HEADERS, body };
}
