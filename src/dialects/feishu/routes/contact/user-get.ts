import type { StoreTask } from '../../../../directory/store.ts';
import Type from 'typebox';
import type { Route } from '../../../dialect.ts';
import type { Caller } from '../../auth/caller.ts';
import { isInScope } from '../../auth/data-scope.ts';
import type { IdKinds } from '../../auth/guarded-route.ts';
import { unknownUsers } from '../../employees/contact/unknown-users.ts';
import { showUsers } from '../../employees/contact/view-data.ts';
import { contactRoute } from '../../employees/operation-routes.ts';
import { employeeIdOf, employeesNamed } from '../../model/ids.ts';
import type { Code } from '../../protocol/codes.ts';
import { USER_READ_CODES } from '../../protocol/contact/user-codes.ts';
import { errorReply, successReply } from '../../protocol/envelope.ts';

const path = '/open-apis/contact/v3/users';

/** People that one request may ask for. [contract feishu-contact.md 2.6] */
const MAX_IN_BATCH = 50;
const MAX_IN_BASIC_BATCH = 10;

/** 批量获取用户信息 */
const batch = contactRoute({
  operation: 'contact.user.batch',
  method: 'GET',
  path: `${path}/batch`,
  violationsIn: ({ query }) => {
    const description = `the max len is ${String(MAX_IN_BATCH)}`;
    return idsIn(query).length > MAX_IN_BATCH ? [{ field: 'user_ids', value: '', description }] : [];
  },
  answer: async ({ call, context, caller, exchange }, kinds) => {
    const ids = idsIn(call.query);
    if (ids.length === 0) return errorReply(exchange, USER_READ_CODES.paramInvalid);
    const items = await context.store.read(() => several(caller, [...new Set(ids)], kinds, call.origin));
    return 'code' in items ? errorReply(exchange, items) : successReply(exchange, { items });
  },
});

function idsIn(query: URLSearchParams): readonly string[] {
  return query.getAll('user_ids').filter((id) => id !== '');
}

/** Employees out of scope are left out silently, unless none is left. [contract feishu-contact.md 2.6] */
function* several(
  caller: Caller,
  ids: readonly string[],
  kinds: IdKinds,
  origin: string,
): StoreTask<readonly object[] | Code> {
  const found = yield* employeesNamed(caller.tenant, kinds.idKind, caller.ids, ids);
  const unknown = ids.filter((id) => !found.has(id));
  if (unknown.length > 0) return yield* unknownUsers(caller, kinds.idKind, unknown);
  const seen = ids.flatMap((id) => found.get(id) ?? []).filter((employee) => isInScope(caller, employee));
  if (seen.length === 0) return USER_READ_CODES.userForbidden;
  return yield* showUsers(caller, seen, 'batch', kinds, origin);
}

/** 获取单个用户信息; people who left are found too. */
const get = contactRoute({
  operation: 'contact.user.get',
  method: 'GET',
  path: `${path}/:user_id`,
  answer: async ({ call, context, caller, exchange }, kinds) => {
    const id = call.params['user_id'] ?? '';
    const found = await context.store.read(() => one(caller, id, kinds, call.origin));
    return 'code' in found ? errorReply(exchange, found) : successReply(exchange, found);
  },
});

function* one(
  caller: Caller,
  id: string,
  kinds: IdKinds,
  origin: string,
): StoreTask<{ readonly user: object | undefined } | Code> {
  const employee = (yield* employeesNamed(caller.tenant, kinds.idKind, caller.ids, [id])).get(id);
  if (employee === undefined) return yield* unknownUsers(caller, kinds.idKind, [id]);
  if (!isInScope(caller, employee)) return USER_READ_CODES.userForbidden;
  const [user] = yield* showUsers(caller, [employee], 'get', kinds, origin);
  return { user };
}

const BasicBatchBody = Type.Object({ user_ids: Type.Optional(Type.Array(Type.String())) });

/** 批量获取用户姓名: of all employees, whatever the contact scope; unknown ids are left out. */
const basicBatch = contactRoute({
  operation: 'contact.user.basic-batch',
  method: 'POST',
  path: `${path}/basic_batch`,
  body: BasicBatchBody,
  answer: async ({ context, caller, exchange }, { idKind }, body) => {
    const given = body.user_ids ?? [];
    if (given.length === 0 || given.length > MAX_IN_BASIC_BATCH) {
      return errorReply(exchange, USER_READ_CODES.paramInvalid);
    }
    const ids = [...new Set(given)];
    const found = await context.store.read(() => employeesNamed(caller.tenant, idKind, caller.ids, ids));
    return successReply(exchange, {
      users: ids.flatMap((id) => {
        const employee = found.get(id);
        if (employee === undefined) return [];
        const { value, i18n } = employee.name;
        return [
          {
            user_id: employeeIdOf(employee, idKind, caller.ids, caller.tenant),
            name: value,
            i18n_name: { zh_cn: i18n['zh-CN'] ?? '', ja_jp: i18n['ja-JP'] ?? '', en_us: i18n['en-US'] ?? '' },
          },
        ];
      }),
    });
  },
});

/** Reads of people by their ids. Literal segments come before `:user_id`. */
export const userReads: readonly Route[] = [batch, basicBatch, get];
