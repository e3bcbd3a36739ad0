import type { LivePerson } from '../../connectors/connector.ts';
import type { OwnPerson } from './own-people.ts';

/** By what a person is found, the strongest first. */
export const MATCH_KEYS = ['id', 'jobNumber', 'mobile', 'email'] as const;
/** One of the keys. */
export type MatchKey = (typeof MATCH_KEYS)[number];

/** A person of ours and the one there. */
export interface Match {
  readonly own: OwnPerson;
  readonly live: LivePerson;
  readonly by: MatchKey;
}

/** Why a person is not matched although somebody is found. */
export interface Ambiguity {
  readonly own: OwnPerson;
  readonly by: MatchKey;
  /**
   * `several`: the key finds several people; `other`: a weaker key finds another; `shared`: two of ours find one; `unlike`: only
   * this key says so, and the name says otherwise.
   */
  readonly why: 'several' | 'other' | 'shared' | 'unlike';
  /** The live ids that were found. */
  readonly candidates: readonly string[];
}

/** The people of both sides, paired. */
export interface Matching {
  readonly matches: readonly Match[];
  readonly ambiguous: readonly Ambiguity[];
  /** Ours in service that were not found there. */
  readonly missing: readonly OwnPerson[];
  /** Theirs in service that are none of ours. */
  readonly onlyThere: readonly LivePerson[];
  /** Those of the missing ones who may have left there, with the records that say so. */
  readonly alike: readonly Alike[];
}

/** One of ours who is missing there, and people who left there with one of the same keys. */
export interface Alike {
  readonly own: OwnPerson;
  readonly left: readonly LivePerson[];
}

/**
 * Pairs our people with theirs. The strongest key that is unique on both sides decides. An id of the platform is proof; a job number,
 * a mobile or a mail address is not where a weaker key finds somebody else, or where it alone contradicts the name; that is
 * listed and never decided. Of people who left there it takes the name as well, as their numbers are free again; several of
 * the same name are listed, too.
 */
export function matchPeople(own: readonly OwnPerson[], live: readonly LivePerson[], space: string): Matching {
  const index = new Index(own, live, space);
  const found = own.map((person) => index.find(person));
  const claims = Map.groupBy(
    found.flatMap((one) => ('live' in one ? [one] : [])),
    ({ live: there }) => there.id,
  );
  const matches: Match[] = [];
  const ambiguous: Ambiguity[] = found.flatMap((one) => ('why' in one ? [one] : []));
  for (const those of claims.values()) {
    const [first] = those;
    const certain = those.filter(({ by }) => by === 'id');
    if (those.length === 1 && first !== undefined) matches.push(first);
    else {
      // Proof wins over likeness; without it no one does.
      if (certain.length === 1) matches.push(...certain);
      for (const { own: person, by, live: there } of those.filter((one) => certain.length !== 1 || one.by !== 'id')) {
        ambiguous.push({ own: person, by, why: 'shared', candidates: [there.id] });
      }
    }
  }
  const taken = new Set([
    ...matches.map(({ live: there }) => there.id),
    ...ambiguous.flatMap(({ candidates }) => candidates),
  ]);
  return {
    matches,
    ambiguous,
    missing: found.flatMap((one) => ('live' in one || 'why' in one || !one.own.isInService ? [] : [one.own])),
    alike: found.flatMap((one) => ('left' in one && one.left.length > 0 ? [one] : [])),
    onlyThere: live.filter(({ id, isInService }) => isInService && !taken.has(id)),
  };
}

/**
 * Whether a key alone is no proof that two are one: the name is another, and no other key agrees. Mobiles and mail addresses pass
 * from one person to the next; a job number is doubted only where another key contradicts it, too.
 */
export function isUnlike({ name, values }: OwnPerson, live: LivePerson, by: MatchKey): boolean {
  if (by === 'id' || typeof live.values.name !== 'string' || isNamed(live, name)) return false;
  const others = PASSED_ON.filter((key) => key !== by);
  const pairs = others.map((key) => [values[key], live.values[key]] as const);
  const both = pairs.filter(([ours, other]) => typeof ours === 'string' && typeof other === 'string');
  if (both.some(([ours, other]) => ours === other)) return false;
  return by !== 'jobNumber' || both.length > 0;
}

