import type { App } from '../../../directory/auth/app.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { DialectContext } from '../../dialect.ts';
import { appSettings } from '../model/app-settings.ts';
import { CORPID } from '../model/ids.ts';
import { settingsIn } from '../model/settings.ts';
import { DIALECT } from './caller.ts';

/** Which of the platform's pages a browser was sent to. (wecom-more 9.1) */
export type SignInPage = 'authorize' | 'login' | 'qr';

/** What an app asks a browser for. */
export interface SignInRequest {
  readonly tenant: Tenant;
  /** Null: no agentid was named, so the code is the whole company's. */
  readonly app: App | null;
  readonly redirectUri: string;
  /** Null where none was sent. */
  readonly state: string | null;
  /** Whether the member is asked for sensitive fields. */
  readonly isPrivate: boolean;
  readonly isTwoStep: boolean;
}

/** Why a page shows an error instead. */
export interface PageError {
  readonly zh: string;
  readonly en: string;
}

export const PAGE_ERRORS = {
  company: { zh: 'appid参数错误：没有这个企业', en: 'appid names no company' },
  app: { zh: 'agentid参数错误：没有这个应用', en: 'agentid names no app of the company' },
  redirect: { zh: 'redirect_uri参数错误', en: 'redirect_uri does not lead to a trusted domain' },
  loginType: { zh: 'login_type参数错误：仅支持CorpApp', en: 'login_type must be CorpApp' },
  member: { zh: '没有这个成员', en: 'no member has this userid' },
  range: { zh: '成员不在应用可见范围内', en: 'the member is not in the visible range of the app' },
} as const satisfies Readonly<Record<string, PageError>>;

const MAX_IN_URL = 2_048;

/** Reads what an app asks for, or says why the page shows an error. (wecom-more 9.2) */
export async function readSignInRequest(
  page: SignInPage,
  query: URLSearchParams,
  { store }: Pick<DialectContext, 'store'>,
): Promise<SignInRequest | PageError> {
  const loginType = query.get('login_type') ?? 'CorpApp';
  if (page === 'login' && loginType !== 'CorpApp') return PAGE_ERRORS.loginType;
  const tenant = await store.tenantByName(CORPID, query.get('appid') ?? '');
  if (tenant === null || !tenant.isInUse || settingsIn(tenant).state !== 'usable') return PAGE_ERRORS.company;
  const agentid = query.get('agentid') ?? '';
  const app = agentid === '' ? null : appOf(tenant, agentid);
  if (app === undefined || (app === null && page !== 'authorize')) return PAGE_ERRORS.app;
  const redirectUri = query.get('redirect_uri') ?? '';
  const host = hostOf(redirectUri);
  if (host === null) return PAGE_ERRORS.redirect;
  // Of a code for the company one of its apps must trust the domain. [proposed]
  const mayTrust = app === null ? tenant.parts.apps.filter(hasSignIn) : [app];
  if (!mayTrust.some((one) => trustsHost(one, host))) return PAGE_ERRORS.redirect;
  return {
    tenant,
    app,
    redirectUri,
    state: query.get('state'),
    // Without an agentid it counts as snsapi_base. [public: 91022]
    isPrivate: page === 'authorize' && app !== null && query.get('scope') === 'snsapi_privateinfo',
    isTwoStep: page === 'authorize' && app === null && settingsIn(tenant).two_step?.url === redirectUri,
  };
}

/** Whether an app lets browsers be sent to a host; one that lists none, to any. (wecom-more 1.7) */
function trustsHost(app: App, host: string): boolean {
  const { trusted_domains: domains = [] } = appSettings(app);
  return domains.length === 0 || domains.includes(host);
}

/** `host[:port]` of an address to which a browser may be sent; null where it is none. */
export function hostOf(redirectUri: string): string | null {
  if (redirectUri.length > MAX_IN_URL || !URL.canParse(redirectUri)) return null;
  const { protocol, host } = new URL(redirectUri);
  return protocol === 'http:' || protocol === 'https:' ? host : null;
}

/** The address with code and state added to its query, the part after `#` still at its end. [public: 91022] */
export function redirectWith(redirectUri: string, members: Readonly<Record<string, string>>): string {
  const { href, hash } = new URL(redirectUri);
  const plain = hash === '' ? href.replace(/#$/, '') : href.slice(0, -hash.length);
  const added = new URLSearchParams(members).toString();
  if (added === '') return href;
  return `${plain}${plain.includes('?') ? '&' : '?'}${added}${hash}`;
}

function appOf(tenant: Tenant, agentid: string): App | undefined {
  return tenant.parts.apps.find((app) => hasSignIn(app) && appSettings(app).agentid === agentid);
}

function hasSignIn(app: App): boolean {
  if (app.dialect !== DIALECT || !app.enabled) return false;
  const { kind } = appSettings(app);
  return kind === 'self_built' || kind === 'provider';
}
