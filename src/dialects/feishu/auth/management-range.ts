import type { Tenant } from '../../../directory/tenant.ts';
import { includesPermission } from '../model/administrators.ts';
import type { Operation } from '../protocol/operations.ts';
import { settingsOf, type ContactScope } from '../model/settings.ts';

/** What an employee may do as an administrator, when asking for one operation. */
export interface AdminRange {
  readonly isAllowed: boolean;
  /** The employees it may be done to. */
  readonly range: ContactScope;
  /** Whether the administrator is in personnel management mode (人事管理模式). */
  readonly isPersonnel: boolean;
}

const NOTHING: AdminRange = { isAllowed: false, range: { departments: [], employees: [] }, isPersonnel: false };

/**
 * The founder and super administrators manage the whole company [public: roles]; of everyone else's roles those that
 * allow the operation add up to the largest set [seed].
 */
export function managementOf(
  tenant: Tenant,
  founder: string | null,
  employee: string,
  operation: Operation,
): AdminRange {
  const { administrators, hr_mode_enabled: isPersonnelKnown } = settingsOf(tenant);
  const roles = administrators.filter((role) => role.employee === employee);
  if (employee === founder || roles.some((role) => role.super === true))
    return { isAllowed: true, range: 'all', isPersonnel: isPersonnelKnown };
  const allowing = roles.filter(({ permissions }) => includesPermission(permissions, operation));
  if (allowing.length === 0) return NOTHING;
  const isPersonnel = isPersonnelKnown && allowing.some((role) => role.hr_mode === true);
  const departments = new Set<string>();
  for (const { departments: range = 'all' } of allowing) {
    if (range === 'all') return { isAllowed: true, range, isPersonnel };
    for (const department of range) departments.add(department);
  }
  return { isAllowed: true, range: { departments: [...departments], employees: [] }, isPersonnel };
}
