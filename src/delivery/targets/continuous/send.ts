import type { ItemVerdict, SendOutcome } from '../../../connectors/writing.ts';
import type { Delivery, DeliveryAttempt, DeliveryPatch } from '../../../directory/targets/target-store.ts';
import { mustHold, type Context } from './context.ts';
import { takenFrom } from './givers/holders.ts';
import {
  currentIntentOf,
  intentOf,
  joinedChanges,
  refusedAtOf,
  reopened,
  setAside,
  type KeptIntent,
  type KeptOutcome,
} from './kept.ts';
import type { Sending, SendRequest } from './prepare.ts';
import { countForeseen, refusedOf } from './rehearsal/compared.ts';
import { heldMs, nextAfter, saidOf, type Next } from './retries.ts';

/** What sending a delivery came to. */
export interface Sent {
  /** The delivery as it is kept now. */
  readonly delivery: Delivery;
  /** Why it did not go on; null: everything was written, and is to be read back. */
  readonly stopped: Exclude<Next, { readonly do: 'go-on' }> | null;
  /** The call that was answered last. */
  readonly call: string;
}

/** What sending needs beside the context. */
export interface SendPorts {
  /** Until when calls of this name wait, as the platform asked; 0: they do not. */
  readonly heldUntil: (call: string) => number;
  readonly sent: (call: string, fate: string, ms: number) => void;
  /** Has the brake count what is sent now; once for a delivery. */
  readonly counts: () => Promise<void>;
}

/** The last tries of a delivery are kept. */
const MAX_TRIES_KEPT = 20;

/**
 * Sends the requests of one delivery, one after the other. Each is kept as an intent before a byte leaves, and its answer
 * after it; what is left after a stop is composed again from both sides as they are then.
 */
export async function send(context: Context, ports: SendPorts, delivery: Delivery, sending: Sending): Promise<Sent> {
  let kept = delivery;
  let call = '';
  const before = intentOf(delivery);
  const current = currentIntentOf(delivery);
  const earlier = joinedChanges(before?.earlier ?? {}, before?.changes ?? {});
  let changes: KeptIntent['changes'] = {};
  let operations = before?.operations ?? [];
  for (const one of sending.requests) {
    ({ call } = one.request);
    const waitMs = ports.heldUntil(call) - context.now();
    if (waitMs > 0) {
      const next = { do: 'wait', state: 'waiting', ms: waitMs, isTry: false, holds: null } as const;
      return { delivery: await keep(context, kept, waiting(kept, next, context.now())), stopped: next, call };
    }
    changes = { ...changes, ...one.changes };
    operations = [...new Set([...operations, one.request.operation])];
    const intent: KeptIntent = {
      operation: one.request.operation,
      operations,
      call,
      liveId: one.liveId,
      changes,
      ...(Object.keys(earlier).length === 0 ? {} : { earlier }),
      openedAt: kept.createdAt,
      sendBefore: context.now() + context.waits.sendWithinMs,
      covers: kept.toChange,
      doubts: current?.doubts ?? 0,
      looks: 0,
      counted: [...new Set([...(current?.counted ?? []), ...sending.counts])],
      ...(sending.predicted === undefined ? {} : { predicted: sending.predicted }),
    };
    await ports.counts();
    kept = await keep(context, kept, { id: kept.id, state: 'sending', attempt: kept.attempt + 1, intent });
    const { next, verdicts, attempt } = await sendOne(context, ports, one, kept);
    const attempts = [...kept.attempts, attempt].slice(-MAX_TRIES_KEPT);
    const madeId = verdicts.find(({ liveId }) => liveId !== undefined)?.liveId;
    if (madeId !== undefined) await linkMade(context, kept.subject, madeId);
    if (next.do !== 'go-on') {
      await countForeseen(context, intent, kept.subject, refusedOf(verdicts));
      const taken = isRefusal(next) ? await takenFrom(context, kept.subject, one.changes, verdicts) : null;
      const stop = taken?.isComing === true ? heldFor(kept) : next;
      const patch = stopping(kept, stop, verdicts, context.now(), taken?.fields);
      return { delivery: await keep(context, kept, { ...patch, attempts }), stopped: stop, call };
    }
    kept = { ...kept, attempts, intent: { ...intent, liveId: madeId ?? intent.liveId } };
  }
  const outcome: KeptOutcome = {
    reason: sending.isHeld ? 'held' : 'written',
    code: null,
    fields: sending.fields,
    ...refusedAtOf(kept),
  };
  const patch = {
    id: kept.id,
    state: 'written',
    dueAt: context.now(),
    intent: kept.intent,
    outcome,
    attempts: kept.attempts,
  };
  return { delivery: await keep(context, kept, { ...patch, state: 'written' }), stopped: null, call };
}

/** Whether a delivery stops because of a value that it may have later. */
function isRefusal(next: Next): boolean {
  return next.do === 'set-aside' || (next.do === 'give-up' && next.why === 'refused');
}

