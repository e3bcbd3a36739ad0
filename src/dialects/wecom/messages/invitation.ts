import { outboxOf } from '../../../directory/outbox.ts';
import { e164 } from '../../../directory/employees/phone.ts';
import type { Origin } from '../../../directory/change.ts';
import type { DialectContext } from '../../dialect.ts';
import { DIALECT, type Caller } from '../auth/caller.ts';
import { confirmMember } from '../members/confirm.ts';
import { mobileIn } from '../members/contact-fields.ts';
import type { JsonObject } from '../protocol/wire.ts';

/** A newcomer that is invited. */
export interface Invited {
  /** Own id. */
  readonly employee: string;
  readonly userid: string;
  /** As the request has it. */
  readonly members: JsonObject;
}

/** Puts the invitation of a newcomer into the outbox; whoever accepts it there makes the member join. (wecom-more 3.2, ruling 22) */
export function invite(
  caller: Caller,
  { employee, userid, members }: Invited,
  context: DialectContext,
  origin: Origin,
): void {
  const { mobile, email } = members;
  const phone = typeof mobile === 'string' ? mobileIn(mobile) : null;
  const outbox = outboxOf(context.store);
  const tenant = caller.tenant.number;
  const record = {
    at: origin.at,
    platform: DIALECT,
    operation: origin.operation,
    app: null,
    request: origin.request,
    recipients: [{ employee, userid }],
    channel: phone === null ? ('mail' as const) : ('sms' as const),
    address: phone === null ? (typeof email === 'string' ? email : '') : e164(phone),
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
