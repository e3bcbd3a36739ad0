import type { Origin } from '../../../../directory/history/change.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import type { Effect, StoreTask } from '../../../../directory/store.ts';
import { plainText } from '../../../../directory/text.ts';
import type { Caller } from '../../auth/caller.ts';
import type { OperationResult } from '../../auth/run-operation.ts';
import { employeesNamed } from '../../model/ids.ts';
import { halfWritten } from '../../protocol/contact/user-codes.ts';
import { createLoginAccount } from '../lifecycle/create-account.ts';
import { creationEffects, firstFree } from '../lifecycle/create.ts';
import { INITIAL_STATE } from '../lifecycle/lifecycle.ts';
import { needsActivationReset, resetActivation } from '../reset-activation.ts';
import { answerToUser } from './errors.ts';
import type { UserFacts } from './facts.ts';
import { loadUser, type UserRequest } from './load-user.ts';
import { firstUserRefusal } from './rules.ts';
import { unknownUsers } from './unknown-users.ts';
import { userOutcome, userRefused } from './verdicts.ts';
import { showUsers } from './view-data.ts';

/** Ids for a user to be created, made before the transaction. */
export interface NewUserIds {
  readonly id: string;
  readonly userIds: readonly string[];
  readonly accountId: string;
}

/** Creates a user, or returns why not. [contract feishu-contact.md 2.6] */
export function* createUser(
  request: UserRequest,
  made: NewUserIds,
  caller: Caller,
  origin: Origin,
  url: string,
): StoreTask<OperationResult> {
  const { tenant } = caller;
  const { recordFactory } = request.entries;
  const blank = recordFactory.employee(tenant, made.id, plainText(''), origin.at);
  const newcomer: Employee = { ...blank, ...INITIAL_STATE };
  const body = {
    ...request.body,
    user_id: request.body.user_id ?? (yield* firstFree(tenant, made.userIds)),
    join_time: request.body.join_time ?? Math.floor(origin.at / 1_000),
  };
  const facts = yield* loadUser({ ...request, body }, caller, newcomer, origin.at);
  const refusal = firstUserRefusal(facts);
  if (refusal !== null)
    return { failure: answerToUser(refusal.problem, 'create'), outcome: userRefused(refusal, 'create') };
  const accounts = yield* createLoginAccount(facts.after, made.accountId, caller.tenant);
  const after: Employee = { ...facts.after, account: made.accountId };
  const effects = [...entryEffects(facts, caller), ...creationEffects(true, tenant, after, accounts, origin)];
  return yield* answered({ ...facts, after }, effects, caller, url);
}

/** Changes a user, or returns why not. [contract feishu-contact.md 2.6] */
export function* updateUser(
  request: UserRequest,
  freshAccount: string,
  caller: Caller,
  origin: Origin,
  url: string,
): StoreTask<OperationResult> {
  const { id, idKind, write } = request;
  const before = (yield* employeesNamed(caller.tenant, idKind, caller.ids, [id])).get(id);
  if (before === undefined) return { failure: yield* unknownUsers(caller, idKind, [id]) };
  const facts = yield* loadUser(request, caller, before, origin.at);
  const refusal = firstUserRefusal(facts);
  if (refusal !== null)
    return { failure: answerToUser(refusal.problem, write), outcome: userRefused(refusal, write, before.id) };
  // If the user has not joined, the login follows the contact data, as over the directory API.
  const reset = needsActivationReset(facts) ? yield* resetActivation(facts, freshAccount, origin) : null;
  const { after, fields } = reset ?? facts;
  const effects: Effect[] = [...entryEffects(facts, caller), ...(reset?.effects ?? [])];
  if (after !== before)
    effects.push({ write: 'employee', tenant: caller.tenant.number, before, after, fields, origin });
  return yield* answered({ ...facts, after }, effects, caller, url, reset?.verdicts);
}

/** Returns the effect that adds the titles and cities which the write named and the company did not have. */
function entryEffects({ named }: UserFacts, { tenant }: Caller): readonly Effect[] {
  return named.isAdded ? [{ write: 'tenant', now: tenant, parts: named.tenant.parts }] : [];
}

function* answered(
  facts: UserFacts,
  effects: readonly Effect[],
  caller: Caller,
  url: string,
  more: Parameters<typeof userOutcome>[1] = [],
): StoreTask<OperationResult> {
  const { named, write } = facts;
  if (named.isCityFailed || named.isTitleFailed) {
    const failure = halfWritten(write, named.isCityFailed, named.isTitleFailed);
    const failed = [...(named.isCityFailed ? ['city'] : []), ...(named.isTitleFailed ? ['job_title'] : [])];
    const refused = failed.map((field) => ({ field, verdict: 'refused', reason: failure.msg }) as const);
    return { failure, effects, outcome: userOutcome(facts, [...more, ...refused]) };
  }
  const outcome = userOutcome(facts, more);
  const [user = {}] = yield* showUsers({ ...caller, tenant: named.tenant }, [facts.after], write, facts, url);
  return { data: { user }, effects, outcome };
}
