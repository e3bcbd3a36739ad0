import type { App } from '../../../../directory/auth/app.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import { load, type StoreTask } from '../../../../directory/store.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import { isFromForeignPage } from '../../../../lib/network/foreign-page.ts';
import type { Call, DialectContext, Reply, Route } from '../../../dialect.ts';
import { canAct } from '../../auth/caller.ts';
import { exchangeAt, responseContext, htmlReply, type ResponseContext } from '../../protocol/envelope.ts';
import { founderOf } from '../../model/founder.ts';
import { employeeIdOf, employeesNamed, idReaderOf } from '../../model/ids.ts';
import { redirectDigest, sealCode } from '../../auth/sealed-code.ts';
import { PAGE_ERRORS, type PageError } from '../../auth/oauth-errors.ts';
import { errorPage, PAGE_HEADERS, questionPage } from '../../auth/oauth-page.ts';
import { addressWith, readRequest, type OauthRequest, type PageAddress } from '../../auth/oauth-request.ts';
import { appSettingsOf, DIALECT, livesOf, settingsOf } from '../../model/settings.ts';

/** So many administrators are shown at most; others are named by employee_id. [proposed] */
const MAX_SHOWN = 100;

/** Parameters of the request that are repeated when the user chooses. */
const REPEATED: ReadonlySet<string> = new Set([
  'client_id',
  'app_id',
  'response_type',
  'redirect_uri',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
]);

/** Where a browser is sent so that a user agrees; a code of one address is good at every token call. */
interface Page extends PageAddress {
  readonly operation: string;
  readonly path: string;
}

const PAGES: readonly Page[] = [
  {
    operation: 'oauth-authorize',
    path: '/open-apis/authen/v1/authorize',
    wantsResponseType: true,
    takesScopes: true,
  },
  // The page before that one, without scopes. [public: au/index, contract feishu-contact.md 5.1]
  { operation: 'authen.index', path: '/open-apis/authen/v1/index', wantsResponseType: false, takesScopes: false },
  // What clients of OpenID Connect are sent to. [public: eiam]
  {
    operation: 'passport.authorize',
    path: '/suite/passport/oauth/authorize',
    wantsResponseType: true,
    takesScopes: false,
  },
];

/** 获取授权码 */
export const oauthPages: readonly Route[] = PAGES.map((page) => ({
  operation: page.operation,
  method: 'GET',
  path: page.path,
  answer: (call, context) => answer(call, context, page),
}));

async function answer(call: Call, context: DialectContext, page: Page): Promise<Reply> {
  const opened = responseContext(call, context.now(null), page.operation);
  if (isFromForeignPage(call)) return { ...fail(opened, PAGE_ERRORS.foreignPage), status: 403 };
  const { query } = call;
  // The older page calls it app_id.
  const key = query.get('client_id') ?? query.get('app_id') ?? '';
  const tenant = await context.store.tenantByApp(DIALECT, key);
  const app = tenant?.appByKey(DIALECT, key);
  if (tenant === null || app === undefined) return fail(opened, PAGE_ERRORS.appUnknown);
  const exchange = exchangeAt(opened, context.now(tenant));
  if (!app.enabled) return fail(exchange, PAGE_ERRORS.appDisabled);
  if (!appSettingsOf(app).installed || !tenant.isInUse) return fail(exchange, PAGE_ERRORS.appNotInstalled);
  const request = readRequest(query, app, page);
  if ('code' in request) return fail(exchange, request);
  const hint = query.get('login_hint') ?? '';
  return hint === ''
    ? question(call, context, exchange, { tenant, app, request })
    : agree(context, exchange, { tenant, app, request }, hint);
}

interface Asked {
  readonly tenant: Tenant;
  readonly app: App;
  readonly request: OauthRequest;
}

async function question(
  call: Call,
  context: DialectContext,
  exchange: ResponseContext,
  { tenant, app, request }: Asked,
): Promise<Reply> {
  // The caller is unknown, so that people's names are shown on this very machine only.
  const people = call.isLocal === true ? await context.store.read(() => administrators(tenant)) : [];
  const html = questionPage({
    company: tenant.parts.name,
    appId: app.key,
    scopes: request.scopes ?? [],
    people: people.map((employee) => ({
      employeeId: employeeIdOf(employee, 'employee_id', idReaderOf(app), tenant),
      name: employee.name,
    })),
    query: new URLSearchParams([...call.query].filter(([name]) => REPEATED.has(name))),
    refused: addressWith(request.redirectUri, { error: 'access_denied' }, request.state),
  });
  return htmlReply(exchange, 200, PAGE_HEADERS, html);
}

function* administrators(tenant: Tenant): StoreTask<readonly Employee[]> {
  const founder = yield* founderOf(tenant);
  const named = settingsOf(tenant).administrators.map(({ employee }) => employee);
  const ids = [...new Set(founder === null ? named : [founder, ...named])].slice(0, MAX_SHOWN);
  const found = yield* load('employees-by-id', { tenant: tenant.number, ids });
  return ids.flatMap((id) => found.get(id) ?? []).filter(canAct);
}

/** Sends back with a code. Nothing is kept of it here: everybody can ask for one. */
async function agree(
  context: DialectContext,
  exchange: ResponseContext,
  { tenant, app, request }: Asked,
  hint: string,
): Promise<Reply> {
  const employee = await context.store.read(() => personNamed(tenant, app, hint));
  if (employee === undefined) return fail(exchange, PAGE_ERRORS.userUnknown);
  if (!canAct(employee)) return fail(exchange, PAGE_ERRORS.userInvalid);
  const { scopes, redirectUri, challenge, state } = request;
  const grant = {
    employee: employee.id,
    scopes,
    agreedAt: exchange.at,
    expiresAt: exchange.at + livesOf(app).codeMs,
    redirect: redirectDigest(redirectUri),
  };
  const code = sealCode(app, challenge === undefined ? grant : { ...grant, challenge }, context.ids);
  return htmlReply(exchange, 302, { ...PAGE_HEADERS, location: addressWith(redirectUri, { code }, state) }, '');
}

function* personNamed(tenant: Tenant, app: App, hint: string): StoreTask<Employee | undefined> {
  const found = yield* employeesNamed(tenant, 'employee_id', idReaderOf(app), [hint]);
  return found.get(hint);
}

function fail(exchange: ResponseContext, error: PageError): Reply {
  return { ...htmlReply(exchange, 400, PAGE_HEADERS, errorPage(error)), code: error.code };
}
