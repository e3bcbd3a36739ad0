import type { Department } from '../../../../directory/departments/department.ts';
import type { Caller } from '../../auth/caller.ts';
import { isDepartmentInScope } from '../../auth/data-scope.ts';
import { departmentNamed, ROOT, type DepartmentIdKind } from '../../model/ids.ts';
import type { Code } from '../../protocol/codes.ts';
import { CONTACT_DEPARTMENT_CODES as D } from '../../protocol/contact-department-codes.ts';
import { unknownDepartments } from './errors.ts';

/** The department that a write is about, as far as the caller may change it. 40002, the id codes, 40004. */
export function departmentToChange(
  caller: Caller,
  kind: DepartmentIdKind,
  id: string,
  { root, forbidden }: { readonly root: Code; readonly forbidden: Code } = {
    root: D.rootRefused,
    forbidden: D.forbidden,
  },
): Department | Code {
  if (id === ROOT) return root;
  const department = departmentNamed(caller.tenant, kind, id);
  if (department === undefined) return unknownDepartments(kind, [id]);
  return isDepartmentInScope(caller, department.id) ? department : forbidden;
}
