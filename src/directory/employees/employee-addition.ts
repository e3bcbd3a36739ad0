import { changedFields, type ChangedFields, type Origin } from '../history/change.ts';
import type { Effect } from '../store.ts';
import type { Employee } from './employee.ts';

/**
 * The write of an employee who is added. What the record has is listed only when it is written: calls that are tried for
 * the rows of a table write nothing, and the list took a tenth of their time.
 */
export function addition(
  tenant: number,
  after: Employee,
  origin: Origin,
  list: (after: Employee) => ChangedFields = allFields,
): Effect {
  let fields: ChangedFields | undefined;
  return {
    write: 'employee',
    tenant,
    before: null,
    after,
    get fields() {
      return (fields ??= list(after));
    },
    origin,
  };
}

function allFields(after: Employee): ChangedFields {
  return changedFields(null, after);
}
