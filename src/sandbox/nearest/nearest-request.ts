import type { Call, Dialect, DialectContext, Reply, Route } from '../../dialects/dialect.ts';
import type { App } from '../../directory/auth/app.ts';
import { isInService, type Employee } from '../../directory/employees/employee.ts';
import type { Store } from '../../directory/store.ts';
import { load } from '../../directory/store.ts';
import { hashSecret } from '../../directory/auth/secret.ts';
import { Tenant } from '../../directory/tenant.ts';
import { parseJson } from '../../lib/json.ts';
import { grantTo } from '../acting/app-grant.ts';
import { dryRun } from '../dry-run/dry-run.ts';
import type { JournalEntry } from '../journal/entry.ts';
import { noMask, type Mask } from '../journal/mask.ts';
import { isAccepted, saysSuccess } from '../journal/request-view.ts';
import { NotRunError, rebuiltCall, type RebuiltCall } from '../replay/rebuilt-call.ts';
import type { Attempt, Refused, Step } from './candidate.ts';
import { candidatesFor } from './candidates.ts';
import type { Nearest, NearestStep } from './contract.ts';
import { withParameter } from './draft.ts';
import { shownRequest, shownStep } from './shown-request.ts';
import { hasSettingFor } from './settings.ts';
import { MAX_RUNS, search, type Tried } from './search.ts';
import { sentenceOf } from './sentence.ts';

/** What a question is answered with. */
export interface NearestOptions {
  readonly dialects: readonly Dialect[];
  readonly context: DialectContext;
  /** This server's own address. */
  readonly origin: string;
  readonly mask: Mask;
  readonly language: 'zh' | 'en';
}

/** So many people of a company are looked at for values that exist. */
const MAX_PEOPLE = 40;
/** After a limit is reached, where the answer does not say for how long it holds. */
const USUAL_WAIT_S = 60;

/** Finds the nearest request that passes for a refused one of the journal, as the company is now. Nothing is written. */
export async function nearestRequest(entry: JournalEntry, options: NearestOptions): Promise<Nearest> {
  try {
    return await answered(entry, options);
  } catch (error) {
    if (!(error instanceof NotRunError)) throw error;
    return { verified: false, reason: 'not-run', detail: error.message, runs: 0 };
  }
}

async function answered(entry: JournalEntry, options: NearestOptions): Promise<Nearest> {
  const { dialects, context, mask, language } = options;
  const { dialect, route } = operationOf(entry, dialects);
  // With a stand-in: its own token is made for each run.
  const call = rebuiltCall(withoutMarks(entry), { headers: {}, query: NO_TOKENS }, {}, mask);
  const unused = String(Number.parseInt(context.ids.hex(8), 16) % 100_000_000).padStart(8, '0');
  const isPersonal = (name: string): boolean => mask !== noMask && dialect.memberNames.personal[name] !== undefined;
  let runs = 0;
  let isBounded = false;
  for (const { tenant, app } of await receiversOf(entry, dialect, call, context.store)) {
    const start = startOf(call, route, app, entry.app);
    const people = await peopleOf(context.store, tenant);
    const facts = { dialect, tenant, people, unused, secret: SECRET, isPersonal };
    const run = (attempt: Attempt): Promise<Tried> =>
      tried(attempt, { ...facts, call, context, origin: options.origin });
    const about = { company: tenant.key, mask, language };
    const first = await run(start);
    runs++;
    if (first === null) {
      const steps = start.steps.length > 0 ? start.steps : [stepInTime(entry, facts, app)];
      return verified(entry, start, steps, runs, about);
    }
    const found = await search(
      start,
      first,
      (attempt, refused) =>
        candidatesFor(attempt, refused, { ...facts, app: attempt.app, query: new URLSearchParams() }),
      run,
      MAX_RUNS - runs,
    );
    runs += found.runs;
    if (found.attempt !== null) return verified(entry, found.attempt, found.attempt.steps, runs, about);
    isBounded ||= found.isBounded;
  }
  return { verified: false, reason: isBounded ? 'bounds' : 'exhausted', runs };
}

/** Takes the place of the secret of an app: the directory has none in clear. */
const SECRET = '[secret of the app]';
const SALT = '00';

