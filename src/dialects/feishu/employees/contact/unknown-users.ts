import type { StoreTask } from '../../../../directory/store.ts';
import type { Caller } from '../../auth/caller.ts';
import type { DepartmentIdKind, EmployeeIdKind } from '../../model/ids.ts';
import { GENERIC_CODES, withIds, type Code } from '../../protocol/codes.ts';
import { answerTo } from '../../protocol/errors.ts';
import { unknownEmployee } from '../load-facts.ts';

const UNKNOWN_USER = {
  open_id: GENERIC_CODES.openIdUnknown,
  union_id: GENERIC_CODES.unionIdUnknown,
  employee_id: GENERIC_CODES.employeeIdUnknown,
} as const;

const UNKNOWN_DEPARTMENT = {
  open_department_id: GENERIC_CODES.openDepartmentIdUnknown,
  department_id: GENERIC_CODES.departmentIdUnknown,
} as const;

/** Returns the code for unknown ids, which lists them all; one of another app comes first. [contract feishu-contact.md 2.6] */
export function* unknownUsers(caller: Caller, kind: EmployeeIdKind, ids: readonly string[]): StoreTask<Code> {
  for (const id of ids) {
    const { problem } = yield* unknownEmployee(caller, kind, id);
    if (problem.kind !== 'unknown') return answerTo(problem);
  }
  return withIds(UNKNOWN_USER[kind], ids);
}

/** The code of ids that name no department. [contract feishu-contact.md 9.1] */
export function unknownDepartments(kind: DepartmentIdKind, ids: readonly string[]): Code {
  return withIds(UNKNOWN_DEPARTMENT[kind], ids);
}
