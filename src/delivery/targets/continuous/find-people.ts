import type { LivePerson, Problem } from '../../../connectors/connector.ts';
import type { MatchKey } from '../../../connectors/writing.ts';
import type { NewLink } from '../../../directory/targets/target-store.ts';
import { isUnlike, MATCH_KEYS } from '../match.ts';
import type { OwnPerson } from '../own-people.ts';
import { mustHold, type Context } from './context.ts';
import { stillOf } from './kept.ts';
import { leftThere } from './left/left.ts';

/** Who of some employees without a link is there already. */
export interface FoundPeople {
  /** Live ids by our ids; they are linked now. */
  readonly liveIds: ReadonlyMap<string, string>;
  /** Employees whose keys name several there, or one who is somebody else by name. */
  readonly ambiguous: ReadonlySet<string>;
  /** Employees who are not there while somebody else of ours still has a value of theirs there: that one, by the key. */
  readonly heldBy: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** People who left there and were looked up, by live id. */
  readonly left: ReadonlyMap<string, LivePerson>;
  /** Absent people who were looked for among those who left. */
  readonly lookedFor: ReadonlySet<string>;
  /** What could not be asked: no one is called missing then. */
  readonly problems: readonly Problem[];
}

/** An employee without a link, with the id that an earlier creation may have given there. */
export interface Unlinked {
  readonly own: OwnPerson;
  /** Null: no creation was ever sent. */
  readonly sentId: string | null;
}

/**
 * Looks for employees without a link by every key, and links each of them where all keys name the same one. A creation is only
 * sent where no key names anyone. Who is linked to somebody else of ours is known: the value is to be given up there first.
 * Linked people who are absent are looked for among those who left, together with the others.
 */
export async function findPeople(
  context: Context,
  people: readonly Unlinked[],
  absent: readonly string[],
): Promise<FoundPeople> {
  const found = new Map<string, Map<string, string>>();
  const problems: Problem[] = [];
  const add = (subject: string, liveId: string, by: string): void => {
    const ids = found.get(subject) ?? new Map<string, string>();
    if (!ids.has(liveId)) ids.set(liveId, by);
    found.set(subject, ids);
  };
  for (const key of MATCH_KEYS) {
    const values = new Map(
      people.flatMap((one) => {
        const value = valueOf(one, key, context.live.spaces.person);
        return value === null ? [] : [[value, one.own.id] as const];
      }),
    );
    if (values.size === 0) continue;
    const { live, setup } = context;
    const { matches, problems: wrong } = await live.run(live.writes.find(key, [...values.keys()], live.target, setup));
    problems.push(...wrong);
    for (const [value, ids] of matches) for (const id of ids) add(values.get(value) ?? '', id, key);
  }
  // A key that could not be asked may name another one: no one is linked then.
  if (problems.length > 0) return { ...NONE, problems };
  const rest = people.filter(({ own }) => own.isInService && !found.has(own.id));
  const left = await leftThere(
    context,
    rest.map((one) => ({ own: one.own, liveId: valueOf(one, 'id', context.live.spaces.person) })),
    absent,
  );
  if (left.problems.length > 0) return { ...NONE, problems: left.problems };
  for (const one of left.found) add(...one);
  const { free, heldBy, clashing } = await apart(context, found);
  const unlike = await unlikeOnes(context, people, free);
  if (unlike.problems.length > 0) return { ...NONE, problems: unlike.problems };
  const doubted = new Set([...clashing, ...unlike.subjects, ...left.ambiguous]);
  const linked = await linkFound(context, free, doubted);
  return { ...linked, heldBy, left: left.people, lookedFor: new Set(absent), problems };
}

const NONE: Omit<FoundPeople, 'problems'> = {
  liveIds: new Map(),
  ambiguous: new Set(),
  heldBy: new Map(),
  left: new Map(),
  lookedFor: new Set(),
};

