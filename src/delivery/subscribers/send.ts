import { randomBytes, randomInt } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { DialectEvents, EventAnswer, EventRequest, Noise, Subscription } from '../../dialects/events.ts';
import type { EventAttempt, EventOutcome, KeptEvent } from '../../directory/deliveries.ts';
import type { Tenant } from '../../directory/tenant.ts';
import type { SubscriberPorts } from './ports.ts';

/** So many tries are kept of an event. */
const KEPT_TRIES = 20;

/** What is sent, and to which app. */
export interface Sending {
  readonly tenant: Tenant;
  readonly platform: string;
  readonly events: DialectEvents;
  readonly to: Subscription;
}

/** Sends an event once, and says what becomes of it. It never rejects. */
export async function trySending(ports: SubscriberPorts, about: Sending, event: KeptEvent): Promise<EventOutcome> {
  const { tenant, platform, events, to } = about;
  const startedAt = ports.clock.now();
  const at = ports.companyNow(tenant);
  const began = performance.now();
  const { request, answer, reason, isTaken } = await ask(ports, about, event, noiseAt(at));
  const ms = Math.round(performance.now() - began);
  const attempt: EventAttempt = { at, status: answer?.status ?? null, ms, reason };
  const outcome = outcomeOf(events, event, attempt, isTaken);
  ports.tried({ tenant, platform, app: to.app.key, event, request, answer, outcome, startedAt, ms });
  return outcome;
}

/** Asks the app whether the address is its own, and returns why not; null: it is. */
export async function checkAddress(ports: SubscriberPorts, { tenant, events, to }: Sending): Promise<string | null> {
  const { request, timeoutMs, passes } = events.check(to, tenant, noiseAt(ports.companyNow(tenant)));
  try {
    const answer = await ports.post(request, { timeoutMs, connectMs: timeoutMs, isFromCaller: false });
    return passes(answer)
      ? null
      : `The address answered the check with status ${String(answer.status)}, or not with what it must send back.`;
  } catch (error) {
    return reasonOf(error);
  }
}

/** What became of one request; it is null where none could be made. */
interface Asked {
  readonly request: EventRequest | null;
  readonly answer: EventAnswer | null;
  readonly reason: string | null;
  readonly isTaken: boolean;
}

async function ask(
  { post, connections }: SubscriberPorts,
  { tenant, events, to }: Sending,
  event: KeptEvent,
  noise: Noise,
): Promise<Asked> {
  const { timeoutMs, connectMs } = events.tries;
  let request: EventRequest | null = null;
  try {
    const clear = { ...event, body: event.body ?? '' };
    request = events.encode(clear, to, tenant, noise);
    const answer =
      to.via === 'address'
        ? await post(request, { timeoutMs, connectMs, isFromCaller: event.address !== undefined })
        : await connections?.send(tenant.number, to.app.id, clear, request, timeoutMs);
    if (answer === undefined) throw new Error('No connection is open.');
    return { request, answer, ...events.judge(answer) };
  } catch (error) {
    return { request, answer: null, reason: reasonOf(error), isTaken: false };
  }
}

/** What a try makes of an event: taken, sent again later, or given up. */
function outcomeOf(
  { tries }: DialectEvents,
  { number, attempt: before, attempts }: KeptEvent,
  attempt: EventAttempt,
  isTaken: boolean,
): EventOutcome {
  const n = before + 1;
  const waitMs = tries.waitsMs[n - 1];
  return {
    number,
    state: isTaken ? 'taken' : waitMs === undefined ? 'dead' : 'waiting',
    attempt: n,
    dueAt: isTaken || waitMs === undefined ? 0 : attempt.at + waitMs,
    attempts: [...attempts, attempt].slice(-KEPT_TRIES),
  };
}

/** What differs between two tries. */
function noiseAt(at: number): Noise {
  return { at, nonce: String(randomInt(1_000_000_000, 10_000_000_000)), bytes: randomBytes(16) };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The event could not be sent.';
}
