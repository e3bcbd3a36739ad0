import isEmailModule from 'validator/lib/isEmail.js';
import { e164 } from '../../directory/employees/phone.ts';
import type { CompanyDraft } from '../draft.ts';
import type { FileErrorCollector } from './file-errors.ts';

// The types of this CommonJS file give it another shape than Node does.
const { default: isEmail } = isEmailModule;

/** Warns of what a platform would refuse to write, and of which a company may yet be full: shared mobiles, broken mails. */
export function warnOfContacts({ employees }: CompanyDraft, faults: FileErrorCollector): void {
  const owners = new Map<string, number>();
  employees.forEach(({ mobile, email, enterpriseEmail, status }, index) => {
    for (const [member, mail] of [
      ['email', email],
      ['enterprise_email', enterpriseEmail],
    ] as const) {
      if (mail !== null && mail !== '' && !isEmail(mail))
        faults.warn(['employees', index, member], 'is no mail address');
    }
    if (mobile === null || status === 'resigned') return;
    const number = e164(mobile);
    const first = owners.get(number);
    if (first === undefined) owners.set(number, index);
    else faults.warn(['employees', index, 'mobile'], `is the mobile of employees[${String(first)}], too`);
  });
}
