import { BlockList, isIP } from 'node:net';
import type { App } from '../../../directory/auth/app.ts';
import { companyTime, windowOwner } from '../../../directory/company-clock.ts';
import { hashToken } from '../../../directory/auth/secret.ts';
import { load, type StoreTask } from '../../../directory/store.ts';
import { dayInChina } from '../../../lib/time/day.ts';
import type { LimitReached } from '../../../lib/rate-limiter.ts';
import type { Call, CallingUser, DialectContext } from '../../dialect.ts';
import { appCaller, userCaller, type Caller, type User } from './caller.ts';
import { GENERIC_CODES, type Code } from '../protocol/codes.ts';
import type { Brand, ErrorDetail } from '../protocol/envelope.ts';
import { LIMITS } from './rate-limits.ts';
import { missingScopes, privilegeDenial, scopeDenial } from './missing-scopes.ts';
import { ownerStateOf } from './login/owner-state.ts';
import { OWNER_CODES } from './login/owner-codes.ts';
import { TELLS_OWNER_STATE, TENANT_ONLY, USER_ONLY, type Operation } from '../protocol/operations.ts';
import { appSettingsOf, DIALECT, settingsOf } from '../model/settings.ts';
import { grantOf, TOKEN_KIND } from './token-grants.ts';

/** Why a call is turned away before its content is looked at. */
export type AuthFailure =
  | { readonly code: Code; readonly detail: ErrorDetail; readonly brand?: Brand }
  /** There were too many of its kind. */
  | { readonly reached: LimitReached };

function denied(code: Code, detail: ErrorDetail = {}): { readonly denial: AuthFailure } {
  return { denial: { code, detail } };
}

/** Authenticates a caller, or returns why not: the contract's table 1.2 from top to bottom, the rate limit, the scopes. */
export async function authenticate(
  call: Call,
  context: DialectContext,
  systemAt: number,
  operation: Operation,
): Promise<{ readonly caller: Caller } | { readonly denial: AuthFailure }> {
  const header = call.headers['authorization'] ?? '';
  // A bare token counts as none at all. [public: probe]
  if (!header.startsWith('Bearer ')) return denied(GENERIC_CODES.tokenMissing);
  const text = header.slice('Bearer '.length).trim();
  const unknown = unknownToken(text);
  if (unknown === GENERIC_CODES.tokenMalformed) return denied(unknown);
  const hash = hashToken(text);
  const caller = await context.store.read(() => identify(hash, unknown, systemAt, operation));
  if ('code' in caller) return denied(caller);
  const { tenant, app, user } = caller;
  const at = companyTime(tenant, systemAt);
  const met = context.identified?.(call, { tenant, app, token: () => hash, user: callingUser(user) });
  if (met !== undefined) await met;
  if ('refusedWith' in caller) return denied(caller.refusedWith);
  if (!app.enabled) return denied(GENERIC_CODES.appStopped);
  if (!caller.settings.installed || !tenant.isInUse) return denied(GENERIC_CODES.appNotInstalled);
  if (!isAddressAllowed(app, call.peer)) {
    const { addressDenied } = GENERIC_CODES;
    return denied({ ...addressDenied, msg: addressDenied.msg.replace('%', call.peer) });
  }
  const limits = caller.isLimited ? LIMITS[operation] : undefined;
  if (limits !== undefined) {
    const reached = context.rateLimiter.tryAcquire(
      `${DIALECT} ${windowOwner(tenant)} ${app.id} ${operation}`,
      limits,
      at,
    );
    if (reached !== null) return { denial: { reached } };
  }
  if (isQuotaUsedUp(caller, context, at)) return denied(GENERIC_CODES.quotaExceeded);
  const missing = missingScopes(caller, operation, call.query);
  if (missing === null) return { caller };
  const { brand } = settingsOf(tenant);
  const denial = caller.user === null ? scopeDenial(missing, app.key, brand) : privilegeDenial(missing, brand);
  return { denial: { ...denial, brand } };
}

