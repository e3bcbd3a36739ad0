import type { LivePerson, Problem } from '../../../../connectors/connector.ts';
import type { LiveFound, MatchKey, Sought } from '../../../../connectors/writing.ts';
import { lookedUp, soughtId, soughtOf } from '../../left-people.ts';
import { matchPeople } from '../../match.ts';
import type { OwnPerson } from '../../own-people.ts';
import type { Context } from '../context.ts';

/** What is known of employees who may have left there. */
export interface LeftThere {
  /** Live ids of theirs, by our ids. */
  readonly found: readonly (readonly [subject: string, liveId: string, by: MatchKey])[];
  /** Those with several records there, or with one that fits another of ours as well. */
  readonly ambiguous: ReadonlySet<string>;
  /** All who were found to have left, by live id. */
  readonly people: ReadonlyMap<string, LivePerson>;
  /** What could not be asked now: no one is called missing then. */
  readonly problems: readonly Problem[];
}

/**
 * Looks for employees among people who left there: their records come back, instead of new ones being made. As in a plan, a
 * record that is linked to somebody else of ours is none of theirs. Linked people who are absent are looked up with them: a
 * platform may have to list everyone who left for it. Nothing of it is kept for the next batch: who leaves between two batches is
 * in service in neither, and a second record would be made, or the mail of somebody who left would bring their record back.
 */
export async function leftThere(
  context: Context,
  people: readonly { readonly own: OwnPerson; readonly liveId: string | null }[],
  absent: readonly string[] = [],
): Promise<LeftThere> {
  const sought = [...people.map(({ own, liveId }) => soughtOf(own, liveId)), ...absent.map(soughtId)];
  const looked = await lookUp(context, sought);
  const { store, target, live } = context;
  const ids = looked.people.map(({ id }) => id);
  const links = ids.length === 0 ? [] : await store.targets.linksByLiveId(target.id, 'employee', ids);
  const taken = new Set(links.map(({ liveId }) => liveId));
  const { matches, ambiguous } = matchPeople(
    people.map(({ own }) => own),
    looked.people.filter(({ id }) => !taken.has(id)),
    live.spaces.person,
  );
  return {
    found: [
      ...matches.map(({ own, live: there, by }) => [own.id, there.id, by] as const),
      ...ambiguous.flatMap(({ own, by, candidates }) => candidates.map((id) => [own.id, id, by] as const)),
    ],
    ambiguous: new Set(ambiguous.map(({ own }) => own.id)),
    people: new Map(looked.people.map((one) => [one.id, one])),
    problems: looked.problems,
  };
}

/** What an earlier look-up brought. */
export interface LookedUp {
  readonly left: ReadonlyMap<string, LivePerson>;
  /** Live ids that were looked for after they were found to be absent: who is not among those who left is not there. */
  readonly lookedFor: ReadonlySet<string>;
}

/** Adds to a read of people by their ids those who left there, where the platform's read of single people does not show them. */
export async function withLeftOf(
  context: Context,
  read: LiveFound<LivePerson>,
  ids: readonly string[],
  { left, lookedFor }: LookedUp,
): Promise<LiveFound<LivePerson>> {
  const unknown = absentOnes(read, ids).filter((id) => !left.has(id) && !lookedFor.has(id));
  const { people, problems } = await lookUp(context, unknown.map(soughtId));
  const found = new Map(read.found);
  for (const one of [...left.values(), ...people]) if (found.get(one.id) === 'absent') found.set(one.id, one);
  // Who could not be looked up is not gone.
  if (problems.length > 0) for (const id of unknown) if (found.get(id) === 'absent') found.delete(id);
  return { found, problems: [...read.problems, ...problems] };
}

/** Returns the ids of which a read says that no one in service has them. */
export function absentOnes({ found }: Pick<LiveFound<LivePerson>, 'found'>, ids: readonly string[]): readonly string[] {
  return ids.filter((id) => found.get(id) === 'absent');
}

/** Looks people who left up. A right that is missing is no reason to wait: a plan says that it is. */
async function lookUp(
  { live, setup, now }: Context,
  sought: readonly Sought[],
): Promise<{ readonly people: readonly LivePerson[]; readonly problems: readonly Problem[] }> {
  const { left } = live.writes;
  if (left === undefined || sought.length === 0) return { people: [], problems: [] };
  const { people, problems } = await lookedUp((task) => live.run(task), left, sought, setup.personId, now());
  return { people, problems: problems.filter(({ verdict }) => verdict.kind !== 'refused') };
}
