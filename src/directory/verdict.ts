import { isObject, deepEqual } from '../lib/json-equal.ts';
import type { Employee } from './employees/employee.ts';

/**
 * What became of one field of a request: `applied`, `cleared`, `unchanged` (it said what was already so), `normalised`
 * (applied in another form than sent), `ignored` (a rule of the platform passes over it), `unknown` (the operation has no
 * such member) or `refused` (a rule said no).
 */
export type VerdictKind = 'applied' | 'cleared' | 'unchanged' | 'normalised' | 'ignored' | 'unknown' | 'refused';

/** What became of one field of a request. */
export interface FieldResult {
  /** The field as the caller wrote it, e.g. `employee.mobile`; of what else follows from it, the dialect's name for that. */
  readonly field: string;
  readonly verdict: VerdictKind;
  /** For `normalised`: the value as sent and as kept. */
  readonly from?: unknown;
  readonly to?: unknown;
  /** For `ignored`, `refused` and what follows from a field: why, in one sentence. */
  readonly reason?: string;
}

/** One field of a request, as decoded. */
export interface RequestField {
  readonly field: string;
  /** Its place in the record, dots between the members; absent for a field that is ignored. */
  readonly target?: string;
  /** Set where the value is kept in another form than it was sent in. */
  readonly normalised?: { readonly from: unknown; readonly to: unknown };
  /** Why the field is passed over; without target and reason the operation has no such member. */
  readonly ignored?: string;
  /** Set where it says what the platform shows already, whatever of the record that is made of. */
  readonly isSame?: true;
}

/** The verdict on each given field of an accepted request, judged by the record before and after it. */
export function fieldResults(
  given: readonly RequestField[],
  before: Employee,
  after: Employee,
): readonly FieldResult[] {
  return given.map((field) => {
    if (field.isSame === true) return { field: field.field, verdict: 'unchanged' };
    if (field.target === undefined) {
      return field.ignored === undefined
        ? { field: field.field, verdict: 'unknown', reason: 'the operation has no such member' }
        : { field: field.field, verdict: 'ignored', reason: field.ignored };
    }
    const now = at(after, field.target);
    if (deepEqual(at(before, field.target) ?? null, now ?? null)) return { field: field.field, verdict: 'unchanged' };
    if (field.normalised !== undefined) return { field: field.field, verdict: 'normalised', ...field.normalised };
    return { field: field.field, verdict: isEmpty(now) ? 'cleared' : 'applied' };
  });
}

/** A member's own name may have dots in it, as names of id spaces have. */
function at(record: unknown, path: string): unknown {
  if (!isObject(record)) return undefined;
  if (Object.hasOwn(record, path)) return record[path];
  const dot = path.indexOf('.');
  return dot === -1 ? undefined : at(record[path.slice(0, dot)], path.slice(dot + 1));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
