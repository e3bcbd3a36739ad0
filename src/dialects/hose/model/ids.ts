import type { Department, DepartmentTree } from '../../../directory/departments/department.ts';

/** The id spaces of this dialect. */
export const spaces = {
  staff: 'hose.id',
  /** 第三方平台人员ID */
  user: 'hose.user_id',
  department: 'hose.id',
  entry: 'hose.id',
  /** A custom field's name, `u_…`. */
  field: 'hose.name',
  /** The name of the company. */
  corporation: 'hose.corporation',
} as const;

/** How a request names things: `type` of the query, and the batch's departments (contract 3). */
export type NamedBy = 'id' | 'code' | 'id-or-code';

/**
 * The id or code in a path value, or null where the literal `$` before it is missing. Exactly one `$` is taken off: an
 * id may hold more of them, e.g. `TsI3tt8KjF4S7M:BbP3CdaKi$VcRw` (contract 0.4) [seed: sample].
 */
export function withoutDollar(param: string): string | null {
  return param.startsWith('$') ? param.slice(1) : null;
}

/**
 * The active department that a value names for staff of this kind; `unknown` where there is none for them, `not-unique`
 * where a code names none or several: Hose has one sentence for both of the latter [seed]. A department that the staff is
 * in already is known to them in any state.
 */
export function findDepartment(
  tree: DepartmentTree,
  value: string,
  by: NamedBy,
  external: boolean,
  isHeld: (department: Department) => boolean = isNever,
): Department | 'unknown' | 'not-unique' {
  const named = by === 'code' ? null : tree.by(spaces.department, value);
  let found = named?.enabled === true || (named && isHeld(named)) ? named : undefined;
  if (found === undefined && by !== 'id') {
    // Departments without a code are not departments with the code "".
    const all = value === '' ? [] : tree.withCode(value);
    const enabled = all.filter((department) => department.enabled);
    const carriers = enabled.length > 0 ? enabled : all.filter(isHeld);
    if (carriers.length !== 1) return 'not-unique';
    found = carriers[0];
  }
  return found === undefined || (found.external !== external && !isHeld(found)) ? 'unknown' : found;
}

const isNever = (): boolean => false;
