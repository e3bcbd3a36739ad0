import type { FieldRow, LivePerson, LiveValue, Problem } from '../../../connectors/connector.ts';
import { load } from '../../../directory/store.ts';
import type { Delivery, DeliveryPatch, Verified } from '../../../directory/targets/target-store.ts';
import { sameValue } from '../agreements.ts';
import { ownPeople } from '../own-people.ts';
import { normalisedKey, normalisedNext, type Normalised } from '../normalised.ts';
import { keyOf, seenPerson, valueOf } from '../plan/perform.ts';
import { agreedChanges, isTaken } from '../plan/verified.ts';
import { settle } from '../settle.ts';
import { mustHold, type Context } from './context.ts';
import { intentOf, outcomeOf, refusedAtOf, type KeptIntent, type KeptOutcome } from './kept.ts';
import type { Agreed } from './prepare.ts';
import { countForeseen, realOf } from './rehearsal/compared.ts';
import { referencesOf, type References } from './references.ts';
import { heldMs } from './retries.ts';
import { patched } from './send.ts';
import { companyOf, employeeSubject } from './take.ts';

/** How often a value that is not there yet is read again, and after how long. */
const LOOKS_MS = [2_000, 5_000, 15_000];
const UNREAD_MS = 5_000;

/** What proving came to: the deliveries as they are kept now, and what could not be read. */
export interface Proved {
  readonly deliveries: readonly Delivery[];
  readonly problems: readonly Problem[];
}

/** Reads back what was written, and keeps what was seen as agreed. */
export async function prove(context: Context, written: readonly Delivery[]): Promise<Proved> {
  const { store, target, tenant, live, setup } = context;
  const idOf = new Map(written.flatMap((one) => entryOf(one)));
  const read =
    idOf.size === 0
      ? { found: new Map<string, LivePerson | 'absent'>(), problems: [] }
      : await live.run(live.writes.readPeople([...idOf.values()], live.target, setup));
  const ids = written.map(({ subject }) => subject);
  const records = await store.read(() => load('employees-by-id', { tenant: tenant.number, ids }));
  const people = new Map(ownPeople(companyOf(tenant, [...records.values()])).map((one) => [one.id, one]));
  const there = [...read.found.values()].filter((one): one is LivePerson => one !== 'absent');
  const { ownOf } = await referencesOf(context, [...people.values()], there);
  const links = await store.targets.linksOf(target.id, ids.map(employeeSubject));
  const bases = new Map(links.map((link) => [link.subject, link.base]));
  const verified: Verified[] = [];
  const patches: { readonly delivery: Delivery; readonly patch: DeliveryPatch }[] = [];
  const problems: Problem[] = [];
  for (const delivery of written) {
    const intent = intentOf(delivery);
    const seen = read.found.get(idOf.get(delivery.subject) ?? '');
    if (intent === null || (seen === undefined && idOf.has(delivery.subject))) {
      // It could not be read: that says nothing about what was written.
      problems.push(...read.problems);
      const patch = { id: delivery.id, state: delivery.state, dueAt: context.now() + UNREAD_MS };
      patches.push({ delivery, patch });
      continue;
    }
    const shown = shownOf(intent, delivery.subject, seen ?? 'absent', live.fields, ownOf);
    const patch = closing(context, delivery, intent, shown);
    patches.push({ delivery, patch });
    if (patch.state !== 'written') await countForeseen(context, intent, delivery.subject, realOf(shown, WHOLE));
    const own = people.get(delivery.subject);
    if (own !== undefined && seen !== undefined && seen !== 'absent' && shown[WHOLE] !== 'dropped') {
      const fields = {
        ...agreedFields({ own, live: seen, ownOf }, live.fields),
        ...agreedAsSent(intent, shown),
        ...(patch.state === 'written'
          ? {}
          : normalisedOf(intent, shown, bases.get(own.id), readOf(seen, context, ownOf))),
      };
      verified.push({ kind: 'employee', subject: own.id, liveId: seen.id, fields, delivered: intent.covers });
    }
  }
  mustHold(await settle(store.targets, target, verified, context.now()));
  const at = context.now();
  mustHold(
    await store.targets.settle(
      target,
      patches.map(({ patch }) => patch),
      at,
    ),
  );
  return { deliveries: patches.map(({ delivery, patch }) => patched(delivery, patch, at)), problems };
}

function entryOf(delivery: Delivery): readonly (readonly [string, string])[] {
  const liveId = intentOf(delivery)?.liveId ?? null;
  return liveId === null ? [] : [[delivery.subject, liveId]];
}

