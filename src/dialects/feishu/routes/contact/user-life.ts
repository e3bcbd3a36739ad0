import type { Route } from '../../../dialect.ts';
import { runOperation } from '../../auth/run-operation.ts';
import { deleteUser } from '../../employees/contact/delete.ts';
import { resurrectUser } from '../../employees/contact/resurrect.ts';
import { changeUserId } from '../../employees/contact/user-id.ts';
import type { ReceiverMember } from '../../employees/lifecycle/body-schemas.ts';
import { rescheduleExited } from '../../employees/lifecycle/exit.ts';
import { contactRoute } from '../../employees/operation-routes.ts';
import { UserDeleteBody, UserIdBody, UserResurrectBody } from '../../protocol/contact/user-body.ts';

const path = '/open-apis/contact/v3/users/:user_id';

/** Acceptors that stand at the top, by what they accept. */
const ACCEPTED = [
  'department_chat',
  'external_chat',
  'docs',
  'calendar',
  'application',
  'minutes',
  'survey',
  'anycross',
] as const;

/** 删除用户 */
const remove = contactRoute({
  operation: 'contact.user.delete',
  method: 'DELETE',
  path,
  body: UserDeleteBody,
  isBodyOptional: true,
  answer: (operation, { idKind }, body) => {
    const named = [
      ...ACCEPTED.map((kind) => [kind, body[`${kind}_acceptor_user_id`] ?? ''] as const),
      ['email', body.email_acceptor?.acceptor_user_id ?? ''] as const,
    ];
    const receivers = named.flatMap(([kind, id]) => {
      const member: ReceiverMember = `${kind}_acceptor_employee_id`;
      return id === '' ? [] : [[member, id] as const];
    });
    const deletion = { id: operation.call.params['user_id'] ?? '', idKind, receivers };
    return runOperation(operation, (caller, origin) => deleteUser(deletion, caller, origin));
  },
});

/** 恢复已删除用户 */
const resurrect = contactRoute({
  operation: 'contact.user.resurrect',
  method: 'POST',
  path: `${path}/resurrect`,
  body: UserResurrectBody,
  isBodyOptional: true,
  answer: async (operation, { idKind, departmentKind }, body) => {
    const request = {
      id: operation.call.params['user_id'] ?? '',
      idKind,
      departmentKind,
      departments: body.departments ?? [],
      subscriptionIds: body.subscription_ids,
    };
    const reply = await runOperation(operation, (caller, origin) => resurrectUser(request, caller, origin));
    rescheduleExited(operation.caller.tenant);
    return reply;
  },
});

/** 更新用户 ID */
const updateUserId = contactRoute({
  operation: 'contact.user.update-user-id',
  method: 'PATCH',
  path: `${path}/update_user_id`,
  body: UserIdBody,
  isBodyOptional: true,
  answer: (operation, { idKind }, body) => {
    const request = { id: operation.call.params['user_id'] ?? '', idKind, newId: body.new_user_id ?? '' };
    return runOperation(operation, (caller, origin) => changeUserId(request, caller, origin));
  },
});

/** Operations that delete a user, restore one, or change an id. */
export const userLife: readonly Route[] = [remove, resurrect, updateUserId];
