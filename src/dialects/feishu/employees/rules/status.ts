import type { Rule } from '../facts.ts';
import { isInScope } from '../../auth/data-scope.ts';
import { entryGiven, isLeaving } from '../patch.ts';

/** The employee is in the app's contact scope, or the user's management range. [seed] 2224002 */
export const employeeReached: Rule = ({ caller, before }) =>
  isInScope(caller, before) ? null : { problem: { kind: 'forbidden', subject: 'employee' }, fields: [] };

/** Someone who left the workspace by own action cannot be edited. [derived, after contact code 44011] 2224002 */
export const workspaceNotExited: Rule = ({ before }) =>
  before.activation === 'exited' ? { problem: { kind: 'forbidden', subject: 'employee' }, fields: [] } : null;

/** An employee maintained by another system may be locked. [derived, after contact code 44053] 2224002 */
export const sourceUnlocked: Rule = ({ settings, extensionBefore }) =>
  settings.external_source_locked && extensionBefore.dataSource !== 1
    ? { problem: { kind: 'forbidden', subject: 'employee' }, fields: [] }
    : null;

/** Six things about someone who resigned stay as they are. [seed]; that changing one answers 2224002 is [derived]. */
export const departedFieldsKept: Rule = (facts) => {
  const { given, before, fields, people } = facts;
  if (before.status !== 'resigned') return null;
  const leader = given.leader === '' ? null : people.get(given.leader ?? '')?.id;
  const place = entryGiven(facts, 'workPlace');
  const blocked = [
    given.email !== undefined && 'email' in fields ? 'employee.email' : '',
    given.mobile !== undefined && (given.mobile.phone === undefined || 'mobile' in fields) ? 'employee.mobile' : '',
    // There are none any more, so that naming any is a change, and naming none was blocked by ruling 8.
    given.departments !== undefined ? 'employee.employee_order_in_departments' : '',
    given.leader !== undefined && leader !== before.leader ? 'employee.leader_id' : '',
    given.frozen !== undefined && 'frozen' in fields ? 'employee.is_frozen' : '',
    given.workPlace !== undefined && (place === null ? null : place?.id) !== before.workPlace
      ? 'employee.work_place_id'
      : '',
  ].filter((field) => field !== '');
  return blocked.length === 0 ? null : { problem: { kind: 'left', subject: 'employee' }, fields: blocked };
};

/** Resignation information belongs to those who leave or left. [seed] 2221293 */
export const resignationOfLeaving: Rule = ({ given, before }) => {
  const { resignDate, resignReason, resignRemark, resignType } = given;
  // Nearly every update names none of them.
  if ((resignDate ?? resignReason ?? resignRemark ?? resignType) === undefined || isLeaving(before)) return null;
  const fields = [
    ['employee.resign_date', resignDate],
    ['employee.resign_reason', resignReason],
    ['employee.resign_remark', resignRemark],
    ['employee.resign_type', resignType],
  ] as const;
  const passed = fields.filter(([, value]) => value !== undefined && value !== '').map(([field]) => field);
  return passed.length === 0 ? null : { problem: { kind: 'locked', subject: 'resignation' }, fields: passed };
};

/** The founder cannot be frozen; the code's sentence says founder where its advice says administrator. [seed] 2221182 */
export const founderUnfrozen: Rule = ({ before, after, fields, founder }) =>
  'frozen' in fields && after.frozen && founder === before.id
    ? { problem: { kind: 'locked', subject: 'frozen' }, fields: ['employee.is_frozen'] }
    : null;