/** A call of a caller who is not known is run with secrets that are wrong: those it had are not kept. */
function withoutMarks(entry: JournalEntry): JournalEntry {
  if (entry.company !== null) return entry;
  const plain = (text: string): string => text.replaceAll(/\[secret [0-9a-f]{8}\]/g, 'not-kept');
  const { request } = entry;
  const body = typeof request.body === 'string' ? request.body : request.body?.toString();
  return {
    ...entry,
    target: plain(entry.target),
    request: { ...request, body: body === undefined ? null : plain(body) },
  };
}

/** Parameters of queries that carry a token on some platform. */
const NO_TOKENS = { access_token: '', accessToken: '' };

function verified(
  entry: JournalEntry,
  attempt: Attempt,
  steps: readonly Step[],
  runs: number,
  { company, mask, language }: Pick<NearestOptions, 'mask' | 'language'> & { readonly company: string },
): Nearest {
  const request = { ...shownRequest(entry, attempt, mask), company };
  const shown = steps.map((step) => shownStep(step, mask));
  return { verified: true, steps: shown, request, text: sentenceOf(shown, language), runs };
}

/** What makes a call pass that passes as it is: a fresh token, or time, as no limit counts in a dry run. */
function stepInTime(
  entry: JournalEntry,
  facts: { readonly dialect: Dialect; readonly tenant: Tenant },
  app: App,
): NearestStep {
  const isLimit = entry.status === 429 || entry.code === facts.dialect.facts.limitCode;
  if (!isLimit && !hasSettingFor(entry.code, app, facts)) return { kind: 'again' };
  const { headers } = entry.response;
  const said = Object.entries(headers).find(([name]) => /^(?:retry-after|x-ogw-ratelimit-reset)$/i.test(name))?.[1];
  const seconds = Number(said);
  return { kind: 'wait', seconds: seconds > 0 ? Math.ceil(seconds) : USUAL_WAIT_S };
}

interface Receiver {
  readonly tenant: Tenant;
  readonly app: App;
}

/** So many apps are tried for a caller who is not known. */
const MAX_RECEIVERS = 3;

function operationOf(
  entry: JournalEntry,
  dialects: readonly Dialect[],
): { readonly dialect: Dialect; readonly route: Route } {
  const dialect = dialects.find(({ name }) => name === entry.platform);
  const route = dialect?.routes.find(({ operation }) => operation === entry.operation);
  if (dialect === undefined || route === undefined) throw new NotRunError('The call is not one that is served.');
  if (route.streamsBody === true) throw new NotRunError('The body was streamed and is not kept.');
  return { dialect, route };
}

/** The app that called; where that is not known, apps that may have been meant. */
async function receiversOf(
  entry: JournalEntry,
  dialect: Dialect,
  call: RebuiltCall,
  store: Store,
): Promise<readonly Receiver[]> {
  if (entry.company !== null) {
    const tenant = await store.tenantByKey(entry.company);
    const app = tenant?.appByKey(dialect.name, entry.app ?? '');
    if (tenant === null || app === undefined) throw new NotRunError('The app that called is not there any more.');
    return [{ tenant, app }];
  }
  const receivers: Receiver[] = [];
  for (const key of (await store.tenantKeys()).slice(0, MAX_RECEIVERS)) {
    const tenant = await store.tenantByKey(key);
    const apps = tenant?.parts.apps.filter((one) => one.dialect === dialect.name && one.enabled) ?? [];
    if (tenant !== null) receivers.push(...apps.map((app) => ({ tenant, app })));
  }
  // Those first that the call names.
  const said = `${call.target} ${new TextDecoder().decode(call.body)}`;
  const isSaid = ({ app }: Receiver): number => Number(app.key.split('/').some((part) => said.includes(part)));
  const chosen = receivers.toSorted((one, other) => isSaid(other) - isSaid(one)).slice(0, MAX_RECEIVERS);
  if (chosen.length === 0) throw new NotRunError('No company has an app on this platform.');
  return chosen;
}