/** What is said of the employee as a whole: whether anyone is there, or has left. */
const WHOLE = '*';

/** Returns what a read shows of the employee as a whole and of each field that was sent. */
export function shownOf(
  { operation, changes, liveId }: Pick<KeptIntent, 'operation' | 'changes' | 'liveId'>,
  subject: string,
  live: LivePerson | 'absent',
  rows: readonly FieldRow[],
  links: References['ownOf'],
): Readonly<Record<string, string>> {
  const step = { operation, subjects: [], request: null as never };
  const about = { subject, name: '', liveId, changes, ours: '', live: '' };
  const seen = new Map(seenPerson(step, about, live, { rows, links }));
  const sent = operation === 'leave' || operation === 'freeze' ? [] : Object.keys(changes);
  return Object.fromEntries(
    [null, ...sent].map((field) => [field ?? WHOLE, seen.get(keyOf(subject, field)) ?? 'unreadable']),
  );
}

/**
 * Returns the sent values that count as agreed: those that a read shows, and those that no read can show, as they were
 * written. Where a read shows another value somebody else wrote it: what was agreed before stays.
 */
export function agreedAsSent(
  { operation, changes }: Pick<KeptIntent, 'operation' | 'changes'>,
  shown: Readonly<Record<string, string>>,
): Readonly<Record<string, LiveValue>> {
  return agreedChanges(operation, changes, (field) => {
    const seen = shown[field ?? WHOLE];
    return seen === undefined ? undefined : isTaken(seen);
  });
}

/** Returns what a read shows of a field, as it is compared. */
function readOf(
  seen: LivePerson,
  { live: { fields } }: Context,
  ownOf: References['ownOf'],
): (field: string) => LiveValue | undefined {
  return (field) =>
    valueOf(
      seen,
      field,
      fields.find((row) => row.field === field),
      ownOf,
    );
}

/** Returns what is remembered of sent values that a read shows otherwise: what is shown so again is not sent a third time. */
export function normalisedOf(
  { changes }: Pick<KeptIntent, 'changes'>,
  shown: Readonly<Record<string, string>>,
  base: Readonly<Record<string, unknown>> | null | undefined,
  read: (field: string) => LiveValue | undefined,
): Readonly<Record<string, Normalised>> {
  return Object.fromEntries(
    Object.entries(changes).flatMap(([field, { to }]) => {
      const there = shown[field] === 'other' ? read(field) : undefined;
      return there === undefined ? [] : [[normalisedKey(field), normalisedNext(base, field, to, there)] as const];
    }),
  );
}

/** Decides how a delivery that was read back ends, or that it is read again. */
function closing(
  { now }: Context,
  delivery: Delivery,
  intent: KeptIntent,
  shown: Readonly<Record<string, string>>,
): DeliveryPatch {
  const { id } = delivery;
  const before = outcomeOf(delivery);
  const values = Object.values(shown);
  const again = LOOKS_MS[intent.looks];
  if (values.includes('dropped') && again !== undefined) {
    return { id, state: 'written', dueAt: now() + again, intent: { ...intent, looks: intent.looks + 1 } };
  }
  const fields = { ...before?.fields, ...shown };
  const isWhole = values.every(isTaken);
  const isLeftOut = Object.keys(before?.fields ?? {}).length > 0;
  const outcome: KeptOutcome = {
    reason: isWhole ? 'verified' : 'partial',
    code: null,
    fields,
    ...refusedAtOf(delivery),
  };
  if (before?.reason === 'held') {
    // What only a creation must not carry is sent at once, now that the employee is there.
    const isOfLeft = Object.values(before.fields ?? {}).every((why) => why === 'of-left');
    return {
      id,
      state: 'held',
      dueAt: now() + (isOfLeft ? 0 : heldMs(delivery)),
      attempt: delivery.attempt,
      outcome: { ...outcome, reason: 'held' },
    };
  }
  return { id, state: isWhole && !isLeftOut ? 'verified' : 'partial', covers: intent.covers, outcome, dueAt: now() };
}

/** Returns the values that are the same on both sides. */
export function agreedFields(
  { own, live, ownOf }: Pick<Agreed, 'own' | 'live' | 'ownOf'>,
  rows: readonly FieldRow[],
): Readonly<Record<string, LiveValue>> {
  return Object.fromEntries(
    rows.flatMap((row): (readonly [string, LiveValue])[] => {
      const value = sameValue(row, own, live, ownOf);
      return value === undefined ? [] : [[row.field, value]];
    }),
  );
}
