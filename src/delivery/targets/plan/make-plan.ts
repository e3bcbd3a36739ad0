import type { LiveRead, LiveSpaces, LiveTarget, Words } from '../../../connectors/connector.ts';
import type { ConnectorWrites, Intent, Known, LiveSetup, LiveValues } from '../../../connectors/writing.ts';
import type { Link } from '../../../directory/targets/target-store.ts';
import type { TargetSettings } from '../../../directory/targets/target.ts';
import { ownPeople, type OwnCompany, type OwnPerson } from '../own-people.ts';
import { whoIsWho } from '../who-is-who.ts';
import type { Wire } from '../wire.ts';
import { trippedBy, type Braked, type Counts } from './brake.ts';
import { countsOf } from './counts/counted.ts';
import { rootOf, workOnDepartments } from './departments.ts';
import { withoutNotSent } from './counts/not-sent.ts';
import { orderIntents } from './order.ts';
import {
  workOn,
  type LeftReason,
  type PersonWork,
  type PlanReport,
  type PlatformFacts,
  type UnknownReason,
} from './people.ts';
import type { Plan, PlanHeader, PlanRefusal, PlanStep } from './plan.ts';
import { Rehearsal } from './rehearse.ts';
import { scopeOf } from './scope.ts';
import { undoing, type UndoRequest } from './undo/undo.ts';

/** What a plan is made from. */
export interface PlanInput {
  readonly about: Pick<PlanHeader, 'id' | 'company' | 'target' | 'tenant' | 'assumed' | 'accuracy'>;
  readonly own: OwnCompany;
  readonly settings: TargetSettings;
  readonly facts: Omit<PlatformFacts, 'customFields'> & { readonly spaces: LiveSpaces };
  readonly writes: ConnectorWrites;
  readonly target: LiveTarget;
  readonly live: LiveRead;
  readonly setup: LiveSetup;
  /** The copy of the tenant on which every request is tried. */
  readonly twin: Wire;
  /** Which of ours is which there, as stored; they win over every key. */
  readonly links: readonly Link[];
  /** Values that both last agreed on, by our ids. */
  readonly bases: ReadonlyMap<string, LiveValues>;
  /** What the brake counted on this tenant in the 24 hours before. */
  readonly today?: Counts;
  /** What is taken back; absent: what authority says is done. */
  readonly undo?: UndoRequest;
  /** Only these of ours; absent: all that are in scope. */
  readonly only?: ReadonlySet<string>;
  /** Returns the key by which the platform knows a repeated creation. */
  readonly key: (subject: string) => string;
  readonly readAt: number;
  readonly now: number;
}

/** How long a plan may wait before it is applied. */
const LIFE_MS = 24 * 60 * 60 * 1_000;
/** Kinds that wait for approval where the company file says nothing. */
const ASKED = ['create', 'leave', 'return'] as const;

/**
 * Makes a plan: whatever must change by scope and authority, as the very requests, in an order that works, each tried on a
 * copy of the tenant. Nothing is sent to the tenant. Throws `ScopeError`.
 */
