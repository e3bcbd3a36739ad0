import { resignationPatch } from '../../../../directory/employees/employee-leave.ts';
import type { EmployeePatch } from '../../../../directory/employees/employee-update.ts';
import { normalizeEmail } from '../../../../directory/lookup.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import { dayInChina } from '../../../../lib/time/day.ts';
import { extensionOf, type FeishuEmployee, type RecycledMail } from '../../model/employee-extension.ts';
import type { ReceiverMember } from './body-schemas.ts';
import { transition } from './lifecycle.ts';
import { recycle } from '../patch.ts';
import { seatIds } from '../../model/seats.ts';
import { DIALECT, settingsOf } from '../../model/settings.ts';
import type { Target } from '../load-target.ts';

/** Who receives what is left behind: the member of the request, and the id it has. */
export type Receivers = readonly (readonly [member: ReceiverMember, id: string])[];

/** What becomes of the record itself. [derived, contract 4.2, except the first line] */
export function resignationOf(
  receivers: Receivers,
  { before, extensionBefore, people }: Target,
  tenant: Tenant,
  at: number,
): EmployeePatch {
  const today = dayInChina(at);
  const ids: Record<string, string | null> = { ...seatIds(extensionBefore.subscriptionIds, []) };
  const { mail_recycle_days: days } = settingsOf(tenant);
  const mailbox = [before.enterpriseEmail ?? '', ...before.enterpriseEmailAliases];
  let recycledMail: readonly RecycledMail[] = extensionBefore.recycledMail;
  for (const address of mailbox)
    if (address !== '') recycledMail = recycle(normalizeEmail(address), recycledMail, at, days, ids);
  const extensionAfter: FeishuEmployee = {
    ...extensionBefore,
    resignDate: extensionBefore.resignDate ?? today,
    subscriptionIds: [],
    resignedAt: at,
    resurrectedAt: null,
    departmentsAtResignation: before.departments.map(({ department }) => department),
    mailboxAtResignation: mailbox.some((address) => address !== '') ? mailbox : [],
    resourceReceivers: Object.fromEntries(receivers.map(([member, id]) => [member, people.get(id)?.id ?? ''])),
    recycledMail,
  };
  return {
    ...transition(before, 'resign'),
    ...resignationPatch(today),
    enterpriseEmail: null,
    enterpriseEmailAliases: [],
    ids,
    extensions: { [DIALECT]: extensionOf(extensionAfter) },
  };
}
