import type { Call, Outcome, Reply } from '../../dialect.ts';
import { clockTimeInChina } from '../../../lib/day.ts';
import type { LimitReached } from '../../../lib/rate-limiter.ts';
import { GENERIC_CODES, type Code } from './codes.ts';

/** One entry of `error.field_violations`. */
export interface FieldViolation {
  readonly field: string;
  readonly value: string;
  readonly description: string;
}

/** What stands in `error` beside the log id. [public: call] */
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
}

/** The exchange that a call opens. */
export function responseContext(call: Call, at: number): ResponseContext {
  return { requestId: call.requestId, at };
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
      'content-type': 'application/json; charset=utf-8',
      'x-tt-logid': logId,
      'x-request-id': exchange.requestId,
    },
    body: JSON.stringify(body),
    code: body.code,
    ...(outcome === undefined ? {} : { outcome }),
  };
}

/** The headers of an answer that is no JSON. */
export function headersOf(exchange: ResponseContext, contentType: string): Reply['headers'] {
  return { 'content-type': contentType, 'x-tt-logid': logIdOf(exchange), 'x-request-id': exchange.requestId };
}

/** `{"code":0,"msg":"success","data":{…}}` [seed] */
export function successReply(exchange: ResponseContext, data: object, outcome?: Outcome): Reply {
  return reply(200, { code: 0, msg: 'success', data }, exchange, logIdOf(exchange), outcome);
}

/** An answer whose members stand beside `code` instead of in `data`, as the token endpoints give it. */
export function flatReply(exchange: ResponseContext, { status, code, msg }: Code, members: object): Reply {
  return reply(status, { code, msg, ...members }, exchange, logIdOf(exchange));
}

/** An answer of members that are not this platform's usual ones. */
export function rawReply(
  exchange: ResponseContext,
  status: number,
  body: { readonly code: number; readonly [member: string]: unknown },
): Reply {
  return reply(status, body, exchange, logIdOf(exchange));
}

/** What is answered when a limit is reached. Whoever waits that many seconds is heard again. [public: ratelimit] */
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
  const told = { 'x-tt-logid': logIdOf(exchange), 'x-request-id': exchange.requestId, 'cache-control': 'no-store' };
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', ...told, ...headers }, body: html };
}

/** `{"code":…,"msg":"…","error":{"log_id":"…",…}}` */
export function errorReply(
  exchange: ResponseContext,
  { status, code, msg }: Code,
  detail: ErrorDetail = {},
  outcome?: Outcome,
): Reply {
  const logId = logIdOf(exchange);
  // The sample body of the call page carries such a link; the search it points to is the vendor's.
  const troubleshooter = `排查建议查看(Troubleshooting suggestions): https://open.feishu.cn/search?from=openapi&log_id=${logId}&code=${String(code)}`;
  return reply(status, { code, msg, error: { log_id: logId, troubleshooter, ...detail } }, exchange, logId, outcome);
}