/** No month is longer. */
const MONTH_MS = 31 * 86_400_000;

/** Counts a call of the company in this month of China; whether it is one too many. 99991403 [contract feishu-contact.md 7.5, 9.3] */
function isQuotaUsedUp({ tenant }: Caller, { rateLimiter }: DialectContext, at: number): boolean {
  const { monthly_call_quota: requests } = settingsOf(tenant);
  if (requests === null) return false;
  if (requests === 0) return true;
  const name = `${DIALECT}.quota ${windowOwner(tenant)} ${dayInChina(at).slice(0, 7)}`;
  return rateLimiter.tryAcquire(name, [{ requests, ms: MONTH_MS }], at) !== null;
}

/** The owner of a token that is known and of no use. */
interface RefusedCaller extends Pick<Caller, 'tenant' | 'app'> {
  readonly user: Pick<User, 'employee' | 'granted'>;
  readonly refusedWith: Code;
}

function callingUser(user: Pick<User, 'employee' | 'granted'> | null): CallingUser | undefined {
  return user === null ? undefined : { employee: user.employee, scopes: user.granted };
}

/** Rows 3 to 7. */
function* identify(
  hash: string,
  unknown: Code,
  systemAt: number,
  operation: Operation,
): StoreTask<Caller | RefusedCaller | Code> {
  const token = yield* load('token', { hash });
  if (token === null || token.dialect !== DIALECT) return unknown;
  const tenant = yield* load('tenant', { number: token.tenant });
  const app = tenant?.app(token.app);
  if (tenant === null || app === undefined) return unknown;
  const at = companyTime(tenant, systemAt);
  if (token.kind === TOKEN_KIND.tenant) {
    // An operation for users alone does not know such a token. [contract feishu-contact.md 9.1]
    return token.expiresAt <= at || USER_ONLY.has(operation) ? unknown : appCaller(tenant, app);
  }
  if (token.kind !== TOKEN_KIND.user) return unknown;
  const { employee, scopes } = grantOf(token);
  const refused = (refusedWith: Code): RefusedCaller => ({
    tenant,
    app,
    user: { employee, granted: scopes },
    refusedWith,
  });
  if (TELLS_OWNER_STATE.has(operation) && token.expiresAt > at) {
    const state = ownerStateOf(
      (yield* load('employees-by-id', { tenant: tenant.number, ids: [employee] })).get(employee),
    );
    // The answer for an employee who left the workspace is the one for an unknown token.
    if (state !== null && state !== 'exited') return refused(OWNER_CODES[state]);
  }
  const caller = yield* userCaller(tenant, app, { employee, operation, granted: scopes });
  if (caller === null) return unknown;
  if (token.expiresAt <= at) return refused(GENERIC_CODES.userTokenExpired);
  return TENANT_ONLY.has(operation) ? refused(GENERIC_CODES.userTokenUnsupported) : caller;
}

/** Returns the code for an unknown token, which depends on how the token begins. */
function unknownToken(text: string): Code {
  if (text.startsWith('t-')) return GENERIC_CODES.tenantTokenInvalid;
  if (text.startsWith('a-')) return GENERIC_CODES.appTokenInvalid;
  if (text.startsWith('u-') || text.startsWith('eyJ')) return GENERIC_CODES.userTokenInvalid;
  return GENERIC_CODES.tokenMalformed;
}

const allowLists = new WeakMap<App, BlockList>();

function isAddressAllowed(app: App, peer: string): boolean {
  const ranges = appSettingsOf(app).ip_allow_list;
  if (ranges.length === 0) return true;
  let list = allowLists.get(app);
  if (list === undefined) {
    list = listOf(ranges);
    allowLists.set(app, list);
  }
  const address = peer.startsWith('::ffff:') ? peer.slice('::ffff:'.length) : peer;
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}
