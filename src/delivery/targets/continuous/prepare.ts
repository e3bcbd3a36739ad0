import type { LivePerson, LiveValue, Problem } from '../../../connectors/connector.ts';
import type { Intent, ItemVerdict, Known, WriteRequest } from '../../../connectors/writing.ts';
import type { OutcomeItem } from '../../../directory/targets/step-outcome.ts';
import type { Delivery, Link } from '../../../directory/targets/target-store.ts';
import { digest } from '../plan/digests.ts';
import { ownPeople, type OwnPerson } from '../own-people.ts';
import type { Braked } from '../plan/brake.ts';
import { workOn, type PersonWork } from '../plan/people.ts';
import { changesOf } from '../plan/rehearse.ts';
import { scopeOf } from '../plan/scope.ts';
import { factsOf, mustHold, type Context } from './context.ts';
import { findPeople } from './find-people.ts';
import { areComing } from './givers/holders.ts';
import { holdersIn, intentOf, setAside, type KeptIntent } from './kept.ts';
import { absentOnes, withLeftOf } from './left/left.ts';
import { referencesOf, type References } from './references.ts';
import type { DeadClass, Next } from './retries.ts';
import { companyOf, employeeSubject, recordsNow } from './take.ts';

/** What is to be done with a delivery, as both sides are now. */
export type Prepared = { readonly delivery: Delivery } & (
  | {
      /** There is nothing to send. */
      readonly do: 'close';
      readonly reason: string;
      /** Both sides, where they are to be remembered as agreed. */
      readonly agreed?: Agreed;
    }
  | { readonly do: 'hold'; readonly fields: Readonly<Record<string, string>> }
  | { readonly do: 'give-up'; readonly why: DeadClass; readonly fields: Readonly<Record<string, string>> }
  /** Something could not be read. */
  | { readonly do: 'read-again'; readonly problems: readonly Problem[] }
  | ({ readonly do: 'send' } & Sending)
  /** A copy of the tenant refused it. */
  | {
      readonly do: 'foreseen';
      readonly next: Extract<Next, { readonly do: 'set-aside' | 'give-up' }>;
      readonly verdicts: readonly ItemVerdict[];
      /** Fields whose values colleagues still have there. */
      readonly taken: Readonly<Record<string, string>>;
    }
);

/** A delivery of which something is sent. */
export type ToSend = Extract<Prepared, { readonly do: 'send' }>;

/** An employee on both sides. */
export interface Agreed {
  readonly own: OwnPerson;
  readonly live: LivePerson;
  readonly link: Link | null;
  readonly ownOf: References['ownOf'];
}

/** What is sent for an employee. */
export interface Sending {
  /** The employee on both sides, as they are now. */
  readonly about: { readonly own: OwnPerson; readonly live: LivePerson | null; readonly references: References };
  /** What a copy of the tenant answered; absent: it was not rehearsed. */
  readonly predicted?: readonly OutcomeItem[];
  readonly requests: readonly SendRequest[];
  readonly counts: readonly Braked[];
  /** Kinds of what is sent that the company file wants asked about each time. */
  readonly asked: readonly Braked[];
  /** Fields that are left out, with the reason. */
  readonly fields: Readonly<Record<string, string>>;
  /** Whether something is left out that can be sent once what it names is there. */
  readonly isHeld: boolean;
}

/** One request with what it changes. */
export interface SendRequest {
  readonly request: WriteRequest;
  readonly liveId: string | null;
  readonly changes: KeptIntent['changes'];
}

/** The kinds that wait for approval where the company file says nothing. */
const ASKED = ['create', 'leave', 'return'] as const;

