import type { App } from '../../../directory/auth/app.ts';
import { windowOwner } from '../../../directory/company-clock.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { dayInChina } from '../../../lib/time/day.ts';
import { shareOf } from '../../../lib/network/address-share.ts';
import type { RequestLimit, RateLimiter } from '../../../lib/rate-limiter.ts';
import type { Call } from '../../dialect.ts';
import { addressOf } from '../protocol/envelope.ts';
import { settingsIn } from '../model/settings.ts';
import type { CallProblem } from '../protocol/errors.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** 45009: called too often. */
export const OVER_LIMIT: CallProblem = { kind: 'locked', subject: 'calls' };

/**
 * 访问频率限制: whether a company or an address called one operation too often. Reaching a limit of a minute blocks for a
 * minute, one of an hour for an hour. https://developer.work.weixin.qq.com/document/path/90312
 */
export function isOverLimit(call: Call, tenant: Tenant, windows: RateLimiter, at: number): boolean {
  const { limits } = settingsIn(tenant);
  if (limits.enforced !== true) return false;
  // By the route: the path can be written in many ways. [public: 90312, by interface]
  const corp = `wecom ${windowOwner(tenant)} ${call.routePath ?? ''}`;
  if (isReached(windows, corp, limitsOf(limits.corp_per_minute, limits.corp_per_hour), at)) return true;
  // By company: what an address may do with one is no business of another on the same server. [proposed]
  const address = `${corp} ${addressOf(call)}`;
  if (isReached(windows, address, limitsOf(limits.ip_per_minute, limits.ip_per_hour), at)) return true;
  // 调试: `debug=1` five times a minute [public: 90313].
  return (
    call.query.get('debug') === '1' && isReached(windows, `${corp} debug`, limitsOf(limits.debug_per_minute, 0), at)
  );
}

/** Counts a wrong secret; so many of them from one address within an hour block it for an hour. [public: 90313; number proposed] */
export function countBadSecret(windows: RateLimiter, tenant: Tenant, address: string, at: number): void {
  const requests = badSecretThreshold(tenant);
  if (requests === 0) return;
  const name = badSecrets(tenant, address);
  windows.tryAcquire(name, [{ requests, ms: HOUR_MS }], at);
  if (windows.countOf(name, HOUR_MS, at) >= requests)
    windows.tryAcquire(blocked(name), [{ requests: 1, ms: HOUR_MS }], at);
}

/** Whether an address is blocked for wrong secrets. */
export function isBlocked(windows: RateLimiter, tenant: Tenant, address: string, at: number): boolean {
  if (badSecretThreshold(tenant) === 0) return false;
  return windows.countOf(blocked(badSecrets(tenant, address)), HOUR_MS, at) > 0;
}

function badSecretThreshold(tenant: Tenant): number {
  const { limits } = settingsIn(tenant);
  return limits.enforced === true ? limits.bad_secret_threshold : 0;
}

const DAY_MS = 24 * HOUR_MS;

/** Whether an app sent messages to so many people that day that this one is refused; counts it else. (wecom-more 8.2) */
export function isOverMessageLimit(
  tenant: Tenant,
  app: App,
  people: number,
  windows: RateLimiter,
  at: number,
): boolean {
  const { limits, member_limit: members = 0 } = settingsIn(tenant);
  const requests = limits.enforced === true ? (limits.messages_per_day ?? members * 200) : 0;
  if (requests === 0) return false;
  const name = `wecom messages ${windowOwner(tenant)} ${app.id} ${dayInChina(at)}`;
  if (windows.countOf(name, DAY_MS, at) + people > requests) return true;
  for (let one = 0; one < people; one++) windows.tryAcquire(name, [{ requests, ms: DAY_MS }], at);
  return false;
}

