import Type from 'typebox';
import type { Decision, StoreTask } from '../../../directory/store.ts';
import { plainText } from '../../../directory/text.ts';
import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import { authenticate, isRejected, type Caller } from '../auth/caller.ts';
import { createDepartment, deleteDepartment, updateDepartment, type DepartmentWritten } from '../departments/write.ts';
import { done, refused } from '../protocol/envelope.ts';
import { refusalOf, type Refusal } from '../protocol/errors.ts';
import { decoded, isRefusal, type JsonObject } from '../protocol/wire.ts';

const name = Type.String({ minLength: 1, maxLength: 64 });
const Id = Type.Integer({ minimum: 1, maximum: 0x7fff_ffff });
const more = {
  name_en: Type.Optional(name),
  order: Type.Optional(Type.Integer({ minimum: 0, maximum: 0xffff_ffff })),
};
const createBody = Type.Object({ name, parentid: Id, id: Type.Optional(Id), ...more });
const updateBody = Type.Object({ id: Id, name: Type.Optional(name), parentid: Type.Optional(Id), ...more });

/** 部门管理: making, changing and deleting departments, which 通讯录同步助手 alone may do. [public: 90205, 90313] */
export const departmentWriteRoutes: readonly Route[] = [
  {
    operation: 'department.create',
    method: 'POST',
    path: '/cgi-bin/department/create',
    body: createBody,
    answer: create,
  },
  {
    operation: 'department.update',
    method: 'POST',
    path: '/cgi-bin/department/update',
    body: updateBody,
    answer: update,
  },
  { operation: 'department.delete', method: 'GET', path: '/cgi-bin/department/delete', answer: remove },
];

/** 创建部门. https://developer.work.weixin.qq.com/document/path/90205 */
async function create(call: Call, context: DialectContext): Promise<Reply> {
  const { ids, recordFactory: newcomers } = context;
  // Made here: a work may be run again.
  const own = ids.fresh('d-');
  const written = await write(call, context, (caller, members, at) =>
    createDepartment(
      caller,
      members,
      (tenant, parent) => newcomers.department(tenant, own, plainText(''), parent, at),
      at,
    ),
  );
  return 'refusal' in written ? refuse(call, written.refusal) : done('created', { id: written.id });
}

/** 更新部门. https://developer.work.weixin.qq.com/document/path/90206 */
async function update(call: Call, context: DialectContext): Promise<Reply> {
  const written = await write(call, context, updateDepartment);
  return 'refusal' in written ? refuse(call, written.refusal) : done('updated', {});
}

/** 删除部门. https://developer.work.weixin.qq.com/document/path/90207 */
async function remove(call: Call, context: DialectContext): Promise<Reply> {
  const at = context.clock.now();
  const caller = await authenticate(call, 'contacts', context, at);
  if (isRejected(caller)) return refuse(call, refusalOf(caller));
  const id = call.query.get('id') ?? '';
  const written = await context.store.write(() => deleteDepartment(caller, id, at));
  return 'refusal' in written ? refuse(call, written.refusal) : done('deleted', {});
}

async function write(
  call: Call,
  context: DialectContext,
  work: (caller: Caller, members: JsonObject, at: number) => StoreTask<Decision<DepartmentWritten>>,
): Promise<DepartmentWritten> {
  const at = context.clock.now();
  const caller = await authenticate(call, 'contacts', context, at);
  if (isRejected(caller)) return { refusal: refusalOf(caller) };
  const body = decoded(call.body, (members) => ({ members }));
  if (isRefusal(body)) return { refusal: body };
  return context.store.write(() => work(caller, body.members, at));
}

function refuse(call: Call, { returned }: Refusal): Reply {
  return refused(call, returned);
}
