import type { Finding } from '../../finding.ts';

/** Finds secrets in addresses, which servers and proxies log. */
export const secretInUrl: Finding = {
  id: 'secret-in-url',
  severity: 'error',
  message: { en: 'Sends a secret in the address', zh: '在 URL 中发送凭证' },
  remedy: { en: 'Send it in the body or a header', zh: '凭证放在请求体或请求头中' },
  look: (calls, { tokenParameter }) =>
    calls.flatMap((call) => {
      // The code of a log-in arrives, and is sent on, in addresses.
      const names = [...call.query].flatMap(([name, value]) =>
        value.startsWith('[secret') &&
        name !== tokenParameter &&
        name !== 'code' &&
        !(call.isTokenCall && call.method === 'GET')
          ? [name]
          : [],
      );
      return names.length === 0 ? [] : [{ calls: [call], about: names.join(', ') }];
    }),
};
