import { isInService } from '../../../../directory/employees/employee.ts';
import { normalizeEmail } from '../../../../directory/lookup.ts';
import { isTaken, isTakenInService } from '../../../../directory/unique.ts';
import { feishuOf } from '../../model/employee-extension.ts';
import type { ClaimName, Rule } from '../facts.ts';
import { isPurged } from '../patch.ts';

/** A resigned employee may have the value of one in service: the page names 在职员工 only. [seed] */
function uniqueInService(
  claim: ClaimName,
  subject: 'mobile' | 'employee_id' | 'email' | 'jobNumber',
  field: string,
): Rule {
  return ({ holders, before }) =>
    isInService(before) && isTakenInService(holders[claim], before)
      ? { problem: { kind: 'taken', subject }, fields: [field] }
      : null;
}

/** 在企业内的在职员工中不可重复 [seed] 2221103 */
export const mobileUnique = uniqueInService('mobile', 'mobile', 'employee.mobile');

/** 在职员工的ID不可重复。 [seed] 2221115 */
export const employeeIdUnique = uniqueInService('employeeId', 'employee_id', 'employee.custom_employee_id');

/** 在企业内的在职员工中不可重复。 [seed] 2221104 */
export const emailUnique = uniqueInService('email', 'email', 'employee.email');

/** 企业内在职员工的工号不可重复。 [seed] 2221240 */
export const jobNumberUnique = uniqueInService('jobNumber', 'jobNumber', 'employee.job_number');

/** [seed] 2221147; what enters the recycle bin, and for how long, is [derived]. */
export const enterpriseEmailNotRecycled: Rule = ({ settings, holders, after, fields, at }) => {
  if (!('enterpriseEmail' in fields) || after.enterpriseEmail === null) return null;
  const address = normalizeEmail(after.enterpriseEmail);
  const thrownAway = [
    ...settings.mail_recycle_bin.map((mail) => ({
      address: normalizeEmail(mail.address),
      since: Date.parse(mail.since),
    })),
    ...(holders.recycledMail ?? []).flatMap((holder) => feishuOf(holder).recycledMail),
  ];
  const isThere = thrownAway.some(
    (mail) => mail.address === address && !isPurged(mail.since, settings.mail_recycle_days, at),
  );
  return isThere
    ? { problem: { kind: 'taken', subject: 'recycledMail' }, fields: ['employee.enterprise_email'] }
    : null;
};

/** Also as an alias. [seed] 2221118 */
export const enterpriseEmailUnique: Rule = ({ holders, before }) =>
  isTaken(holders.enterpriseEmail, before)
    ? { problem: { kind: 'taken', subject: 'enterpriseEmail' }, fields: ['employee.enterprise_email'] }
    : null;

/** 企业内所有员工的分机号不可重复: those who left count too. [seed] 2221192 */
export const extensionUnique: Rule = ({ holders, before }) =>
  isTaken(holders.extensionNumber, before)
    ? { problem: { kind: 'taken', subject: 'extensionNumber' }, fields: ['employee.extension_number'] }
    : null;
