/** How many people may be removed before somebody is asked whether that is meant. */
const FEW_REMOVALS = 10;
const FEW_REMOVALS_PERCENT = 5;

/** Returns whether more people are removed than a mistake in a file should. */
export function isOverBrake(removed: number, present: number): boolean {
  return removed > FEW_REMOVALS || removed * 100 > present * FEW_REMOVALS_PERCENT;
}