export async function makePlan(input: PlanInput): Promise<Plan> {
  const { own, settings, live, setup, target, writes, about } = input;
  const facts: PlatformFacts = { ...input.facts, customFields: own.customFields };
  const isInScope = scopeOf(settings.scope, own.departments);
  const all = ownPeople(own);
  const found = whoIsWho(all, own.departments, live, input.facts.spaces, input.links);
  const matching = found.people;
  const ownOf = { departments: new Map(found.departments), people: new Map<string, string>() };
  for (const { own: ours, live: there } of matching.matches) ownOf.people.set(there.id, ours.id);
  const isMeant = (one: OwnPerson): boolean => isInScope(one) && (input.only === undefined || input.only.has(one.id));

  const reports: PlanReport[] = [];
  const counts: Partial<Record<Braked, number>> = {};
  const intents: Intent[] = [];
  const overwritten = new Set<string>();
  const add = (done: PersonWork): void => {
    intents.push(...done.intents);
    reports.push(...done.reports);
    for (const { subject } of done.intents) for (const field of done.overwrites) overwritten.add(`${subject} ${field}`);
    for (const kind of done.counts) count(counts, kind);
  };
  const names = new Map([
    ...all.map(({ id, name }) => [id, name] as const),
    ...own.departments.map(({ id, name }) => [id, name.value] as const),
  ]);
  const work = workOnDepartments(own.departments, live.departments, ownOf.departments, settings.departments);
  let lasting: PlanHeader['lasting'];
  if (input.undo !== undefined) {
    const there = new Map(matching.matches.map(({ own: ours, live: one }) => [ours.id, one]));
    const done = undoing(input.undo, { facts, links: ownOf, live: there, bases: input.bases, names });
    add(done);
    lasting = done.lasting;
  } else {
    // Where something could not be read, nothing is called missing.
    const isWhole = live.problems.length === 0;
    const isFree = ({ subject, operation }: Intent): boolean =>
      !found.heldDepartments.has(subject) && (isWhole || operation !== 'department-create');
    // A tree without a root is one that no secret reads.
    const isTreeRead = live.departments.some(({ parent }) => parent === null);
    if (input.only === undefined && isTreeRead) intents.push(...work.intents.filter(isFree));
    for (const { operation } of intents) count(counts, operation as Braked);
    for (const { own: ours, live: there } of matching.matches) {
      if (!isMeant(ours)) continue;
      const base = input.bases.get(ours.id);
      const work = workOn({ own: ours, live: there, ...(base === undefined ? {} : { base }) }, settings, facts, ownOf);
      add(work);
      if (work.intents.some(({ operation }) => operation === 'return')) reports.push(reportOf(ours, 'comes-back'));
    }
    const alike = new Set(matching.alike.map(({ own: ours }) => ours.id));
    for (const ours of isWhole ? matching.missing : []) {
      if (!isMeant(ours)) continue;
      const work = workOn({ own: ours, live: null }, settings, facts, ownOf);
      add(work);
      if (work.intents.length === 0) continue;
      const [unread] = live.leftProblems ?? [];
      if (alike.has(ours.id)) reports.push(reportOf(ours, 'left-alike'));
      else if (unread !== undefined) reports.push(reportOf(ours, 'maybe-left', unread.verdict.remedy));
    }
    const isAsked = (one: OwnPerson): boolean => one.isInService && isMeant(one);
    const undecided = new Set([...found.undecided, ...matching.ambiguous.map(({ own: ours }) => ours.id)]);
    for (const ours of all.filter(({ id }) => undecided.has(id)).filter(isAsked))
      reports.push(reportOf(ours, 'undecided'));
    for (const ours of isWhole ? found.gone.filter(isAsked) : []) reports.push(reportOf(ours, 'lost'));
  }

  const clearable = new Set(facts.fields.flatMap(({ field, clear }) => (clear === null ? [] : [field])));
  const { phases, rings } = orderIntents(intents, { live: live.people, ownOf: ownOf.people, clearable });
  const ourPeople = new Map(all.map((one) => [one.id, one]));
  const known: Known & { readonly departments: Map<string, string>; readonly people: Map<string, string> } = {
    target,
    setup,
    departments: swapped(ownOf.departments),
    people: swapped(ownOf.people),
    live: new Map(matching.matches.map(({ own: ours, live: there }) => [ours.id, there])),
    reviving: new Set(live.people.flatMap(({ revivedBy = [] }) => revivedBy)),
    key: input.key,
  };
  const counted = new Set<string>();
  const isOverwrite = (subject: string, field: string): boolean => overwritten.has(`${subject} ${field}`);
  const rehearsal = new Rehearsal({
    performer: {
      writes,
      rows: facts.fields,
      target,
      setup,
      wire: input.twin,
      links: ownOf,
      root: rootOf(own.departments),
    },
    halves: (request) => writes.halves(request),
    known,
    names,
    ourPeople,
    countsOf: (operation, subjects) => countsOf(operation, subjects, facts, isOverwrite, counted),
  });
  const refused: PlanRefusal[] = [];
  for (const phase of phases) {
    const { requests, problems } = writes.compose(
      phase.map((one) => atLiveId(one, known)),
      known,
    );
    refused.push(...problems.map((one) => ({ ...one, name: names.get(one.subject) ?? '' })));
    for (const request of requests) await rehearsal.run(request, phase);
  }
  const { steps } = rehearsal;
  const sent = withoutNotSent(counts, intents, refused, facts, isOverwrite);
  const messages = messagesOf(steps, facts);
  const inScope = all.filter((one) => one.isInService && isMeant(one)).length;
  const linked = matching.matches.filter(({ own: ours, live: there }) => there.isInService && isMeant(ours)).length;
  const consents = settings.people ?? {};
  const brake = trippedBy(sent, {
    linked,
    inScope,
    asked: new Set<Braked>([...ASKED.filter((kind) => (consents[kind] ?? 'ask') === 'ask'), ...work.asked]),
    limits: settings.brake ?? {},
    today: input.today ?? {},
  });
  const header: PlanHeader = {
    mingce_plan: 1,
    ...about,
    read_at: new Date(input.readAt).toISOString(),
    made_at: new Date(input.now).toISOString(),
    expires_at: new Date(input.now + LIFE_MS).toISOString(),
    counts: sent,
    ...(input.undo === undefined ? {} : { undoes: input.undo.of }),
    ...(lasting === undefined ? {} : { lasting }),
    linked,
    brake,
    messages,
    cannot_undo: steps.flatMap(({ n, operation, isRefused }) => {
      const why = facts.operations[operation]?.lasting;
      return why === undefined || isRefused ? [] : [{ n, why }];
    }),
    refused,
    rings,
    reports,
    calls: callsOf(steps),
    links: {
      departments: Object.fromEntries(ownOf.departments),
      people: namedPeople(steps, ownOf.people),
      root: rootOf(own.departments),
    },
  };
  return { header, steps };
}

