import type { FieldRow } from '../../../connectors/connector.ts';
import type { Difference } from '../drift.ts';
import { isNone } from '../plan/authority.ts';
import { sumOf, type Counts } from '../plan/brake.ts';
import { countedOf } from '../plan/counts/counted.ts';

/** A field with which people sign in counts as a login whichever side is changed. */
const LOGINS: ReadonlySet<string> = new Set(['mobile', 'email']);

/**
 * Returns what the brake counts of values of the tenant that are taken over: as of a plan, but that nothing is sent to anyone.
 */
export function acceptedCounts(chosen: readonly Difference[], fields: readonly FieldRow[]): Counts {
  return sumOf(
    chosen.map(({ field, ours, theirs }): Counts => {
      const isOverwrite = !isNone(ours);
      const row = fields.find((one) => one.field === field);
      const clear = isOverwrite && isNone(theirs) ? { clear: 1 } : {};
      if (row === undefined) return { ...(isOverwrite ? { overwrite: 1 } : {}), ...clear };
      const kinds = countedOf({ field: row.field }, theirs, isOverwrite).filter((kind) => kind !== 'clear');
      return {
        ...Object.fromEntries(kinds.map((kind) => [kind, 1])),
        ...clear,
        ...(LOGINS.has(field) ? { login: 1 } : {}),
      };
    }),
  );
}
