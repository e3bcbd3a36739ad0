import type { LiveRead, LiveSpaces } from '../../connectors/connector.ts';
import type { Link, NewLink, Subject, SubjectKind } from '../../directory/targets/target-store.ts';
import { matchDepartments } from './match-departments.ts';
import { matchPeople, type Ambiguity } from './match.ts';
import { ownPeople, type OwnCompany } from './own-people.ts';

/** What an operator decided: the live id of a subject, or that it is left alone. */
export type Decisions = Readonly<Partial<Record<SubjectKind, Readonly<Record<string, string>>>>>;

/** What a decision says of a subject that is left alone. */
const IGNORE = 'ignore';

/** What links are made from. */
export interface Adoption {
  readonly own: OwnCompany;
  readonly live: LiveRead;
  readonly spaces: LiveSpaces;
  readonly decisions: Decisions;
  /** The links that are stored; they win over any key. */
  readonly known: readonly Link[];
}

/** Which links are to be stored, and what must be decided. */
export interface Adopted {
  /** Links that are new or others than the stored ones. */
  readonly links: readonly NewLink[];
  /** Stored as ambiguous, and neither found nor ambiguous now: their links are to be removed, so that a plan may make them. */
  readonly settled: readonly Subject[];
  readonly ambiguous: readonly Ambiguity[];
  /** Decisions that cannot be: nothing is stored then. */
  readonly wrong: readonly string[];
}

/**
 * Works out which subject is which there: by a decision, by the stored link, then by the keys of the match. What a key
 * leaves open is stored as `ambiguous`; a link whose live id is gone becomes `lost`. Neither is ever made there. Each is so for
 * as long as a read shows it: what is no longer ambiguous is free again, and what is there again is linked again.
 */
export function adopt(adoption: Adoption): Adopted {
  const { own, live, spaces, decisions, known } = adoption;
  const isComplete = live.problems.length === 0;
  const people = sideOf(
    'employee',
    adoption,
    live.people.map(({ id }) => id),
  );
  const departments = sideOf(
    'department',
    adoption,
    live.departments.map(({ id }) => id),
  );
  const ours = ownPeople(own);
  const wrong = [
    ...wrongIn('employee', decisions, new Set(ours.map(({ id }) => id)), people.there),
    ...wrongIn('department', decisions, new Set(own.departments.map(({ id }) => id)), departments.there),
  ];
  const inService = new Set(ours.flatMap(({ id, isInService }) => (isInService ? [id] : [])));
  const matching = matchPeople(
    ours.filter(({ id }) => !people.settled.has(id)),
    live.people.filter(({ id }) => !people.taken.has(id)),
    spaces.person,
  );
  const matched = matchDepartments(
    own.departments.filter(({ id }) => !departments.settled.has(id)),
    live.departments.filter(({ id }) => !departments.taken.has(id)),
    spaces.department,
  );
  const found: readonly NewLink[] = [
    ...people.decided,
    ...departments.decided,
    ...matching.matches.map(({ own: { id }, live: there, by }) => linked('employee', id, there.id, by)),
    ...matching.ambiguous.map(({ own: { id }, by }) => open('employee', id, by)),
    ...Array.from(matched, ([liveId, id]) => linked('department', id, liveId, 'path')),
    ...people.back,
    ...departments.back,
    ...(isComplete ? [...people.gone.filter(({ subject }) => inService.has(subject)), ...departments.gone] : []),
  ];
  const stored = new Map(known.map((link) => [keyOf(link), link]));
  const now = new Set(found.map(keyOf));
  // Where something could not be read, who contradicted a key may only be out of sight.
  const isWhole = isComplete && (live.leftProblems ?? []).length === 0;
  return {
    links: found.filter((link) => !isSame(link, stored.get(keyOf(link)))),
    settled: isWhole ? known.filter((link) => link.state === 'ambiguous' && !now.has(keyOf(link))) : [],
    ambiguous: matching.ambiguous,
    wrong,
  };
}

interface Side {
  readonly there: ReadonlySet<string>;
  /** Our ids that need no match, and live ids that are somebody's. */
  readonly settled: ReadonlySet<string>;
  readonly taken: ReadonlySet<string>;
  readonly decided: readonly NewLink[];
  readonly gone: readonly NewLink[];
  /** Lost, and there again. */
  readonly back: readonly NewLink[];
}

function sideOf(kind: SubjectKind, { decisions, known }: Adoption, liveIds: readonly string[]): Side {
  const there = new Set(liveIds);
  const decided = Object.entries(decisions[kind] ?? {}).map(([subject, liveId]): NewLink =>
    liveId === IGNORE
      ? { kind, subject, liveId: null, matchedBy: 'operator', state: 'ignored' }
      : linked(kind, subject, liveId, 'operator'),
  );
  const isDecided = new Set(decided.map(({ subject }) => subject));
  const claimed = new Set(decided.flatMap(({ liveId }) => liveId ?? []));
  const kept = known.filter(
    (link) =>
      link.kind === kind &&
      link.state !== 'ambiguous' &&
      !isDecided.has(link.subject) &&
      (link.liveId === null || !claimed.has(link.liveId)),
  );
  return {
    there,
    settled: new Set([...isDecided, ...kept.map(({ subject }) => subject)]),
    taken: new Set([...claimed, ...kept.flatMap(({ liveId }) => liveId ?? [])]),
    decided,
    gone: kept
      .filter(({ state, liveId }) => state === 'linked' && liveId !== null && !there.has(liveId))
      .map(({ subject, liveId, matchedBy }) => ({ kind, subject, liveId, matchedBy, state: 'lost' })),
    back: kept.flatMap(({ state, subject, liveId, matchedBy }) =>
      state === 'lost' && liveId !== null && there.has(liveId) ? [linked(kind, subject, liveId, matchedBy)] : [],
    ),
  };
}

function wrongIn(
  kind: SubjectKind,
  decisions: Decisions,
  ours: ReadonlySet<string>,
  there: ReadonlySet<string>,
): readonly string[] {
  const given = Object.entries(decisions[kind] ?? {});
  const counts = new Map<string, number>();
  for (const [, liveId] of given) counts.set(liveId, (counts.get(liveId) ?? 0) + 1);
  return given.flatMap(([subject, liveId]) => {
    if (!ours.has(subject)) return [`${kind} ${subject}: the company has none of this id`];
    if (liveId === IGNORE) return [];
    if (!there.has(liveId)) return [`${kind} ${subject}: there is no ${liveId} there`];
    return (counts.get(liveId) ?? 0) > 1 ? [`${kind} ${subject}: ${liveId} is given more than once`] : [];
  });
}

function linked(kind: SubjectKind, subject: string, liveId: string, matchedBy: string): NewLink {
  return { kind, subject, liveId, matchedBy, state: 'linked' };
}

function open(kind: SubjectKind, subject: string, matchedBy: string): NewLink {
  return { kind, subject, liveId: null, matchedBy, state: 'ambiguous' };
}

function keyOf({ kind, subject }: Subject): string {
  return `${kind} ${subject}`;
}

function isSame(link: NewLink, stored: Link | undefined): boolean {
  return stored !== undefined && link.state === stored.state && link.liveId === stored.liveId;
}
