import { BlockList, isIP } from 'node:net';
import type { App } from '../../directory/app.ts';
import { hashToken } from '../../directory/secret.ts';
import { ask, type Gather } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';
import type { Token } from '../../directory/token.ts';
import type { Call, House } from '../dialect.ts';
import { GENERIC_CODES, type Code } from './codes.ts';
import type { ErrorDetail } from './envelope.ts';
import { idReaderOf, type IdReader } from './ids.ts';
import { appSettingsOf, DIALECT, type AppSettings } from './settings.ts';
import { SCOPE, type Operation } from './scopes.ts';

/** The app that calls, as its token tells. */
export interface Caller {
  readonly tenant: Tenant;
  readonly app: App;
  readonly settings: AppSettings;
  readonly ids: IdReader;
  /** Null holds all scopes. */
  readonly scopes: ReadonlySet<string> | null;
}

/** Why a call is turned away before its content is looked at. */
export interface Denial {
  readonly code: Code;
  readonly detail: ErrorDetail;
}

function denied(code: Code, detail: ErrorDetail = {}): { readonly denial: Denial } {
  return { denial: { code, detail } };
}

/** Who calls, or why nobody is recognised: rows 1 to 6 and 8 to 10 of the contract's table, then the scopes. */
export async function recognise(
  call: Call,
  house: House,
  at: number,
  operation: Operation,
): Promise<{ readonly caller: Caller } | { readonly denial: Denial }> {
  const header = call.headers['authorization'] ?? '';
  // A bare token counts as none at all. [public: probe]
  if (!header.startsWith('Bearer ')) return denied(GENERIC_CODES.tokenMissing);
  const text = header.slice('Bearer '.length).trim();
  const unknown = unknownToken(text);
  if (unknown === GENERIC_CODES.tokenMalformed) return denied(unknown);
  const hash = hashToken(text);
  const [token, tenant] = await house.store.read(() => tokenAndTenant(hash));
  if (token === null || tenant === null || token.dialect !== DIALECT || token.expiresAt <= at) return denied(unknown);
  const app = tenant.app(token.app);
  if (app === undefined) return denied(unknown);
  if (!app.enabled) return denied(GENERIC_CODES.appStopped);
  const caller = callerOf(tenant, app);
  if (!caller.settings.installed || !tenant.isInUse) return denied(GENERIC_CODES.appNotInstalled);
  if (!isAddressAllowed(app, call.peer)) {
    const { addressDenied } = GENERIC_CODES;
    return denied({ ...addressDenied, msg: addressDenied.msg.replace('%', call.peer) });
  }
  const missing = missingScopes(caller, operation, call.query.get('employee_id_type'));
  return missing === null ? { caller } : scopeDenial(missing);
}

function* tokenAndTenant(hash: string): Gather<readonly [Token | null, Tenant | null]> {
  const token = yield* ask('token', { hash });
  return [token, token === null ? null : yield* ask('tenant', { number: token.tenant })];
}

/** What a token that is not known is told, by its beginning. */
function unknownToken(text: string): Code {
  if (text.startsWith('t-')) return GENERIC_CODES.tenantTokenInvalid;
  if (text.startsWith('a-')) return GENERIC_CODES.appTokenInvalid;
  if (text.startsWith('u-') || text.startsWith('eyJ')) return GENERIC_CODES.userTokenInvalid;
  return GENERIC_CODES.tokenMalformed;
}

const callers = new WeakMap<App, Caller>();

/** The app as it is in this state of the tenant. */
export function callerOf(tenant: Tenant, app: App): Caller {
  const known = callers.get(app);
  if (known?.tenant === tenant) return known;
  const settings = appSettingsOf(app);
  const scopes = settings.scopes === 'all' ? null : new Set(settings.scopes);
  const caller = { tenant, app, settings, ids: idReaderOf(app), scopes };
  callers.set(app, caller);
  return caller;
}

/** Whether the app holds one of the scopes. */
export function holdsAny({ scopes }: Caller, wanted: readonly string[]): boolean {
  return scopes === null || wanted.length === 0 || wanted.some((scope) => scopes.has(scope));
}

function missingScopes(caller: Caller, operation: Operation, idKind: string | null): readonly string[] | null {
  if (!holdsAny(caller, SCOPE[operation])) return SCOPE[operation];
  const namesEmployeeIds = idKind === 'employee_id' || idKind === 'user_id';
  // [seed] the field scope; which code a caller without it gets is [derived].
  return namesEmployeeIds && !holdsAny(caller, SCOPE.employeeId) ? SCOPE.employeeId : null;
}

function scopeDenial(scopes: readonly string[]): { readonly denial: Denial } {
  const list = `[${scopes.join(',')}]`;
  const { scopeMissing } = GENERIC_CODES;
  return denied(
    { ...scopeMissing, msg: scopeMissing.msg + list },
    {
      helps: [
        {
          url: `https://open.feishu.cn/app?q=${encodeURIComponent(scopes.join(','))}`,
          description: `Learn more about scopes and how to add them: ${list}`,
        },
      ],
      permission_violations: scopes.map((subject) => ({ type: 'action_scope_required', subject })),
    },
  );
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
