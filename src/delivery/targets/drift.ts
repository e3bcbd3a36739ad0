import type {
  FieldName,
  FieldRow,
  LivePerson,
  LiveRead,
  LiveSpaces,
  LiveValue,
  Words,
} from '../../connectors/connector.ts';
import type { Authority } from '../../directory/targets/target.ts';
import { deepEqual } from '../../lib/json-equal.ts';
import { customDifferences, type CustomDifference } from './custom-fields.ts';
import { matchDepartments, pathsOf } from './match-departments.ts';
import { matchPeople, type Matching } from './match.ts';
import { ownPeople, type OwnCompany, type OwnPerson } from './own-people.ts';

/** What is compared, and how. */
export interface Comparison {
  readonly own: OwnCompany;
  readonly live: LiveRead;
  readonly fields: readonly FieldRow[];
  readonly spaces: LiveSpaces;
  /** By field; `hands-off` leaves a field out, the others are only said in the report. */
  readonly authority: Readonly<Partial<Record<string, Authority>>>;
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
}

/** What one read showed; nothing was changed on either side. */
export interface DriftReport {
  readonly differences: readonly Difference[];
  readonly matching: Matching;
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
export function compareTenant({ own, live, fields, spaces, authority }: Comparison): DriftReport {
  const departments = matchDepartments(own.departments, live.departments, spaces.department);
  const people = ownPeople(own);
  const isComplete = live.problems.length === 0;
  const found = matchPeople(people, live.people, spaces.person);
  // What was not read is not missing.
  const matching = isComplete ? found : { ...found, missing: [] };
  const ownOf = new Map(matching.matches.map(({ own: ours, live: there }) => [there.id, ours.id]));
  const rows = fields.filter(
    ({ field, read }) => read !== null && authority[field] !== 'hands-off' && live.unreadable[field] === undefined,
  );
  const differences = matching.matches.flatMap(({ own: ours, live: there }) => {
    const about = { employee: ours.id, name: ours.name, live_id: there.id };
    if (ours.isInService !== there.isInService) return [statusOf(about, ours, there)];
    // Of people who left, platforms keep what they like.
    if (!ours.isInService) return [];
    const shared = rows.flatMap(({ field, same = asIs }): readonly Difference[] => {
      const value = there.values[field];
      if (value === undefined) return [];
      const theirs = same(linked(field, value, departments, ownOf));
      const mine = same(ours.values[field]);
      if (deepEqual(mine, theirs)) return [];
      return [{ ...about, field, ours: mine, theirs, authority: authority[field] ?? null }];
    });
    const custom = authority['custom'] === 'hands-off' ? [] : own.customFields;
    const others = customDifferences(custom, ours.custom, there, spaces.field);
    return [...shared, ...others.map((one) => ({ ...about, ...one, authority: authority['custom'] ?? null }))];
  });
  const linkedHere = new Set(departments.values());
  const paths = pathsOf(live.departments);
  const ownPaths = pathsOf(own.departments.map(({ id, parent, name }) => ({ id, parent, name: name.value })));
  return {
    differences,
    matching,
    people: {
      ours: people.filter(({ isInService }) => isInService).length,
      theirs: live.people.filter(({ isInService }) => isInService).length,
      matched: matching.matches.length,
    },
    departments: {
      matched: departments.size,
      missing: isComplete
        ? own.departments.filter(({ id }) => !linkedHere.has(id)).map(({ id }) => ownPaths.get(id) || id)
        : [],
      only_there: live.departments.filter(({ id }) => !departments.has(id)).map(({ id }) => paths.get(id) || id),
    },
    compared: rows.map(({ field }) => field),
    unreadable: live.unreadable,
    isComplete,
  };
}

/** Whether the report has anything that a person should look at. */
export function hasDrift({ differences, matching, departments }: DriftReport): boolean {
  const { missing, onlyThere, ambiguous } = matching;
  const lists: readonly (readonly unknown[])[] = [
    differences,
    missing,
    onlyThere,
    ambiguous,
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
const THEIRS = 'there:';

function asIs(value: LiveValue): LiveValue {
  return value;
}