/** Works out what some deliveries come to: reads both sides and composes what differs. Sends no write. */
export async function prepare(context: Context, given: readonly Delivery[]): Promise<readonly Prepared[]> {
  const { store, tenant, target, settings } = context;
  const ids = given.map(({ subject }) => subject);
  const [{ newest, records }, links] = await Promise.all([
    store.read(() => recordsNow({ tenant: tenant.number, ids })),
    store.targets.linksOf(target.id, ids.map(employeeSubject)),
  ]);
  // The record has what came since the log was read: those changes are covered with it.
  const deliveries = given.map((one) => ({ ...one, toChange: Math.max(one.toChange, newest.get(one.subject) ?? 0) }));
  const people = new Map(ownPeople(companyOf(tenant, [...records.values()])).map((one) => [one.id, one]));
  const linkOf = new Map(links.map((link) => [link.subject, link]));
  const isInScope = scopeOf(settings.scope, tenant.parts.departments);
  const done: Prepared[] = [];
  const cases: { readonly delivery: Delivery; readonly own: OwnPerson }[] = [];
  for (const delivery of deliveries) {
    const own = people.get(delivery.subject);
    const link = linkOf.get(delivery.subject);
    const reason = whyNothing(own, link, isInScope);
    if (link?.state === 'lost') done.push({ delivery, do: 'give-up', why: 'lost', fields: {} });
    else if (own === undefined || reason !== null) done.push({ delivery, do: 'close', reason: reason ?? 'not-here' });
    else cases.push({ delivery, own });
  }
  // Read before anyone is looked for among those who left: who leaves meanwhile is in one of the two.
  const linkedIds = new Map(cases.map(({ own: { id } }) => [id, linkOf.get(id)?.liveId ?? null] as const));
  const known = await readPeople(context, [...linkedIds.values()]);
  const inService = cases.filter(({ own }) => own.isInService).map(({ own }) => own.id);
  const idsIn = (ids: ReadonlyMap<string, string | null>): readonly string[] =>
    inService.flatMap((id) => ids.get(id) ?? []);
  // Who is ambiguous is looked for again: what contradicted it may be mended.
  const unlinked = cases.filter(({ delivery }) => isUnknown(linkOf.get(delivery.subject)));
  const found = await findPeople(
    context,
    unlinked.map(({ delivery, own }) => ({ own, sentId: intentOf(delivery)?.liveId ?? null })),
    absentOnes(known, idsIn(linkedIds)),
  );
  const liveIdOf = (subject: string): string | null => linkedIds.get(subject) ?? found.liveIds.get(subject) ?? null;
  const added = await readPeople(context, [...found.liveIds.values()]);
  const both = {
    found: new Map([...known.found, ...added.found]),
    problems: [...known.problems, ...added.problems],
  };
  const read = await withLeftOf(context, both, [...idsIn(linkedIds), ...idsIn(found.liveIds)], found);
  const there = [...read.found.values()].filter((one): one is LivePerson => one !== 'absent');
  const references = await referencesOf(
    context,
    cases.map(({ own }) => own),
    there,
  );
  const reviving = new Set([...found.left.values()].flatMap(({ revivedBy = [] }) => revivedBy));
  const lost: string[] = [];
  for (const { delivery, own } of cases) {
    const liveId = liveIdOf(own.id);
    const live = liveId === null ? null : read.found.get(liveId);
    const heldBy = found.heldBy.get(own.id);
    if (found.ambiguous.has(own.id)) done.push({ delivery, do: 'give-up', why: 'ambiguous', fields: {} });
    else if (heldBy !== undefined) {
      const isComing = await areComing(context, own.id, holdersIn(heldBy));
      done.push({ delivery, ...(isComing ? { do: 'hold' } : { do: 'give-up', why: 'taken' }), fields: heldBy });
    } else if (liveId === null && found.problems.length > 0) {
      // A refusal is about what was asked for, not about the target: only this delivery waits.
      const isRefused = found.problems.every(({ verdict }) => verdict.kind === 'refused');
      const hold = { delivery, do: 'hold', fields: { '*': 'not-found-out' } } as const;
      done.push(isRefused ? hold : { delivery, do: 'read-again', problems: found.problems });
    } else if (live === undefined) done.push({ delivery, do: 'read-again', problems: read.problems });
    else if (live === 'absent') {
      if (own.isInService) lost.push(own.id);
      done.push(
        own.isInService
          ? { delivery, do: 'give-up', why: 'lost', fields: {} }
          : { delivery, do: 'close', reason: 'left' },
      );
    } else
      done.push(composed(context, { delivery, own, live, link: linkOf.get(own.id) ?? null, reviving }, references));
  }
  await loseLinks(context, lost, linkOf);
  return done;
}

/** Returns why nothing is to be done about an employee; null where something may be. */
function whyNothing(
  own: OwnPerson | undefined,
  link: Link | undefined,
  isInScope: (person: OwnPerson) => boolean,
): string | null {
  // Who is missing here never leaves there: only an employee who resigned does.
  if (own === undefined) return 'not-here';
  if (link?.state === 'ignored') return 'ignored';
  if (isUnknown(link) && !own.isInService) return 'left';
  return isInScope(own) ? null : 'out-of-scope';
}

/** Whether it is not known who an employee is there. */
function isUnknown(link: Link | undefined): boolean {
  return link === undefined || link.state === 'ambiguous';
}