/** The keys besides an id, the strongest first: they are no proof, as they pass from one person to the next. */
export const PASSED_ON = ['jobNumber', 'mobile', 'email'] as const satisfies readonly MatchKey[];

/** Whether somebody there has a name, however either side spaces it and writes its letters. */
function isNamed({ values: { name: theirs } }: LivePerson, name: string): boolean {
  return typeof theirs === 'string' && likened(theirs) === likened(name);
}

function likened(name: string): string {
  return name.normalize('NFKC').replaceAll(/\s/gu, '').toLowerCase();
}

/** Finds people by the values of their keys, on both sides. */
class Index {
  readonly #space: string;
  readonly #own = new Map<string, number>();
  readonly #live = new Map<string, LivePerson[]>();
  readonly #left = new Map<string, LivePerson[]>();

  constructor(own: readonly OwnPerson[], live: readonly LivePerson[], space: string) {
    this.#space = space;
    for (const person of own) {
      for (const key of this.#keysOf(person)) this.#own.set(key, (this.#own.get(key) ?? 0) + 1);
    }
    for (const person of live) {
      const { id, isInService, isReturnable } = person;
      // A record that cannot come back is no one's any more.
      const isGone = !isInService && isReturnable === false;
      push(isGone ? this.#left : this.#live, `id ${id}`, person);
      // A number of somebody who left is free again.
      if (!isInService && isReturnable === undefined) continue;
      for (const key of PASSED_ON) {
        const value = person.values[key];
        if (typeof value === 'string') push(isInService ? this.#live : this.#left, `${key} ${value}`, person);
      }
    }
  }

  find(person: OwnPerson): Match | Ambiguity | Alike {
    let several: Ambiguity | null = null;
    let best: Match | null = null;
    for (const key of this.#keysOf(person)) {
      const by = keyNamed(key);
      const there = this.#live.get(key) ?? [];
      const [one] = there;
      if (one === undefined) continue;
      if (there.length > 1 || (this.#own.get(key) ?? 0) > 1) {
        several ??= { own: person, by, why: 'several', candidates: there.map(({ id }) => id) };
      } else if (best === null) {
        if (by === 'id') return { own: person, live: one, by };
        best = { own: person, live: one, by };
      } else if (one.id !== best.live.id) {
        return { own: person, by, why: 'other', candidates: [best.live.id, one.id] };
      }
    }
    if (best !== null && isUnlike(person, best.live, best.by)) {
      return { own: person, by: best.by, why: 'unlike', candidates: [best.live.id] };
    }
    return best ?? several ?? this.#findLeft(person);
  }

  /** Finds the record that somebody left there: the one that has a key and the name. Which of several is not decided. */
  #findLeft(person: OwnPerson): Match | Ambiguity | Alike {
    const keys = this.#keysOf(person).filter((key) => (this.#own.get(key) ?? 0) <= 1);
    const left = new Map(
      keys.flatMap((key) => (this.#left.get(key) ?? []).map((one) => [one, keyNamed(key)] as const)),
    );
    const same = [...left].filter(([one]) => one.isReturnable === true && isNamed(one, person.name));
    const [first] = same;
    if (first === undefined) return { own: person, left: [...left.keys()] };
    const [live, by] = first;
    if (same.length === 1) return { own: person, live, by };
    return { own: person, by, why: 'several', candidates: same.map(([{ id }]) => id) };
  }

  /** The keys of one of ours, the strongest first; one who left is found by the id alone. */
  #keysOf({ ids, isInService, values }: OwnPerson): readonly string[] {
    const id = ids[this.#space];
    const others = PASSED_ON.flatMap((key) => {
      const value = values[key];
      return isInService && typeof value === 'string' ? [`${key} ${value}`] : [];
    });
    return [...(id === undefined ? [] : [`id ${id}`]), ...others];
  }
}

function keyNamed(key: string): MatchKey {
  return MATCH_KEYS.find((name) => key.startsWith(`${name} `)) ?? 'id';
}

function push<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
