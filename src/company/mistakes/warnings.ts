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

/** Warns of a field that is `theirs` on several live tenants: what is taken over from one is drift on the other. */
export function warnOfAuthority({ company: { targets = {} } }: CompanyDraft, faults: FileErrorCollector): void {
  const claimed = new Map<string, string>();
  for (const [platform, { authority = {} }] of Object.entries(targets)) {
    for (const [field, whose] of Object.entries(authority)) {
      if (whose !== 'theirs') continue;
      const first = claimed.get(field);
      if (first === undefined) claimed.set(field, platform);
      else
        faults.warn(
          ['targets', platform, 'authority', field],
          `is theirs at targets.${first}, too: only one can have the say`,
        );
    }
  }
}
