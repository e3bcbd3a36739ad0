import type { Employee } from '../../directory/employees/employee.ts';
import type { Row } from '../engine.ts';
import { deserializeEmployee } from './employee-record.ts';

/** Where a record lies, so that writing it back needs no second search. */
export interface RowPosition {
  /** Its number in order of creation. */
  readonly seq: number;
  /** Characters that it takes there. */
  readonly size: number;
}

const places = new WeakMap<Employee, RowPosition>();

/** What is read of an employee. */
export const COLUMNS = 'e.seq, e.record';

/** The record of a row with {@link COLUMNS}. */
export function employeeOf(row: Row): Employee {
  const record = String(row['record']);
  const employee = deserializeEmployee(record);
  setRowPosition(employee, { seq: Number(row['seq']), size: record.length });
  return employee;
}

/** Where a record lies that was read, or written. */
export function rowPositionOf(employee: Employee): RowPosition | undefined {
  return places.get(employee);
}

/** Says where a record lies. */
export function setRowPosition(employee: Employee, place: RowPosition): void {
  places.set(employee, place);
}