/** Live ids that were found, by subject, each with the key that found it first. */
type Found = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Sets apart what is somebody else's of ours: with nothing else found, the employee waits until it is given up there. */
async function apart(
  { store, target }: Context,
  found: Found,
): Promise<{
  readonly free: Found;
  readonly heldBy: FoundPeople['heldBy'];
  /** Employees with the very id of somebody else of ours. */
  readonly clashing: ReadonlySet<string>;
}> {
  const all = [...found.values()].flatMap((ids) => [...ids.keys()]);
  const links = all.length === 0 ? [] : await store.targets.linksByLiveId(target.id, 'employee', all);
  const ownerOf = new Map(links.map(({ liveId, subject }) => [liveId ?? '', subject]));
  const free = new Map<string, ReadonlyMap<string, string>>();
  const heldBy = new Map<string, Record<string, string>>();
  const clashing = new Set<string>();
  for (const [subject, ids] of found) {
    const isOthers = (liveId: string): boolean => (ownerOf.get(liveId) ?? subject) !== subject;
    const others = [...ids].filter(([liveId]) => isOthers(liveId));
    if (others.some(([, key]) => key === 'id')) {
      clashing.add(subject);
      free.set(subject, ids);
    } else if (others.length < ids.size) {
      free.set(subject, new Map([...ids].filter(([liveId]) => !isOthers(liveId))));
    } else {
      const held = others.map(([liveId, key]) => [key, stillOf(ownerOf.get(liveId) ?? '')] as const);
      heldBy.set(subject, Object.fromEntries(held));
    }
  }
  return { free, heldBy, clashing };
}

/** Returns those that one key alone takes for somebody with another name: it may have passed from one to the other. */
async function unlikeOnes(
  { live, setup }: Context,
  people: readonly Unlinked[],
  found: Found,
): Promise<{ readonly subjects: ReadonlySet<string>; readonly problems: readonly Problem[] }> {
  const doubted = people.flatMap(({ own }) => {
    const [first, ...more] = found.get(own.id) ?? [];
    return first === undefined || more.length > 0 || first[1] === 'id' ? [] : [{ own, liveId: first[0], by: first[1] }];
  });
  if (doubted.length === 0) return { subjects: new Set(), problems: [] };
  const ids = doubted.map(({ liveId }) => liveId);
  const read = await live.run(live.writes.readPeople(ids, live.target, setup));
  if (ids.some((id) => !read.found.has(id))) return { subjects: new Set(), problems: read.problems };
  const unlike = doubted.filter(({ own, liveId, by }) => {
    const there = read.found.get(liveId);
    return there !== undefined && there !== 'absent' && isUnlike(own, there, by as MatchKey);
  });
  return { subjects: new Set(unlike.map(({ own }) => own.id)), problems: [] };
}

function valueOf({ own, sentId }: Unlinked, key: MatchKey, space: string): string | null {
  if (key === 'id') return sentId ?? own.ids[space] ?? null;
  const value = own.values[key];
  return typeof value === 'string' ? value : null;
}

async function linkFound(
  { store, target }: Context,
  found: Found,
  doubted: ReadonlySet<string>,
): Promise<Pick<FoundPeople, 'liveIds' | 'ambiguous'>> {
  const liveIds = new Map<string, string>();
  const ambiguous = new Set<string>();
  const links: NewLink[] = [];
  const given = new Set<string>();
  for (const [subject, ids] of found) {
    const [[liveId, matchedBy] = ['', '']] = ids;
    const isOne = ids.size === 1 && !given.has(liveId) && !doubted.has(subject);
    const about = { kind: 'employee', subject, matchedBy } as const;
    if (isOne) liveIds.set(subject, liveId);
    else ambiguous.add(subject);
    given.add(liveId);
    links.push(isOne ? { ...about, liveId, state: 'linked' } : { ...about, liveId: null, state: 'ambiguous' });
  }
  if (links.length > 0) mustHold(await store.targets.putLinks(target, links));
  return { liveIds, ambiguous };
}
