import type { FaultView } from '../../../../src/sandbox/faults/contract.ts';
import type { Say, Words } from '../../words/language.tsx';

type FaultEffect = FaultView['effect'];
type FaultMatch = NonNullable<FaultView['match']>;
type FaultDelay = NonNullable<FaultEffect['delay_ms']>;

/** What the presets do, by their names: a platform's own begin with its name, which is shown before. */
export const PRESET_WORDS = {
  'feishu-rate-limit': { zh: '超过频率限制，持续 52 秒', en: 'over the rate limit for 52 s' },
  'feishu-token-invalid': { zh: '令牌失效', en: 'the token is no longer valid' },
  'feishu-user-token-expired': { zh: '用户令牌过期', en: 'the user token has expired' },
  'feishu-scope-missing': { zh: '应用缺少权限', en: 'the app lacks a scope' },
  'feishu-quota': { zh: '调用配额用完', en: 'the quota is used up' },
  'feishu-internal': { zh: '平台内部错误', en: 'an internal error' },
  'feishu-create-504': { zh: '创建用户超时，但已写入', en: 'creating a user times out, though it is written' },
  'wecom-rate-limit': { zh: '超过频率限制，持续 60 秒', en: 'over the rate limit for 60 s' },
  'wecom-busy': { zh: '系统繁忙，约 10% 的调用', en: 'busy, for about 10% of the calls' },
  'wecom-token-expired': { zh: '令牌过期', en: 'the token has expired' },
  'wecom-token-killed': { zh: '令牌被吊销', en: 'the token is revoked' },
  'wecom-contact-read-stopped': { zh: '不再允许读取通讯录', en: 'the directory may no longer be read' },
  'wecom-address-denied': { zh: 'IP 不在可信列表', en: 'the address is not a trusted one' },
  'wecom-login-refused': { zh: '登录被拒绝', en: 'the login is refused' },
  'wecom-concurrency': { zh: '并发超限，一次', en: 'too many calls at once, one time' },
  'wecom-two-writers': { zh: '通讯录正在被修改，一次', en: 'the directory is being changed, one time' },
  'hose-rate-limit': { zh: '超过频率限制，持续 1 秒', en: 'over the rate limit for 1 s' },
  'hose-unauthorised': { zh: '令牌失效', en: 'the token is no longer valid' },
  'hose-token-slow': { zh: '新令牌在 2 秒内不可用', en: 'a new token is no good for 2 s' },
  'hose-internal': { zh: '平台内部错误', en: 'an internal error' },
  'hose-unlicensed': { zh: '企业未开通授权', en: 'the company has no licence' },
  'gateway-html': { zh: '网关返回 502 网页', en: 'a gateway answers with a page, 502' },
  slow: { zh: '响应慢，多为 0.8 秒', en: 'slow, mostly 0.8 s' },
  'slow-body': { zh: '响应体慢，每秒 1 KB', en: 'a slow body, 1 KB a second' },
  reset: { zh: '写入前断开连接', en: 'the connection is cut before anything is written' },
  'answered-then-reset': { zh: '写入后断开连接', en: 'the connection is cut once it is written' },
  truncated: { zh: '响应被截断', en: 'a truncated body' },
  malformed: { zh: '响应不是有效的 JSON', en: 'a body that is no valid JSON' },
} as const satisfies Words;

/** Words for what a rule does, and for which calls. */
export const ruleWords = {
  limit: { zh: '超过频率限制，持续 {n} 秒', en: 'over the rate limit for {n} s' },
  block: { zh: '地址被拒绝，持续 {n} 秒', en: 'the address is refused for {n} s' },
  code: { zh: '返回错误码 {code}', en: 'answers with {code}' },
  codeWritten: { zh: '返回错误码 {code}，但已写入', en: 'answers with {code}, though it is written' },
  http: { zh: '返回 HTTP {status}', en: 'answers HTTP {status}' },
  delay: { zh: '延迟 {ms} 毫秒', en: '{ms} ms late' },
  slowly: { zh: '响应体每秒 {n} 字节', en: 'a body of {n} bytes a second' },
  'cut before-write': { zh: '写入前断开连接', en: 'the connection is cut before anything is written' },
  'cut after-commit': { zh: '写入后断开连接', en: 'the connection is cut once it is written' },
  'cut mid-body': { zh: '响应中途断开连接', en: 'the connection is cut within the body' },
  'body truncated': { zh: '响应被截断', en: 'a truncated body' },
  'body malformed': { zh: '响应不是有效的 JSON', en: 'a body that is no valid JSON' },
  'body empty': { zh: '响应为空', en: 'an empty body' },
  'body wrong-length': { zh: '响应长度与声明不符', en: 'a body of another length than said' },
  'token expire': { zh: '令牌过期', en: 'the token expires' },
  'token revoke': { zh: '令牌被吊销', en: 'the token is revoked' },
  anyPlatform: { zh: '任一平台', en: 'any platform' },
  everything: { zh: '所有调用', en: 'every call' },
  operation: { zh: '接口 {value}', en: 'operation {value}' },
  app: { zh: '应用 {value}', en: 'app {value}' },
  employee: { zh: '员工 {value}', en: 'employee {value}' },
  address: { zh: '来自 {value}', en: 'from {value}' },
  client: { zh: '客户端 {value}', en: 'client {value}' },
  young: { zh: '令牌签发不到 {n} 秒', en: 'tokens younger than {n} s' },
  nth: { zh: '第 {value} 次', en: 'call {value}' },
  every: { zh: '从第 {from} 次起每 {n} 次', en: 'each {n} from call {from} on' },
  share: { zh: '其中约 {n}%', en: 'about {n}% of them' },
  and: { zh: '、', en: ', ' },
} as const satisfies Words;

