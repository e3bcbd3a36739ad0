import { isInService, type Employee } from './employees/employee.ts';

/**
 * Whether someone else who works here holds a value.
 *
 * `holders` must have been asked for inside the transaction that writes the claim: the store then lets no other
 * transaction claim the same value before this one is done, so of two racing claims one sees the other's result.
 */
export function isTakenInService(holders: readonly Employee[] | undefined, claimant: Employee): boolean {
  return holders !== undefined && holders.some((holder) => holder.id !== claimant.id && isInService(holder));
}

/** The same, counting those who left as well. */
export function isTaken(holders: readonly Employee[] | undefined, claimant: Employee): boolean {
  return holders !== undefined && holders.some((holder) => holder.id !== claimant.id);
}
