import type { Call, Dialect, DialectContext, Reply } from '../../dialects/dialect.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { grantTo } from '../acting/app-grant.ts';
import { dryRun } from '../dry-run/dry-run.ts';
import { isAccepted, saysSuccess } from '../journal/request-view.ts';
import type { RebuiltCall } from '../replay/rebuilt-call.ts';
import type { Attempt, Refused } from './candidates/candidate.ts';
import type { Tried } from './search.ts';

/** What an attempt is run with. */
export interface RunFacts {
  readonly dialect: Dialect;
  readonly tenant: Tenant;
  readonly call: RebuiltCall;
  readonly context: DialectContext;
  readonly origin: string;
}

/** Runs an attempt without writing; returns how it is refused, or null. */
export async function tryAttempt(
  attempt: Attempt,
  { dialect, tenant, call, context, origin }: RunFacts,
): Promise<Tried> {
  const { route } = attempt;
  const pretend = (known: Tenant): Tenant => attempt.pretended.reduce((one, change) => change(one), known);
  // A token may follow from the secret of its app.
  const app = pretend(tenant).app(attempt.app.id) ?? attempt.app;
  const granted = grantTo(dialect, tenant, app, context, attempt.user);
  const made: Call = {
    method: route.method,
    path: pathOf(attempt),
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
    known.number === tenant.number ? pretend(known) : known,
  );
  return refusalIn(reply);
}

/** Writes the path of an attempt, with what it names. */
export function pathOf({ route, params }: Pick<Attempt, 'route' | 'params'>): string {
  return route.path.replaceAll(/:([A-Za-z_]+)/g, (_all, name: string) => segmentOf(params[name] ?? ''));
}

/** Writes a value as a segment of a path; what ids of the platforms have, and what a path may have, stays as it is. */
export function segmentOf(value: string): string {
  return encodeURIComponent(value).replaceAll('%24', '$').replaceAll('%3A', ':');
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

function bytesOf(body: unknown): Uint8Array {
  if (body === undefined) return new Uint8Array(0);
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
}
