import { createsCycle } from '../../../../directory/employees/reporting-line.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import type { Rule } from '../facts.ts';
import { refuseUnder } from '../../protocol/errors.ts';
import { departmentsSorted } from '../patch.ts';
import { isInScope, isDepartmentInScope } from '../../auth/data-scope.ts';

const refuse = refuseUnder('employee.');

/** Departments left and joined are both in the app's contact scope, or the user's management range. [seed] 2224003 */
export const departmentsInScope: Rule = ({ caller, before, after, fields }) => {
  if (!('departments' in fields)) return null;
  const old = new Set(before.departments.map(({ department }) => department));
  const fresh = new Set(after.departments.map(({ department }) => department));
  const moved = [...old, ...fresh].filter((department) => !(old.has(department) && fresh.has(department)));
  return moved.every((department) => isDepartmentInScope(caller, department))
    ? null
    : refuse('employee_order_in_departments', { kind: 'forbidden', subject: 'dependent' });
};

/** New leaders are in the app's contact scope, or the user's management range. [derived, after the department pages] 2224003 */
export const leadersReached: Rule = ({ caller, before, after, fields, people }) => {
  if (caller.range === 'all') return null;
  const byId = new Map([...people.values()].map((person) => [person.id, person]));
  const isReached = (id: string): boolean => {
    const leader = byId.get(id);
    return leader !== undefined && isInScope(caller, leader);
  };
  if ('leader' in fields && after.leader !== null && !isReached(after.leader))
    return refuse('leader_id', { kind: 'forbidden', subject: 'dependent' });
  const added = after.dottedLeaders.filter((id) => !before.dottedLeaders.includes(id));
  return added.every(isReached) ? null : refuse('dotted_line_leader_ids', { kind: 'forbidden', subject: 'dependent' });
};

function hasEmail({ email }: Employee): boolean {
  return email !== null && email !== '';
}

/** One of mobile and work mail must remain. [seed] 2221113 */
export const contactPresent: Rule = ({ after, fields }) => {
  if (!('mobile' in fields || 'email' in fields)) return null;
  return after.mobile !== null || hasEmail(after)
    ? null
    : refuse('mobile' in fields ? 'mobile' : 'email', { kind: 'missing', subject: 'contact' });
};

/** In a mainland company the mobile may not be cleared. [seed]; the exact meaning is [derived]. 2221114 */
export const mobileKept: Rule = ({ settings, after, fields }) =>
  settings.mobile_required && 'mobile' in fields && after.mobile === null
    ? refuse('mobile', { kind: 'missing', subject: 'mobile' })
    : null;

/** A company that is not certified takes mainland numbers only. [seed] 2221175 */
export const mobileDomestic: Rule = ({ settings, after, fields }) =>
  !settings.certified && 'mobile' in fields && after.mobile !== null && after.mobile.country !== '86'
    ? refuse('mobile', { kind: 'forbidden', subject: 'mobile' })
    : null;

/** An employee with a foreign mobile must have a work mail too. [seed] 2221176 */
export const emailBesideForeignMobile: Rule = ({ settings, after, fields }) => {
  const isForeign = after.mobile !== null && after.mobile.country !== '86';
  return settings.certified && isForeign && !hasEmail(after) && ('mobile' in fields || 'email' in fields)
    ? refuse('email', { kind: 'missing', subject: 'email' })
    : null;
};

/** [seed] 2221156; which state makes a mobile verified is [derived]. */
export const mobileUnverified: Rule = ({ extensionBefore, fields }) =>
  extensionBefore.mobileVerified && 'mobile' in fields ? refuse('mobile', { kind: 'locked', subject: 'mobile' }) : null;

/** The mail service is on and the domain is enabled. [seed] 2221126 */
export const domainAvailable: Rule = ({ settings, after, fields }) => {
  if (!('enterpriseEmail' in fields) || after.enterpriseEmail === null) return null;
  const domain = after.enterpriseEmail.slice(after.enterpriseEmail.lastIndexOf('@') + 1).toLowerCase();
  const isOpen = settings.mail_domains.some((one) => one.domain.toLowerCase() === domain && one.enabled !== false);
  return settings.mail_service_enabled && isOpen
    ? null
    : refuse('enterprise_email', { kind: 'unknown', subject: 'mailDomain', value: domain });
};

/** At most one department is flagged as the main one, and it sorts first. [seed] 2221255 */
export const mainDepartmentFirst: Rule = ({ given: { departments = [] } }) => {
  const flagged = departments.filter(({ isMain }) => isMain);
  if (flagged.length === 0) return null;
  const [first = 0] = departmentsSorted(departments);
  return flagged.length === 1 && departments[first]?.isMain === true
    ? null
    : refuse('employee_order_in_departments', { kind: 'invalid', subject: 'mainDepartment' });
};

/** [seed] 2221141 */
export const singleDepartment: Rule = ({ settings, given }) =>
  !settings.multi_department_enabled && (given.departments?.length ?? 0) > 1
    ? refuse('employee_order_in_departments', { kind: 'too-long', subject: 'departments', limit: 1 })
    : null;

/** [seed] 2221239 */
export const leaderLoopless: Rule = ({ before, aboveLeader }) =>
  createsCycle(before.id, aboveLeader) ? refuse('leader_id', { kind: 'loop', subject: 'leader' }) : null;

/** [seed] 2221238 */
export const dottedLeadersLoopless: Rule = ({ before, aboveDottedLeaders }) =>
  createsCycle(before.id, aboveDottedLeaders)
    ? refuse('dotted_line_leader_ids', { kind: 'loop', subject: 'dottedLeaders' })
    : null;

/** The type that each reason goes with; `0` goes with all. [derived, contract 2.6] */
export function typeOfReason(reason: string): string | null {
  const number = Number(reason);
  if (number === 0) return null;
  if (number <= 14) return '1';
  return number >= 17 && number <= 24 ? '2' : '3';
}

/** Reason and type as they will be go together. [seed] 2221214, 2221231; which of the two answers is [derived]. */
export const resignationMatching: Rule = ({ given, extensionBefore, extensionAfter }) => {
  if (
    extensionAfter.resignReason === extensionBefore.resignReason &&
    extensionAfter.resignType === extensionBefore.resignType
  )
    return null;
  const type = typeOfReason(extensionAfter.resignReason);
  if (type === null || type === extensionAfter.resignType) return null;
  return given.resignReason === undefined
    ? refuse('resign_type', { kind: 'invalid', subject: 'resignType' })
    : refuse('resign_reason', { kind: 'invalid', subject: 'resignReason' });
};
