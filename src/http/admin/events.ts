import type { Call, DialectContext, Reply, Route } from '../../dialects/dialect.ts';
import type { Consumer, EventState, KeptEvent } from '../../directory/deliveries.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { companyNotFound } from './companies.ts';
import type { EventLine, EventList, SubscriptionLine } from './contract.ts';
import { json, problem } from './reply.ts';

/** What of the drivers of events can be asked for. */
export interface EventDrivers {
  /** Has it read again which events wait. */
  readonly readAgain: (consumers: readonly string[]) => void;
  /** Has the address asked again, and answers the subscription as it is then. */
  readonly checkAgain: (consumer: Consumer) => Promise<Consumer>;
}

const PATH = '/mingce/v1/companies/:key/events';
const MAX_LIMIT = 1_000;
const STATES: ReadonlySet<string> = new Set<EventState>(['waiting', 'taken', 'dead']);

/** Events to apps: which there are, sent again, and addresses checked again. What is in them is not shown. */
export function eventRoutes(drivers: EventDrivers): readonly Route[] {
  return [
    { operation: 'events.list', method: 'GET', path: PATH, answer: list },
    {
      operation: 'events.resend',
      method: 'POST',
      path: `${PATH}/:id/resend`,
      answer: (...call) => resend(drivers, ...call),
    },
    {
      operation: 'subscriptions.check',
      method: 'POST',
      path: '/mingce/v1/companies/:key/subscriptions/:app/check',
      answer: (...call) => check(drivers, ...call),
    },
  ];
}

async function list({ params, query }: Call, { store }: DialectContext): Promise<Reply> {
  const key = params['key'] ?? '';
  const limit = Number(query.get('limit') ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    return problem(400, `The parameter limit is a whole number from 1 to ${String(MAX_LIMIT)}.`);
  const before = query.get('before');
  if (before !== null && !isNumber(before)) return problem(400, 'The parameter before is the id of an event.');
  const state = query.get('state');
  if (state !== null && !STATES.has(state)) return problem(400, 'The parameter state is waiting, taken or dead.');
  const tenant = await store.tenantByKey(key);
  if (tenant === null) return companyNotFound(key);
  const app = query.get('app');
  const consumers = (await store.deliveries.consumers(tenant.number)).filter(
    (one) => app === null || appOf(tenant, one) === app,
  );
  const type = query.get('type');
  const events = await store.deliveries.events({
    consumers: consumers.map(({ id }) => id),
    limit: limit + 1,
    ...(before === null ? {} : { before: Number(before) }),
    // One of the states above.
    ...(state === null ? {} : { state: state as EventState }),
    ...(type === null ? {} : { type }),
  });
  const byId = new Map(consumers.map((one) => [one.id, one]));
  const shown = events.slice(0, limit);
  return json(200, {
    events: shown.map((event) => lineOf(event, tenant, byId.get(event.consumer))),
    subscriptions: consumers.map((one) => subscriptionOf(tenant, one)),
    next: events.length > limit ? String(shown.at(-1)?.number ?? '') : null,
  } satisfies EventList);
}

async function resend(drivers: EventDrivers, { params }: Call, { store }: DialectContext): Promise<Reply> {
  const key = params['key'] ?? '';
  const tenant = await store.tenantByKey(key);
  if (tenant === null) return companyNotFound(key);
  const id = params['id'] ?? '';
  if (id !== 'dead' && !isNumber(id)) return problem(404, NO_EVENT);
  const consumers = (await store.deliveries.consumers(tenant.number)).map((one) => one.id);
  const resent = await store.deliveries.resend(consumers, id === 'dead' ? 'dead' : { number: Number(id) });
  if (resent === 0 && id !== 'dead') return problem(404, NO_EVENT);
  drivers.readAgain(consumers);
  return json(200, { resent });
}

const NO_EVENT = 'The company has no event of that id whose body is still kept.';

async function check(drivers: EventDrivers, { params }: Call, { store }: DialectContext): Promise<Reply> {
  const key = params['key'] ?? '';
  const tenant = await store.tenantByKey(key);
  if (tenant === null) return companyNotFound(key);
  const app = params['app'] ?? '';
  const found = (await store.deliveries.consumers(tenant.number)).filter((one) => appOf(tenant, one) === app);
  if (found.length === 0) return problem(404, 'The company has no app of that key that receives events.');
  const checked = await Promise.all(found.map((one) => drivers.checkAgain(one)));
  return json(200, { subscriptions: checked.map((one) => subscriptionOf(tenant, one)) });
}

function lineOf(event: KeptEvent, tenant: Tenant, consumer: Consumer | undefined): EventLine {
  const { number, eventId, type, state, subject, change, attempts, dueAt, createdAt } = event;
  return {
    id: String(number),
    event_id: eventId,
    at: new Date(createdAt).toISOString(),
    platform: consumer?.platform ?? '',
    app: consumer === undefined ? null : appOf(tenant, consumer),
    type,
    state,
    subject: subject.slice(subject.indexOf(' ') + 1),
    kind: subject.slice(0, subject.indexOf(' ')),
    change,
    next_try: state === 'waiting' && dueAt > 0 ? new Date(dueAt).toISOString() : null,
    tries: attempts.map(({ at, status, ms, reason }) => ({ at: new Date(at).toISOString(), status, ms, reason })),
  };
}

function subscriptionOf(tenant: Tenant, consumer: Consumer): SubscriptionLine {
  const { platform, state, reason, cursor } = consumer;
  return { platform, app: appOf(tenant, consumer), state, reason, cursor };
}

function appOf(tenant: Tenant, { name }: Consumer): string | null {
  return tenant.app(name)?.key ?? null;
}

function isNumber(text: string): boolean {
  return /^[0-9]{1,15}$/.test(text);
}
