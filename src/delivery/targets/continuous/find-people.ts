import type { Problem } from '../../../connectors/connector.ts';
import type { MatchKey } from '../../../connectors/writing.ts';
import type { NewLink } from '../../../directory/targets/target-store.ts';
import { lookedUp, soughtOf } from '../left-people.ts';
import { matchPeople } from '../match.ts';
import type { OwnPerson } from '../own-people.ts';
import { mustHold, type Context } from './context.ts';

/** Who of some employees without a link is there already. */
export interface FoundPeople {
  /** Live ids by our ids; they are linked now. */
  readonly liveIds: ReadonlyMap<string, string>;
  /** Employees whose keys name several there, or one who is somebody else of ours. */
  readonly ambiguous: ReadonlySet<string>;
  /** What could not be asked: no one is called missing then. */
  readonly problems: readonly Problem[];
}

/** An employee without a link, with the id that an earlier creation may have given there. */
export interface Unlinked {
  readonly own: OwnPerson;
  /** Null: no creation was ever sent. */
  readonly sentId: string | null;
}

const KEYS = ['jobNumber', 'mobile', 'email'] as const satisfies readonly MatchKey[];

/**
 * Looks for employees without a link by every key, and links each of them where all keys name the same one. A creation is only
 * sent where no key names anyone.
 */
export async function findPeople(context: Context, people: readonly Unlinked[]): Promise<FoundPeople> {
  const found = new Map<string, Map<string, string>>();
  const problems: Problem[] = [];
  const add = (subject: string, liveId: string, by: string): void => {
    const ids = found.get(subject) ?? new Map<string, string>();
    if (!ids.has(liveId)) ids.set(liveId, by);
    found.set(subject, ids);
  };
  for (const key of ['id', ...KEYS] as const) {
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
  await addLeft(context, people, found, add);
  // A key that could not be asked may name another one: no one is linked then.
  if (problems.length > 0) return { liveIds: new Map(), ambiguous: new Set(), problems };
  return { ...(await linkFound(context, found)), problems };
}

/** Looks for the rest among people who left: their records come back, instead of new ones being made. */
async function addLeft(
  { live, setup, now }: Context,
  people: readonly Unlinked[],
  found: ReadonlyMap<string, unknown>,
  add: (subject: string, liveId: string, by: string) => void,
): Promise<void> {
  const { left } = live.writes;
  const rest = people.filter(({ own }) => own.isInService && !found.has(own.id));
  if (left === undefined || rest.length === 0) return;
  const sought = rest.map((one) => soughtOf(one.own, valueOf(one, 'id', live.spaces.person)));
  const answer = await lookedUp((task) => live.run(task), left, sought, setup.personId, now());
  const { matches } = matchPeople(
    rest.map(({ own }) => own),
    answer.people,
    live.spaces.person,
  );
  for (const { own, live: there, by } of matches) add(own.id, there.id, by);
}

function valueOf({ own, sentId }: Unlinked, key: MatchKey, space: string): string | null {
  if (key === 'id') return sentId ?? own.ids[space] ?? null;
  const value = own.values[key];
  return typeof value === 'string' ? value : null;
}

async function linkFound(
  { store, target }: Context,
  found: ReadonlyMap<string, ReadonlyMap<string, string>>,
): Promise<Pick<FoundPeople, 'liveIds' | 'ambiguous'>> {
  const all = [...found.values()].flatMap((ids) => [...ids.keys()]);
  const taken = new Map(
    (all.length === 0 ? [] : await store.targets.linksByLiveId(target.id, 'employee', all)).map((link) => [
      link.liveId ?? '',
      link.subject,
    ]),
  );
  const liveIds = new Map<string, string>();
  const ambiguous = new Set<string>();
  const links: NewLink[] = [];
  const given = new Set<string>();
  for (const [subject, ids] of found) {
    const [[liveId, matchedBy] = ['', '']] = ids;
    const isOne = ids.size === 1 && !given.has(liveId) && (taken.get(liveId) ?? subject) === subject;
    const about = { kind: 'employee', subject, matchedBy } as const;
    if (isOne) liveIds.set(subject, liveId);
    else ambiguous.add(subject);
    given.add(liveId);
    links.push(isOne ? { ...about, liveId, state: 'linked' } : { ...about, liveId: null, state: 'ambiguous' });
  }
  if (links.length > 0) mustHold(await store.targets.putLinks(target, links));
  return { liveIds, ambiguous };
}