type SayRule = Say<typeof ruleWords>;

/** Returns what a rule does to a call, in words; an effect that has none yet as it is. */
export function effectText(effect: FaultEffect, say: SayRule): string {
  const { code, when, http, delay_ms: delay, slow, cut, body, token, block, limit } = effect;
  const parts = [
    ...(limit === undefined ? [] : [say('limit', { n: limit.seconds })]),
    ...(block === undefined ? [] : [say('block', { n: block.seconds })]),
    ...(code === undefined ? [] : [say(when === 'after-commit' ? 'codeWritten' : 'code', { code })]),
    ...(http === undefined ? [] : [say('http', { status: http.status })]),
    ...(delay === undefined ? [] : [say('delay', { ms: delayText(delay) })]),
    ...(slow === undefined ? [] : [say('slowly', { n: slow.bytes_per_second })]),
    ...(cut === undefined ? [] : [say(`cut ${cut}`)]),
    ...(body === undefined ? [] : [say(`body ${body}`)]),
    ...(token === undefined ? [] : [say(`token ${token}`)]),
  ];
  return parts.length === 0 ? JSON.stringify(effect) : parts.join(say('and'));
}

/** Returns for which calls a rule is, in words. */
export function matchText(
  { match = {}, share }: { readonly match?: FaultMatch; readonly share?: number },
  platformName: (name: string) => string,
  say: SayRule,
): string {
  const { platform, operation, app, employee, address, client, token_younger_than: young, nth } = match;
  const parts = [
    ...(platform === undefined ? [] : [platformName(platform)]),
    ...(operation === undefined ? [] : [say('operation', { value: listed(operation, say) })]),
    ...(app === undefined ? [] : [say('app', { value: app })]),
    ...(employee === undefined ? [] : [say('employee', { value: employee })]),
    ...(address === undefined ? [] : [say('address', { value: address })]),
    ...(client === undefined ? [] : [say('client', { value: client })]),
    ...(young === undefined ? [] : [say('young', { n: young })]),
    ...(nth === undefined ? [] : [nthText(nth, say)]),
    ...(share === undefined ? [] : [say('share', { n: Math.round(share * 100) })]),
  ];
  return parts.length === 0 ? say('everything') : parts.join(' · ');
}

/** Returns the platform whose preset it is; null for one of any platform. */
export function platformOfPreset(preset: string): string | null {
  const [first = ''] = preset.split('-');
  return ['feishu', 'wecom', 'hose'].includes(first) ? first : null;
}

function nthText(nth: NonNullable<FaultMatch['nth']>, say: SayRule): string {
  if (typeof nth === 'number') return say('nth', { value: nth });
  if (isList(nth)) return say('nth', { value: nth.map(String).join(say('and')) });
  return say('every', { n: nth.every, from: nth.from ?? 1 });
}

/** Whether several calls are named; every list has a method `every`, so its absence says nothing. */
function isList(nth: Exclude<FaultMatch['nth'], number | undefined>): nth is readonly number[] {
  return Array.isArray(nth);
}

function listed(values: string | readonly string[], say: SayRule): string {
  return typeof values === 'string' ? values : values.join(say('and'));
}

function delayText(delay: FaultDelay): string {
  if (typeof delay === 'number') return String(delay);
  return 'uniform' in delay ? delay.uniform.join('–') : `~${String(delay.lognormal.median)}`;
}
