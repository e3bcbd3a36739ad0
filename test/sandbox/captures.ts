import type { Fixture } from '../support/fixtures.ts';

/** One entry of an HTTP archive, as much of it as is read. */
export interface HarEntry {
  startedDateTime: string;
  request: {
    method: string;
    url: string;
    headers: { name: string; value: string }[];
    postData?: { mimeType: string; text: string };
  };
  response: {
    status: number;
    headers: { name: string; value: string }[];
    content: { mimeType: string; text: string };
  };
}

/** An HTTP archive. */
export interface Har {
  log: { version: '1.2'; creator: { name: string; version: string }; entries: HarEntry[] };
}

/** The hosts of the platforms, and the token call of an app of the demo, with an answer of the platform's form. */
const PLATFORMS = {
  feishu: {
    host: 'https://open.feishu.cn',
    token: { method: 'POST', path: '/open-apis/auth/v3/tenant_access_token/internal' },
    sent: (company: string) => ({ app_id: company === 'demo' ? 'cli_mingce_demo' : company, app_secret: 'captured' }),
    answer: { code: 0, msg: 'ok', tenant_access_token: 't-g1044ghJRUIJJ5ELPTKPYVW2', expire: 7140 },
    stands: ['{token}', 't-g1044ghJRUIJJ5ELPTKPYVW2'],
  },
  wecom: {
    host: 'https://qyapi.weixin.qq.com',
    token: { method: 'GET', path: '/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=captured' },
    sent: () => undefined,
    answer: { errcode: 0, errmsg: 'ok', access_token: 'captured-access-token', expires_in: 7200 },
    stands: ['ACCESS_TOKEN', 'captured-access-token'],
  },
  hose: {
    host: 'https://app.ekuaibao.com',
    token: { method: 'POST', path: '/api/openapi/v1/auth/getAccessToken' },
    sent: () => ({ appKey: 'mingce-demo-key', appSecurity: 'captured' }),
    answer: {
      value: { accessToken: 'ID_captured:xgJ3wajigF25H0', refreshToken: 'ID_r', expireTime: 1, corporationId: 'x' },
    },
    stands: ['{accessToken}', 'ID_captured:xgJ3wajigF25H0'],
  },
} as const;

/** A platform. */
export type Platform = keyof typeof PLATFORMS;

/** What the platforms may as well have sent where an exchange leaves out a value that differs with each call. */
const WILDCARDS: Readonly<Record<string, unknown>> = {
  token: 't-captured',
  seconds: 7_000,
  time: '2026-01-05 08:00:01',
  milliseconds: 1_700_000_000_000,
};
/** Tokens, which are compared by their form. */
const TOKEN = /token/i;

/** Whether an exchange says all that a platform would have sent, but for what differs with each call. */
export function isWhole({ response: { body } }: Fixture): boolean {
  try {
    captured(body);
    return true;
  } catch {
    return false;
  }
}

function captured(body: unknown, name = '', code?: unknown): unknown {
  if (Array.isArray(body)) return body.map((entry) => captured(entry, name));
  if (typeof body !== 'object' || body === null) return body;
  const { $any: wildcard, errcode } = body as { $any?: string; errcode?: unknown };
  if (wildcard === undefined)
    return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, captured(value, key, errcode)]));
  if (wildcard in WILDCARDS) return WILDCARDS[wildcard];
  if (TOKEN.test(name)) return 'captured-token';
  const [said, rest] = wildcard.split('[…');
  if (rest === undefined) throw new Error(`${name} is left open`);
  // The rest of a text of WeCom as contract wecom.md prints it.
  const more = `more info at https://open.work.weixin.qq.com/devtool/query?e=${String(code)}`;
  return `${said ?? ''}[1741000000123456789], from ip: 10.1.2.3, ${more}`;
}

/** Writes documented and recorded exchanges as a capture that begins with the token call of an app. */
export function captureOf(platform: Platform, company: string, fixtures: readonly Fixture[], at: number): Har {
  const { host, token, sent, answer, stands } = PLATFORMS[platform];
  const [mark, value] = stands;
  const filled = (text: string): string =>
    text.replace('{encodedAccessToken}', encodeURIComponent(value)).replace(mark, value);
  const first = entryOf(
    host + token.path,
    { method: token.method, body: sent(company) },
    { status: 200, body: answer },
    at,
  );
  const entries = fixtures.map(({ request, response }, index) => {
    const headers = Object.entries(request.headers ?? {}).map(([name, text]) => ({ name, value: filled(text) }));
    const url = host + filled(request.path);
    const answered = { status: response.status, body: captured(response.body) };
    return entryOf(url, { ...request, headers }, answered, at + 1_000 * (index + 1));
  });
  return { log: { version: '1.2', creator: { name: 'test', version: '1' }, entries: [first, ...entries] } };
}

function entryOf(
  url: string,
  {
    method,
    headers = [],
    body,
  }: { readonly method: string; readonly headers?: HarEntry['request']['headers']; readonly body?: unknown },
  answer: { readonly status: number; readonly body: unknown },
  at: number,
): HarEntry {
  const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  return {
    startedDateTime: new Date(at).toISOString(),
    request: {
      method,
      url,
      headers,
      ...(body === undefined ? {} : { postData: { mimeType: 'application/json', text: text(body) } }),
    },
    response: {
      status: answer.status,
      headers: [],
      content: { mimeType: 'application/json', text: text(answer.body) },
    },
  };
}
