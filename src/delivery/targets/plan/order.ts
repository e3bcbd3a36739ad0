import type { FieldName, LivePerson, LiveValue } from '../../../connectors/connector.ts';
import type { DepartmentCreate, Intent, PersonUpdate } from '../../../connectors/writing.ts';

/** Intents in the order in which they can be done, and those that no order makes possible. */
export interface Ordered {
  /** Each phase may use what the one before it made. */
  readonly phases: readonly (readonly Intent[])[];
  readonly rings: readonly Ring[];
}

/** Updates that wait for each other: each wants a value, or a leader, that another one of them holds. */
export interface Ring {
  readonly field: FieldName;
  readonly subjects: readonly string[];
}

/** Values that only one person of a tenant may have. */
const UNIQUE = ['mobile', 'email', 'jobNumber', 'enterpriseEmail', 'extensionNumber'] as const;

/** What ordering knows of the tenant as it is. */
export interface OrderBasis {
  /** Everybody there. */
  readonly live: readonly LivePerson[];
  /** Our ids by theirs. */
  readonly ownOf: ReadonlyMap<string, string>;
  /** Fields that the platform can make empty, by which a ring is opened. */
  readonly clearable: ReadonlySet<FieldName>;
}

/**
 * Orders intents: departments before people, creations before leaders, a unique value given up before it is claimed, no
 * loop of leaders at any moment, leaves last (design 5.2).
 */
export function orderIntents(intents: readonly Intent[], basis: OrderBasis): Ordered {
  const of = <Name extends Intent['operation']>(name: Name): Extract<Intent, { readonly operation: Name }>[] =>
    intents.filter((one): one is Extract<Intent, { readonly operation: Name }> => one.operation === name);
  const made = byDepth(of('department-create'));
  const { first, leaders } = withoutLeaders(intents);
  const { cleared, updates, rings } = orderUpdates(of('update'), basis);
  return {
    phases: [
      ...made,
      of('department-update'),
      of('return'),
      first,
      cleared,
      updates,
      leaders,
      of('freeze'),
      of('leave'),
      of('department-remove'),
    ].filter((phase) => phase.length > 0),
    rings,
  };
}

/** Puts departments below those that are made with them into later phases. */
function byDepth(intents: readonly DepartmentCreate[]): readonly (readonly Intent[])[] {
  const byId = new Map(intents.map((one) => [one.subject, one]));
  const depthOf = (one: DepartmentCreate): number => {
    let depth = 0;
    for (
      let at = byId.get(one.parent ?? '');
      at !== undefined && depth <= intents.length;
      at = byId.get(at.parent ?? '')
    ) {
      depth++;
    }
    return depth;
  };
  const levels = new Map<number, Intent[]>();
  for (const one of intents) {
    const depth = depthOf(one);
    levels.set(depth, [...(levels.get(depth) ?? []), one]);
  }
  return [...levels].toSorted(([a], [b]) => a - b).map(([, level]) => level);
}

/** Makes people without their leaders, who may be made with them; the leaders follow as updates. */
function withoutLeaders(intents: readonly Intent[]): {
  readonly first: readonly Intent[];
  readonly leaders: readonly PersonUpdate[];
} {
  const made = new Set(intents.flatMap((one) => (one.operation === 'create' ? [one.subject] : [])));
  const leaders: PersonUpdate[] = [];
  const first = intents.flatMap((one): Intent[] => {
    if (one.operation !== 'create') return [];
    const { leader, ...values } = one.values;
    if (typeof leader !== 'string' || !made.has(leader)) return [one];
    leaders.push({
      operation: 'update',
      subject: one.subject,
      liveId: one.liveId ?? '',
      fields: { leader: { from: null, to: leader } },
    });
    return [{ ...one, values }];
  });
  return { first, leaders };
}

function orderUpdates(
  intents: readonly PersonUpdate[],
  { live, ownOf, clearable }: OrderBasis,
): {
  readonly cleared: readonly PersonUpdate[];
  readonly updates: readonly PersonUpdate[];
  readonly rings: readonly Ring[];
} {
  const state = new Held(live, ownOf, intents);
  const cleared: PersonUpdate[] = [];
  const rings: Ring[] = [];
  state.takeAll();
  for (let [first] = state.waiting.values(); first !== undefined; [first] = state.waiting.values()) {
    const ring = ringFrom(first, state);
    const [opener = first.subject] = ring.subjects;
    if (clearable.has(ring.field)) {
      const clearing = state.emptied(opener, ring.field);
      if (clearing !== null) cleared.push(clearing);
    } else {
      rings.push(ring);
      // The field of the ring is left out; all else of these people is done.
      for (const subject of ring.subjects) state.leaveOut(subject, ring.field);
    }
    state.takeAll();
  }
  const updates = state.taken.filter(({ fields, custom }) => Object.keys(fields).length > 0 || custom !== undefined);
  return { cleared, updates, rings };
}

