import type { ChangeLine } from '../../../../src/sandbox/history/contract.ts';
import { visible } from '../code/visible.ts';

/** Returns what a change is of: the employee's id, or the kind and the id of another thing. */
export function changedThing({ employee, kind, subject }: Pick<ChangeLine, 'employee' | 'kind' | 'subject'>): string {
  return visible(employee ?? `${kind} ${subject ?? ''}`);
}
