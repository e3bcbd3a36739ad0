import type { Problem } from '../../../../connectors/connector.ts';
import type { LiveValues } from '../../../../connectors/writing.ts';
import type { OutcomeItem } from '../../../../directory/targets/step-outcome.ts';
import type { Braked } from '../../plan/brake.ts';
import { ONCE, resultOf, type Performer } from '../../plan/perform.ts';
import type { Context } from '../context.ts';
import { takenFrom } from '../givers/holders.ts';
import type { Copy } from '../ports.ts';
import type { Prepared, ToSend } from '../prepare.ts';
import { nextAfter, saidOf } from '../retries.ts';
import { readAround } from './read-around.ts';

/** What is tried on a copy first: it sends somebody away, makes somebody, moves a login or writes to a person. */
const REHEARSED: ReadonlySet<Braked> = new Set<Braked>(['create', 'return', 'leave', 'freeze', 'login', 'message']);
/** A copy takes the processor as so many calls do: each is a directory of its own. */
const COPY_IN_CALLS = 5;
/** How long a request to the copy may take. */
const ANSWER_TIMEOUT_MS = 60_000;

/**
 * Tries what cannot simply be taken back on a copy of that part of the tenant: what the copy refuses is not sent, and what it
 * answers is kept, to be compared with the real answer.
 */
export async function rehearsed(context: Context, prepared: readonly Prepared[]): Promise<readonly Prepared[]> {
  const risky = prepared.filter(isRehearsed);
  if (risky.length === 0) return prepared;
  const tried = new Map((await rehearse(context, risky)).map((one) => [one.delivery.id, one]));
  return prepared.map((one) => tried.get(one.delivery.id) ?? one);
}

function isRehearsed(one: Prepared): one is ToSend {
  return one.do === 'send' && one.counts.some((kind) => REHEARSED.has(kind));
}

async function rehearse(context: Context, cases: readonly ToSend[]): Promise<readonly Prepared[]> {
  const read = await readAround(context, cases);
  if (read.problems.length > 0) return cases.map(({ delivery }) => unread(delivery, read.problems));
  const wanted = cases.flatMap(({ requests }) => requests.map(wantedOf));
  let copy: Copy;
  await context.live.turn(COPY_IN_CALLS);
  try {
    copy = await context.live.copy({ read, setup: context.setup, wanted }, context.now());
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // What of one employee makes no copy is no reason to hold the others.
    if (cases.length === 1) return cases.map(({ delivery }) => held(delivery));
    const alone: Prepared[] = [];
    for (const one of cases) alone.push(...(await rehearse(context, [one])));
    return alone;
  }
  try {
    const tried: Prepared[] = [];
    for (const one of cases) tried.push(await tryOn(copy, context, one));
    return tried;
  } finally {
    await copy.close();
  }
}

/** Sends the requests of one delivery to the copy, as they would be sent to the tenant. */
async function tryOn(copy: Copy, context: Context, one: ToSend): Promise<Prepared> {
  const { live, setup } = context;
  const { delivery, about, requests } = one;
  const performer: Performer = {
    writes: live.writes,
    rows: live.fields,
    target: live.target,
    setup,
    wire: copy,
    links: about.references.ownOf,
    root: null,
  };
  const predicted: OutcomeItem[] = [];
  let madeId: string | null = null;
  for (const { request, liveId, changes } of requests) {
    const outcome = await copy.write(request, Date.now() + ANSWER_TIMEOUT_MS);
    const verdicts = live.writes.judge(request, outcome);
    const now = context.now();
    const next = nextAfter(verdicts.map(saidOf), { attempt: 1, doubts: 0, createdAt: now }, now, 0, 0);
    if (next.do === 'set-aside' || (next.do === 'give-up' && next.why === 'refused')) {
      const taken = await takenFrom(context, about.own.id, changes, verdicts);
      if (taken?.isComing === true) return { delivery, do: 'hold', fields: { ...one.fields, ...taken.fields } };
      const foreseen = next.do === 'set-aside' ? next : ({ ...next, why: 'foreseen' } as const);
      return { delivery, do: 'foreseen', next: foreseen, verdicts, taken: taken?.fields ?? {} };
    }
    // Anything else says nothing about what the tenant would answer.
    if (next.do !== 'go-on') return held(delivery);
    const subject = { subject: about.own.id, name: '', liveId: madeId ?? liveId, changes, ours: '', live: '' };
    const step = { operation: request.operation, request, subjects: [subject] };
    const { items, made } = await resultOf(step, outcome, performer, ONCE, () => Promise.resolve());
    madeId = made.get(about.own.id) ?? madeId;
    predicted.push(...items);
  }
  return { ...one, predicted };
}

/** A refusal is about what was asked for, not about the target: only this delivery waits. */
function unread(delivery: ToSend['delivery'], problems: readonly Problem[]): Prepared {
  const isRefused = problems.every(({ verdict }) => verdict.kind === 'refused');
  return isRefused ? held(delivery) : { delivery, do: 'read-again', problems };
}

function held(delivery: ToSend['delivery']): Prepared {
  return { delivery, do: 'hold', fields: { '*': 'not-rehearsed' } };
}

function wantedOf({ changes }: ToSend['requests'][number]): LiveValues {
  return Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to]));
}