/** Whether a member got so many messages of an app that this one is dropped in silence; counts it else. [public: 90312] */
export function isMemberFlooded(tenant: Tenant, app: App, employee: string, windows: RateLimiter, at: number): boolean {
  const { limits } = settingsIn(tenant);
  if (limits.enforced !== true) return false;
  const { messages_per_member_minute: minute = 30, messages_per_member_hour: hour = 1_000 } = limits;
  const name = `wecom messages ${windowOwner(tenant)} ${app.id} ${employee}`;
  return windows.tryAcquire(name, limitsOf(minute, hour), at) !== null;
}

/** Returns whether a company had so many failed look-ups that it must wait until the day ends in China. (wecom-more 5) */
export function hasMissedTooOften(tenant: Tenant, windows: RateLimiter, at: number): boolean {
  const misses = missesPerDay(tenant);
  return misses > 0 && windows.countOf(missed(tenant, at), DAY_MS, at) > misses;
}

/** Counts a failed look-up. */
export function countMiss(tenant: Tenant, windows: RateLimiter, at: number): void {
  const misses = missesPerDay(tenant);
  if (misses > 0) windows.tryAcquire(missed(tenant, at), [{ requests: misses + 1, ms: DAY_MS }], at);
}

function missesPerDay(tenant: Tenant): number {
  const { limits, member_limit: members = 0 } = settingsIn(tenant);
  return limits.enforced === true ? (limits.getuserid_misses_per_day ?? Math.floor(members / 5)) : 0;
}

function missed(tenant: Tenant, at: number): string {
  return `wecom misses ${windowOwner(tenant)} ${dayInChina(at)}`;
}

const MONTH_MS = 30 * 24 * HOUR_MS;

/** Whether a company made so many members that it must wait. (wecom-more 12) */
export function hasMadeTooMany(tenant: Tenant, windows: RateLimiter, at: number): boolean {
  const requests = accountsPerMonth(tenant);
  if (requests === 0) return false;
  const name = madeAccounts(tenant);
  return windows.countOf(blocked(name), MONTH_MS, at) > 0 || windows.countOf(name, MONTH_MS, at) >= requests;
}

/** Has a company that must wait do so for 30 days from the first member that was refused. (wecom-more 12) */
export function blockAccounts(tenant: Tenant, windows: RateLimiter, at: number): void {
  windows.tryAcquire(blocked(madeAccounts(tenant)), [{ requests: 1, ms: MONTH_MS }], at);
}

/** Counts a member that was made. */
export function countAccount(tenant: Tenant, windows: RateLimiter, at: number): void {
  const requests = accountsPerMonth(tenant);
  if (requests > 0) windows.tryAcquire(madeAccounts(tenant), [{ requests, ms: MONTH_MS }], at);
}

function accountsPerMonth(tenant: Tenant): number {
  const { limits, member_limit: members = 0 } = settingsIn(tenant);
  return limits.enforced === true ? (limits.accounts_per_month ?? members * 3) : 0;
}

function madeAccounts(tenant: Tenant): string {
  return `wecom accounts ${windowOwner(tenant)}`;
}

function badSecrets(tenant: Tenant, address: string): string {
  // Who has a network of addresses would otherwise have that many times as many guesses. [proposed]
  return `wecom secret ${windowOwner(tenant)} ${shareOf(address)}`;
}

function blocked(name: string): string {
  return `${name} blocked`;
}

/** 0 is no limit. */
function limitsOf(perMinute: number, perHour: number): readonly RequestLimit[] {
  const limits: RequestLimit[] = [];
  if (perMinute > 0) limits.push({ requests: perMinute, ms: MINUTE_MS });
  if (perHour > 0) limits.push({ requests: perHour, ms: HOUR_MS });
  return limits;
}

function isReached(windows: RateLimiter, name: string, limits: readonly RequestLimit[], at: number): boolean {
  const block = blocked(name);
  for (const { ms } of limits) if (windows.countOf(block, ms, at) > 0) return true;
  const reached = windows.tryAcquire(name, limits, at);
  if (reached === null) return false;
  windows.tryAcquire(block, [{ requests: 1, ms: reached.limit.ms }], at);
  return true;
}
