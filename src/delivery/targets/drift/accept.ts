import type { LiveValue } from '../../../connectors/connector.ts';
import { updateEmployee } from '../../../directory/employees/employee-update.ts';
import { isInService } from '../../../directory/employees/employee.ts';
import type { Origin } from '../../../directory/history/change.ts';
import { recordRefusals, type Refusal } from '../../../directory/history/undo-rules.ts';
import { load, type Decision, type StoreTask } from '../../../directory/store.ts';
import { acceptedPatch, type TheirValues } from './accepted-patch.ts';

/** What is taken over for one employee. */
export interface Acceptance {
  readonly employee: string;
  readonly values: TheirValues;
}

/** What became of one acceptance. */
export interface AcceptedPerson {
  readonly accepted: readonly string[];
  /** Fields that were left, with the reason. */
  readonly left: readonly {
    readonly field: string | null;
    readonly why: 'refused' | 'unknown-here' | 'moved';
    readonly detail?: string;
  }[];
}

/**
 * Takes values of the live tenant over into one record. A field that the directory refuses keeps no other field back: no value
 * of another employee, nothing unknown, no loop of leaders.
 */
export function* accepting(
  tenantNumber: number,
  { employee, values }: Acceptance,
  origin: Origin,
): StoreTask<Decision<AcceptedPerson>> {
  const tenant = yield* load('tenant', { number: tenantNumber });
  const found = yield* load('employees-by-id', { tenant: tenantNumber, ids: [employee] });
  const before = found.get(employee);
  if (tenant === null || before === undefined || !isInService(before)) {
    return { answer: { accepted: [], left: [{ field: null, why: 'moved' }] }, effects: [] };
  }
  const wanted = new Map(departmentsFirst(values));
  const left: AcceptedPerson['left'][number][] = [];
  for (;;) {
    const { patch, fields, unknown } = acceptedPatch(tenant, before, wanted);
    const update = updateEmployee(before, patch, origin.at);
    const refusals = yield* recordRefusals(tenant, before, update.after);
    const refused = new Map(refusals.map((one) => [ourName(one.field), one]));
    const dropped = fields.filter((field) => refused.has(field));
    // What is refused for a reason that no field of these has is refused as a whole.
    const isHopeless = refusals.length > 0 && dropped.length === 0;
    if (refusals.length === 0 || isHopeless) {
      left.push(...unknown.map((field) => ({ field, why: 'unknown-here' as const })));
      if (isHopeless) left.push(...refusals.map((one) => refusalOf(one.field, one)));
      const isWritten = !isHopeless && Object.keys(update.fields).length > 0;
      return {
        answer: { accepted: isHopeless ? [] : fields, left },
        effects: isWritten
          ? [{ write: 'employee', tenant: tenantNumber, before, after: update.after, fields: update.fields, origin }]
          : [],
      };
    }
    for (const field of dropped) {
      const refusal = refused.get(field);
      if (refusal !== undefined) left.push(refusalOf(field, refusal));
      wanted.delete(field);
    }
  }
}

function refusalOf(field: string | null, { reason, holder }: Refusal): AcceptedPerson['left'][number] {
  return { field, why: 'refused', detail: holder === undefined ? reason : `${reason}: ${holder}` };
}

/** Names a field of the record as it is compared. */
function ourName(field: string | null): string | null {
  return field === 'departments' ? 'department' : field;
}

/** The departments come before the main one, which is one of them. */
function departmentsFirst(values: TheirValues): readonly (readonly [string, LiveValue])[] {
  return [...values].toSorted(([a], [b]) => Number(b === 'department') - Number(a === 'department'));
}
