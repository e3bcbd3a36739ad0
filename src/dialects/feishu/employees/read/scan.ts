import type { Employee } from '../../../../directory/employees/employee.ts';
import type { LookupSpace } from '../../../../directory/lookup.ts';
import { loadAll, type StoreTask, type PositionedEmployee } from '../../../../directory/store.ts';

/** Records that one request for a list looks at; what it has not found by then the next page goes on to look for. */
export const MAX_SCANNED = 1_000;
/** Records read at one time, once the first ones were not enough. */
const BATCH_SIZE = 200;
/** As few as that of one of several values, so that one of them does not hold up the others. */
const LEAST = 10;

/** A part of a list, and the cursor to continue from; null at the end. */
export interface ScanResult {
  readonly employees: readonly Employee[];
  readonly next: number | null;
}

/** Which employees a list is about. */
export interface ScanQuery {
  readonly tenant: number;
  /** By which values those are found who are looked at, e.g. own ids of departments; null for everyone. */
  readonly having: { readonly space: LookupSpace; readonly values: readonly string[] } | null;
  readonly isMeant: (employee: Employee) => boolean;
}

/**
 * The next employees in order of creation that are meant, after a place. Looks at a bounded number of them, so that it
 * may answer fewer than wanted, or none, though more come.
 */
export function* scanEmployees(
  { tenant, having, isMeant }: ScanQuery,
  place: number,
  wanted: number,
): StoreTask<ScanResult> {
  const employees: Employee[] = [];
  const lists = having?.values.length ?? 1;
  let after = place;
  let left = MAX_SCANNED;
  let size = wanted + 1;
  // The people of several values are read side by side, each a part of the piece.
  for (let each = 0; lists > 0; left -= each * lists) {
    each = Math.min(Math.max(Math.ceil(size / lists), LEAST), Math.floor(left / lists));
    if (each < 1) return { employees, next: after };
    const { placed, isLast } = yield* nextPlaced(tenant, having, after, each);
    for (const { employee, place: at } of placed) {
      // One more than wanted is only there to know that the list goes on.
      if (employees.length === wanted) return { employees, next: after };
      after = at;
      if (isMeant(employee)) employees.push(employee);
    }
    if (isLast) break;
    size = BATCH_SIZE;
  }
  return { employees, next: null };
}

/** The next ones of everyone, or of several values, so many of each; each person once. */
function* nextPlaced(
  tenant: number,
  having: ScanQuery['having'],
  after: number,
  limit: number,
): StoreTask<{ readonly placed: readonly PositionedEmployee[]; readonly isLast: boolean }> {
  const pages = yield* loadAll(
    'employees-from',
    having === null
      ? [{ tenant, after, limit }]
      : having.values.map((value) => ({ tenant, after, limit, having: { space: having.space, value } })),
  );
  // Beyond the place where the first full page ends, somebody of its value may be missing.
  const full = pages.filter((page) => page.length === limit);
  const end = Math.min(...full.map((page) => page.at(-1)?.place ?? 0));
  const byPlace = new Map(pages.flat().map((placed) => [placed.place, placed]));
  const placed = [...byPlace.values()].filter((one) => one.place <= end).sort((one, other) => one.place - other.place);
  return { placed, isLast: full.length === 0 };
}
