import { hash } from 'node:crypto';
import type { Dialect, DialectContext } from '../../dialects/dialect.ts';
import type { App } from '../../directory/auth/app.ts';
import { isInService, type Employee } from '../../directory/employees/employee.ts';
import { load, type Store } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';
import type { JournalEntry } from '../journal/entry.ts';
import { noMask, type Mask } from '../journal/mask.ts';
import { fieldsOf, outcomeOf } from '../journal/request-view.ts';
import { changed, type Attempt, type Step } from './candidates/candidate.ts';
import { candidateFacts, type CandidateFacts, type Values } from './candidates/candidate-facts.ts';
import { candidatesFor } from './candidates/candidates.ts';
import { meantChange } from './candidates/meant.ts';
import { receiversOf, SECRET } from './candidates/receivers.ts';
import { operationsOf, platformOf } from './refused-call.ts';
import { mostRunsFor, search } from './search.ts';
import { hasSettingFor } from './settings.ts';
import { callOf, startOf } from './start-attempt.ts';
import { tryAttempt } from './try-attempt.ts';

/** What a refused call is looked at with. */
export interface SearchOptions {
  readonly dialects: readonly Dialect[];
  readonly context: DialectContext;
  /** This server's own address. */
  readonly origin: string;
  readonly mask: Mask;
}

/** What was found for a refused call. */
export interface NearestAttempts {
  /** The company that they are sent to; null where none passes. */
  readonly tenant: Tenant | null;
  /** The number of its newest change. */
  readonly change: number | null;
  /** The attempts that pass, the nearest first. */
  readonly attempts: readonly Attempt[];
  readonly runs: number;
  /** Whether there was more to try. */
  readonly isBounded: boolean;
}

/** So many people of a company are looked at for values that exist. */
const MAX_PEOPLE = 40;
/** After a limit is reached, where the answer does not say for how long it holds. */
const USUAL_WAIT_S = 60;

/**
 * Finds the requests nearest to a refused one that pass, as the company is now; for an accepted one, those in which members
 * without effect have one. Throws `NotRunError`.
 */
export async function nearestAttempts(entry: JournalEntry, options: SearchOptions): Promise<NearestAttempts> {
  const { dialects, context, mask, origin } = options;
  const dialect = platformOf(entry, dialects);
  const operations = operationsOf(entry, dialect);
  const call = callOf(entry, mask);
  const isPersonal = (name: string): boolean => mask !== noMask && dialect.memberNames.personal[name] !== undefined;
  const receivers = await receiversOf(entry, dialect, call, context.store);
  const starts = operations.flatMap((operation) => receivers.map((receiver) => ({ operation, receiver })));
  const mostRuns = mostRunsFor(call.target.length + call.body.length);
  let runs = 0;
  let isBounded = false;
  for (const [index, { operation, receiver }] of starts.entries()) {
    const { tenant, app } = receiver;
    const people = await peopleOf(context.store, tenant);
    const change = await newestChange(context.store, tenant);
    const unused = digitsFor(`${entry.id} ${String(change)}`);
    const { operation: name } = operation.route;
    const about = { dialect, tenant, app, people, unused, secret: SECRET, operation: name, isPersonal };
    const facts = candidateFacts({ ...about, query: new URLSearchParams() });
    const valuesOf = (at: Attempt): Values => dialect.facts.repairs.values({ ...facts, query: queryOf(at) });
    const asSent = startOf(entry, call, operation, receiver, valuesOf);
    const start = outcomeOf(entry) === 'ok' ? asMeant(entry, asSent, { dialect, tenant }) : asSent;
    if (start === null) break;
    const run = (attempt: Attempt): ReturnType<typeof tryAttempt> =>
      tryAttempt(attempt, { dialect, tenant, call, context, origin });
    const first = await run(start);
    runs++;
    if (first === null) {
      const steps = start.steps.length > 0 ? start.steps : [stepInTime(entry, facts, app)];
      return { tenant, change, attempts: [{ ...start, steps }], runs, isBounded: false };
    }
    // Each start gets half of what is left, as the first ones are the likelier.
    const isLast = index === starts.length - 1;
    const most = isLast ? mostRuns - runs : Math.ceil((mostRuns - runs) / 2);
    const found = await search(start, first, (attempt, refused) => candidatesFor(attempt, refused, facts), run, most);
    runs += found.runs;
    isBounded ||= found.isBounded;
    if (found.attempts.length > 0) return { tenant, change, attempts: found.attempts, runs, isBounded };
  }
  return { tenant: null, change: null, attempts: [], runs, isBounded };
}

/** Begins with what was meant by members without effect, where the call was accepted; null where that is not known. */
function asMeant(
  entry: JournalEntry,
  start: Attempt,
  { dialect, tenant }: { readonly dialect: Dialect; readonly tenant: Tenant },
): Attempt | null {
  const meant = meantChange(start.body, fieldsOf(entry), tenant, dialect.facts.repairs.meant);
  return meant === null ? null : { ...changed(start, meant), made: [] };
}

function queryOf({ query }: Attempt): URLSearchParams {
  return new URLSearchParams(query.map(([name, value]) => [name, value]));
}

/** What makes a call pass that passes as it is: a fresh token, or time, as no limit counts in a dry run. */
function stepInTime(entry: JournalEntry, facts: Pick<CandidateFacts, 'dialect' | 'tenant'>, app: App): Step {
  const isLimit = entry.status === 429 || entry.code === facts.dialect.facts.limitCode;
  // With a fresh token of the employee it passes: it was the token that ended.
  const isOfToken = entry.user !== undefined || !hasSettingFor(entry.code, app, facts);
  if (!isLimit && isOfToken) return { kind: 'again' };
  const { headers } = entry.response;
  const said = Object.entries(headers).find(([name]) => /^(?:retry-after|x-ogw-ratelimit-reset)$/i.test(name))?.[1];
  const seconds = Number(said);
  return { kind: 'wait', seconds: seconds > 0 ? Math.ceil(seconds) : USUAL_WAIT_S };
}

/** Eight digits that differ with each question, and are the same while the company does not change. */
function digitsFor(question: string): string {
  const number = Number.parseInt(hash('sha256', question, 'hex').slice(0, 12), 16);
  return String(number % 100_000_000).padStart(8, '0');
}

async function newestChange(store: Store, { number }: Tenant): Promise<number | null> {
  const { changes } = await store.read(() => load('changes', { tenant: number, before: null, limit: 1 }));
  return changes[0]?.number ?? null;
}

async function peopleOf(store: Store, tenant: Tenant): Promise<readonly Employee[]> {
  const about = { tenant: tenant.number, offset: 0, limit: MAX_PEOPLE, order: 'created' } as const;
  const { employees } = await store.read(() => load('employee-page', about));
  return employees.toSorted((one, other) => Number(isInService(other)) - Number(isInService(one)));
}
