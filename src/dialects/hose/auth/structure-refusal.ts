import type { Problem } from '../../../directory/errors.ts';
import type { DialectContext, Reply, Route } from '../../dialect.ts';
import type { Call } from '../../dialect.ts';
import type { Caller } from './caller.ts';
import { borrowed, type HoseError } from '../protocol/codes.ts';
import { fail } from '../protocol/errors.ts';
import { BAD_JSON, authenticated, notFound, type LicensedModule } from './guarded-route.ts';
import { withoutDollar } from '../model/ids.ts';
import { structure } from '../protocol/structure-codes.ts';

/**
 * Why something of a company's structure is refused, and Hose's sentence for it: which one it is hangs on the operation
 * and names values, so the rule that finds the problem words it too.
 */
export interface Refusal {
  readonly problem: Problem;
  readonly failure: HoseError;
}

/** A member or parameter that must be there. */
export function missing(name: string): Refusal {
  return { problem: { kind: 'missing', subject: name }, failure: structure.parameterMissing(name) };
}

/** A body that is built otherwise than the operation asks. */
export const malformedBody: Refusal = { problem: BAD_JSON, failure: borrowed.badJson };

/** Whether there is a refusal instead of what was asked for. */
export function isRefusal(result: object | null): result is Refusal {
  return result !== null && 'failure' in result;
}

/** The answer that a refusal is. */
export function refused({ problem, failure }: Refusal): Reply {
  return fail(failure, { records: [{ verdicts: [], problem }] });
}

/** What was asked of a company, accepted. */
export const accepted = { records: [{ verdicts: [] }] } as const;

/** A route whose last path value stands after a literal `$`; without it the path is unknown (contract 0.4) [proposed]. */
export function withPathId(
  module: LicensedModule,
  param: string,
  answerFor: (id: string, caller: Caller, call: Call, context: DialectContext) => Promise<Reply>,
): Route['answer'] {
  const admitted = authenticated(module, (caller, call, context) =>
    answerFor(withoutDollar(call.params[param] ?? '') ?? '', caller, call, context),
  );
  return (call, context) =>
    withoutDollar(call.params[param] ?? '') === null ? Promise.resolve(notFound()) : admitted(call, context);
}

/** Nothing to say but that it is done. */
export function done(): Reply {
  return { status: 204, headers: {}, body: '', outcome: accepted };
}
