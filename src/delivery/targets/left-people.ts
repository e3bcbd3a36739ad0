import type { LivePerson, LiveRead, LiveSpaces, LiveTask, Problem } from '../../connectors/connector.ts';
import type { LeftLookUp, Sought } from '../../connectors/writing.ts';
import type { Link } from '../../directory/targets/target-store.ts';
import { ownPeople, type OwnCompany, type OwnPerson } from './own-people.ts';
import { whoIsWho } from './who-is-who.ts';

/** What looking for people who left goes by. */
export interface LeftSearch {
  readonly own: OwnCompany;
  readonly spaces: LiveSpaces;
  readonly links: readonly Link[];
  /** Absent: the platform has no such look-up. */
  readonly left: LeftLookUp | undefined;
  readonly now: number;
  run<Result>(task: LiveTask<Result>): Promise<Result>;
}

/**
 * Adds to a read the people who left there and are still ours here, where no list of the platform has them: someone who is
 * made a second time has two records there.
 */
export async function withLeft(read: LiveRead, search: LeftSearch): Promise<LiveRead> {
  const { own, spaces, links, left, now } = search;
  // Where something could not be read, no one is missing.
  if (left === undefined || left.isListed || read.problems.length > 0) return read;
  const found = whoIsWho(ownPeople(own), own.departments, read, spaces, links);
  const linkedId = new Map(links.map(({ kind, subject, liveId }) => [`${kind} ${subject}`, liveId]));
  const sought = [
    ...found.people.missing.map((one) => soughtOf(one, one.ids[spaces.person] ?? one.id)),
    ...found.gone.flatMap(({ id }): readonly Sought[] => {
      const liveId = linkedId.get(`employee ${id}`);
      return typeof liveId === 'string' ? [soughtId(liveId)] : [];
    }),
  ];
  if (sought.length === 0) return read;
  const { people, problems } = await lookedUp((task) => search.run(task), left, sought, read.personId ?? null, now);
  return {
    ...read,
    people: [...read.people, ...people],
    ...(problems.length === 0 ? {} : { leftProblems: problems }),
  };
}

/** Returns by what one of ours is looked for among people who left. */
export function soughtOf({ values: { mobile, email, jobNumber } }: OwnPerson, liveId: string | null): Sought {
  return {
    liveIds: liveId === null ? [] : [liveId],
    mobile: textOf(mobile),
    email: textOf(email),
    jobNumber: textOf(jobNumber),
  };
}

/** Returns what finds the record of an id that is known. */
export function soughtId(liveId: string): Sought {
  return { liveIds: [liveId], mobile: null, email: null, jobNumber: null };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Looks people up, and says of each whether the record can come back. */
export async function lookedUp(
  run: LeftSearch['run'],
  left: LeftLookUp,
  sought: readonly Sought[],
  personId: string | null,
  now: number,
): Promise<{ readonly people: readonly LivePerson[]; readonly problems: readonly Problem[] }> {
  const { people, problems } = await run(left.find(sought, personId));
  const isReturnable = ({ leftOn }: LivePerson): boolean =>
    leftOn === undefined || now - Date.parse(`${leftOn}T00:00:00+08:00`) < (left.returnDays + 1) * DAY_MS;
  return { people: people.map((one) => ({ ...one, isReturnable: isReturnable(one) })), problems };
}
