import type { Origin } from '../../../directory/history/change.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { e164 } from '../../../directory/employees/phone.ts';
import type { Effect } from '../../../directory/store.ts';

/** How somebody is asked to join the company's workspace. */
export type InvitationChannel = 'sms' | 'mail';

/** Returns an invitation (邀请) to an employee; null if the employee has no address on this channel. */
export function invitationEffect(
  tenant: number,
  employee: Employee,
  channel: InvitationChannel,
  origin: Origin,
): Effect | null {
  const address = addressOf(employee, channel);
  if (address === null) return null;
  const { dialect, operation, request, at } = origin;
  const invitation = { employee: employee.id, channel, address, dialect, operation, request, at };
  return { write: 'invitation', tenant, invitation };
}

function addressOf({ mobile, email }: Employee, channel: InvitationChannel): string | null {
  if (channel === 'sms') return mobile === null ? null : e164(mobile);
  return email === '' ? null : email;
}
