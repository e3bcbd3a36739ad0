import type { Employee } from '../../directory/employees/employee.ts';
import type { SqlTask } from '../engine.ts';
import { deserializeEmployee } from '../queries/employee-record.ts';
import { setRowPosition } from '../queries/row-position.ts';

/** An employee who is not as in a snapshot: at this place in order of creation, as now, and as kept. */
export interface DifferingEmployee {
  readonly seq: number;
  readonly now: Employee | null;
  readonly kept: Employee | null;
}

/** Rows that differ are read so many at a time. */
const BATCH_SIZE = 500;

/*
 * Records are compared as they are kept. What else there is of an employee (the columns beside the record, look-ups,
 * counts) follows from the record, so that equal records need nothing.
 */
const CHANGED = `SELECT s.seq, s.record AS kept, e.record AS now FROM snapshot_employee s LEFT JOIN employee e ON e.seq = s.seq
WHERE s.snapshot = $1 AND s.seq > $2 AND (e.record IS NULL OR e.record <> s.record) ORDER BY s.seq LIMIT $3`;
const ADDED = `SELECT e.seq, e.record AS now FROM employee e WHERE e.tenant = $1 AND e.seq > $2
AND NOT EXISTS (SELECT 1 FROM snapshot_employee s WHERE s.snapshot = $4 AND s.seq = e.seq) ORDER BY e.seq LIMIT $3`;

/** Employees who were not there, after a place in order of creation: so many as are read at a time. */
export function addedSince(tenant: number, snapshot: number, after: number): SqlTask<readonly DifferingEmployee[]> {
  return read(ADDED, [tenant, after, BATCH_SIZE, snapshot]);
}

/** Employees who were there and are gone, or are not as they were; the same. */
export function changedSince(_tenant: number, snapshot: number, after: number): SqlTask<readonly DifferingEmployee[]> {
  return read(CHANGED, [snapshot, after, BATCH_SIZE]);
}

function* read(text: string, params: readonly number[]): SqlTask<readonly DifferingEmployee[]> {
  const [rows = []] = yield [{ text, params, isPlannedEachTime: true }];
  return rows.map((row) => {
    const seq = Number(row['seq']);
    return { seq, now: recordOf(row['now'], seq), kept: recordOf(row['kept'], seq) };
  });
}

function recordOf(text: unknown, seq: number): Employee | null {
  if (typeof text !== 'string') return null;
  const employee = deserializeEmployee(text);
  setRowPosition(employee, { seq, size: text.length });
  return employee;
}
