import { outboxOf } from '../../../directory/outbox.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { e164 } from '../../../directory/employees/phone.ts';
import type { Origin } from '../../../directory/history/change.ts';
import type { DialectContext } from '../../dialect.ts';
import { DIALECT, type Caller } from '../auth/caller.ts';
import { confirmMember } from '../members/confirm.ts';
import { useridOf } from '../model/ids.ts';

/** Puts the invitation of a member into the outbox; accepting it there makes the member join. (wecom-more 3.2, ruling 22) */
export function invite(
  caller: Caller,
  member: Employee,
  context: Pick<DialectContext, 'store' | 'now'>,
  origin: Origin,
): void {
  const { id: employee, mobile, email } = member;
  const userid = useridOf(member);
  const outbox = outboxOf(context.store);
  const tenant = caller.tenant.number;
  const record = {
    at: origin.at,
    platform: DIALECT,
    operation: origin.operation,
    app: null,
    request: origin.request,
    recipients: [{ employee, userid }],
    channel: mobile === null ? ('mail' as const) : ('sms' as const),
    address: mobile === null ? (email ?? '') : e164(mobile),
    dropped: [],
  };
  outbox.add(tenant, { ...record, kind: 'invitation' }, async () => {
    const at = context.now(caller.tenant);
    const joined = await context.store.write(() => confirmMember(caller, userid, { ...origin, at }));
    if ('refusal' in joined) return false;
    outbox.add(tenant, { ...record, kind: 'join', at });
    return true;
  });
}
