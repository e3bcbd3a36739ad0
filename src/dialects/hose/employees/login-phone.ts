import { withOrigin } from '../../../directory/history/attributed.ts';
import type { Origin } from '../../../directory/history/change.ts';
import { LoginIndex } from '../../../directory/auth/logins.ts';
import { updateEmployee } from '../../../directory/employees/employee-update.ts';
import { e164, type Phone } from '../../../directory/employees/phone.ts';
import { load, type Decision, type Effect, type StoreTask } from '../../../directory/store.ts';
import { spaces } from '../model/ids.ts';
import { staffFound } from './rules.ts';
import { refuseUpdate, updatedStaff, type Updated } from './update.ts';

/** A staff whose login phone is to be changed; without a phone nothing changes [proposed]. */
export interface LoginPhoneTask {
  readonly staff: string;
  readonly phone: Phone | null;
  /** The id of the account that is made where there is none. */
  readonly freshAccount: string;
}

/** Changes what a staff logs in with, and nothing that is shown (hose-more 4) [public: inside/update-staffs-phone.md]. */
export function* changeLoginPhone(
  { staff, phone, freshAccount }: LoginPhoneTask,
  number: number,
  origin: Origin,
): StoreTask<Decision<Updated>> {
  const tenant = yield* load('tenant', { number });
  if (tenant === null) return refuseUpdate({ field: 'accessToken', problem: { kind: 'forbidden', subject: 'token' } });
  const space = `id:${spaces.staff}` as const;
  const found = (yield* load('employees-by', { tenant: number, space, values: [staff] })).get(staff) ?? [];
  const before = staffFound(found, staff);
  if ('problem' in before) return refuseUpdate(before);
  const mobile = phone === null ? null : e164(phone);
  const logins = yield* LoginIndex.load({
    tenant,
    ids: before.account === null ? [] : [before.account],
    mobiles: mobile === null ? [] : [mobile],
    emails: [],
  });
  if (mobile !== null && logins.isTaken('mobile', mobile, before))
    return refuseUpdate({ field: 'cellphone', problem: { kind: 'taken', subject: 'login.mobile' } }, before.id);
  const account = before.account ?? freshAccount;
  const member = { tenant: number, employee: before.id, tenantInUse: tenant.isInUse };
  const isChanged = mobile !== null && logins.give('mobile', mobile, account, member);
  const { after, fields } = updateEmployee(before, isChanged ? { account } : {}, origin.at);
  const accounts = withOrigin(logins.effects, origin);
  const record: readonly Effect[] =
    after === before ? [] : [{ write: 'employee', tenant: number, before, after, fields, origin }];
  const verdicts = [{ field: 'cellphone', verdict: isChanged ? 'applied' : 'unchanged' }] as const;
  return {
    answer: { tenant, records: [{ employee: before.id, verdicts }], staffs: updatedStaff(after, logins) },
    effects: [...accounts, ...record],
  };
}
