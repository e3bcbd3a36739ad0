import type {
  FieldName,
  FieldRow,
  LivePerson,
  LiveRead,
  LiveSpaces,
  LiveValue,
  Words,
} from '../../connectors/connector.ts';
import type { ChangedSide, DriftRemedy } from '../../directory/targets/drift-run.ts';
import type { Link } from '../../directory/targets/target-store.ts';
import type { Authority } from '../../directory/targets/target.ts';
import { deepEqual } from '../../lib/json-equal.ts';
import { customPairs, type CustomDifference } from './custom-fields.ts';
import { baseValue, changedSide, remedyOf } from './drift/changed-side.ts';
import { pathsOf } from './match-departments.ts';
import { MATCH_KEYS, matchPeople, PASSED_ON, type Ambiguity, type Matching } from './match.ts';
import { ownPeople, type OwnCompany, type OwnPerson } from './own-people.ts';
import { whoIsWho } from './who-is-who.ts';

/** What is compared, and how. */
export interface Comparison {
  readonly own: OwnCompany;
  readonly live: LiveRead;
  readonly fields: readonly FieldRow[];
  readonly spaces: LiveSpaces;
  /** By field; `hands-off` leaves a field out, the others say what becomes of a difference. */
  readonly authority: Readonly<Partial<Record<string, Authority>>>;
  /** Which of ours is which there, with the values on which both sides last agreed; a link wins over every key. */
  readonly links?: readonly Link[];
}

/** One field of one person that differs. */
export interface Difference {
  readonly employee: string;
  readonly name: string;
  readonly live_id: string;
  readonly field: FieldName | 'status' | CustomDifference['field'];
  readonly ours: LiveValue;
  readonly theirs: LiveValue;
  readonly authority: Authority | null;
  /** The value on which both sides last agreed, and when; absent: they never did. */
  readonly base?: LiveValue;
  readonly since?: number;
  /** Null of a status. */
  readonly changed: ChangedSide | null;
  readonly remedy: DriftRemedy;
}

/** One of ours whose live id is gone. */
export interface GonePerson {
  readonly own: OwnPerson;
  /** The live ids that the keys find instead. */
  readonly candidates: readonly string[];
}

/** Theirs that has a job number, a mobile or a mail address of one of ours who is linked to another. */
export interface Double {
  readonly own: OwnPerson;
  readonly live: LivePerson;
  readonly doubles: readonly string[];
}

/** What one read showed; nothing was changed on either side. */
export interface DriftReport {
  readonly differences: readonly Difference[];
  readonly matching: Matching;
  /** Our ids by theirs. */
  readonly ids: { readonly departments: ReadonlyMap<string, string>; readonly people: ReadonlyMap<string, string> };
  readonly gone: readonly GonePerson[];
  readonly doubled: readonly Double[];
  readonly people: { readonly ours: number; readonly theirs: number; readonly matched: number };
  readonly departments: {
    readonly matched: number;
    readonly missing: readonly string[];
    readonly only_there: readonly string[];
  };
  readonly compared: readonly FieldName[];
  readonly unreadable: Readonly<Partial<Record<FieldName, Words>>>;
  /** Whether people or departments may be missing because something could not be read. */
  readonly isComplete: boolean;
}

/** Compares a tenant that was read with our records, field by field. */
export function compareTenant({ own, live, fields, spaces, authority, links = [] }: Comparison): DriftReport {
  const all = ownPeople(own);
  const isComplete = live.problems.length === 0;
  const found = whoIsWho(all, own.departments, live, spaces, links);
  const { departments, people: keyed } = found;
  const doubled = doublesOf(keyed);
  const isDouble = new Set(doubled.flatMap(({ doubles }) => doubles));
  const free = keyed.onlyThere.filter(({ id }) => !isDouble.has(id));
  const gone = goneAmong(found.gone, free, spaces.person);
  const isMoved = new Set(gone.flatMap(({ candidates }) => candidates));
  const matching: Matching = {
    ...keyed,
    ambiguous: [...keyed.ambiguous, ...storedAmbiguities(all, links)],
    onlyThere: free.filter(({ id }) => !isMoved.has(id)),
    // What was not read is not missing.
    missing: isComplete ? keyed.missing : [],
  };
  const ownOf = new Map(matching.matches.map(({ own: ours, live: there }) => [there.id, ours.id]));
  const linkOf = new Map(links.flatMap((link) => (link.kind === 'employee' ? [[link.subject, link]] : [])));
  const rows = fields.filter(
    ({ field, read }) => read !== null && authority[field] !== 'hands-off' && live.unreadable[field] === undefined,
  );
  const differences = matching.matches.flatMap(({ own: ours, live: there }) => {
    const about = { employee: ours.id, name: ours.name, live_id: there.id };
    if (ours.isInService !== there.isInService) return [statusOf(about, ours, there)];
    // Of people who left, platforms keep what they like.
    if (!ours.isInService) return [];
    const { base = null, baseAt = null } = linkOf.get(ours.id) ?? {};
    const judged = (
      field: Difference['field'],
      whose: Authority | null,
      unlike: Pick<Difference, 'ours' | 'theirs' | 'base'>,
    ): Difference => ({
      ...about,
      field,
      authority: whose,
      ...unlike,
      ...(unlike.base === undefined || baseAt === null ? {} : { since: baseAt }),
      changed: changedSide(unlike),
      remedy: remedyOf(whose, unlike),
    });
    const shared = rows.flatMap(({ field, same = asIs }): readonly Difference[] => {
      const value = there.values[field];
      if (value === undefined) return [];
      const theirs = same(linked(field, value, departments, ownOf));
      const mine = same(ours.values[field]);
      if (deepEqual(mine, theirs)) return [];
      const agreed = baseValue(base, field);
      const unlike = { ours: mine, theirs, ...(agreed === undefined ? {} : { base: same(agreed) }) };
      return [judged(field, authority[field] ?? null, unlike)];
    });
    const custom = authority['custom'] === 'hands-off' ? [] : own.customFields;
    const others = customPairs(custom, ours.custom, there, spaces.field).flatMap(({ key, field, ...values }) => {
      if (values.ours === values.theirs) return [];
      const agreed = baseValue(base, `custom:${key}`);
      return [
        judged(field, authority['custom'] ?? null, { ...values, ...(agreed === undefined ? {} : { base: agreed }) }),
      ];
    });
    return [...shared, ...others];
  });
  const linkedHere = new Set(departments.values());
  const ignored = new Set(
    links.flatMap(({ kind, subject, state }) => (kind === 'department' && state === 'ignored' ? [subject] : [])),
  );
  const paths = pathsOf(live.departments);
  const ownPaths = pathsOf(own.departments.map(({ id, parent, name }) => ({ id, parent, name: name.value })));
  return {
    differences,
    matching,
    ids: { departments, people: ownOf },
    gone,
    doubled,
    people: {
      ours: all.filter(({ isInService }) => isInService).length,
      theirs: live.people.filter(({ isInService }) => isInService).length,
      matched: matching.matches.length,
    },
    departments: {
      matched: departments.size,
      missing: isComplete
        ? own.departments
            .filter(({ id }) => !linkedHere.has(id) && !ignored.has(id))
            .map(({ id }) => ownPaths.get(id) || id)
        : [],
      only_there: live.departments.filter(({ id }) => !departments.has(id)).map(({ id }) => paths.get(id) || id),
    },
    compared: rows.map(({ field }) => field),
    unreadable: live.unreadable,
    isComplete,
  };
}