/** What somebody waits for: a value that another has, or another's place above in the tree of leaders. */
interface Blocker {
  readonly field: FieldName;
  readonly by: string;
}

/** The holder of each value and the leader of each person, as they change with each update that is taken. */
class Held {
  readonly waiting: Map<string, PersonUpdate>;
  readonly taken: PersonUpdate[] = [];
  readonly #holders = new Map<string, Set<string>>();
  readonly #leaderOf = new Map<string, string>();

  constructor(live: readonly LivePerson[], ownOf: ReadonlyMap<string, string>, intents: readonly PersonUpdate[]) {
    this.waiting = new Map(intents.map((one) => [one.subject, one]));
    for (const person of live) {
      if (!person.isInService) continue;
      const own = ownOf.get(person.id) ?? person.id;
      for (const field of UNIQUE) this.#hold(field, person.values[field] ?? null, own);
      const { leader } = person.values;
      if (typeof leader === 'string') this.#leaderOf.set(own, ownOf.get(leader) ?? leader);
    }
  }

  /** Takes whatever waits for no one, until nothing more can be taken. */
  takeAll(): void {
    for (let before = -1; this.waiting.size !== before;) {
      before = this.waiting.size;
      for (const one of this.waiting.values()) if (this.blockerOf(one) === null) this.#take(one);
    }
  }

  /** Returns who has to come first. Those who keep a value are not waited for: the platform will refuse it. */
  blockerOf(one: PersonUpdate): Blocker | null {
    for (const field of UNIQUE) {
      const to = one.fields[field]?.to;
      if (typeof to !== 'string') continue;
      for (const by of this.#holders.get(`${field} ${to}`) ?? []) {
        if (by !== one.subject && this.waiting.get(by)?.fields[field] !== undefined) return { field, by };
      }
    }
    return this.#blockingLeader(one);
  }

  #blockingLeader({ subject, fields }: PersonUpdate): Blocker | null {
    const leader = fields.leader?.to;
    if (typeof leader !== 'string') return null;
    const chain = new Set<string>();
    for (let at: string | undefined = leader; at !== undefined && !chain.has(at); at = this.#leaderOf.get(at)) {
      if (at === subject) {
        const by = [...chain].find((id) => this.waiting.get(id)?.fields.leader !== undefined);
        return by === undefined ? null : { field: 'leader', by };
      }
      chain.add(at);
    }
    return null;
  }

  /** Returns the update that empties a field of somebody first; null where it has nothing to give up. */
  emptied(subject: string, field: FieldName): PersonUpdate | null {
    const one = this.waiting.get(subject);
    const change = one?.fields[field];
    if (one === undefined || change === undefined) return null;
    const from = change.from ?? null;
    this.waiting.set(subject, { ...one, fields: { ...one.fields, [field]: { from: null, to: change.to } } });
    if (field === 'leader') this.#leaderOf.delete(subject);
    else if (typeof from === 'string') this.#holders.get(`${field} ${from}`)?.delete(subject);
    return { operation: 'update', subject, liveId: one.liveId, fields: { [field]: { from, to: null } } };
  }

  /** Takes a field out of what is asked for somebody. */
  leaveOut(subject: string, field: FieldName): void {
    const one = this.waiting.get(subject);
    if (one === undefined) return;
    const { [field]: _, ...fields } = one.fields;
    this.waiting.set(subject, { ...one, fields });
  }

  #take(one: PersonUpdate): void {
    this.waiting.delete(one.subject);
    for (const field of UNIQUE) {
      const change = one.fields[field];
      if (change === undefined) continue;
      if (typeof change.from === 'string') this.#holders.get(`${field} ${change.from}`)?.delete(one.subject);
      this.#hold(field, change.to, one.subject);
    }
    const leader = one.fields.leader?.to;
    if (typeof leader === 'string') this.#leaderOf.set(one.subject, leader);
    else if (leader === null) this.#leaderOf.delete(one.subject);
    this.taken.push(one);
  }

  #hold(field: FieldName, value: LiveValue, by: string): void {
    if (typeof value !== 'string') return;
    const key = `${field} ${value}`;
    const held = this.#holders.get(key);
    if (held === undefined) this.#holders.set(key, new Set([by]));
    else held.add(by);
  }
}

/** Follows the people who wait for each other until one comes again. */
function ringFrom(first: PersonUpdate, state: Held): Ring {
  const path: { readonly subject: string; readonly field: FieldName }[] = [];
  for (let at: PersonUpdate | undefined = first; at !== undefined;) {
    const { subject } = at;
    const found = path.findIndex((one) => one.subject === subject);
    if (found !== -1) {
      const ring = path.slice(found);
      return { field: ring[0]?.field ?? 'leader', subjects: ring.map((one) => one.subject) };
    }
    const blocker = state.blockerOf(at);
    if (blocker === null) break;
    path.push({ subject, field: blocker.field });
    at = state.waiting.get(blocker.by);
  }
  return { field: path.at(-1)?.field ?? 'leader', subjects: path.map(({ subject }) => subject) };
}
