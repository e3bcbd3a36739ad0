import type { ClientProfile } from '../dialect.ts';

/** How clients of the platform are set up and get an app's token. */
export const client: ClientProfile = {
  options: ({ key, secret }, url) => ({ appKey: key, appSecurity: secret, baseUrl: url }),
  tokenCall: ({ key, secret }) => ({
    method: 'POST',
    path: '/api/openapi/v1/auth/getAccessToken',
    body: { appKey: key, appSecurity: secret },
  }),
  grant: (_app, token) => ({ token, kind: 'access', nonce: null, headers: {}, query: { accessToken: token } }),
  tokenAt: ['value', 'accessToken'],
};
