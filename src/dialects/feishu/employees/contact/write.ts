import type { Origin } from '../../../../directory/change.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import type { Effect, StoreTask } from '../../../../directory/store.ts';
import { plainText } from '../../../../directory/text.ts';
import type { Outcome } from '../../../dialect.ts';
import type { Caller } from '../../auth/caller.ts';
import { employeesNamed } from '../../model/ids.ts';
import { halfWritten } from '../../protocol/contact/user-codes.ts';
import type { Code } from '../../protocol/codes.ts';
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

/** What was decided of a write: what is told, and what is written. A failure may have effects all the same. */
export interface UserDecision {
  readonly told: { readonly data: object } | { readonly failure: Code };
  readonly effects: readonly Effect[];
  readonly outcome?: Outcome;
}

/** What is made up beforehand for who is created. */
export interface NewUserIds {
  readonly id: string;
  readonly userIds: readonly string[];
  readonly accountId: string;
}

/** Creates a person, or says why not. [contract feishu-contact.md 2.6] */
export function* createUser(
  request: UserRequest,
  made: NewUserIds,
  caller: Caller,
  origin: Origin,
  url: string,
): StoreTask<UserDecision> {
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
    return {
      told: { failure: answerToUser(refusal.problem, 'create') },
      effects: [],
      outcome: userRefused(refusal, 'create'),
    };
  const accounts = yield* createLoginAccount(facts.after, made.accountId);
  const after: Employee = { ...facts.after, account: made.accountId };
  const effects = [...entryEffects(facts, caller), ...creationEffects(true, tenant, after, accounts, origin)];
  return yield* told({ ...facts, after }, effects, caller, url);
}

/** Changes a person, or says why not. [contract feishu-contact.md 2.6] */
export function* updateUser(
  request: UserRequest,
  freshAccount: string,
  caller: Caller,
  origin: Origin,
  url: string,
): StoreTask<UserDecision> {
  const { id, idKind, write } = request;
  const before = (yield* employeesNamed(caller.tenant, idKind, caller.ids, [id])).get(id);
  if (before === undefined) return { told: { failure: yield* unknownUsers(caller, idKind, [id]) }, effects: [] };
  const facts = yield* loadUser(request, caller, before, origin.at);
  const refusal = firstUserRefusal(facts);
  if (refusal !== null) {
    const outcome = userRefused(refusal, write, before.id);
    return { told: { failure: answerToUser(refusal.problem, write) }, effects: [], outcome };
  }
  // Contact data of who has not joined: the login follows, as over the directory API.
  const rejoining = needsActivationReset(facts) ? yield* resetActivation(facts, freshAccount, origin) : null;
  const { after, fields } = rejoining ?? facts;
  const effects: Effect[] = [...entryEffects(facts, caller), ...(rejoining?.effects ?? [])];
  if (after !== before)
    effects.push({ write: 'employee', tenant: caller.tenant.number, before, after, fields, origin });
  return yield* told({ ...facts, after }, effects, caller, url, rejoining?.verdicts);
}

/** Titles and cities that the write named and that there were not. */
function entryEffects({ named }: UserFacts, { tenant }: Caller): readonly Effect[] {
  return named.isAdded ? [{ write: 'tenant', now: tenant, parts: named.tenant.parts }] : [];
}

function* told(
  facts: UserFacts,
  effects: readonly Effect[],
  caller: Caller,
  url: string,
  more: Parameters<typeof userOutcome>[1] = [],
): StoreTask<UserDecision> {
  const { named, write } = facts;
  const outcome = userOutcome(facts, more);
  if (named.isCityFailed || named.isTitleFailed)
    return { told: { failure: halfWritten(write, named.isCityFailed, named.isTitleFailed) }, effects, outcome };
  const [user = {}] = yield* showUsers({ ...caller, tenant: named.tenant }, [facts.after], write, facts, url);
  return { told: { data: { user } }, effects, outcome };
}
