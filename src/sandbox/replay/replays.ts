import type { Call, Dialect, DialectContext, Reply } from '../../dialects/dialect.ts';
import type { App } from '../../directory/auth/app.ts';
import type { Store } from '../../directory/store.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { grantTo, type CallingUser } from '../acting/app-grant.ts';
import { differencesOf } from '../compare/differences.ts';
import type { Difference } from '../compare/contract.ts';
import { MAX_KEPT_BYTES, type JournalEntry, type KeptPart } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import type { Mask } from '../journal/mask.ts';
import { hasSecretMark } from '../journal/secrets.ts';
import { jsonOf } from '../journal/request-view.ts';
import type { CompanyStates } from '../snapshots/contract.ts';
import type { AnswerComparison, Replayed, ReplayRequest } from './contract.ts';
import { NotRunError, rebuiltCall, emptyCredentials, type RebuiltCall } from './rebuilt-call.ts';

/** What calls are sent again with. */
export interface ReplayOptions {
  readonly journal: Journal;
  readonly dialects: readonly Dialect[];
  readonly states: Pick<CompanyStates, 'fork'>;
  readonly maskOf: (entry: JournalEntry) => Mask;
  /** Finds how a refused call is sent so that it passes. Throws {@link NotRunError}. */
  readonly nearest: (entry: JournalEntry, context: DialectContext, origin: string) => Promise<ReplayRequest>;
  /** Sends a call as any other one, with a context of its own; returns the id that it was given. */
  readonly send: (
    call: RebuiltCall & { readonly resentFrom: string },
    context: DialectContext,
  ) => Promise<{ readonly id: string; readonly reply: Reply }>;
}

/** A company or an app that a call is to be sent to or by, and that is not there. */
export class UnknownReceiverError extends Error {}

/** Sends calls of the journal again: as any other call, by the same app, with a token that is kept nowhere. */
export class Replays {
  readonly #options: ReplayOptions;

  constructor(options: ReplayOptions) {
    this.#options = options;
  }

  /** Sends a call again; null where the journal has no such call. Throws {@link NotRunError}. */
  async send(
    id: string,
    asked: ReplayRequest,
    context: DialectContext,
    { requestId: request, origin }: Pick<Call, 'requestId' | 'origin'>,
  ): Promise<Replayed | null> {
    const { journal, dialects, states, maskOf, nearest, send } = this.#options;
    const entry = journal.find(id);
    if (entry === null) return null;
    if (entry.outgoing !== undefined) {
      throw new NotRunError('It went out to a live tenant; a delivery sends it again, after a look at what is there.');
    }
    const edit = asked.with === 'nearest' ? await nearest(entry, context, origin) : asked;
    const dialect = dialects.find(({ name }) => name === entry.platform);
    if (dialect === undefined || (edit.company ?? entry.company) === null || (edit.app ?? entry.app) === null) {
      throw new NotRunError('The caller of this call is not known, so it is not sent again.');
    }
    // Once with a stand-in, so that no company is copied for a call that cannot be sent.
    rebuiltCall(entry, emptyCredentials(entry), edit, maskOf(entry));
    if (edit.fork !== undefined && entry.company !== null) await states.fork(entry.company, edit.fork, request);
    const { tenant, app } = await receiverOf(context.store, entry, edit);
    const granted = grantTo(dialect, tenant, app, context, userOf(entry, edit));
    const call = rebuiltCall(entry, granted, edit, maskOf(entry));
    const sent = await send({ ...call, resentFrom: entry.id }, granted.context);
    await sent.reply.stream?.[Symbol.asyncIterator]().return?.();
    const made = journal.find(sent.id);
    return {
      request: sent.id,
      resent_from: entry.id,
      company: tenant.key,
      app: app.key,
      status: sent.reply.status === 0 ? null : sent.reply.status,
      code: made?.code ?? null,
      comparison: made === null ? null : comparisonOf(entry, made, dialect, maskOf),
    };
  }
}

/** The employee that the app acts for; null where it acts for itself. */
function userOf({ user }: JournalEntry, edit: ReplayRequest): CallingUser | null {
  const employee = edit.user ?? user?.employee;
  return employee === undefined || employee === '' ? null : { employee, scopes: user?.scopes ?? null };
}

/** Finds the company and the app that a call is sent by. */
async function receiverOf(
  store: Store,
  entry: JournalEntry,
  { company, fork, app }: ReplayRequest,
): Promise<{ readonly tenant: Tenant; readonly app: App }> {
  const key = fork ?? company ?? entry.company ?? '';
  const tenant = await store.tenantByKey(key);
  if (tenant === null) throw new UnknownReceiverError(`There is no company "${key}".`);
  const apps = tenant.parts.apps.filter(({ dialect }) => dialect === entry.platform);
  const named = apps.find((one) => one.key === (app ?? entry.app));
  if (named !== undefined) return { tenant, app: named };
  const [only] = apps;
  if (app === undefined && only !== undefined) {
    const original = key === entry.company ? null : await store.tenantByKey(entry.company ?? '');
    const secret = original?.parts.apps.find((one) => one.key === entry.app)?.secret;
    // A copy of a company has the same apps with the same secrets, under other keys.
    const same = apps.filter((one) => one.secret === secret);
    if (same.length === 1 && same[0] !== undefined) return { tenant, app: same[0] };
    if (apps.length === 1 && key !== entry.company) return { tenant, app: only };
  }
  const keys = apps.map((one) => one.key).join(', ');
  const choice = keys === '' ? 'it has none of this platform' : `name one of ${keys}`;
  throw new UnknownReceiverError(`The company "${key}" has no such app: ${choice}.`);
}

/** Compares the answers of two calls, apart from what differs with each; null where one is not kept as a whole. */
function comparisonOf(
  was: JournalEntry,
  is: JournalEntry,
  { memberNames }: Dialect,
  maskOf: (entry: JournalEntry) => Mask,
): AnswerComparison | null {
  if (!isWhole(was.response) || !isWhole(is.response) || was.isMasked === true) return null;
  const volatile = new Set(memberNames.volatile);
  const allows = (one: unknown, other: unknown, name: string): boolean =>
    volatile.has(name) || [one, other].every((value) => typeof value === 'string' && hasSecretMark(value));
  const [before, after] = [was, is].map(({ response }) => jsonOf(response)?.value ?? response.body?.toString() ?? '');
  const status: Difference[] =
    was.status === is.status ? [] : [{ at: 'status', kind: 'status', was: was.status, is: is.status }];
  const differences = [...status, ...differencesOf(before, after, { allows })];
  const [maskWas, maskIs] = [maskOf(was), maskOf(is)];
  return {
    same: differences.length === 0,
    differences: differences.map((difference) => {
      const name = difference.at.split('/').findLast((part) => !/^[0-9]*$/.test(part)) ?? '';
      return {
        ...difference,
        ...('was' in difference ? { was: maskWas.value(difference.was, name) } : {}),
        ...('is' in difference ? { is: maskIs.value(difference.is, name) } : {}),
      };
    }),
  };
}

function isWhole({ bytes, body }: KeptPart): boolean {
  return body !== null && bytes <= MAX_KEPT_BYTES;
}
