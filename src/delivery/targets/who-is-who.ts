import type { LiveRead, LiveSpaces } from '../../connectors/connector.ts';
import type { Link, LinkState, SubjectKind } from '../../directory/targets/target-store.ts';
import { matchDepartments } from './match-departments.ts';
import { matchPeople, type Matching } from './match.ts';
import type { OwnCompany, OwnPerson } from './own-people.ts';

/** Which of ours is which there, and who of ours is left alone. */
export interface WhoIsWho {
  readonly people: Matching;
  /** Ours whose linked id is none of those that were read. */
  readonly gone: readonly OwnPerson[];
  /** Ids of ours that a person must decide on, by what is stored. */
  readonly undecided: ReadonlySet<string>;
  /** Ids of ours that an operator left alone. */
  readonly ignored: ReadonlySet<string>;
  /** Our ids by theirs. */
  readonly departments: ReadonlyMap<string, string>;
  /** Departments of ours that a person must decide on: nothing is made of them. */
  readonly heldDepartments: ReadonlySet<string>;
}

/**
 * Finds who is who for a plan. A stored link wins over every key. An employee or department that is ignored, ambiguous or
 * lost, or linked to an id that is gone, is neither written to nor made again.
 */
export function whoIsWho(
  ours: readonly OwnPerson[],
  own: OwnCompany['departments'],
  live: LiveRead,
  spaces: LiveSpaces,
  links: readonly Link[],
): WhoIsWho {
  const people = stored('employee', links);
  const departments = stored('department', links);
  const livePeople = new Map(live.people.map((one) => [one.id, one]));
  const byKeys = matchPeople(
    ours.filter(({ id }) => !people.subjects.has(id)),
    live.people.filter(({ id }) => !people.liveIds.has(id)),
    spaces.person,
  );
  const byLink = ours.flatMap((one) => {
    const there = livePeople.get(people.linked.get(one.id) ?? '');
    return there === undefined ? [] : [{ own: one, live: there, by: 'id' as const }];
  });
  const linked = new Set(byLink.map(({ own: { id } }) => id));
  const paths = matchDepartments(
    own.filter(({ id }) => !departments.subjects.has(id)),
    live.departments.filter(({ id }) => !departments.liveIds.has(id)),
    spaces.department,
  );
  const there = new Set(live.departments.map(({ id }) => id));
  const pairs = [...departments.linked].flatMap(([id, liveId]) => (there.has(liveId) ? [[liveId, id] as const] : []));
  const paired = new Set(pairs.map(([, id]) => id));
  return {
    people: { ...byKeys, matches: [...byLink, ...byKeys.matches] },
    gone: ours.filter(({ id }) => people.gone.has(id) && !linked.has(id)),
    undecided: people.undecided,
    ignored: people.ignored,
    departments: new Map([...pairs, ...paths]),
    heldDepartments: new Set([...departments.subjects].filter((id) => !paired.has(id))),
  };
}

function stored(
  kind: SubjectKind,
  links: readonly Link[],
): {
  readonly subjects: ReadonlySet<string>;
  readonly liveIds: ReadonlySet<string>;
  readonly linked: ReadonlyMap<string, string>;
  /** Linked now, or until the id was gone. */
  readonly gone: ReadonlySet<string>;
  readonly undecided: ReadonlySet<string>;
  readonly ignored: ReadonlySet<string>;
} {
  const own = links.filter((link) => link.kind === kind);
  return {
    subjects: new Set(own.map(({ subject }) => subject)),
    liveIds: new Set(own.flatMap(({ liveId }) => liveId ?? [])),
    linked: new Map(
      own.flatMap(({ subject, liveId, state }) =>
        state === 'linked' && liveId !== null ? [[subject, liveId] as const] : [],
      ),
    ),
    gone: subjectsIn(own, 'linked', 'lost'),
    undecided: subjectsIn(own, 'ambiguous'),
    ignored: subjectsIn(own, 'ignored'),
  };
}

function subjectsIn(links: readonly Link[], ...states: readonly LinkState[]): ReadonlySet<string> {
  return new Set(links.flatMap(({ subject, state }) => (states.includes(state) ? [subject] : [])));
}
