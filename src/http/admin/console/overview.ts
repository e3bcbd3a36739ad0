import type { Call, ClientApp, Dialect, DialectContext, Reply, Route } from '../../../dialects/dialect.ts';
import type { App } from '../../../directory/auth/app.ts';
import { outboxOf, type OutboxRecord } from '../../../directory/outbox.ts';
import { load, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { Catalogue } from '../../../sandbox/catalogue/read.ts';
import { examineInTurns } from '../../../sandbox/doctor/examine.ts';
import type { JournalEntry } from '../../../sandbox/journal/entry.ts';
import { entryMasks, type MaskOptions } from '../../../sandbox/journal/entry-mask.ts';
import { outcomeOf } from '../../../sandbox/journal/request-view.ts';
import type { Nearest } from '../../../sandbox/nearest/contract.ts';
import { nearestRequest } from '../../../sandbox/nearest/nearest-request.ts';
import type { AdminAccess } from '../access/admin-access.ts';
import type { OverviewView, PlatformCard, RefusalLine } from '../contract.ts';
import { json } from '../reply.ts';
import { companyOf, isCompany } from './company-param.ts';
import { languageOf } from '../language.ts';
import { statsOf, type StatsOptions } from './stats.ts';

/** What an overview is made of. */
export interface OverviewOptions extends StatsOptions, MaskOptions {
  readonly access: AdminAccess;
  readonly dialects: readonly Dialect[];
  readonly catalogue: Catalogue;
  /** The secret of an app in clear, where that is known here; the store keeps none. */
  readonly secretOf: (company: string, app: App) => string | null;
  readonly engine: OverviewView['store']['kind'];
}

const MAX_REFUSALS = 5;
const MAX_FINDINGS = 20;
/** So many calls are looked at for findings, the newest; the doctor itself looks at all. */
const MAX_EXAMINED = 300;
const MAX_INVITATIONS = 1_000;
/** Takes the place of a secret that is not known. */
const UNKNOWN_SECRET = '$MINGCE_SECRET';

/** Everything that the first page shows of a company, in one answer. */
export function overviewRoute(options: OverviewOptions): Route {
  return {
    operation: 'overview',
    method: 'GET',
    path: '/mingce/v1/overview',
    answer: async (call, context) => {
      const tenant = await companyOf(call, context);
      if (!isCompany(tenant)) return tenant;
      const query = new URLSearchParams(call.query);
      query.set('company', tenant.key);
      const calls = await statsOf(options, query);
      return 'status' in calls ? calls : answered(options, call, context, tenant, calls);
    },
  };
}

/** What was found for a refusal, by language; it is looked for once, as an overview is asked for again and again. */
const found = { zh: new WeakMap<JournalEntry, Promise<Nearest>>(), en: new WeakMap<JournalEntry, Promise<Nearest>>() };

function nearestOf(
  entry: JournalEntry,
  call: Call,
  context: DialectContext,
  options: OverviewOptions,
): Promise<Nearest> {
  const language = languageOf(call);
  let nearest = found[language].get(entry);
  if (nearest === undefined) {
    const { dialects } = options;
    const mask = entryMasks(options)(entry);
    // An overview names what passes, and no advice.
    const remedyOf = (): null => null;
    nearest = nearestRequest(entry, { dialects, context, origin: call.origin, mask, language, remedyOf });
    found[language].set(entry, nearest);
  }
  return nearest;
}

async function refusalOf(
  entry: JournalEntry,
  call: Call,
  context: DialectContext,
  options: OverviewOptions,
): Promise<RefusalLine> {
  const { id, at, platform, operation, code, status, outcome } = entry;
  const employee = outcome?.records.find((record) => record.employee !== undefined)?.employee ?? null;
  const nearest = await nearestOf(entry, call, context, options);
  return {
    request: id,
    at: new Date(at).toISOString(),
    platform,
    operation,
    code,
    status,
    employee,
    nearest: nearest.verified ? nearest.text : null,
  };
}

async function answered(
  options: OverviewOptions,
  call: Call,
  context: DialectContext,
  tenant: Tenant,
  calls: OverviewView['calls'],
): Promise<Reply> {
  const { journal, catalogue, dialects, access, engine } = options;
  const { store } = context;
  const isFull = access.roleOf(call) === 'full';
  const sent = outboxOf(store).list(tenant.number);
  const [counts, ready] = await Promise.all([store.read(() => countsOf(tenant, sent)), store.isReady()]);
  const { newest, refused } = newestOf(journal?.entries() ?? [], tenant.key);
  const { findings } = await examineInTurns(newest, catalogue, languageOf(call));
  const refusals = await Promise.all(refused.map((entry) => refusalOf(entry, call, context, options)));
  return json(200, {
    company: tenant.key,
    name: tenant.parts.name,
    platforms: dialects.map((dialect) => cardOf(dialect, tenant, call.origin, isFull ? options.secretOf : () => null)),
    counts,
    store: { kind: engine, ready, shared: store.isShared },
    calls,
    refusals,
    findings: findings.slice(0, MAX_FINDINGS),
  } satisfies OverviewView);
}

/** The newest calls of a company, and of those that were refused the newest, too. */
function newestOf(
  entries: Iterable<JournalEntry>,
  key: string,
): { readonly newest: readonly JournalEntry[]; readonly refused: readonly JournalEntry[] } {
  const newest: JournalEntry[] = [];
  const refused: JournalEntry[] = [];
  for (const entry of entries) {
    if (entry.company !== key) continue;
    if (newest.length < MAX_EXAMINED) newest.push(entry);
    if (refused.length < MAX_REFUSALS && outcomeOf(entry) === 'refused') refused.push(entry);
    if (newest.length === MAX_EXAMINED && refused.length === MAX_REFUSALS) break;
  }
  return { newest, refused };
}

function* countsOf(tenant: Tenant, sent: readonly OutboxRecord[]): StoreTask<OverviewView['counts']> {
  const { number, parts } = tenant;
  const employees = yield* load('headcount', { tenant: number });
  const { changes } = yield* load('changes', { tenant: number, before: null, limit: 1 });
  const invitations = yield* load('invitations', { tenant: number, before: null, limit: MAX_INVITATIONS });
  return {
    employees,
    departments: parts.departments.length,
    newest_change: changes[0]?.number ?? null,
    invitations: invitations.length + sent.filter(({ kind }) => kind === 'invitation').length,
    messages: sent.filter(({ kind }) => kind === 'message').length,
  };
}

/** How a platform is reached in a company, and how much of it is served. */
function cardOf(
  { name, title, coverage, client }: Dialect,
  tenant: Tenant,
  url: string,
  secretOf: OverviewOptions['secretOf'],
): PlatformCard {
  const apps = tenant.parts.apps.filter(({ dialect }) => dialect === name);
  return {
    name,
    title,
    base_url: url,
    same: coverage.filter(({ status }) => status === 'same').length,
    partial: coverage.filter(({ status }) => status === 'partial').length,
    absent: coverage.filter(({ status }) => status === 'absent').length,
    apps: apps.map((app) => {
      const secret = secretOf(tenant.key, app);
      const known: ClientApp = { key: app.key, secret: secret ?? UNKNOWN_SECRET };
      const options = Object.entries(client.options(known, url));
      return {
        key: app.key,
        enabled: app.enabled,
        credentials: Object.fromEntries(
          options.map(([option, value]) => [option, value === UNKNOWN_SECRET ? null : value]),
        ),
        snippets: { curl: curlOf(client.tokenCall(known), url), ...client.snippets?.(known, url) },
      };
    }),
  };
}

/** The call for a token as a line for a shell. */
function curlOf({ method, path, body }: ReturnType<Dialect['client']['tokenCall']>, url: string): string {
  const address = `"${url}${path.replaceAll(encodeURIComponent(UNKNOWN_SECRET), UNKNOWN_SECRET)}"`;
  if (body === undefined) return `curl -sS ${method === 'GET' ? '' : `-X ${method} `}${address}`;
  const data = JSON.stringify(body).replaceAll("'", "'\\''").replaceAll(UNKNOWN_SECRET, `'"${UNKNOWN_SECRET}"'`);
  return `curl -sS -X ${method} ${address} -H 'Content-Type: application/json' -d '${data}'`;
}
