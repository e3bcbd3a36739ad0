import type { Code } from '../../protocol/codes.ts';
import type { DepartmentIdKind } from '../../model/ids.ts';
import { GENERIC_CODES, withIds } from '../../protocol/codes.ts';

/** Returns the code for unknown department ids, in a path, a query or a body. [contract feishu-contact.md 7.2] */
export function unknownDepartments(kind: DepartmentIdKind, ids: readonly string[]): Code {
  const { departmentIdUnknown, openDepartmentIdUnknown } = GENERIC_CODES;
  return withIds(kind === 'department_id' ? departmentIdUnknown : openDepartmentIdUnknown, ids);
}