/** An attempt to begin with; an app that did not call is its first step, and its secret is pretended to be known. */
function startOf({ target, body }: RebuiltCall, route: Route, app: App, caller: string | null): Attempt {
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  const search = mark === -1 ? '' : target.slice(mark + 1);
  const params = paramsIn(route.path, path);
  if (params === null) throw new NotRunError('The call came by another path than that of its operation.');
  const query = Object.keys(NO_TOKENS).reduce<Attempt['query']>(
    (left, name) => withParameter(left, name, null),
    [...new URLSearchParams(search)],
  );
  const request = { params, query, body: bodyIn(body), app, route, cost: 0 };
  if (caller !== null) return { ...request, pretended: [], steps: [] };
  return {
    ...request,
    pretended: [(tenant) => withSecret(tenant, app)],
    steps: [{ kind: 'app', at: 'app', from: null, to: app.key }],
  };
}

function withSecret({ parts }: Tenant, { id }: App): Tenant {
  const secret = hashSecret(SECRET, SALT);
  return new Tenant({ ...parts, apps: parts.apps.map((app) => (app.id === id ? { ...app, secret } : app)) });
}

/** JSON, or the text of what is none; undefined where there is none. */
function bodyIn(body: Uint8Array): unknown {
  if (body.length === 0) return undefined;
  const parsed = parseJson(body);
  return parsed.ok ? parsed.value : new TextDecoder().decode(body);
}

/** Reads the parameters of a path; null where it is not of this pattern. */
function paramsIn(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const expected = pattern.split('/');
  const given = path.split('/');
  if (expected.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const value = given[index] ?? '';
    const [, fixed = '', name] = /^([^:]*):([A-Za-z_]+)/.exec(part) ?? [];
    if (name === undefined) {
      if (part !== value) return null;
    } else if (value.startsWith(fixed)) params[name] = decoded(value.slice(fixed.length));
    else return null;
  }
  return params;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

async function peopleOf(store: Store, tenant: Tenant): Promise<readonly Employee[]> {
  const about = { tenant: tenant.number, offset: 0, limit: MAX_PEOPLE, order: 'created' } as const;
  const { employees } = await store.read(() => load('employee-page', about));
  return employees.toSorted((one, other) => Number(isInService(other)) - Number(isInService(one)));
}

interface RunFacts {
  readonly dialect: Dialect;
  readonly tenant: Tenant;
  readonly call: RebuiltCall;
  readonly context: DialectContext;
  readonly origin: string;
}

/** Runs an attempt without writing; returns how it is refused, or null. */
async function tried(attempt: Attempt, { dialect, tenant, call, context, origin }: RunFacts): Promise<Tried> {
  const { route } = attempt;
  const granted = grantTo(dialect, tenant, attempt.app, context);
  const made: Call = {
    method: route.method,
    path: pathOf(route.path, attempt.params),
    routePath: route.path,
    params: attempt.params,
    query: new URLSearchParams([
      ...attempt.query.map(([name, value]) => [name, value]),
      ...Object.entries(granted.query),
    ]),
    headers: { 'content-type': 'application/json; charset=utf-8', ...call.headers, ...granted.headers },
    body: bytesOf(attempt.body),
    peer: call.peer,
    receivedAt: context.now(null),
    requestId: context.ids.uuid(),
    origin,
    isLocal: true,
  };
  const reply = await dryRun(route, made, granted.context, (known) =>
    known.number === tenant.number ? attempt.pretended.reduce((one, change) => change(one), known) : known,
  );
  return refusalIn(reply);
}

function refusalIn({ status, code, outcome, body }: Reply): Refused | null {
  const known = code === undefined ? null : String(code);
  if (saysSuccess({ status, code: known }) && isAccepted(outcome)) return null;
  const fields = (outcome?.records ?? []).flatMap(({ verdicts }) =>
    verdicts.filter(({ verdict }) => verdict === 'refused').map(({ field }) => field),
  );
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  // Without the ids that differ with each answer.
  return { code: known, fields, answer: text.replaceAll(/[0-9A-Fa-f-]{19,}|\[[0-9]+\]/g, '') };
}

function pathOf(pattern: string, params: Readonly<Record<string, string>>): string {
  return pattern.replaceAll(/:([A-Za-z_]+)/g, (_all, name: string) => segmentOf(params[name] ?? ''));
}

/** What ids of the platforms have, and what a path may have as it is. */
function segmentOf(value: string): string {
  return encodeURIComponent(value).replaceAll('%24', '$').replaceAll('%3A', ':');
}

function bytesOf(body: unknown): Uint8Array {
  if (body === undefined) return new Uint8Array(0);
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
}
