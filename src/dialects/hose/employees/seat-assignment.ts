import type { Origin } from '../../../directory/history/change.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { updateEmployee } from '../../../directory/employees/employee-update.ts';
import type { LookupSpace } from '../../../directory/lookup.ts';
import { e164 } from '../../../directory/employees/phone.ts';
import { load, type Decision, type Effect, type StoreTask } from '../../../directory/store.ts';
import type { RecordOutcome } from '../../dialect.ts';
import { spaces } from '../model/ids.ts';
import { freeSeats } from './seats.ts';
import { isActive } from './view.ts';
import { readPhone } from '../protocol/wire.ts';

/** How a call names staff. */
export const NAMED_BY: ReadonlyMap<string, LookupSpace> = new Map<string, LookupSpace>([
  ['id', `id:${spaces.staff}`],
  ['code', 'job-number'],
  ['cellphone', 'mobile'],
]);

/** The value by which somebody named so is found: a phone in any of the forms in which one is written. */
export function lookupValue(space: LookupSpace, value: string): string {
  if (space !== 'mobile') return value;
  const phone = readPhone(value);
  return phone === null ? '' : e164(phone);
}

/** 授权员工, as asked for. */
export interface SeatRequest {
  readonly space: LookupSpace;
  /** Employees who get a seat, and employees who lose theirs. */
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** What became of it: whether all of it was done; nothing was otherwise. */
export interface SeatChangeResult {
  readonly isDone: boolean;
  readonly records: readonly RecordOutcome[];
}

/** Gives and takes seats: all of them or none, and none beyond those bought [public: contacts/auth-staffs.md; the answer proposed]. */
export function* changeSeats(
  request: SeatRequest,
  number: number,
  origin: Origin,
): StoreTask<Decision<SeatChangeResult>> {
  const { space, add, remove } = request;
  const tenant = yield* load('tenant', { number });
  const values = [...new Set([...add, ...remove].map((value) => lookupValue(space, value)))].filter(
    (one) => one !== '',
  );
  const found =
    values.length === 0 ? new Map<string, never>() : yield* load('employees-by', { tenant: number, space, values });
  // Seats are taken first, so that they can be assigned; an employee in both lists has a seat in the end [proposed].
  const wanted = new Map<string, { readonly before: Employee; readonly seated: boolean }>();
  for (const [names, seated] of [
    [remove, false],
    [add, true],
  ] as const) {
    for (const name of names) {
      const [before, ...others] = (found.get(lookupValue(space, name)) ?? []).filter(isActive);
      if (before === undefined) return refuseSeat(seated, { kind: 'unknown', subject: 'employee', value: name });
      if (others.length > 0) return refuseSeat(seated, { kind: 'ambiguous', subject: 'employee', value: name });
      wanted.set(before.id, { before, seated });
    }
  }
  const changes = [...wanted.values()].filter(({ before, seated }) => before.seated !== seated);
  const more = changes.reduce((sum, { seated }) => sum + (seated ? 1 : -1), 0);
  if (more > 0 && tenant !== null && more > (yield* freeSeats(tenant)))
    return refuseSeat(true, { kind: 'too-long', subject: 'seats', limit: more });
  return {
    answer: {
      isDone: true,
      records: [...wanted.values()].map(({ before, seated }): RecordOutcome => {
        const verdict = before.seated === seated ? 'unchanged' : 'applied';
        return { employee: before.id, verdicts: [{ field: seated ? 'addStaff' : 'delStaff', verdict }] };
      }),
    },
    effects: changes.map(({ before, seated }): Effect => {
      const { after, fields } = updateEmployee(before, { seated }, origin.at);
      return { write: 'employee', tenant: number, before, after, fields, origin };
    }),
  };
}

const REASONS: Readonly<Partial<Record<NonNullable<RecordOutcome['problem']>['kind'], string>>> = {
  unknown: 'no active staff is named so',
  ambiguous: 'several staff are named so',
  'too-long': 'not as many seats are free',
};

function refuseSeat(seated: boolean, problem: NonNullable<RecordOutcome['problem']>): Decision<SeatChangeResult> {
  const field = seated ? 'addStaff' : 'delStaff';
  const record: RecordOutcome = {
    verdicts: [{ field, verdict: 'refused', reason: REASONS[problem.kind] ?? '' }],
    problem,
  };
  return { answer: { isDone: false, records: [record] }, effects: [] };
}
