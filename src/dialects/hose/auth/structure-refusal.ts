import type { Problem } from '../../../directory/errors.ts';
import type { Reply } from '../../dialect.ts';
import { staffErrors, type HoseError } from '../protocol/codes.ts';
import { fail } from '../protocol/errors.ts';
import { BAD_JSON } from './guarded-route.ts';
import { structureErrors } from '../protocol/structure-codes.ts';

/**
 * Why something of a company's structure is refused, and Hose's sentence for it: which one it is hangs on the operation
 * and names values, so the rule that finds the problem words it too.
 */
export interface StructureRefusal {
  readonly problem: Problem;
  readonly failure: HoseError;
}

/** A member or parameter that must be there. */
export function missing(name: string): StructureRefusal {
  return { problem: { kind: 'missing', subject: name }, failure: structureErrors.parameterMissing(name) };
}

/** A body that is built otherwise than the operation asks. */
export const malformedBody: StructureRefusal = { problem: BAD_JSON, failure: staffErrors.badJson };

/** Whether there is a refusal instead of what was asked for. */
export function isRefusal(result: object | null): result is StructureRefusal {
  return result !== null && 'failure' in result;
}

/** The answer that a refusal is. */
export function refusalReply({ problem, failure }: StructureRefusal): Reply {
  return fail(failure, { records: [{ verdicts: [], problem }] });
}

/** What was asked of a company, accepted. */
export const accepted = { records: [{ verdicts: [] }] } as const;

/** Nothing to say but that it is done. */
export function done(): Reply {
  return { status: 204, headers: {}, body: '', outcome: accepted };
}
