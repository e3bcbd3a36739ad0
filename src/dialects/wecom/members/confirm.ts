import type { Origin } from '../../../directory/history/change.ts';
import { updateEmployee } from '../../../directory/employees/employee-update.ts';
import { load, type Decision, type StoreTask } from '../../../directory/store.ts';
import type { FieldResult } from '../../../directory/verdict.ts';
import { isRejected, reloadCaller, type Caller } from '../auth/caller.ts';
import { checkMemberVisible, pickMember } from '../auth/member-access.ts';
import { foldUserid, USERID } from '../model/ids.ts';
import { memberStatusOf } from '../model/member-status.ts';
import { memberStatus } from '../protocol/codes.ts';
import { refusalOf, type Refusal } from '../protocol/errors.ts';
import { toStoredExtension, wecomOf } from '../protocol/wire.ts';

/** The member that joined, or why not. */
export type Confirmed =
  | { readonly employee: string; readonly verdicts: readonly FieldResult[] }
  | { readonly refusal: Refusal };

/** A member that has not activated yet joins, on every platform; another stays as it is. (wecom-more 5) */
export function* confirmMember(asking: Caller, userid: string, origin: Origin): StoreTask<Decision<Confirmed>> {
  const caller = reloadCaller(yield* load('tenant', { number: asking.tenant.number }), asking.app.id);
  if (isRejected(caller)) return { answer: { refusal: refusalOf(caller) }, effects: [] };
  const tenant = caller.tenant.number;
  const folded = foldUserid(userid);
  const found = yield* load('employees-by', { tenant, space: `id:${USERID}`, values: [folded] });
  const before = pickMember(found.get(folded));
  const problem = checkMemberVisible(caller, before);
  if (before === undefined || problem !== null)
    return { answer: { refusal: refusalOf(problem ?? { kind: 'left', subject: 'userid' }) }, effects: [] };
  const isNew = memberStatusOf(before) === memberStatus.notActivated;
  const verdict = isNew ? ('applied' as const) : ('unchanged' as const);
  const answer = { employee: before.id, verdicts: [{ field: 'userid', verdict }] };
  if (!isNew) return { answer, effects: [] };
  const { status: _status, ...others } = wecomOf(before);
  const patch = { activation: 'active' as const, extensions: { wecom: toStoredExtension(others) } };
  const { after, fields } = updateEmployee(before, patch, origin.at);
  return { answer, effects: [{ write: 'employee', tenant, before, after, fields, origin }] };
}
