import type { Call, DialectContext, Reply, Route } from '../../dialects/dialect.ts';
import { load } from '../../directory/store.ts';
import { isObject } from '../../lib/json-equal.ts';
import { parseJson } from '../../lib/json.ts';
import type { SandboxMode } from '../../sandbox/snapshots/contract.ts';
import type { AdminAccess, SignIn } from './access/admin-access.ts';
import type { SessionCompany, SessionView } from './contract.ts';
import { json, noContent, problem } from './reply.ts';
import { refuseUnknownParameters } from './unknown-names.ts';

/** So many companies are listed with their numbers. */
const MAX_COMPANIES_LISTED = 100;

/** The zone of companies that say none: where the platforms are. */
const TIME_ZONE = 'Asia/Shanghai';

/** What a session says besides the companies. */
export interface SessionOptions {
  readonly access: AdminAccess;
  readonly hasDemo: boolean;
  readonly version: string;
  readonly sandbox: SandboxMode;
}

const PATH = '/mingce/v1/session';

/** The session of a browser: begun with a key, or with nothing for the demo company, looked at, and ended. */
export function sessionRoutes(options: SessionOptions): readonly Route[] {
  const { access } = options;
  return [
    {
      operation: 'session.begin',
      method: 'POST',
      path: PATH,
      answer: async (call, { store }) => {
        const asked = askedBy(call.body);
        if (asked === null) return problem(400, 'Send {"key": "<admin key>"} or {"demo": true}.');
        const begun = access.signIn(call, asked);
        if ('status' in begun) return begun;
        const reply = json(200, await viewOf(options, call, store));
        return { ...reply, headers: { ...reply.headers, 'Set-Cookie': begun.cookie } };
      },
    },
    {
      operation: 'session.show',
      method: 'GET',
      path: PATH,
      answer: async (call, { store }) => {
        const refused = access.guard(call);
        if (refused === null) return json(200, await viewOf(options, call, store));
        return refused.status === 401
          ? problem(401, 'There is no session; sign in.', { code: 'signed-out', demo: access.offersDemo(call) })
          : refused;
      },
    },
    {
      operation: 'session.end',
      method: 'DELETE',
      path: PATH,
      answer: (call) => Promise.resolve(end(access, call)),
    },
  ];
}

function end(access: AdminAccess, call: Call): Reply {
  const unknown = refuseUnknownParameters(call, { operation: 'session.end' });
  if (unknown !== null) return unknown;
  // Its name alone is enough.
  if (!['', 'true', 'false'].includes(call.query.get('all') ?? ''))
    return problem(400, 'The parameter all is true or false.');
  const all = call.query.has('all') && call.query.get('all') !== 'false';
  const refused = all ? access.guardWrites(call) : access.guard(call);
  // A session that is over already is ended.
  if (refused !== null && refused.status !== 401) return refused;
  if (refused !== null && all) return refused;
  return { ...noContent, headers: { ...noContent.headers, 'Set-Cookie': access.signOut(call, all) } };
}

/** Longer keys are none. */
const MAX_KEY = 1_024;

function askedBy(body: Uint8Array): SignIn | null {
  const parsed = parseJson(body);
  if (!parsed.ok || !isObject(parsed.value)) return null;
  const { key, demo, ...others } = parsed.value;
  if (Object.keys(others).length > 0) return null;
  if (demo === true && key === undefined) return { demo };
  return typeof key === 'string' && key !== '' && key.length <= MAX_KEY && demo === undefined ? { key } : null;
}

async function viewOf(
  { access, hasDemo, version, sandbox }: SessionOptions,
  call: Call,
  store: DialectContext['store'],
): Promise<SessionView> {
  const keys = await store.tenantKeys();
  const companies = await Promise.all(keys.slice(0, MAX_COMPANIES_LISTED).map((key) => companyOf(store, key)));
  return {
    role: access.roleOf(call),
    demo: hasDemo,
    version,
    sandbox,
    companies: companies.flatMap((company) => company ?? []),
    total: keys.length,
  };
}

async function companyOf(store: DialectContext['store'], key: string): Promise<SessionCompany | null> {
  const tenant = await store.tenantByKey(key);
  if (tenant === null) return null;
  const { name, departments } = tenant.parts;
  const employees = await store.read(() => load('headcount', { tenant: tenant.number }));
  return { key, name, employees, departments: departments.length, time_zone: TIME_ZONE };
}
