import type { Employee } from './employee.ts';
import { load, type EmployeeScan, type Store } from '../store.ts';

/** So many are read at one time: few enough to be read in a moment. */
const BATCH_SIZE = 100;

/**
 * Yields all employees with a value, in order of creation, in pages. Each page is a read of its own, so that other
 * requests run in between; an employee who changes meanwhile may have been returned as before.
 */
export async function* peopleHaving(
  store: Store,
  tenant: number,
  having: NonNullable<EmployeeScan['having']>,
): AsyncIterable<readonly Employee[]> {
  for (let after = 0; ;) {
    const about: EmployeeScan = { tenant, after, limit: BATCH_SIZE, having };
    const piece = await store.read(() => load('employees-from', about));
    yield piece.map(({ employee }) => employee);
    if (piece.length < BATCH_SIZE) return;
    after = piece.at(-1)?.place ?? after;
  }
}