async function readPeople(
  { live, setup }: Context,
  given: readonly (string | null)[],
): Promise<{ readonly found: ReadonlyMap<string, LivePerson | 'absent'>; readonly problems: readonly Problem[] }> {
  const ids = given.filter((id) => id !== null);
  if (ids.length === 0) return { found: new Map(), problems: [] };
  return await live.run(live.writes.readPeople(ids, live.target, setup));
}

/** What was linked and is gone is not made again: an operator decides. */
async function loseLinks(
  { store, target }: Context,
  subjects: readonly string[],
  linkOf: ReadonlyMap<string, Link>,
): Promise<void> {
  const links = subjects.flatMap((subject) => linkOf.get(subject) ?? []);
  if (links.length === 0) return;
  mustHold(
    await store.targets.putLinks(
      target,
      links.map((link) => ({ ...link, state: 'lost' })),
    ),
  );
}

interface Case {
  readonly delivery: Delivery;
  readonly own: OwnPerson;
  /** Null: the employee is not there. */
  readonly live: LivePerson | null;
  readonly link: Link | null;
  /** Mail addresses with which a creation would bring back the record of somebody who left there. */
  readonly reviving: ReadonlySet<string>;
}

function composed(context: Context, one: Case, references: References): Prepared {
  const { delivery, own, live, link } = one;
  const { settings } = context;
  const { ownOf } = references;
  // Written by `agree` from values of this type.
  const base = link?.base as Readonly<Record<string, LiveValue>> | null | undefined;
  const work = workOn(
    { own, live, ...(base === null || base === undefined ? {} : { base }) },
    settings,
    factsOf(context),
    ownOf,
  );
  const left = setAside(delivery);
  const intents = work.intents.flatMap((intent) => withoutFields(intent, left));
  const { requests, problems } = context.live.writes.compose(intents, knownFor(context, one, references));
  const fields = { ...left, ...Object.fromEntries(problems.map((problem) => [problem.field ?? '*', problem.why])) };
  // What was left out of a creation is sent once the employee is there.
  const isHeld = problems.some(({ why }) => why === 'not-linked' || (why === 'of-left' && requests.length > 0));
  if (requests.length > 0) {
    const sends = requests.map((request) => sendOf(request, intents, own.id));
    const about = { own, live, references };
    return { delivery, do: 'send', about, requests: sends, ...askedOf(work, context), fields, isHeld };
  }
  if (isHeld) return { delivery, do: 'hold', fields };
  if (problems.length > 0) return { delivery, do: 'give-up', why: 'not-composed', fields };
  const reason = work.reports[0]?.why ?? 'equal';
  return { delivery, do: 'close', reason, ...(live === null ? {} : { agreed: { own, live, link, ownOf } }) };
}

function askedOf({ counts }: PersonWork, { settings: { people = {} } }: Context): Pick<Sending, 'counts' | 'asked'> {
  const asked = ASKED.filter((kind) => counts.includes(kind) && (people[kind] ?? 'ask') === 'ask');
  return { counts, asked };
}

function withoutFields(intent: Intent, left: Readonly<Record<string, string>>): readonly Intent[] {
  if (Object.keys(left).length === 0) return [intent];
  const kept = <Value>(given: Readonly<Partial<Record<string, Value>>>): Record<string, Value> =>
    Object.fromEntries(Object.entries(given).filter(([field]) => left[field] === undefined)) as Record<string, Value>;
  switch (intent.operation) {
    case 'update': {
      const fields = kept(intent.fields);
      const isEmpty = Object.keys(fields).length + Object.keys(intent.custom ?? {}).length === 0;
      return isEmpty ? [] : [{ ...intent, fields }];
    }
    case 'create':
    case 'return':
      return [{ ...intent, values: kept(intent.values) }];
    default:
      return [intent];
  }
}

function knownFor(context: Context, { delivery, own, live, reviving }: Case, references: References): Known {
  const { live: tenant, setup, target } = context;
  return {
    target: tenant.target,
    setup,
    departments: references.departments,
    people: references.people,
    live: new Map(live === null ? [] : [[own.id, live]]),
    reviving,
    // The same for one delivery, so that a creation that is sent again is known as the same.
    key: (subject) => digest([target.id, delivery.id, subject]).slice('sha256:'.length, 'sha256:'.length + 32),
  };
}

function sendOf(request: WriteRequest, intents: readonly Intent[], subject: string): SendRequest {
  const intent = intents.find(({ operation }) => operation === request.operation) ?? intents[0];
  const part = request.parts.find((one) => one.subject === subject);
  const changes = changesOf(intent, new Set((part?.fields ?? []).map(({ field }) => field)));
  return { request, liveId: intent !== undefined && 'liveId' in intent ? intent.liveId : null, changes };
}
