import type { Origin } from '../../../directory/history/change.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { load, type Decision, type StoreTask } from '../../../directory/store.ts';
import { OVER_LIMIT } from '../auth/rate-limits.ts';
import { pickMember } from '../auth/member-access.ts';
import { isRejected, reloadCaller } from '../auth/caller.ts';
import { foldUserid, USERID } from '../model/ids.ts';
import { isMember } from '../model/member-status.ts';
import { isWellFormedUserid } from '../members/userid-field.ts';
import { createMember, updateMember, type RecordMakers } from '../members/write.ts';
import { errcodes } from '../protocol/codes.ts';
import { refusalOf, type Refusal } from '../protocol/errors.ts';
import { invalidValue } from '../protocol/value-errors.ts';
import { rowErrorOf, type ImportJob, type RowResult } from './job.ts';
import type { MemberRow } from './member-file.ts';

/** What became of a row, and the newcomer where one was made. */
export interface RowWritten {
  readonly result: RowResult;
  readonly newcomer: Employee | null;
  /** Whether no more members may be made for now. */
  readonly isOverLimit?: true;
}

/** What a row needs besides. */
export interface RowContext {
  readonly tenant: number;
  readonly job: Pick<ImportJob, 'app' | 'toInvite'>;
  readonly fresh: RecordMakers;
  readonly origin: Origin;
  /** Whether no more members may be made for now: 45009. */
  readonly hasMadeTooMany: boolean;
}

/** Writes the member of a row as user/update would, or as user/create where the company has none. (wecom-more 6.4) */
export function* writeMemberRow(
  { userid, members, refusal }: MemberRow,
  { tenant, job, fresh, origin, hasMadeTooMany }: RowContext,
): StoreTask<Decision<RowWritten>> {
  const refuse = (why: Refusal): Decision<RowWritten> => ({
    answer: { result: { userid, ...rowErrorOf(why.returned) }, newcomer: null },
    effects: [],
  });
  if (refusal !== undefined) return refuse(refusal);
  const caller = reloadCaller(yield* load('tenant', { number: tenant }), job.app);
  if (isRejected(caller)) return refuse(refusalOf(caller));
  const folded = foldUserid(userid);
  const found = yield* load('employees-by', { tenant, space: `id:${USERID}`, values: [folded] });
  const member = pickMember(found.get(folded));
  const isNew = member === undefined || !isMember(member);
  if (isNew && !isWellFormedUserid(userid)) return refuse(invalidValue('userid', errcodes.invalidUserid));
  if (isNew && hasMadeTooMany) {
    const { answer, effects } = refuse(refusalOf(OVER_LIMIT));
    return { answer: { ...answer, isOverLimit: true }, effects };
  }
  const request = { userid, members: isNew ? { ...members, to_invite: job.toInvite } : members };
  const { answer, effects } = isNew
    ? yield* createMember(caller, request, fresh, origin)
    : yield* updateMember(caller, request, fresh, origin, true);
  if ('refusal' in answer) return refuse(answer.refusal);
  return { answer: { result: { userid, ...rowErrorOf(errcodes.ok) }, newcomer: answer.newcomer ?? null }, effects };
}
