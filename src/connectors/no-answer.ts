import type { Answered, Verdict, Words } from './connector.ts';
import { askedWait, limitWait } from './retry-after.ts';

/** The code of an answer that is larger than any of the platforms'. */
export const TOO_LARGE = 'ANSWER_TOO_LARGE';
/** The code where a proxy of the environment made no way to the platform; its status follows. */
const PROXY_REFUSED = 'PROXY_REFUSED_';
/** The code where it took the connection and did not say in time whether there is a way. */
export const PROXY_SILENT = 'PROXY_TIMEOUT';
/** The code where what it said is no answer of a proxy. */
const PROXY_ODD = 'PROXY_NO_HTTP';
/** The code where the connection to it broke. */
const PROXY_BROKE = 'UND_ERR_PRX_CONN';

/** Causes before a connection was made: the request was not sent. */
const NOT_SENT =
  /^(ENOTFOUND|EAI_\w+|EPROTO|UND_ERR_CONNECT_TIMEOUT|UND_ERR_PRX_\w+|PROXY_REFUSED_\d+|PROXY_TIMEOUT|PROXY_NO_HTTP|ERR_TLS_\w+|ERR_SSL_\w+|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)$/;
/** Causes that may be gone in a second; a certificate or a name that is wrong will not be. */
const PASSING = /^(UND_ERR_CONNECT_TIMEOUT|EAI_AGAIN|UND_ERR_PRX_CONN|PROXY_REFUSED_5\d\d|PROXY_TIMEOUT)$/;

/** Whether a request that failed so never left this machine. */
export function wasNotSent(error: unknown): boolean {
  return NOT_SENT.test(codeOf(error)) || failedToConnect(error);
}

/** Whether a read that brought nothing may bring something in a second. */
export function isWorthAnother({ kind, code }: Verdict): boolean {
  if (kind === 'trouble') return code !== TOO_LARGE;
  return kind === 'unreachable' && PASSING.test(code ?? '');
}

/** Returns the code of what went wrong before a proxy made a way: nothing was sent, whatever the connection to it came to. */
export function proxyCodeOf(error: unknown): string {
  return /^(HPE_\w+|HTTPParserError|UND_ERR_HEADERS_OVERFLOW)$/.test(codeOf(error)) ? PROXY_ODD : PROXY_BROKE;
}

/** Returns the cause of a failed request; without the request, which may have a secret. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  if (error.name === 'TimeoutError') return 'TIMEOUT';
  // The client has one code for this and for much else; only its words have the status.
  const [, status] = /^Proxy response \((\d{3})\)/.exec(error.message) ?? [];
  if (status !== undefined) return `${PROXY_REFUSED}${status}`;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? error.name : codeOf(error.cause);
}

/** Whether the system refused to connect. The same code on a connection that was there is another matter: it is in doubt. */
function failedToConnect(error: unknown): boolean {
  // Where a name has several addresses, each has an error of its own.
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(failedToConnect);
  if (!(error instanceof Error)) return false;
  // In Node's words alone it is known that there was no TLS yet; the code is the one of any broken connection.
  if (error.message.includes('before secure TLS connection was established')) return true;
  if ('syscall' in error) return error.syscall === 'connect';
  return error.cause !== undefined && failedToConnect(error.cause);
}

/** Returns the judgement of a request without an answer. */
export function unanswered(kind: 'unreachable' | 'lost', code: string): Verdict {
  const remedy = remedyOf(code);
  return kind === 'lost'
    ? { kind: 'trouble', code, message: 'no answer', remedy }
    : { kind: 'unreachable', code, message: 'no connection', remedy };
}

/** Returns the judgement of an answer of 500 and above in which the platform says nothing itself. */
export function serverTrouble(answer: Answered): Verdict {
  return {
    kind: 'trouble',
    code: String(answer.status),
    message: 'server error',
    ...askedWait(answer),
    remedy: {
      en: 'The platform, or a proxy or gateway in between, could not answer: try again later; where it stays so, check base_url and the proxy.',
      zh: '平台或中间的代理、网关暂时无法应答，请稍后重试；若持续如此，请检查 base_url 与代理。',
    },
  };
}

/** Returns the judgement of an answer of 429 in which the platform says nothing itself: nothing was done. */
export function tooManyRequests(answer: Answered): Verdict {
  return {
    kind: 'limit',
    code: String(answer.status),
    message: 'too many requests',
    ...limitWait(answer),
    remedy: {
      en: 'A proxy or gateway in between lets no more requests through for now: it is waited for; where it stays so, have its limit raised.',
      zh: '中间的代理或网关限制了请求频率，将等待后重试；若持续如此，请提高其限额。',
    },
  };
}

