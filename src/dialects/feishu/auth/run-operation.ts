import { withOrigin } from '../../../directory/history/attributed.ts';
import type { Origin } from '../../../directory/history/change.ts';
import type { Problem } from '../../../directory/errors.ts';
import type { Decision, Effect, StoreTask } from '../../../directory/store.ts';
import type { Tenant, TenantData } from '../../../directory/tenant.ts';
import type { Outcome, Reply } from '../../dialect.ts';
import { DIALECT } from '../model/settings.ts';
import type { Code } from '../protocol/codes.ts';
import { errorReply, successReply } from '../protocol/envelope.ts';
import { answerTo, type EmployeeProblem, type Refusal } from '../protocol/errors.ts';
import { reloadCaller, revokedTokenCode, type Caller } from './caller.ts';
import { refusalReply, type OperationContext } from './guarded-route.ts';
import { checkOperationAllowed } from './operation-permission.ts';

/** An operation that was accepted: the data it answers with, and what it writes. */
export interface OperationSuccess {
  readonly data: object;
  readonly effects: readonly Effect[];
  readonly outcome?: Outcome;
}

/** An operation that a rule refused, and the employee it was about where one was found. */
export interface OperationRefusal<Known extends Problem = EmployeeProblem> {
  readonly refusal: Refusal<Known>;
  readonly employee?: string;
}

/** An operation that is answered with this code; a write that was done in part has effects all the same. */
export interface OperationFailure {
  readonly failure: Code;
  readonly effects?: readonly Effect[];
  readonly outcome?: Outcome;
}

/** What was decided of an operation. */
export type OperationResult<Known extends Problem = EmployeeProblem> =
  | OperationSuccess
  | OperationRefusal<Known>
  | OperationFailure;

/** Decides an operation inside a transaction, which may run it again; `origin` is the caller and the time. */
export type OperationWork<Known extends Problem = EmployeeProblem> = (
  caller: Caller,
  origin: Origin,
) => StoreTask<OperationResult<Known>>;

/** Runs an operation that writes, and returns its answer. */
export function runOperation(operation: OperationContext, work: OperationWork): Promise<Reply> {
  return runOperationWith(answerTo, operation, work);
}

/** Runs an operation whose problems have codes of their own, and returns its answer. */
export async function runOperationWith<Known extends Problem>(
  codeOf: (problem: Known | EmployeeProblem) => Code,
  operation: OperationContext,
  work: OperationWork<Known>,
): Promise<Reply> {
  const { context, exchange } = operation;
  const decided = await context.store.write(() => decide(operation, work));
  if (decided === 'gone') return errorReply(exchange, revokedTokenCode(operation.caller));
  if ('data' in decided) return successReply(exchange, decided.data, decided.outcome);
  if ('failure' in decided) return errorReply(exchange, decided.failure, {}, decided.outcome);
  const { refusal, employee } = decided;
  const code = codeOf(refusal.problem);
  return refusalReply(exchange, refusal, code, refusedOutcome(refusal, code, employee));
}

function* decide<Known extends Problem>(
  { call, caller: known, exchange, name }: OperationContext,
  work: OperationWork<Known>,
): StoreTask<Decision<OperationResult<Known | EmployeeProblem> | 'gone'>> {
  // As of this transaction: what the check of the token saw may have changed since.
  const caller = yield* reloadCaller(known);
  if (caller === null) return { answer: 'gone', effects: [] };
  const forbidden = checkOperationAllowed(caller, name);
  if (forbidden !== null) return { answer: { refusal: forbidden }, effects: [] };
  const origin = { dialect: DIALECT, operation: name, app: caller.app.id, request: call.requestId, at: exchange.at };
  const decided = yield* work(caller, origin);
  return { answer: decided, effects: 'refusal' in decided ? [] : withOrigin(decided.effects ?? [], origin) };
}

function refusedOutcome({ problem, fields }: Refusal<Problem>, code: Code, employee?: string): Outcome {
  const verdicts = fields.map((field) => ({ field, verdict: 'refused' as const, reason: code.msg }));
  return { records: [{ ...(employee === undefined ? {} : { employee }), verdicts, problem }] };
}

/** Returns the effects of a change of the company itself: none where nothing changed. */
export function tenantEffects(now: Tenant, parts: TenantData): readonly Effect[] {
  return parts === now.parts ? [] : [{ write: 'tenant', now, parts }];
}
