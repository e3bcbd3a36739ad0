import type { DepartmentRow } from '../../../../src/http/admin/people/contract.ts';
import { visible } from '../code/visible.ts';

/** A department of a choice. */
export interface DepartmentOption {
  readonly value: string;
  readonly label: string;
}

/** The departments in use, and those that are chosen already, each with the one above. */
export function departmentOptions(
  departments: readonly DepartmentRow[],
  chosen: readonly string[],
): DepartmentOption[] {
  const names = new Map(departments.map(({ id, name }) => [id, visible(name)]));
  return departments
    .filter(({ id, enabled }) => enabled || chosen.includes(id))
    .map(({ id, name, parent }) => {
      const above = parent === null ? undefined : names.get(parent);
      return { value: id, label: above === undefined ? visible(name) : `${visible(name)} · ${above}` };
    });
}