function reportOf({ id: subject, name }: OwnPerson, why: LeftReason | UnknownReason, detail?: Words): PlanReport {
  return { subject, name, field: null, why, ...(detail === undefined ? {} : { detail }) };
}

function count(counts: Partial<Record<Braked, number>>, kind: Braked): void {
  counts[kind] = (counts[kind] ?? 0) + 1;
}

function swapped(map: ReadonlyMap<string, string>): Map<string, string> {
  return new Map(Array.from(map, ([theirs, ours]) => [ours, theirs]));
}

/** Names somebody who was made in an earlier phase by the id that the person has now. */
function atLiveId(intent: Intent, known: Known): Intent {
  if (intent.operation !== 'update') return intent;
  return { ...intent, liveId: known.people.get(intent.subject) ?? intent.liveId };
}

function messagesOf(steps: readonly PlanStep[], { fields, operations }: PlatformFacts): PlanHeader['messages'] {
  return steps.flatMap(({ n, operation, subjects, isRefused }) =>
    isRefused
      ? []
      : subjects.flatMap(({ subject, name, changes }) =>
          [
            ...(operations[operation]?.effects ?? []),
            ...fields.flatMap(({ field, effects = [] }) =>
              operation === 'update' && changes[field] !== undefined ? effects : [],
            ),
          ].flatMap(({ effect, when }) =>
            (effect === 'sms' || effect === 'mail') && when !== 'on-request'
              ? [{ n, subject, name, effect, when }]
              : [],
          ),
        ),
  );
}

function callsOf(steps: readonly PlanStep[]): Readonly<Record<string, number>> {
  const calls: Record<string, number> = {};
  for (const { request, isRefused } of steps) if (!isRefused) calls[request.call] = (calls[request.call] ?? 0) + 1;
  return calls;
}

/** Returns those of the links that a step names: the people themselves and their leaders. */
function namedPeople(steps: readonly PlanStep[], ownOf: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const named = new Set(
    steps.flatMap(({ subjects }) =>
      subjects.flatMap(({ subject, changes }) => [subject, changes['leader']?.from, changes['leader']?.to]),
    ),
  );
  return Object.fromEntries([...ownOf].filter(([, own]) => named.has(own)));
}
