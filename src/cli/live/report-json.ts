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

/** Returns as JSON the links whose person was not found there by the stored id, or is there twice. */
export function linksJson({ gone, doubled }: Pick<DriftReport, 'gone' | 'doubled'>, isComplete: boolean): object {
  const moved = gone.filter(({ candidates }) => candidates.length > 0);
  const unseen = gone.flatMap(({ own, candidates }) =>
    candidates.length > 0 ? [] : [{ employee: own.id, name: own.name }],
  );
  return {
    gone: isComplete ? unseen : [],
    // What was not read is not gone.
    not_read: isComplete ? [] : unseen,
    another_id: moved.map(({ own, candidates }) => ({ employee: own.id, name: own.name, candidates })),
    doubled: doubled.map(({ own, doubles }) => ({ employee: own.id, name: own.name, candidates: doubles })),
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
