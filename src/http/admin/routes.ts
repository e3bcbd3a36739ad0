import type { Call, PersonalKind, Reply, Route, UnhandledReason } from '../../dialects/dialect.ts';
import { PAGE_HEADERS, VERSION_HEADER } from '../console/headers.ts';
import type { RouteGroup } from '../routing/route-group.ts';
import type { Backups } from '../../directory/backup.ts';
import type { Checked } from '../../directory/checked.ts';
import { changedPieces } from '../../lib/ended-at-once.ts';
import { isFromForeignPage } from '../../lib/network/foreign-page.ts';
import { backupRoutes } from './backups.ts';
import { changeRoutes } from './sandbox/changes.ts';
import { checkRoute } from './check.ts';
import { companyRoutes } from './companies.ts';
import { invitationsRoute } from './invitations.ts';
import { refuseUnknownParameters } from './unknown-names.ts';
import { languageOf } from './language.ts';
import type { Language } from '../../lib/language.ts';
import { outboxRoutes } from './outbox.ts';
import type { Companies } from '../../company/contract.ts';
import type { CompanyHistory } from '../../sandbox/history/company-history.ts';
import type { AdminAccess } from './access/admin-access.ts';
import { readerView } from './access/reader-view.ts';
import type { AdminOperation } from './operations/operation.ts';
import { adminOperations } from './operations/operations.ts';
import { sessionRoutes } from './session.ts';
import { loginsRoute } from './logins.ts';
import { problemInChinese } from './problem-words.ts';
import { FOREIGN, json, problem } from './reply.ts';
import type { CompanyStates, SandboxMode } from '../../sandbox/snapshots/contract.ts';
import { snapshotRoutes } from './sandbox/snapshots.ts';

/** What the admin API is made of. */
export interface AdminOptions {
  readonly companies: Companies;
  /** States of companies, kept to be put back. */
  readonly states: CompanyStates;
  readonly history: CompanyHistory;
  /** Where the database is copied by tools of its own: the sentence that names them. */
  readonly backups: Backups | string;
  /** Looks through everything that is kept. */
  readonly check: () => Promise<Checked>;
  readonly access: AdminAccess;
  /** What the members of each platform hold, to be masked for those who only read. */
  readonly personal: readonly Readonly<Record<string, PersonalKind>>[];
  readonly hasDemo: boolean;
  readonly mode: SandboxMode;
  readonly version: string;
  /** The largest company file that is read. */
  readonly companyBytes: number;
  /** The routes of the journal; they say so where requests are not kept. */
  readonly requests: readonly Route[];
  /** The routes of the catalogue of codes, and of the doctor. */
  readonly errors: readonly Route[];
  /** The routes of what developers do with companies: their clocks. */
  readonly sandbox: readonly Route[];
  /** The routes of tables in and out. */
  readonly tables: readonly Route[];
  /** The routes of events to apps. */
  readonly events: readonly Route[];
  /** The routes of live tenants. */
  readonly targets: readonly Route[];
  /** The routes of what the console shows. */
  readonly console: readonly Route[];
  /** The JSON Schema of company files in each language, worked out when it is asked for. */
  readonly schema: Readonly<Record<Language, () => unknown>>;
}

