import type { Route } from '../../../dialect.ts';
import { contactIdKindsOf, validationErrorReply } from '../../auth/guarded-route.ts';
import { deleteUser } from '../../employees/contact/delete.ts';
import { resurrectUser } from '../../employees/contact/resurrect.ts';
import { changeUserId } from '../../employees/contact/user-id.ts';
import { authenticated } from '../../employees/lifecycle/authenticated.ts';
import type { ReceiverMember } from '../../employees/lifecycle/body-schemas.ts';
import { rescheduleExited } from '../../employees/lifecycle/exit.ts';
import { emptyObjectIfMissing } from '../../employees/write-operation.ts';
import { createBodyReader } from '../../protocol/body-validation.ts';
import { UserDeleteBody, UserIdBody, UserResurrectBody } from '../../protocol/contact/user-body.ts';
import { runUserWrite } from './run-user-write.ts';

const path = '/open-apis/contact/v3/users/:user_id';
const readDelete = createBodyReader(UserDeleteBody);
const readResurrect = createBodyReader(UserResurrectBody);
const readUserId = createBodyReader(UserIdBody);

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
const remove: Route = {
  operation: 'contact.user.delete',
  method: 'DELETE',
  path,
  body: UserDeleteBody,
  answer: authenticated('contact.user.delete', async (guarded) => {
    const { call, exchange } = guarded;
    const { idKind, violations } = contactIdKindsOf(call.query);
    const { body, ...read } = readDelete(emptyObjectIfMissing(call.body));
    if (body === null || violations.length > 0)
      return validationErrorReply(exchange, 'violations' in read ? read.violations : [], violations);
    const named = [
      ...ACCEPTED.map((kind) => [kind, body[`${kind}_acceptor_user_id`] ?? ''] as const),
      ['email', body.email_acceptor?.acceptor_user_id ?? ''] as const,
    ];
    const receivers = named.flatMap(([kind, id]) => {
      const member: ReceiverMember = `${kind}_acceptor_employee_id`;
      return id === '' ? [] : [[member, id] as const];
    });
    const deletion = { id: call.params['user_id'] ?? '', idKind, receivers };
    return runUserWrite(guarded, 'contact.user.delete', (caller, origin) => deleteUser(deletion, caller, origin));
  }),
};

/** 恢复已删除用户 */
const resurrect: Route = {
  operation: 'contact.user.resurrect',
  method: 'POST',
  path: `${path}/resurrect`,
  body: UserResurrectBody,
  answer: authenticated('contact.user.resurrect', async (guarded) => {
    const { call, exchange, caller: known } = guarded;
    const { idKind, departmentKind, violations } = contactIdKindsOf(call.query);
    const { body, ...read } = readResurrect(emptyObjectIfMissing(call.body));
    if (body === null || violations.length > 0)
      return validationErrorReply(exchange, 'violations' in read ? read.violations : [], violations);
    const request = {
      id: call.params['user_id'] ?? '',
      idKind,
      departmentKind,
      departments: body.departments ?? [],
      subscriptionIds: body.subscription_ids,
    };
    const reply = await runUserWrite(guarded, 'contact.user.resurrect', (caller, origin) =>
      resurrectUser(request, caller, origin),
    );
    rescheduleExited(known.tenant);
    return reply;
  }),
};

/** 更新用户 ID */
const updateUserId: Route = {
  operation: 'contact.user.update-user-id',
  method: 'PATCH',
  path: `${path}/update_user_id`,
  body: UserIdBody,
  answer: authenticated('contact.user.update-user-id', async (guarded) => {
    const { call, exchange } = guarded;
    const { idKind, violations } = contactIdKindsOf(call.query);
    const { body, ...read } = readUserId(emptyObjectIfMissing(call.body));
    if (body === null || violations.length > 0)
      return validationErrorReply(exchange, 'violations' in read ? read.violations : [], violations);
    const request = { id: call.params['user_id'] ?? '', idKind, newId: body.new_user_id ?? '' };
    return runUserWrite(guarded, 'contact.user.update-user-id', (caller, origin) =>
      changeUserId(request, caller, origin),
    );
  }),
};

/** Who leaves, comes back, or is called otherwise. */
export const userLife: readonly Route[] = [remove, resurrect, updateUserId];
