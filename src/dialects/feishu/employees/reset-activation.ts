import type { AccountMembership } from '../../../directory/auth/account.ts';
import type { ChangedFields, Origin } from '../../../directory/history/change.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { updateEmployee } from '../../../directory/employees/employee-update.ts';
import { LoginIndex, type LoginIdentifier } from '../../../directory/auth/logins.ts';
import { normalizeEmail } from '../../../directory/lookup.ts';
import { e164 } from '../../../directory/employees/phone.ts';
import type { Effect, StoreTask } from '../../../directory/store.ts';
import type { FieldResult } from '../../../directory/verdict.ts';
import type { Facts } from './facts.ts';
import { invitationEffect, type InvitationChannel } from './invitation.ts';

/** What follows from new contact data of someone who has not come in yet, beside the update itself. */
export interface ActivationReset {
  readonly after: Employee;
  readonly fields: ChangedFields;
  readonly effects: readonly Effect[];
  readonly verdicts: readonly FieldResult[];
}

type Update = Pick<Facts, 'tenant' | 'before' | 'after' | 'fields' | 'at'>;

/** Returns whether an update resets the activation: 未加入 or 未激活, not frozen, and changed contact data. */
export function needsActivationReset({ before, after, fields }: Update): boolean {
  if (!('mobile' in fields || 'email' in fields)) return false;
  // A frozen employee has that status and no other, whatever the status before. [seed, read by the letter]
  const waits = before.activation === 'not-joined' || before.activation === 'not-activated';
  return waits && !before.frozen && (isMoved('mobile', before, after) || isMoved('email', before, after));
}

/**
 * 联系方式变更则登录凭证变更: the login follows the contact data, the employee is 未加入 again and is invited by what
 * changed, or by what remains where that was cleared. [seed]; the channel is [derived].
 */
export function* resetActivation(update: Update, freshAccount: string, origin: Origin): StoreTask<ActivationReset> {
  const { tenant, before, after, fields, at } = update;
  const { account, effects, verdicts } = yield* moveLogin(update, freshAccount);
  const joining = updateEmployee(after, { activation: 'not-joined', account }, at);
  const channels = channelsOf(before, after);
  return {
    after: joining.after,
    fields: { ...fields, ...joining.fields },
    effects: [
      ...effects,
      ...channels.flatMap((channel) => invitationEffect(tenant.number, after, channel, origin) ?? []),
    ],
    verdicts: [
      ...verdicts,
      {
        field: 'active_status',
        verdict: before.activation === 'not-joined' ? 'unchanged' : 'applied',
        reason: 'changing the mobile or work email resets activation for employees who have not joined',
      },
      ...channels.map((channel): FieldResult => ({ field: `invitation.${channel}`, verdict: 'applied' })),
    ],
  };
}

function channelsOf(before: Employee, after: Employee): readonly InvitationChannel[] {
  const channels = new Set<InvitationChannel>();
  if (isMoved('mobile', before, after)) channels.add(contactOf(after, 'mobile') === null ? 'mail' : 'sms');
  if (isMoved('email', before, after)) channels.add(contactOf(after, 'email') === null ? 'sms' : 'mail');
  return [...channels];
}

function isMoved(identifier: LoginIdentifier, before: Employee, after: Employee): boolean {
  return contactOf(before, identifier) !== contactOf(after, identifier);
}

/** Contact data in the form in which one logs in with it. */
function contactOf({ mobile, email }: Employee, identifier: LoginIdentifier): string | null {
  if (identifier === 'mobile') return mobile === null ? null : e164(mobile);
  return email === null || email === '' ? null : normalizeEmail(email);
}

interface LoginMove {
  /** Own id of the account that the employee has in the end. */
  readonly account: string | null;
  readonly effects: readonly Effect[];
  readonly verdicts: readonly FieldResult[];
}

/**
 * Updates the login with the changed contact data. No code refuses, so two things stay as they are: contact data that
 * another employee logs in with, which this login then lacks; and an account that belongs to another active company
 * too, which this company cannot change. [derived]
 */
function* moveLogin({ tenant, before, after }: Update, freshAccount: string): StoreTask<LoginMove> {
  const moved = (['mobile', 'email'] as const).filter((identifier) => isMoved(identifier, before, after));
  const wanted = (identifier: LoginIdentifier): readonly string[] =>
    moved.includes(identifier) ? [contactOf(after, identifier) ?? []].flat() : [];
  const logins = yield* LoginIndex.load({
    tenant,
    ids: before.account === null ? [] : [before.account],
    mobiles: wanted('mobile'),
    emails: wanted('email'),
  });
  const member = { tenant: tenant.number, employee: before.id, tenantInUse: tenant.isInUse };
  const own = logins.accountOf(before);
  if (own?.memberships.some((membership) => isElsewhere(membership, member)) === true) {
    const reason = 'the person logs in to another company with the same account';
    return { account: before.account, effects: [], verdicts: moved.map((one) => verdictOn(one, 'ignored', reason)) };
  }
  const id = own?.id ?? freshAccount;
  const verdicts = moved.map((identifier): FieldResult => {
    const [value] = wanted(identifier);
    if (value === undefined) return verdictOn(identifier, logins.take(identifier, id) ? 'cleared' : 'unchanged');
    if (logins.isTaken(identifier, value, before)) {
      logins.take(identifier, id);
      return verdictOn(identifier, 'ignored', 'somebody else logs in with it');
    }
    return verdictOn(identifier, logins.give(identifier, value, id, member) ? 'applied' : 'unchanged');
  });
  const { effects } = logins;
  return { account: effects.length === 0 ? before.account : id, effects, verdicts };
}

function isElsewhere(membership: AccountMembership, here: AccountMembership): boolean {
  return membership.tenantInUse && (membership.tenant !== here.tenant || membership.employee !== here.employee);
}

function verdictOn(identifier: LoginIdentifier, verdict: FieldResult['verdict'], reason?: string): FieldResult {
  return { field: `login.${identifier}`, verdict, ...(reason === undefined ? {} : { reason }) };
}
