import type { FieldRow, LivePerson, LiveValue } from '../../connectors/connector.ts';
import type { LiveValues } from '../../connectors/writing.ts';
import type { Link, Verified } from '../../directory/targets/target-store.ts';
import { deepEqual } from '../../lib/json-equal.ts';
import { customPairs } from './custom-fields.ts';
import { linked } from './drift.ts';
import type { OwnCompany, OwnPerson } from './own-people.ts';

/** What agreements are found from. */
export interface Compared {
  /** People of ours, each with the one there. */
  readonly matches: readonly { readonly own: OwnPerson; readonly live: LivePerson }[];
  readonly fields: readonly FieldRow[];
  readonly customFields: OwnCompany['customFields'];
  /** The id space of the platform's custom fields; null: they are not read. */
  readonly customSpace: string | null;
  /** Our ids by theirs. */
  readonly departments: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, string>;
  readonly links: readonly Link[];
}

/**
 * Finds the fields in which both sides are the same and the base of the link is not, yet (B := L where D = L, design 5.1). Only
 * people who are linked have a base.
 */
export function agreements({ matches, fields, departments, people, links, ...custom }: Compared): readonly Verified[] {
  const known = new Map(
    links.flatMap((link) => (link.kind === 'employee' && link.state === 'linked' ? [[link.subject, link]] : [])),
  );
  return matches.flatMap(({ own, live }): Verified[] => {
    const link = known.get(own.id);
    // Of people who left, platforms keep what they like.
    if (link?.liveId !== live.id || !own.isInService || !live.isInService) return [];
    const agreed = fields.flatMap((row): (readonly [string, LiveValue])[] => {
      const { field, same = asIs } = row;
      const value = sameValue(row, own, live, { departments, people });
      if (value === undefined) return [];
      const base = link.base?.[field] as LiveValue | undefined;
      return base !== undefined && deepEqual(same(base), value) ? [] : [[field, value]];
    });
    for (const { key, ours, theirs } of customPairs(custom.customFields, own.custom, live, custom.customSpace)) {
      if (ours === theirs && !deepEqual(link.base?.[`custom:${key}`], ours)) agreed.push([`custom:${key}`, ours]);
    }
    if (agreed.length === 0) return [];
    return [{ kind: 'employee', subject: own.id, liveId: live.id, fields: Object.fromEntries(agreed) }];
  });
}

/** Returns the value of a field as it is compared, where it was read there and is the same on both sides. */
export function sameValue(
  { field, read, same = asIs }: FieldRow,
  own: OwnPerson,
  live: LivePerson,
  ours: Pick<Compared, 'departments' | 'people'>,
): LiveValue | undefined {
  const there = live.values[field];
  if (read === null || there === undefined) return undefined;
  const value = same(own.values[field]);
  return deepEqual(value, same(linked(field, there, ours.departments, ours.people))) ? value : undefined;
}

/** Returns the agreed values of people by our ids, as their links have them. */
export function basesOf(links: readonly Link[]): ReadonlyMap<string, LiveValues> {
  return new Map(
    links.flatMap(({ kind, subject, state, base }) =>
      // Written by `settle` from values in this form.
      kind === 'employee' && state === 'linked' && base !== null ? [[subject, base as LiveValues] as const] : [],
    ),
  );
}

function asIs(value: LiveValue): LiveValue {
  return value;
}
