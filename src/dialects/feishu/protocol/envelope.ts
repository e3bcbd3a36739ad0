import { createHash } from 'node:crypto';
import type { Call, Outcome, Reply } from '../../dialect.ts';
import { clockTimeInChina } from '../../../lib/time/day.ts';
import type { LimitReached } from '../../../lib/rate-limiter.ts';
import { GENERIC_CODES, type Code } from './codes.ts';

/** One entry of `error.field_violations`. */
export interface FieldViolation {
  readonly field: string;
  readonly value: string;
  readonly description: string;
}

/** Under which name the vendor serves a company: in China, or elsewhere. */
export type Brand = 'feishu' | 'lark';

/** The host that links in answers point to. [contract feishu-contact.md 7.9] */
export const HOST: Readonly<Record<Brand, string>> = {
  feishu: 'https://open.feishu.cn',
  lark: 'https://open.larksuite.com',
};

/** Members of `error` beside the log id. [public: call] */
export interface ErrorDetail {
  readonly field_violations?: readonly FieldViolation[];
  readonly permission_violations?: readonly { readonly type: string; readonly subject: string }[];
  readonly helps?: readonly { readonly url: string; readonly description: string }[];
}

/** What every JSON answer needs to know of the request it answers. */
export interface ResponseContext {
  readonly requestId: string;
  /** When it is answered, in epoch milliseconds. */
  readonly at: number;
  /** The operation's name; absent where none was found yet. */
  readonly operation: string | undefined;
  /** The brand of the caller's company; Feishu while no company is known. */
  readonly brand: Brand;
}

/** Opens the exchange of a call. */
export function responseContext(call: Call, at: number, operation?: string): ResponseContext {
  return { requestId: call.requestId, at, operation, brand: 'feishu' };
}

/** The same exchange at another time: the company's, once it is known. */
export function exchangeAt(exchange: ResponseContext, at: number): ResponseContext {
  return exchange.at === at ? exchange : { ...exchange, at };
}

/** The second that was worded last, for the many answers of one second. */
let worded = { second: Number.NaN, digits: '' };

/** `yyyyMMddHHmmss` and 20 upper-case hex characters, as in published samples. [public: oauthcode] */
function logIdOf({ requestId, at }: ResponseContext): string {
  const second = Math.floor(at / 1000);
  if (worded.second !== second) worded = { second, digits: clockTimeInChina(at).replaceAll(/[^0-9]/g, '') };
  return worded.digits + requestId.replaceAll('-', '').slice(0, 20).toUpperCase();
}

function reply(
  status: number,
  body: { readonly code: number; readonly [member: string]: unknown },
  exchange: ResponseContext,
  logId: string,
  outcome?: Outcome,
): Reply {
  return {
    status,
    headers: {
      // The official Go client does not look for `code` without this type. [public: gosdk]
      'Content-Type': 'application/json; charset=utf-8',
      // Written as the platform writes it: some clients read names with their case. [contract feishu-contact.md 7.1]
      'X-Tt-Logid': logId,
      'X-Request-Id': exchange.requestId,
    },
    body: JSON.stringify(body),
    code: body.code,
    ...(outcome === undefined ? {} : { outcome }),
  };
}

/** The headers of an answer that is no JSON. */
export function headersOf(exchange: ResponseContext, contentType: string): Reply['headers'] {
  return { 'Content-Type': contentType, 'X-Tt-Logid': logIdOf(exchange), 'X-Request-Id': exchange.requestId };
}

/** `{"code":0,"msg":"success","data":{…}}` [seed] */
export function successReply(exchange: ResponseContext, data: object, outcome?: Outcome): Reply {
  return reply(200, { code: 0, msg: 'success', data }, exchange, logIdOf(exchange), outcome);
}

/** An answer whose members stand beside `code` instead of in `data`, as the token endpoints give it. */
export function flatReply(exchange: ResponseContext, { status, code, msg }: Code, members: object): Reply {
  return reply(status, { code, msg, ...members }, exchange, logIdOf(exchange));
}

