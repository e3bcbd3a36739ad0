import { isRefused, withoutDepartment } from '../../../../directory/departments/department-edit.ts';
import type { StoreTask } from '../../../../directory/store.ts';
import type { TenantData } from '../../../../directory/tenant.ts';
import type { Caller } from '../../auth/caller.ts';
import { isDepartmentInScope } from '../../auth/data-scope.ts';
import { changeReply } from '../../departments/contact/change.ts';
import { departmentToChange } from '../../departments/contact/target.ts';
import { hasMembers, isExpected } from '../../departments/facts.ts';
import { removeDepartmentReferences } from '../../departments/remove-references.ts';
import { contactRoute } from '../../employees/operation-routes.ts';
import type { DepartmentIdKind } from '../../model/ids.ts';
import type { Code } from '../../protocol/codes.ts';
import { CONTACT_DEPARTMENT_CODES as D } from '../../protocol/contact-department-codes.ts';

/** 删除部门 [public: c3/department/delete] */
export const contactDepartmentDelete = contactRoute({
  operation: 'contact.department.delete',
  method: 'DELETE',
  path: '/open-apis/contact/v3/departments/:department_id',
  answer: (operation, { departmentKind }) => {
    const id = operation.call.params['department_id'] ?? '';
    return changeReply(operation, (caller) => remove(caller, departmentKind, id, operation.exchange.at));
  },
});

/** In the order of contract feishu-contact.md 9.2. */
function* remove(caller: Caller, kind: DepartmentIdKind, id: string, at: number): StoreTask<TenantData | Code> {
  const { tenant } = caller;
  const before = departmentToChange(caller, kind, id);
  if ('msg' in before) return before;
  if (before.parent !== null && !isDepartmentInScope(caller, before.parent)) return D.parentForbidden;
  if ((yield* hasMembers(tenant, before.id)) || (yield* isExpected(tenant, before.id))) return D.hasMembers;
  const after = withoutDepartment(tenant.parts, before.id, at);
  return isRefused(after) ? D.hasChildren : removeDepartmentReferences(after, before.id);
}
