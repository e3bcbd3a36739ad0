import type { Coverage } from '../dialect.ts';
import { documentation } from './coverage-lookups.ts';

const authen = (name: string): string => documentation(`reference/authen-v1/${name}`);

/** Where published clients, or copies of their interfaces, show what no page of the vendor tells. */
const CLIENTS = {
  eiam: 'https://github.com/topiam/eiam',
  node: 'https://github.com/larksuite/node-sdk',
  cli: 'https://github.com/larksuite/cli',
} as const;

const states = '20007, 20013, 20014, 20042 and 20050 have no cause here; who left the workspace is 20008';

function login(operation: string, path: string, page: string): Coverage {
  return {
    operation: `authen.${operation}`,
    method: 'POST',
    path: `/open-apis/authen/v1/${path}`,
    status: 'partial',
    source: authen(page),
    note: states,
  };
}

/** How people log in, and what clients ask at their start: how far each is imitated. */
export const logIn: readonly Coverage[] = [
  {
    operation: 'oauth-authorize',
    method: 'GET',
    path: '/open-apis/authen/v1/authorize',
    status: 'partial',
    source: 'https://open.feishu.cn/document/common-capabilities/sso/api/obtain-oauth-code',
    note:
      'no user logs in here: the page asks which user the app shall call for, and login_hint (an employee_id) answers it ' +
      'without a browser. What was agreed to earlier is not added to what is agreed to now; who may use an app is not known',
  },
  {
    operation: 'user-access-token',
    method: 'POST',
    path: '/open-apis/authen/v2/oauth/token',
    status: 'partial',
    source:
      'https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/authentication-management/access-token/get-user-access-token',
    note:
      'authorization_code with PKCE, and refresh_token. Who may use an app is not known (20010), nor an app that may not ' +
      'refresh (20074); no rate limit; user tokens are of the older form u-…',
  },
  {
    operation: 'authen.index',
    method: 'GET',
    path: '/open-apis/authen/v1/index',
    status: 'partial',
    source: 'https://open.feishu.cn/document/ukTMukTMukTM/ukzN4UjL5cDO14SO3gTN',
    note: 'the page of authen/v1/authorize, without scopes: no user logs in here',
  },
  {
    operation: 'passport.authorize',
    method: 'GET',
    path: '/suite/passport/oauth/authorize',
    status: 'partial',
    source: CLIENTS.eiam,
    note: 'the page of authen/v1/authorize, without scopes: no user logs in here',
  },
  {
    operation: 'passport.token',
    method: 'POST',
    path: '/suite/passport/oauth/token',
    status: 'partial',
    source: CLIENTS.eiam,
    note: 'its failures are those of authen/v2/oauth/token, as no page tells of others',
  },
  {
    operation: 'passport.user-info',
    method: 'GET',
    path: '/suite/passport/oauth/userinfo',
    status: 'partial',
    source: CLIENTS.eiam,
    note: 'its failures are those of authen/v1/user_info, as no page tells of others',
  },
  {
    operation: 'oauth-v3-token',
    method: 'POST',
    path: '/oauth/v3/token',
    status: 'partial',
    source: CLIENTS.cli,
    note: 'as authen/v2/oauth/token, with client_credentials beside; no client assertions, no device flow',
  },
  login('access-token', 'access_token', 'access_token/create'),
  login('refresh-access-token', 'refresh_access_token', 'refresh_access_token/create'),
  login('oidc-access-token', 'oidc/access_token', 'oidc-access_token/create'),
  login('oidc-refresh-access-token', 'oidc/refresh_access_token', 'oidc-refresh_access_token/create'),
  {
    operation: 'authen.user-info',
    method: 'GET',
    path: '/open-apis/authen/v1/user_info',
    status: 'partial',
    source: authen('user_info/get'),
    note: `pictures have one size; ${states}`,
  },
  {
    operation: 'tenant.query',
    method: 'GET',
    path: '/open-apis/tenant/v2/tenant/query',
    status: 'partial',
    source: documentation('tenant-v2/tenant/query'),
    note: 'a company has no picture; 1184000 and 1184001 have no cause here',
  },
  ...['app_access_token', 'tenant_access_token', 'app_ticket/resend'].map((name): Coverage => ({
    operation: `marketplace.${name.replaceAll(/[_/]/g, '-')}`,
    method: 'POST',
    path: `/open-apis/auth/v3/${name}`,
    status: 'absent',
    source: 'https://github.com/dayongxie/lark-openapi-spec',
    note: 'for apps of the marketplace alone, of which there are none here',
  })),
  ...['device_authorization', 'device/verify'].map((name): Coverage => ({
    operation: `oauth.${name.replaceAll(/[_/]/g, '-')}`,
    method: 'POST',
    path: `/oauth/v1/${name}`,
    status: 'absent',
    source: CLIENTS.cli,
    note: 'the device flow of one command line',
  })),
  {
    operation: 'event.long-connection',
    method: 'POST',
    path: '/callback/ws/endpoint',
    status: 'partial',
    source: CLIENTS.node,
    note:
      'any app may connect, also one whose events go to an address; the limit of 50 connections is that of one node; ' +
      'cards are not sent; the sentences beside the codes are ours; on Node before 24.9 the answer is 1 (system busy)',
  },
  {
    operation: 'event.outbound-ip.list',
    method: 'GET',
    path: '/open-apis/event/v1/outbound_ip',
    status: 'absent',
    source: documentation('reference/event-v1/outbound_ip/list'),
    note: 'events are sent from this server',
  },
  {
    operation: 'bot.info',
    method: 'GET',
    path: '/open-apis/bot/v3/info',
    status: 'partial',
    source: CLIENTS.node,
    note: 'every app has a bot that is active',
  },
];
