import type { ClientProfile } from '../dialect.ts';
import { TOKEN_KIND, type Grant } from './auth/token-grants.ts';
import { sdk } from './sdk.ts';

/** How clients of the platform are set up and get an app's token. */
export const client: ClientProfile = {
  options: ({ key, secret }, url) => ({ appId: key, appSecret: secret, domain: url, baseUrl: url }),
  tokenCall: ({ key, secret }) => ({
    method: 'POST',
    path: '/open-apis/auth/v3/tenant_access_token/internal',
    body: { app_id: key, app_secret: secret },
  }),
  // test/sdk: @larksuiteoapi/node-sdk takes an address with a port from 1.73.2 on.
  snippets: ({ key, secret }, url) => ({
    node: `new lark.Client({ appId: '${key}', appSecret: '${secret}', domain: '${url}' })`,
  }),
  grant: (_app, random) => {
    const token = `t-${random}`;
    return { token, kind: TOKEN_KIND.tenant, nonce: null, headers: { authorization: `Bearer ${token}` }, query: {} };
  },
  userGrant: ({ employee, scopes }, random, at) => ({
    token: `u-${random}`,
    kind: TOKEN_KIND.user,
    nonce: null,
    detail: { employee, scopes, agreedAt: at } satisfies Grant,
    headers: { authorization: `Bearer u-${random}` },
    query: {},
  }),
  tokenAt: ['tenant_access_token'],
  sdk,
};