/** What to do about a cause, by the cause; the first that fits. */
const REMEDIES: readonly (readonly [RegExp, Words])[] = [
  [
    /^(ENOTFOUND|EAI_\w+)$/,
    {
      en: 'The name of the host is not known here: check the spelling of base_url, and the DNS of this machine.',
      zh: '本机无法解析该主机名，请核对 base_url 的拼写与本机 DNS。',
    },
  ],
  [
    /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/,
    {
      en: 'The certificate is not valid at this time: check the clock of this machine first, then whose certificate it is.',
      zh: '证书不在有效期内：请先核对本机时间，再确认证书属于谁。',
    },
  ],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    {
      en: 'The certificate is for another host: check base_url, and whether the DNS or a portal leads elsewhere.',
      zh: '证书属于其他主机：请检查 base_url，以及 DNS 或登录页是否将请求引向别处。',
    },
  ],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+)$/,
    {
      en: 'Node does not trust who signed the certificate. Where a proxy of your company opens TLS, start Mingce with its certificate: NODE_EXTRA_CA_CERTS=FILE; otherwise another server answers.',
      zh: 'Node 不信任该证书的签发者。若公司代理会解密 TLS，请以 NODE_EXTRA_CA_CERTS=文件 指定其证书后启动；否则应答的是其他服务器。',
    },
  ],
  [
    /^(EPROTO|ERR_SSL_\w+|ERR_TLS_\w+)$/,
    {
      en: 'What answers there has no TLS that both sides know: check the port of base_url, and the proxy.',
      zh: '对方的 TLS 无法协商或并非 TLS，请检查 base_url 的端口与代理。',
    },
  ],
  [
    /^PROXY_REFUSED_407$/,
    {
      en: 'The proxy in HTTPS_PROXY asks for a name and password: http://NAME:PASSWORD@HOST:PORT.',
      zh: 'HTTPS_PROXY 中的代理需要账号与密码：http://账号:密码@主机:端口。',
    },
  ],
  [
    /^PROXY_TIMEOUT$/,
    {
      en: 'The proxy in HTTPS_PROXY takes the connection and does not answer: check its host and port, and that it is a proxy for HTTP; or name the host of the platform in NO_PROXY.',
      zh: 'HTTPS_PROXY 中的代理接受连接但不应答：请核对其主机与端口，并确认它是 HTTP 代理；也可将平台的主机写入 NO_PROXY。',
    },
  ],
  [
    /^PROXY_NO_HTTP$/,
    {
      en: 'What answers at HTTPS_PROXY is no proxy for HTTP: check its host and port, or name the host of the platform in NO_PROXY.',
      zh: 'HTTPS_PROXY 所指的服务不是 HTTP 代理：请核对其主机与端口，或将平台的主机写入 NO_PROXY。',
    },
  ],
  [
    /^(PROXY_REFUSED_\d+|UND_ERR_PRX_\w+)$/,
    {
      en: 'The proxy in HTTPS_PROXY lets nothing through to this host: have it allowed there, or name the host in NO_PROXY.',
      zh: 'HTTPS_PROXY 中的代理未放行该主机，请在代理上放行，或将主机写入 NO_PROXY。',
    },
  ],
  [
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/,
    {
      en: 'No connection is taken there: check host and port of base_url, the firewall, and whether HTTPS_PROXY is needed.',
      zh: '无法建立连接，请检查 base_url 的主机与端口、防火墙，以及是否需要设置 HTTPS_PROXY。',
    },
  ],
  [
    /^(TIMEOUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)$/,
    {
      en: 'The connection was taken, and no whole answer came in time: try again later; where it stays so, check the firewall and the proxy.',
      zh: '连接已建立，但未在时限内收到完整应答；请稍后重试，若持续如此，请检查防火墙与代理。',
    },
  ],
  [
    /^ANSWER_TOO_LARGE$/,
    {
      en: 'The answer has more than 8 MiB, as none of the platform has: check base_url, and any proxy or portal in between.',
      zh: '应答超过 8 MiB，平台不会有如此大的应答，请检查 base_url 以及中间的代理或登录页。',
    },
  ],
  [
    /^(HPE_\w+|HTTPParserError)$/,
    {
      en: 'What answers there does not answer in HTTP: check the port of base_url, and whether it needs https.',
      zh: '对方的应答不是 HTTP，请检查 base_url 的端口，以及是否应使用 https。',
    },
  ],
];

const BROKEN: Words = {
  en: 'The connection ended before the answer was whole: try again later; where it stays so, check the network and the proxy.',
  zh: '应答未传完连接即中断；请稍后重试，若持续如此，请检查网络与代理。',
};

function remedyOf(code: string): Words {
  return REMEDIES.find(([causes]) => causes.test(code))?.[1] ?? BROKEN;
}