/** The admin API. What it is and how company files look may be read without the key; nothing else. */
export function adminRoutes({
  companies,
  states,
  history,
  backups,
  check,
  access,
  personal,
  hasDemo,
  mode,
  version,
  companyBytes,
  requests,
  errors,
  sandbox,
  tables,
  events,
  targets,
  console: consoleRoutes,
  schema,
}: AdminOptions): RouteGroup {
  const shownToReaders = readerView(personal);
  const withAdminKey = [
    ...companyRoutes(companies),
    ...snapshotRoutes(states),
    ...changeRoutes(history),
    invitationsRoute,
    ...outboxRoutes,
    loginsRoute,
    ...backupRoutes(backups),
    checkRoute(check),
    ...requests,
    ...errors,
    ...sandbox,
    ...tables,
    ...events,
    ...targets,
    ...consoleRoutes,
  ].map((route) => forReaders(route, access, shownToReaders));
  const schemaText = { en: once(() => JSON.stringify(schema.en())), zh: once(() => JSON.stringify(schema.zh())) };
  return {
    name: 'admin',
    prefixes: ['/mingce/'],
    bodyBytes: companyBytes,
    headers: { ...PAGE_HEADERS, [VERSION_HEADER]: version },
    routes: [
      ...withAdminKey,
      // They decide themselves which callers they take.
      ...sessionRoutes({ access, hasDemo, version, sandbox: mode }),
      {
        operation: 'index',
        method: 'GET',
        path: '/mingce/v1',
        answer: ({ origin }) => Promise.resolve(json(200, indexOf(origin, version))),
      },
      {
        operation: 'companies.schema',
        method: 'GET',
        path: '/mingce/v1/companies/schema.json',
        answer: (call) =>
          Promise.resolve({
            status: 200,
            headers: { 'Content-Type': 'application/schema+json; charset=utf-8', Vary: 'Accept-Language' },
            body: schemaText[languageOf(call)](),
          }),
      },
    ],
    fallback: (_call, why) => TURNED[why],
    onRequest: (call, route) => {
      if (isFromForeignPage(call)) return FOREIGN;
      if (route === undefined || !withAdminKey.includes(route)) return null;
      const guarded = isForReaders(route) ? access.guard(call) : access.guardWrites(call);
      const refused = guarded ?? refuseUnknownParameters(call, route);
      return refused === null || languageOf(call) === 'en' ? refused : problemInChinese(refused);
    },
  };
}

/** Whether the read-only key may call a route: it changes nothing, and its answer contains no secret. */
function isForReaders({ method, operation }: Route): boolean {
  const known: Readonly<Record<string, AdminOperation>> = adminOperations;
  return method === 'GET' && known[operation]?.isSecret !== true;
}

/** Returns a route whose answers are masked for those who only read, and whose stream of events ends with the session. */
function forReaders(route: Route, access: AdminAccess, shown: (reply: Reply) => Reply): Route {
  return {
    ...route,
    answer: async (call: Call, context) => {
      if (access.roleOf(call) !== 'full') call.isReader = true;
      const answer = await route.answer(call, context);
      const reply = languageOf(call) === 'zh' ? problemInChinese(answer) : answer;
      const { stream, headers } = reply;
      const isFollowed = stream !== undefined && headers['Content-Type']?.startsWith('text/event-stream') === true;
      const ending = isFollowed
        ? { ...reply, stream: changedPieces(stream, (all) => whileOpen(all, () => access.isStillOpen(call))) }
        : reply;
      return call.isReader === true ? shown(ending) : ending;
    },
  };
}

/** Passes pieces on as long as the session is there. A stream has a heartbeat, so it ends soon after. */
async function* whileOpen(
  pieces: AsyncIterable<Uint8Array>,
  isOpen: () => boolean,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of pieces) {
    if (!isOpen()) return;
    yield piece;
  }
}

const TURNED: Readonly<Record<UnhandledReason, Reply>> = {
  'not-found': problem(404, 'The admin API has no such path; GET /mingce/v1 lists what it has.'),
  'too-large': problem(413, 'The company file is larger than MINGCE_COMPANY_BYTES allows.'),
  busy: problem(503, 'Nothing can be written just now; try again.'),
  internal: problem(500, 'Something went wrong here; the log says more.'),
};

