import type { TargetScope } from '../../../directory/targets/target.ts';
import type { OwnCompany, OwnPerson } from '../own-people.ts';

/** A department that the scope names and the company does not have: a slip, or a lost department. */
export class ScopeError extends Error {
  readonly department: string;

  constructor(department: string) {
    super(`scope names the department "${department}", which the company does not have`);
    this.department = department;
  }
}

/** Returns whether one of ours is in the scope of a target. Throws {@link ScopeError}. */
export function scopeOf(
  scope: TargetScope | undefined,
  departments: OwnCompany['departments'],
): (person: OwnPerson) => boolean {
  if (scope === undefined) return () => true;
  const parents = new Map(departments.map(({ id, parent }) => [id, parent]));
  for (const id of [...(scope.departments ?? []), ...(scope.except ?? [])]) {
    if (!parents.has(id)) throw new ScopeError(id);
  }
  const within = (named: readonly string[]): ReadonlySet<string> => {
    const roots = new Set(named);
    const isBelow = (id: string): boolean => {
      const seen = new Set<string>();
      for (
        let at: string | null | undefined = id;
        at !== null && at !== undefined && !seen.has(at);
        at = parents.get(at)
      ) {
        if (roots.has(at)) return true;
        seen.add(at);
      }
      return false;
    };
    return new Set([...parents.keys()].filter(isBelow));
  };
  const inside = scope.departments === undefined ? null : within(scope.departments);
  const outside = within(scope.except ?? []);
  return ({ isInService, values: { department } }) => {
    const ids = typeof department === 'object' && department !== null ? department : [];
    // Who left is in no department here; that they left still counts.
    if (!isInService && ids.length === 0) return true;
    if (ids.some((id) => outside.has(id))) return false;
    return inside === null || ids.some((id) => inside.has(id));
  };
}