/** How a call for the token of an app fails: its `data` is empty and comes before `msg`. [public: probe, i10003] */
export function tokenFailure(exchange: ResponseContext, { status, code, msg }: Code): Reply {
  return reply(status, { code, data: {}, msg }, exchange, logIdOf(exchange));
}

/** An answer of members that are not this platform's usual ones. */
export function rawReply(
  exchange: ResponseContext,
  status: number,
  body: { readonly code: number; readonly [member: string]: unknown },
): Reply {
  return reply(status, body, exchange, logIdOf(exchange));
}

/** An answer of members alone, without a code, as clients of OpenID Connect read it. */
export function plainReply(exchange: ResponseContext, members: object): Reply {
  const { code: _code, ...answer } = rawReply(exchange, 200, { code: 0 });
  return { ...answer, code: 0, body: JSON.stringify(members) };
}

/** Answers a call beyond the rate limit, with the seconds after which calls are accepted again. [public: ratelimit] */
export function rateLimitedReply(exchange: ResponseContext, { limit, msLeft }: LimitReached): Reply {
  const answer = flatReply(exchange, GENERIC_CODES.tooFrequent, {});
  return {
    ...answer,
    headers: {
      ...answer.headers,
      'x-ogw-ratelimit-limit': String(limit.requests),
      'x-ogw-ratelimit-reset': String(Math.max(1, Math.ceil(msLeft / 1_000))),
    },
  };
}

/** A page for people, or a way to another one. */
export function htmlReply(exchange: ResponseContext, status: number, headers: Reply['headers'], html: string): Reply {
  const ids = { 'X-Tt-Logid': logIdOf(exchange), 'X-Request-Id': exchange.requestId, 'Cache-Control': 'no-store' };
  return { status, headers: { 'Content-Type': 'text/html; charset=utf-8', ...ids, ...headers }, body: html };
}

/** The sentence in `error.message` of these codes. [contract feishu-contact.md 7.2, 7.4] */
const MESSAGES: ReadonlyMap<number, string> = new Map(
  (
    [
      [99991672, 'how-to-fix-the-99991672-error'],
      [99992361, 'how-to-obtain-openid'],
    ] as const
  ).map(([code, page]) => [
    code,
    `Refer to the documentation to fix the error: https://open.feishu.cn/document/uAjLw4CM/ugTN1YjL4UTN24CO1UjN/trouble-shooting/${page}`,
  ]),
);

const methodIds = new Map<string, string>();

/** The number of an operation, 19 digits, always the same. [contract feishu-contact.md 7.3] */
function methodIdOf(operation: string): string {
  let id = methodIds.get(operation);
  if (id === undefined) {
    const hash = createHash('sha256').update(operation).digest().readBigUInt64BE();
    id = `6${String(hash % 10n ** 18n).padStart(18, '0')}`;
    methodIds.set(operation, id);
  }
  return id;
}

/** Where people look for help. The search it points to is the vendor's. [contract feishu-contact.md 7.3, 7.9] */
function troubleshooterOf({ brand, operation }: ResponseContext, logId: string, code: number): string {
  const words = brand === 'lark' ? 'Troubleshooting suggestions' : '排查建议查看(Troubleshooting suggestions)';
  const method = operation === undefined ? '' : `&method_id=${methodIdOf(operation)}`;
  return `${words}: ${HOST[brand]}/search?from=openapi&log_id=${logId}&code=${String(code)}${method}`;
}

/** `{"code":…,"msg":"…","error":{"log_id":"…",…}}` */
export function errorReply(
  exchange: ResponseContext,
  { status, code, msg }: Code,
  detail: ErrorDetail = {},
  outcome?: Outcome,
): Reply {
  const logId = logIdOf(exchange);
  const message = MESSAGES.get(code);
  const error = {
    ...(message === undefined ? {} : { message }),
    log_id: logId,
    troubleshooter: troubleshooterOf(exchange, logId, code),
    ...detail,
  };
  return reply(status, { code, msg, error }, exchange, logId, outcome);
}
