/** An employee's place in one department. */
export interface Membership {
  /** Own id of the department. */
  readonly department: string;
  /** Rank inside the department, larger first; null where it was never set. */
  readonly rank: number | null;
  /** Rank of this department among the employee's own, larger first; null where it was never set. */
  readonly rankAmongOwn: number | null;
}

/**
 * The memberships that result from naming departments alone: those kept hold on to their ranks, which the platform that
 * named the departments does not know.
 */
export function membershipsOf(departments: readonly string[], before: readonly Membership[]): readonly Membership[] {
  return [...new Set(departments)].map(
    (department) =>
      before.find((membership) => membership.department === department) ?? {
        department,
        rank: null,
        rankAmongOwn: null,
      },
  );
}