/** What follows where a colleague is about to give the value up. */
function heldFor(delivery: Delivery): Extract<Next, { readonly do: 'wait' }> {
  return { do: 'wait', state: 'held', ms: heldMs(delivery), isTry: true, holds: null };
}

async function sendOne(
  context: Context,
  ports: SendPorts,
  { request }: SendRequest,
  delivery: Delivery,
): Promise<{ readonly next: Next; readonly verdicts: readonly ItemVerdict[]; readonly attempt: DeliveryAttempt }> {
  const { live, now, random } = context;
  const startedAt = now();
  const outcome = await live.write(request, startedAt + context.waits.sendWithinMs / 2);
  const verdicts = live.writes.judge(request, outcome);
  const said = verdicts.map(saidOf);
  const tries = { attempt: delivery.attempt, doubts: intentOf(delivery)?.doubts ?? 0, createdAt: delivery.createdAt };
  const next = nextAfter(said, tries, now(), random(), context.waits.doubtMs);
  const [worst] = said.filter(({ fate }) => fate !== 'written');
  const ms = now() - startedAt;
  ports.sent(request.call, worst?.fate ?? 'written', ms);
  const attempt = {
    at: startedAt,
    status: statusOf(outcome),
    code: worst?.code ?? null,
    ms,
    ...(outcome.entry === undefined ? {} : { request: outcome.entry }),
  };
  return { next, verdicts, attempt };
}

function statusOf(outcome: SendOutcome): number | null {
  return outcome.kind === 'answered' ? outcome.answer.status : null;
}

/** What was made is linked at once: should the rest be lost, it is found and never made again. */
async function linkMade({ store, target }: Context, subject: string, liveId: string): Promise<void> {
  const link = { kind: 'employee', subject, liveId, matchedBy: 'made', state: 'linked' } as const;
  mustHold(await store.targets.putLinks(target, [link]));
}

/** Returns what becomes of a delivery that does not go on. */
export function stopping(
  delivery: Delivery,
  next: Exclude<Next, { readonly do: 'go-on' }>,
  verdicts: readonly ItemVerdict[],
  now: number,
  taken: Readonly<Record<string, string>> = {},
): DeliveryPatch {
  const bad = verdicts.find(({ fate }) => fate !== 'written');
  const { code = null, message = '', remedy } = bad ?? {};
  const about = { code, message, ...(remedy === undefined ? {} : { remedy }) };
  switch (next.do) {
    case 'wait':
      return {
        ...waiting(delivery, next, now),
        outcome:
          next.state === 'held'
            ? { reason: 'held', code: null, fields: { ...fieldsOf(delivery), ...taken }, ...refusedAtOf(delivery) }
            : { reason: bad?.fate ?? 'limit', ...about },
      };
    case 'quarantine':
      return { id: delivery.id, state: 'waiting', dueAt: now, outcome: { reason: next.reason, ...about } };
    case 'set-aside': {
      const why = ['refused', next.code, taken[next.field]].filter((part) => part !== undefined && part !== null);
      const fields = { ...setAside(delivery), [next.field]: why.join(' ') };
      return {
        id: delivery.id,
        state: 'waiting',
        dueAt: now,
        outcome: { reason: 'refused', ...about, fields, refusedAt: delivery.toChange },
      };
    }
    case 'give-up':
      return {
        id: delivery.id,
        state: 'dead',
        covers: delivery.toChange,
        outcome: { reason: next.why, ...about, fields: { ...fieldsOf(delivery), ...taken } },
      };
  }
}

function fieldsOf({ outcome }: Delivery): Readonly<Record<string, string>> {
  // Written by this folder alone.
  return (outcome as KeptOutcome | null)?.fields ?? {};
}

function waiting(
  delivery: Delivery,
  { state, ms, isTry }: Extract<Next, { readonly do: 'wait' }>,
  now: number,
): DeliveryPatch {
  const intent = intentOf(delivery);
  return {
    id: delivery.id,
    state,
    dueAt: now + ms,
    attempt: isTry ? delivery.attempt : Math.max(0, delivery.attempt - 1),
    ...(state === 'doubt' && intent !== null ? { intent: { ...intent, doubts: intent.doubts + 1 } } : {}),
  };
}

/** Keeps what becomes of a delivery, and returns it as it is then. */
export async function keep(
  { store, target, now }: Context,
  delivery: Delivery,
  patch: DeliveryPatch,
): Promise<Delivery> {
  const at = now();
  mustHold(await store.targets.settle(target, [patch], at));
  return patched(delivery, patch, at);
}

/** Returns a delivery as it is after a patch. */
export function patched(delivery: Delivery, { covers, ...patch }: DeliveryPatch, at: number): Delivery {
  const isAgain = covers !== undefined && delivery.toChange > covers;
  const after = { ...delivery, ...patch, updatedAt: at };
  return isAgain ? reopened(after, at) : after;
}
