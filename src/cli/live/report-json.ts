import { maskedValue } from '../../delivery/targets/mask.ts';
import type { DriftReport } from '../../delivery/targets/drift.ts';

/** Returns the people and departments of a report as JSON, without mobiles and mail addresses unless asked. */
export function matchingJson({ matching, people, departments }: DriftReport, unmasked: boolean): object {
  const { matches, ambiguous, missing, onlyThere } = matching;
  return {
    people: {
      ...people,
      by: Object.fromEntries(
        Object.entries(Object.groupBy(matches, ({ by }) => by)).map(([key, found]) => [key, found.length]),
      ),
      ambiguous: ambiguous.map(({ own, by, why, candidates }) => ({
        employee: own.id,
        name: own.name,
        by,
        why,
        candidates,
      })),
      missing: missing.map(({ id, name }) => ({ employee: id, name })),
      only_there: onlyThere.map(({ id, values }) => ({
        live_id: id,
        name: values.name ?? null,
        mobile: unmasked ? (values.mobile ?? null) : maskedValue('mobile', values.mobile ?? null),
      })),
    },
    departments,
  };
}

/** Returns the differences of a report as JSON, without mobiles and mail addresses unless asked. */
export function differencesJson({ differences }: DriftReport, unmasked: boolean): readonly object[] {
  return differences.map(({ since, ...one }) => ({
    ...one,
    ...(since === undefined ? {} : { since: new Date(since).toISOString() }),
    ...(unmasked
      ? {}
      : {
          ours: maskedValue(one.field, one.ours),
          theirs: maskedValue(one.field, one.theirs),
          ...(one.base === undefined ? {} : { base: maskedValue(one.field, one.base) }),
        }),
  }));
}