/** Returns the people that an adoption left for an operator to decide on. */
function storedAmbiguities(all: readonly OwnPerson[], links: readonly Link[]): readonly Ambiguity[] {
  const stored = new Map(
    links.flatMap(({ kind, subject, state, matchedBy }) =>
      kind === 'employee' && state === 'ambiguous' ? [[subject, matchedBy] as const] : [],
    ),
  );
  return all.flatMap((own) => {
    const key = stored.get(own.id);
    if (key === undefined || !own.isInService) return [];
    return [{ own, by: MATCH_KEYS.find((one) => one === key) ?? 'id', why: 'several', candidates: [] }];
  });
}

/** Finds theirs who are none of ours, and have a value that only one of ours has who is matched with another. */
function doublesOf({ matches, onlyThere }: Matching): readonly Double[] {
  const holders = new Map<string, LivePerson[]>();
  for (const person of onlyThere) {
    for (const key of PASSED_ON) {
      const value = person.values[key];
      if (typeof value === 'string')
        holders.set(`${key} ${value}`, [...(holders.get(`${key} ${value}`) ?? []), person]);
    }
  }
  if (holders.size === 0) return [];
  return matches.flatMap(({ own, live }) => {
    if (!own.isInService) return [];
    const doubles = PASSED_ON.flatMap((key) => holders.get(`${key} ${String(own.values[key] ?? '')}`) ?? []);
    return doubles.length === 0 ? [] : [{ own, live, doubles: [...new Set(doubles.map(({ id }) => id))] }];
  });
}

/** Looks by the keys for those whose id is gone, among the people who are none of ours. */
function goneAmong(gone: readonly OwnPerson[], free: readonly LivePerson[], space: string): readonly GonePerson[] {
  const inService = gone.filter(({ isInService }) => isInService);
  const { matches, ambiguous } = matchPeople(inService, free, space);
  const found = new Map([
    ...matches.map(({ own, live }) => [own.id, [live.id]] as const),
    ...ambiguous.map(({ own, candidates }) => [own.id, candidates] as const),
  ]);
  return inService.map((own) => ({ own, candidates: found.get(own.id) ?? [] }));
}

/** Whether the report has anything that a person should look at. */
export function hasDrift({ differences, matching, gone, doubled, departments }: DriftReport): boolean {
  const { missing, onlyThere, ambiguous } = matching;
  const lists: readonly (readonly unknown[])[] = [
    differences,
    missing,
    onlyThere,
    ambiguous,
    gone,
    doubled,
    departments.missing,
    departments.only_there,
  ];
  return lists.some((list) => list.length > 0);
}

function statusOf(
  about: Pick<Difference, 'employee' | 'name' | 'live_id'>,
  ours: OwnPerson,
  there: LivePerson,
): Difference {
  const said = (isInService: boolean): string => (isInService ? 'in service' : 'left');
  return {
    ...about,
    field: 'status',
    ours: said(ours.isInService),
    theirs: said(there.isInService),
    authority: null,
    changed: null,
    remedy: 'decide',
  };
}

/** Puts our ids in the place of theirs; what is not linked keeps theirs, marked as such. */
export function linked(
  field: FieldName,
  value: LiveValue,
  departments: ReadonlyMap<string, string>,
  people: ReadonlyMap<string, string>,
): LiveValue {
  const one = (links: ReadonlyMap<string, string>, id: string): string => links.get(id) ?? `${THEIRS}${id}`;
  if (field === 'department' && typeof value === 'object' && value !== null) {
    return value.map((id) => one(departments, id)).toSorted();
  }
  if (typeof value !== 'string') return value;
  if (field === 'mainDepartment') return one(departments, value);
  return field === 'leader' ? one(people, value) : value;
}

/** The prefix of a live id that is none of ours. */
export const THEIRS = 'there:';

function asIs(value: LiveValue): LiveValue {
  return value;
}
