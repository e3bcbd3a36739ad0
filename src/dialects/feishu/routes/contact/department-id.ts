import Type from 'typebox';
import { isRefused, withDepartment } from '../../../../directory/departments/department-edit.ts';
import type { StoreTask } from '../../../../directory/store.ts';
import type { TenantData } from '../../../../directory/tenant.ts';
import type { Route } from '../../../dialect.ts';
import type { Caller } from '../../auth/caller.ts';
import { changeReply } from '../../departments/contact/change.ts';
import { departmentToChange } from '../../departments/contact/target.ts';
import { contactRoute } from '../../employees/operation-routes.ts';
import { feishuDepartmentOf, withFeishuDepartment } from '../../model/department-extension.ts';
import { SPACE, type DepartmentIdKind } from '../../model/ids.ts';
import { settingsOf } from '../../model/settings.ts';
import type { Code } from '../../protocol/codes.ts';
import { CONTACT_DEPARTMENT_CODES as D } from '../../protocol/contact-department-codes.ts';

const path = '/open-apis/contact/v3/departments';

const IdBody = Type.Object({ new_department_id: Type.Optional(Type.String()) });

/** 更新部门 ID [public: c3/department/update_department_id] */
const updateId = contactRoute({
  operation: 'contact.department.update-id',
  method: 'PATCH',
  path: `${path}/:department_id/update_department_id`,
  body: IdBody,
  answer: (operation, { departmentKind }, { new_department_id: given = '' }) => {
    const id = operation.call.params['department_id'] ?? '';
    return changeReply(operation, (caller) => rename(caller, departmentKind, id, given, operation.exchange.at));
  },
});

/** As the custom id of create, but longer. [proposed, contract feishu-contact.md 3.2] */
const NEW_ID = /^(?!od-)[a-zA-Z0-9][a-zA-Z0-9_\-@.]{0,127}$/;

// oxlint-disable-next-line eslint/require-yield -- a change may ask the store, this one need not
function* rename(
  caller: Caller,
  kind: DepartmentIdKind,
  id: string,
  given: string,
  at: number,
): StoreTask<TenantData | Code> {
  const { tenant } = caller;
  const before = departmentToChange(caller, kind, id, { root: D.paramError, forbidden: D.idForbidden });
  if ('msg' in before) return before;
  if (!NEW_ID.test(given) || given === '0' || given === '1') return D.paramError;
  if (before.ids[SPACE.department] === given) return tenant.parts;
  if (tenant.departments.by(SPACE.department, given) !== undefined) return D.paramError;
  const { idChanges } = feishuDepartmentOf(before);
  const { department_id_update_limit: limit } = settingsOf(tenant);
  if (limit !== null && idChanges >= limit) return D.idChangedTooOften;
  const after = withDepartment(
    tenant.parts,
    {
      ...before,
      ids: { ...before.ids, [SPACE.department]: given },
      extensions: withFeishuDepartment(before, { idChanges: idChanges + 1 }),
    },
    at,
  );
  return isRefused(after) ? D.paramError : after;
}

const ChatBody = Type.Object({ department_id: Type.String() });

/** 部门群转为普通群: no department has a chat here. [public: c3/department/unbind_department_chat] */
const unbindChat = contactRoute({
  operation: 'contact.department.unbind-chat',
  method: 'POST',
  path: `${path}/unbind_department_chat`,
  body: ChatBody,
  answer: (operation, { departmentKind }, { department_id }) =>
    // oxlint-disable-next-line eslint/require-yield -- a change may ask the store, this one need not
    changeReply(operation, function* (caller) {
      const department = departmentToChange(caller, departmentKind, department_id);
      return 'msg' in department ? department : D.noChat;
    }),
});

/** What is done with a department's id and chat. */
export const contactDepartmentIds: readonly Route[] = [updateId, unbindChat];