function indexOf(origin: string, version: string): unknown {
  const companies = `${origin}/mingce/v1/companies`;
  return {
    name: 'Mingce 名册',
    version,
    authorization: 'Bearer <admin key>',
    session: `${origin}/mingce/v1/session{?all}`,
    companies,
    company: `${companies}/{key}`,
    company_file: `${companies}/{key}/file`,
    company_plans: `${companies}/{key}/plans`,
    company_plan: `${companies}/{key}/plans/{id}{?q,action,kind,after,limit}`,
    export_table: `${companies}/{key}/export{?format,columns,template,department,status,language,raw}`,
    imports: `${companies}/{key}/imports{?name}`,
    import_people: `${companies}/{key}/imports/people`,
    import_rows: `${companies}/{key}/imports/{id}/rows{?state,offset,limit}`,
    import_failed: `${companies}/{key}/imports/{id}/failed{?format}`,
    employees: `${companies}/{key}/employees{?q,department,below,status,sort,offset,limit}`,
    employee: `${companies}/{key}/employees/{id}{?why}`,
    views: `${companies}/{key}/employees/{id}/views{?feishu,wecom,hose}`,
    departments: `${companies}/{key}/departments`,
    apps: `${companies}/{key}/apps`,
    app: `${companies}/{key}/apps/{platform}/{app}`,
    app_secret: `${companies}/{key}/apps/{platform}/{app}/secret`,
    catalogues: `${companies}/{key}/catalogues`,
    catalogue: `${companies}/{key}/catalogues/{list}`,
    catalogue_entry: `${companies}/{key}/catalogues/{list}/{entry}`,
    catalogue_people: `${companies}/{key}/catalogues/{list}/{entry}/people{?limit}`,
    fields: `${companies}/{key}/fields`,
    field: `${companies}/{key}/fields/{field}`,
    field_people: `${companies}/{key}/fields/{field}/people{?limit}`,
    operations: `${origin}/mingce/v1/operations{?platform}`,
    operation: `${origin}/mingce/v1/operations/{platform}/{operation}{?company,employee,department}`,
    search: `${origin}/mingce/v1/search{?company,q}`,
    changes: `${companies}/{key}/changes{?before,limit,platform,operation,app,request,since}`,
    employee_changes: `${companies}/{key}/employees/{id}/changes{?field,limit}`,
    employee_targets: `${companies}/{key}/employees/{id}/targets`,
    targets: `${companies}/{key}/targets`,
    target_links: `${companies}/{key}/targets/{target}/links{?state,kind,after,limit}`,
    check_employee: `${companies}/{key}/employees/{id}/check`,
    send_call: `${companies}/{key}/calls{?as}`,
    check_call: `${companies}/{key}/check`,
    undo: `${companies}/{key}/changes/{number}/undo`,
    clock: `${companies}/{key}/clock{?plan}`,
    faults: `${companies}/{key}/faults`,
    invitations: `${companies}/{key}/invitations`,
    reset: `${companies}/{key}/reset`,
    fork: `${companies}/{key}/fork`,
    diff: `${companies}/{key}/diff{?from,to}`,
    snapshots: `${companies}/{key}/snapshots`,
    restore_snapshot: `${companies}/{key}/snapshots/{name}/restore`,
    logins: `${origin}/mingce/v1/logins{?mobile,email,account}`,
    backup: `${origin}/mingce/v1/backup`,
    restore: `${origin}/mingce/v1/restore`,
    check: `${origin}/mingce/v1/check`,
    requests: `${origin}/mingce/v1/requests{?q,ids,company,platform,operation,app,employee,code,verdict,since,before,limit,as}`,
    replay: `${origin}/mingce/v1/requests/{id}/replay`,
    overview: `${origin}/mingce/v1/overview{?company,window,step}`,
    call_stats: `${origin}/mingce/v1/stats/calls{?company,window,step}`,
    stream: `${origin}/mingce/v1/stream{?topics,company,q}`,
    doctor: `${origin}/mingce/v1/doctor{?company,since,ids}`,
    doctor_suppression: `${origin}/mingce/v1/doctor/suppressions/{id}{?company}`,
    errors: `${origin}/mingce/v1/errors{?q,platform}`,
    try_error: `${origin}/mingce/v1/errors/{platform}/{code}/try`,
    metrics: `${origin}/metrics`,
    company_schema: `${companies}/schema.json`,
    health: `${origin}/healthz`,
    ready: `${origin}/readyz`,
  };
}

function once<Value>(workOut: () => Value): () => Value {
  let value: { readonly is: Value } | undefined;
  return () => (value ??= { is: workOut() }).is;
}
