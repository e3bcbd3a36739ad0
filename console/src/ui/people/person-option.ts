import type { EmployeeRow } from '../../../../src/http/admin/people/contract.ts';
import { visible } from '../code/visible.ts';

/** Returns how somebody stands in a choice of employees: by name, with the job number where there is one. */
export function personOption({ id, name, job_number: number }: Pick<EmployeeRow, 'id' | 'name' | 'job_number'>): {
  readonly value: string;
  readonly label: string;
} {
  return { value: id, label: number === null || number === '' ? visible(name) : `${visible(name)} · ${number}` };
}
