import { grantFor } from './auth/caller.ts';
import type { ClientApp, ClientProfile } from '../dialect.ts';

/** How clients of the platform are set up and get an app's token. */
export const client: ClientProfile = {
  options: ({ key, secret }, url) => ({ ...namesIn(key), corpsecret: secret, baseUrl: url }),
  tokenCall: ({ key, secret }: ClientApp) => {
    const query = new URLSearchParams({ corpid: namesIn(key).corpid, corpsecret: secret });
    return { method: 'GET', path: `/cgi-bin/gettoken?${query.toString()}` };
  },
  grant: (app, token) => {
    const { kind, nonce } = grantFor(app, token);
    return { token, kind, nonce, headers: {}, query: { access_token: token } };
  },
  tokenAt: ['access_token'],
};

/** An app is kept under its company and its number. */
function namesIn(key: string): { readonly corpid: string; readonly agentid: string } {
  const at = key.lastIndexOf('/');
  return { corpid: key.slice(0, at), agentid: key.slice(at + 1) };
}
