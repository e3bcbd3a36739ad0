import type { Call, Dialect, DialectContext, Reply, Route } from '../../dialects/dialect.ts';
import { editApp } from '../../directory/auth/app-edit.ts';
import type { App } from '../../directory/auth/app.ts';
import { hashSecret } from '../../directory/auth/secret.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { isObject } from '../../lib/json-equal.ts';
import { parseJson } from '../../lib/json.ts';
import { companyOf, isCompany } from './console/company-param.ts';
import type { AppLine, AppList, AppSecret } from './contract.ts';
import { json, problem } from './reply.ts';

const PATH = '/mingce/v1/companies/:key/apps';
const ONE = `${PATH}/:platform/:app`;
/** As long as the secrets that platforms give, and longer than what can be guessed. */
const SECRET_LENGTH = 40;

/**
 * What is shown of an app's settings. Names that are not here are kept back, so that a secret that a platform adds among its
 * settings is not shown by mistake.
 */
const SHOWN: ReadonlySet<string> = new Set([
  'api_sync',
  'contact_scope',
  'hr_callable',
  'installed',
  'ip_allow_list',
  'kind',
  'name',
  'reading_ips',
  'redirect_urls',
  'scopes',
  'sensitive_fields',
  'token_seconds',
  'trusted_domains',
  'trusted_ips',
  'visible_range',
]);

/** The apps of a company: listed without their secrets, switched on and off, and given another secret. */
export function appRoutes(dialects: readonly Pick<Dialect, 'name' | 'company'>[]): readonly Route[] {
  return [
    {
      operation: 'apps.list',
      method: 'GET',
      path: PATH,
      answer: async (call, context) => {
        const tenant = await companyOf(call, context);
        if (!isCompany(tenant)) return tenant;
        const apps = tenant.parts.apps.map((app) => lineOf(app, dialects));
        return json(200, { apps } satisfies AppList);
      },
    },
    {
      operation: 'apps.edit',
      method: 'PATCH',
      path: ONE,
      answer: async (call, context) => {
        const tenant = await companyOf(call, context);
        if (!isCompany(tenant)) return tenant;
        const enabled = switchOf(call.body);
        if (enabled === null) return problem(422, 'Send {"enabled": true} or {"enabled": false}.');
        const edited = await changed('apps.edit', tenant, call, context, (app) => ({ ...app, enabled }));
        return edited === null ? NO_APP : json(200, lineOf(edited, dialects) satisfies AppLine);
      },
    },
    {
      operation: 'apps.rotate',
      method: 'POST',
      path: `${ONE}/secret`,
      answer: async (call, context): Promise<Reply> => {
        const tenant = await companyOf(call, context);
        if (!isCompany(tenant)) return tenant;
        const { ids } = context;
        const secret = ids.hex(SECRET_LENGTH);
        const kept = hashSecret(secret, ids.hex(16));
        const edited = await changed('apps.rotate', tenant, call, context, (app) => ({ ...app, secret: kept }));
        return edited === null ? NO_APP : json(200, { secret } satisfies AppSecret);
      },
    },
  ];
}

const NO_APP = problem(404, 'The company has no app of that key on that platform.');

/** Changes the app that the path names, as a change of the company that its history shows. */
function changed(
  operation: string,
  tenant: Tenant,
  { params, requestId }: Call,
  { store, now }: DialectContext,
  edit: (app: App) => App,
): Promise<App | null> {
  const named = { dialect: params['platform'] ?? '', key: params['app'] ?? '' };
  return editApp(store, tenant, named, edit, {
    dialect: 'admin',
    operation,
    app: null,
    request: requestId,
    at: now(tenant),
  });
}

function switchOf(body: Uint8Array): boolean | null {
  const parsed = parseJson(body);
  if (!parsed.ok || !isObject(parsed.value)) return null;
  const { enabled, ...others } = parsed.value;
  return typeof enabled === 'boolean' && Object.keys(others).length === 0 ? enabled : null;
}

function lineOf(app: App, dialects: readonly Pick<Dialect, 'name' | 'company'>[]): AppLine {
  const { dialect, key, enabled } = app;
  const written = dialects.find(({ name }) => name === dialect)?.company.writeApp(app);
  const settings = isObject(written) ? Object.entries(written) : [];
  return {
    platform: dialect,
    app: key,
    enabled,
    settings: Object.fromEntries(settings.filter(([name, value]) => SHOWN.has(name) && value !== undefined)),
  };
}
